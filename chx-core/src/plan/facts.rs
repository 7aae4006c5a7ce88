//! What a plan would like to know about the database that it is for, and what was found out.
//!
//! A hazard that can speak in numbers asks for them here; whoever holds a connection answers. Nothing in this crate
//! asks a server, and nothing is guessed: a question without an answer leaves the hazard speaking in general.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::ident::{Ident, QualifiedName};
use crate::model::Schema;

/// What a plan wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// Tables whose size, parts, disk and mutations matter, by the names that they have before the plan.
    pub tables: BTreeSet<QualifiedName>,
    /// Rows to be counted.
    pub counts: BTreeSet<Count>,
}

/// How many rows of a table fulfil a condition?
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The table, by the name that it has before the plan.
    pub table: QualifiedName,
    /// SQL over the table's columns as they are before the plan.
    pub condition: String,
}

impl Count {
    /// The question as a query that a person can run.
    pub fn query(&self) -> String {
        format!(
            "SELECT count() FROM {} WHERE {}",
            self.table.sql(),
            self.condition
        )
    }
}

/// What was found out. All of it may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Tables by the names that they have before the plan.
    pub tables: BTreeMap<QualifiedName, TableFacts>,
    /// Rows that were counted. What took too long or failed is not here.
    pub counts: BTreeMap<Count, u64>,
    /// Objects on the server that the plan's schemas do not know: they may read what the plan changes.
    pub elsewhere: Schema,
    /// Row policies.
    pub policies: Vec<RowPolicy>,
    /// How fast this server rewrites parts.
    pub speed: Option<Speed>,
}

/// What the server says about a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TableFacts {
    /// Rows in active parts.
    pub rows: u64,
    /// Bytes of active parts on disk, compressed.
    pub bytes: u64,
    /// Active parts.
    pub parts: u64,
    /// Bytes of compact parts: a change of one column writes such a part as a whole.
    pub compact_bytes: u64,
    /// Columns of wide parts, which have files of their own.
    pub columns: BTreeMap<String, ColumnFacts>,
    /// Bytes that are free on the disks of the table's storage policy.
    pub free_disk: Option<u64>,
    /// Mutations that failed and will be tried again for ever.
    pub stuck: Vec<StuckMutation>,
}

/// What the server says about a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ColumnFacts {
    /// Bytes in wide parts, compressed.
    pub bytes: u64,
    /// Parts, wide or compact, that hold values of it. The others were written before the column existed.
    pub parts: u64,
}

/// A mutation that does not come to an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StuckMutation {
    /// Its id, for `KILL MUTATION`.
    pub id: String,
    /// What it should do.
    pub command: String,
    /// Why it fails.
    pub reason: String,
}

/// A row policy: a filter that reads columns of its table in every SELECT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPolicy {
    /// The policy.
    pub name: String,
    /// The table; without one it is about all tables of the database.
    pub database: Ident,
    /// The table, if it is about one.
    pub table: Option<Ident>,
    /// The filter, as SQL.
    pub filter: String,
}

/// How fast a server rewrites parts, from its own history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Speed {
    /// Bytes of written parts in a second.
    pub bytes_per_second: u64,
    /// How many rewritten parts this was learned from.
    pub samples: u64,
}
