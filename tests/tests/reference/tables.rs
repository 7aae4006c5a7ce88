//! # Tables
//!
//! A struct with `#[derive(ChTable)]`. Its name in snake_case is the table's; `name` and `database` say others.

use chx::prelude::*;

// CREATE TABLE reference.hits <- database = "reference", name = "hits"
// COMMENT 'One hit.' <- /// One hit.
/// One hit.
#[derive(ChTable)]
#[ch(database = "reference", name = "hits", engine = MergeTree, order_by = id)]
struct Hit {
    id: u64,
}

// COMMENT 'for readers of SQL' <- comment = "for readers of SQL"
/// For readers of Rust.
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory, comment = "for readers of SQL")]
struct Commented {
    /// The number of the row.
    id: u64,
}
