//! chx-core

pub mod sql;
