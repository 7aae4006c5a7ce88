//! Materialized views.

use serde::{Deserialize, Serialize};

use super::{
    Column, Columns, Constraint, Expr, Index, Projection, QualifiedName, Refresh, SqlSecurity, Storage,
    Table, ViewColumn,
};

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
    /// are not part of the meaning: the canonical form leaves them out. None where the inner table has a list of its own.
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
    Inner(Box<InnerTable>),
}

/// The table that a materialized view keeps for itself: all of a table but a name and a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InnerTable {
    /// The columns, in order; none where they are what the query gives and nothing more is said of any.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub columns: Columns,
    /// The skipping indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// The projections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projections: Vec<Projection>,
    /// The constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// The engine and the clauses that go with it.
    #[serde(flatten)]
    pub storage: Storage,
}

fn is_empty(columns: &Columns) -> bool {
    columns.iter().next().is_none()
}

impl From<Storage> for InnerTable {
    fn from(storage: Storage) -> Self {
        Self {
            columns: Columns::default(),
            indexes: Vec::new(),
            projections: Vec::new(),
            constraints: Vec::new(),
            storage,
        }
    }
}

impl From<Table> for InnerTable {
    /// The columns are left out where they say nothing but what the query gives.
    fn from(table: Table) -> Self {
        let says_more =
            |column: &Column| *column != Column::new(column.name.clone(), column.data_type.clone());
        let has_members =
            !table.indexes.is_empty() || !table.projections.is_empty() || !table.constraints.is_empty();
        let columns = if has_members || table.columns.iter().any(says_more) {
            table.columns
        } else {
            Columns::default()
        };
        Self {
            columns,
            indexes: table.indexes,
            projections: table.projections,
            constraints: table.constraints,
            storage: table.storage,
        }
    }
}

impl InnerTable {
    /// Is there more to say of its columns than what the query gives?
    pub fn has_list(&self) -> bool {
        !is_empty(&self.columns)
    }

    /// The same as a table, with the name of its view.
    pub fn as_table(&self, view: &QualifiedName) -> Table {
        self.clone().into_table(view.clone())
    }

    /// The same as a table of this name.
    pub fn into_table(self, name: QualifiedName) -> Table {
        Table {
            name,
            columns: self.columns,
            indexes: self.indexes,
            projections: self.projections,
            constraints: self.constraints,
            storage: self.storage,
            comment: String::new(),
        }
    }
}

impl MaterializedView {
    /// Takes over what the statement of its inner table says, which knows more than the view's. The engine stays: a server
    /// completes the arguments of a replicated one.
    pub fn adopt_inner(&mut self, table: Table) {
        let Target::Inner(inner) = &mut self.target else {
            return;
        };
        let engine = inner.storage.engine.clone();
        **inner = InnerTable::from(table);
        inner.storage.engine = engine;
        if inner.has_list() {
            self.columns.clear();
        }
    }

    /// The table of its own whose rows every run of the view replaces, all of them, whoever put them there.
    pub fn overwrites(&self) -> Option<&QualifiedName> {
        match (&self.refresh, &self.target) {
            (Some(Refresh { append: false, .. }), Target::To(target)) => Some(target),
            (Some(_) | None, Target::To(_) | Target::Inner(_)) => None,
        }
    }
}
