//! Columns of a table.

use serde::{Deserialize, Serialize};

use super::{Codec, DataType, Expr, Ident, Settings};

/// A column of a table, with all its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name; `n.a` for a member of a flattened Nested.
    pub name: Ident,
    /// The type, with a `NULL` modifier already turned into Nullable.
    pub data_type: DataType,
    /// `DEFAULT`, `MATERIALIZED`, `ALIAS` or `EPHEMERAL`.
    pub default: Option<ColumnDefault>,
    /// `CODEC(...)`.
    pub codec: Option<Codec>,
    /// `STATISTICS(...)`: the kinds, as written.
    pub statistics: Vec<Expr>,
    /// The column's own `TTL`.
    pub ttl: Option<Expr>,
    /// The column's own `SETTINGS (...)`.
    pub settings: Settings,
    /// The comment; empty when there is none, as ClickHouse has it.
    pub comment: String,
}

impl Column {
    /// A column with a name and a type and nothing else.
    pub fn new(name: Ident, data_type: DataType) -> Self {
        Self {
            name,
            data_type,
            default: None,
            codec: None,
            statistics: Vec::new(),
            ttl: None,
            settings: Settings::default(),
            comment: String::new(),
        }
    }

    /// May an INSERT name this column? Not if it is computed (MATERIALIZED, ALIAS).
    pub fn is_insertable(&self) -> bool {
        !matches!(
            self.default.as_ref().map(|d| d.kind),
            Some(DefaultKind::Materialized | DefaultKind::Alias)
        )
    }

    /// Does the column take space in parts? ALIAS and EPHEMERAL columns do not.
    pub fn is_stored(&self) -> bool {
        !matches!(
            self.default.as_ref().map(|d| d.kind),
            Some(DefaultKind::Alias | DefaultKind::Ephemeral)
        )
    }
}

/// How a column gets a value that an INSERT does not give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnDefault {
    /// Which of the four clauses.
    pub kind: DefaultKind,
    /// The expression; only EPHEMERAL may go without.
    pub expr: Option<Expr>,
}

/// The four default clauses of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DefaultKind {
    /// `DEFAULT expr`: used when an INSERT leaves the column out.
    Default,
    /// `MATERIALIZED expr`: computed and stored; cannot be inserted, is not in `SELECT *`.
    Materialized,
    /// `ALIAS expr`: computed when read, not stored.
    Alias,
    /// `EPHEMERAL [expr]`: can be inserted for other columns' defaults, is not stored and cannot be read.
    Ephemeral,
}

impl DefaultKind {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Default => "DEFAULT",
            Self::Materialized => "MATERIALIZED",
            Self::Alias => "ALIAS",
            Self::Ephemeral => "EPHEMERAL",
        }
    }
}
