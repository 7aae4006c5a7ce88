//! chx-local
