//! Row policies.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Ident, Members};
use crate::model::{Expr, QualifiedName};

/// Which rows of a table somebody sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPolicy {
    /// The name, and the table.
    pub name: RowPolicyName,
    /// The rows that may be seen; none is all.
    pub using: Option<Expr>,
    /// Does it take rows away from those that other policies show?
    pub restrictive: bool,
    /// For whom.
    pub to: Members,
}

impl RowPolicy {
    /// What `CREATE ROW POLICY name` makes.
    pub fn new(name: RowPolicyName) -> Self {
        Self {
            name,
            using: None,
            restrictive: false,
            to: Members::NONE,
        }
    }
}

/// A policy has its name on its table: other tables can have one of the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowPolicyName {
    /// The name.
    pub name: Ident,
    /// The database.
    pub database: Ident,
    /// The table; none is all tables of the database.
    pub table: Option<Ident>,
}

impl RowPolicyName {
    /// The table, if it is one.
    pub fn relation(&self) -> Option<QualifiedName> {
        Some(QualifiedName {
            database: self.database.clone(),
            name: self.table.clone()?,
        })
    }
}

/// `name ON db.table`, as SQL.
impl fmt::Display for RowPolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ON {}.", self.name.sql(), self.database.sql())?;
        match &self.table {
            Some(table) => write!(f, "{}", table.sql()),
            None => f.write_str("*"),
        }
    }
}
