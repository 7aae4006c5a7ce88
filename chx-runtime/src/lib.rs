//! chx-runtime
