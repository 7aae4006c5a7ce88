//! Declared columns.

use crate::model::DefaultKind;
use crate::types::TypeExpr;

/// A column of a declared table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnDeclaration {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub data_type: TypeExpr,
    /// The line of the field, from 1; 0 when it is not known.
    pub line: u32,
    /// `DEFAULT`, `MATERIALIZED`, `ALIAS` or `EPHEMERAL`.
    pub default: Option<DefaultDeclaration>,
    /// What stands between the parentheses of `CODEC(...)`.
    pub codec: Option<&'static str>,
    /// The kinds of `STATISTICS(...)`.
    pub statistics: &'static [&'static str],
    /// `TTL`.
    pub ttl: Option<&'static str>,
    /// `SETTINGS (...)`: names and values, without quotes.
    pub settings: &'static [(&'static str, &'static str)],
    /// The comment; empty for none.
    pub comment: &'static str,
    /// The name that the column had before: the next plan renames it.
    pub renamed_from: Option<&'static str>,
}

/// A declared default clause.
#[derive(Debug, Clone, Copy)]
pub struct DefaultDeclaration {
    /// Which of the four clauses.
    pub kind: DefaultKind,
    /// The expression; only EPHEMERAL may go without.
    pub expr: Option<&'static str>,
}

impl ColumnDeclaration {
    /// A column with a name, a type and a comment, declared in that line, and nothing else.
    pub const fn new(name: &'static str, data_type: TypeExpr, comment: &'static str, line: u32) -> Self {
        Self {
            name,
            data_type,
            line,
            default: None,
            codec: None,
            statistics: &[],
            ttl: None,
            settings: &[],
            comment,
            renamed_from: None,
        }
    }
}
