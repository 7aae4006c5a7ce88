//! chx
