//! The pure core of chx: the ClickHouse schema model, its SQL, the diff and the plan.
//!
//! This crate decides what a schema is, when two schemas mean the same, and which statements lead from one to the
//! other. It does no IO, has no clock, reads no environment and uses no randomness: the same input gives the same
//! bytes on every machine. What talks to a server or a disk lives in `chx-runtime`.

pub mod attributes;
pub mod canon;
pub mod ddl;
pub mod declare;
pub mod diag;
pub mod diff;
pub mod fingerprint;
pub mod history;
pub mod ident;
pub mod model;
pub mod nearest;
pub mod pair;
pub mod plan;
pub mod rules;
pub mod script;
pub mod simulate;
pub mod snapshot;
pub mod sql;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod types;
pub mod version;
