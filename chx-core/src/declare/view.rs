//! Declared views and materialized views.

use super::{
    ColumnDeclaration, ConstraintDeclaration, Heading, IndexDeclaration, ProjectionDeclaration,
    StorageDeclaration, TableDeclaration,
};
use crate::types::TypeExpr;

/// A declared view.
#[derive(Debug, Clone, Copy)]
pub struct ViewDeclaration {
    /// Its name, comment, history and origin.
    pub heading: Heading,
    /// The columns that its query gives.
    pub columns: &'static [ViewColumnDeclaration],
    /// With whose rights it reads: `SQL SECURITY ...`, `DEFINER = ...`.
    pub security: Option<&'static str>,
    /// The query.
    pub query: &'static str,
}

/// A declared materialized view.
#[derive(Debug, Clone, Copy)]
pub struct MaterializedViewDeclaration {
    /// Its name, comment, history and origin.
    pub heading: Heading,
    /// What stands behind `REFRESH`; `None` runs at every insert.
    pub refresh: Option<&'static str>,
    /// Where the rows go.
    pub target: TargetDeclaration,
    /// The columns that its query gives.
    pub columns: &'static [ViewColumnDeclaration],
    /// With whose rights it reads and writes: `SQL SECURITY ...`, `DEFINER = ...`.
    pub security: Option<&'static str>,
    /// The query.
    pub query: &'static str,
    /// Is it created EMPTY? A refreshable view waits for its first moment then.
    pub starts_empty: bool,
}

/// Where a declared materialized view puts its rows.
#[derive(Debug, Clone, Copy)]
pub enum TargetDeclaration {
    /// A table declared as a struct.
    Table(&'static TableDeclaration),
    /// A table by its name.
    Name {
        /// The database; `None` takes the view's own.
        database: Option<&'static str>,
        /// The name.
        name: &'static str,
    },
    /// An inner table.
    Inner(&'static InnerTableDeclaration),
}

/// The declared inner table of a materialized view.
#[derive(Debug, Clone, Copy)]
pub struct InnerTableDeclaration {
    /// The columns, in order.
    pub columns: &'static [ColumnDeclaration],
    /// The skipping indexes.
    pub indexes: &'static [IndexDeclaration],
    /// The projections.
    pub projections: &'static [ProjectionDeclaration],
    /// The constraints.
    pub constraints: &'static [ConstraintDeclaration],
    /// The engine and its clauses.
    pub storage: StorageDeclaration,
}

/// A column that a declared view's query gives.
#[derive(Debug, Clone, Copy)]
pub struct ViewColumnDeclaration {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub data_type: TypeExpr,
    /// The line of the field, from 1; 0 when it is not known.
    pub line: u32,
}

impl ViewColumnDeclaration {
    /// A column.
    pub const fn new(name: &'static str, data_type: TypeExpr, line: u32) -> Self {
        Self {
            name,
            data_type,
            line,
        }
    }
}
