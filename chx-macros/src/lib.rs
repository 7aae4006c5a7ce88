//! chx-macros
