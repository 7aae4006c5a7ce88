//! The IO shell of chx: configuration, client, introspection, the folder of the migrations, the journal, the runner.
//!
//! Everything here talks to a disk, a server or the embedded engine, and decides as little as possible: what a schema,
//! a plan or a history is, is decided in `chx-core`. Errors are typed by module; nothing here prints.
//!
//! Without the feature `io` there is only the [`registry`]: all that a crate needs that declares a schema.

#[cfg(feature = "io")]
pub mod client;
#[cfg(feature = "io")]
pub mod config;
#[cfg(feature = "io")]
pub mod data_checks;
#[cfg(feature = "io")]
pub mod diff;
#[cfg(feature = "io")]
pub mod drift;
#[cfg(feature = "io")]
pub mod equivalence;
#[cfg(feature = "io")]
pub mod facts;
#[cfg(feature = "io")]
pub mod history;
#[cfg(feature = "io")]
pub mod introspect;
#[cfg(feature = "io")]
pub mod journal;
#[cfg(feature = "io")]
pub mod lock;
#[cfg(feature = "io")]
pub mod migrations;
#[cfg(feature = "io")]
pub mod migrator;
#[cfg(feature = "io")]
pub mod proof;
pub mod registry;
#[cfg(feature = "io")]
pub mod runner;
#[cfg(feature = "io")]
pub mod scratch;
mod side_by_side;
#[cfg(feature = "io")]
pub mod status;
#[cfg(feature = "io")]
pub mod store;
#[cfg(feature = "io")]
pub mod testing;
#[cfg(feature = "io")]
pub mod verify;
#[cfg(feature = "io")]
pub mod webhook;
