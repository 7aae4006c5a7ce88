//! The IO shell of chx: configuration, client, introspection, the folder of the migrations, the journal, the runner.
//!
//! Everything here talks to a disk, a server or the embedded engine, and decides as little as possible: what a schema,
//! a plan or a history is, is decided in `chx-core`. Errors are typed by module; nothing here prints.

pub mod client;
pub mod config;
pub mod drift;
pub mod equivalence;
pub mod introspect;
pub mod journal;
pub mod proof;
pub mod registry;
pub mod runner;
pub mod scratch;
pub mod status;
pub mod store;
