//! Materialized views.

use serde::{Deserialize, Serialize};

use super::{Expr, QualifiedName, Storage, ViewColumn};

/// A materialized view: a trigger that runs a query over every inserted block of its source table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// The name.
    pub name: QualifiedName,
    /// Where the rows go.
    pub target: Target,
    /// The columns and types as declared or as frozen by the server at CREATE. They say what the query gives and
    /// are not part of the meaning: the canonical form leaves them out.
    pub columns: Vec<ViewColumn>,
    /// The query.
    pub query: Expr,
    /// The comment; empty when there is none.
    pub comment: String,
}

/// Where a materialized view puts its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// `TO db.table`: a table of its own, which outlives the view.
    To(QualifiedName),
    /// `ENGINE = ...`: an inner table, which dies with the view.
    Inner(Box<Storage>),
}
