//! Materialized views.

use serde::{Deserialize, Serialize};

use super::{Expr, QualifiedName, Refresh, SqlSecurity, Storage, ViewColumn};

/// A materialized view: a trigger that runs a query over every inserted block of its source table, or, with a
/// [`Refresh`], a query that runs by the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// The name.
    pub name: QualifiedName,
    /// When the query runs; `None` is at every insert into its source.
    pub refresh: Option<Refresh>,
    /// Where the rows go.
    pub target: Target,
    /// The columns and types as declared or as frozen by the server at CREATE. They say what the query gives and
    /// are not part of the meaning: the canonical form leaves them out.
    pub columns: Vec<ViewColumn>,
    /// With whose rights it reads and writes.
    pub security: Option<SqlSecurity>,
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

impl MaterializedView {
    /// The table of its own whose rows every run of the view replaces, all of them, whoever put them there.
    pub fn overwrites(&self) -> Option<&QualifiedName> {
        match (&self.refresh, &self.target) {
            (Some(Refresh { append: false, .. }), Target::To(target)) => Some(target),
            (Some(_) | None, Target::To(_) | Target::Inner(_)) => None,
        }
    }
}
