//! Tables.

use serde::{Deserialize, Serialize};

use super::{
    Column, Columns, Constraint, Engine, Expr, Index, Key, Projection, QualifiedName, Settings, TtlRule,
};

/// The setting of a CREATE that a UNIQUE KEY needs (344). It is said with the key wherever the key is, and never stored.
pub const UNIQUE_KEY_SETTING: &str = "allow_experimental_unique_key";

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The name.
    pub name: QualifiedName,
    /// The columns, in order: the order is part of the meaning.
    pub columns: Columns,
    /// The skipping indexes; sorted by name in canonical form, their order means nothing.
    pub indexes: Vec<Index>,
    /// The projections; sorted by name in canonical form.
    pub projections: Vec<Projection>,
    /// The constraints; sorted by name in canonical form.
    pub constraints: Vec<Constraint>,
    /// The engine and the clauses that go with it.
    pub storage: Storage,
    /// The comment; empty when there is none.
    pub comment: String,
}

/// The engine of a table, or of the inner table of a materialized view, with its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// The engine.
    pub engine: Engine,
    /// `PARTITION BY`; empty for one partition.
    pub partition_by: Key,
    /// `PRIMARY KEY`; `None` when it is the sorting key.
    pub primary_key: Option<Key>,
    /// `ORDER BY`; empty for `tuple()`, and for engines that have none.
    pub order_by: Key,
    /// `UNIQUE KEY`: whole columns; empty when there is none.
    #[serde(default, skip_serializing_if = "Key::is_empty")]
    pub unique_key: Key,
    /// `SAMPLE BY`.
    pub sample_by: Option<Expr>,
    /// `TTL`: the rules in order.
    pub ttl: Vec<TtlRule>,
    /// `SETTINGS`.
    pub settings: Settings,
}

impl Table {
    /// Is it another name of a table? Its columns are those of the table behind it, and so is what an ALTER of it changes.
    pub fn is_alias(&self) -> bool {
        self.storage.engine.name == "Alias"
    }
}

impl Storage {
    /// An engine without clauses.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            partition_by: Key::default(),
            primary_key: None,
            order_by: Key::default(),
            unique_key: Key::default(),
            sample_by: None,
            ttl: Vec::new(),
            settings: Settings::default(),
        }
    }

    /// Is the column a part of the unique key?
    pub fn is_unique(&self, column: &str) -> bool {
        let mut columns = self
            .unique_key
            .parts
            .iter()
            .map(|part| part.expr.is_plain_column());
        columns.any(|unique| unique.as_deref() == Some(column))
    }

    /// The primary key that is in force: the declared one, or the sorting key.
    pub fn effective_primary_key(&self) -> &Key {
        self.primary_key.as_ref().unwrap_or(&self.order_by)
    }
}

impl Table {
    /// A table with a name and an engine and nothing else.
    pub fn new(name: QualifiedName, engine: Engine) -> Self {
        Self {
            name,
            columns: Columns::default(),
            indexes: Vec::new(),
            projections: Vec::new(),
            constraints: Vec::new(),
            storage: Storage::new(engine),
            comment: String::new(),
        }
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.as_str() == name)
    }

    /// The place of the column of this name, counted from 0.
    pub fn column_position(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.as_str() == name)
    }
}
