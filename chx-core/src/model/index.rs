//! Members of a table besides columns: skipping indexes, projections, constraints.

use serde::{Deserialize, Serialize};

use super::{Expr, Ident, Settings};

/// A data skipping index: `INDEX name expr TYPE type GRANULARITY n`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The name.
    pub name: Ident,
    /// What is indexed.
    pub expr: Expr,
    /// The index type with its arguments.
    pub index_type: IndexType,
    /// How many granules of the table one index granule covers; `None` takes the server's default for the type
    /// (1; 100000000 for `text` and `vector_similarity`).
    pub granularity: Option<u64>,
}

/// The type of a skipping index: `bloom_filter(0.01)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexType {
    /// The name; ClickHouse keeps its case but compares without it.
    pub name: String,
    /// The arguments, positional (`0.01`) or named (`tokenizer = 'ngrams'`).
    pub args: Vec<Expr>,
}

/// A projection: a second, sorted or aggregated copy of each part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projection {
    /// The name.
    pub name: Ident,
    /// What stands between the parentheses: a query (`SELECT ... [GROUP BY ...] [ORDER BY ...]`) or, on newer
    /// servers, `INDEX expr TYPE basic`.
    pub body: Expr,
    /// `WITH SETTINGS (...)`.
    pub settings: Settings,
}

impl Projection {
    /// Is it an index and not a query? `PROJECTION p INDEX expr TYPE basic` has no parentheses.
    pub fn is_index(&self) -> bool {
        let behind = self.body.as_sql().strip_prefix("INDEX");
        behind.is_some_and(|rest| rest.starts_with([' ', '(', '[']))
    }
}

/// A constraint on rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// The name.
    pub name: Ident,
    /// Whether the server checks it or the optimizer believes it.
    pub kind: ConstraintKind,
    /// The condition.
    pub expr: Expr,
}

/// The two kinds of constraints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ConstraintKind {
    /// `CHECK`: an INSERT with a row that breaks it fails. Rows that are already there are not checked.
    Check,
    /// `ASSUME`: never checked; the optimizer relies on it.
    Assume,
}

impl ConstraintKind {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Check => "CHECK",
            Self::Assume => "ASSUME",
        }
    }
}
