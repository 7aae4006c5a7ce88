//! chx-core
