//! `#[chx::test]` where names of databases are written down, and the migrator as a library.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod migrator;
mod turns;
