//! Declared tables.

use super::{ColumnDeclaration, Heading};
use crate::model::ConstraintKind;

/// A declared table.
#[derive(Debug, Clone, Copy)]
pub struct TableDeclaration {
    /// Its name, comment, history and origin.
    pub heading: Heading,
    /// The columns, in order.
    pub columns: &'static [ColumnDeclaration],
    /// The engine and its clauses.
    pub storage: StorageDeclaration,
    /// The skipping indexes.
    pub indexes: &'static [IndexDeclaration],
    /// The projections.
    pub projections: &'static [ProjectionDeclaration],
    /// The constraints.
    pub constraints: &'static [ConstraintDeclaration],
}

/// A declared engine with its clauses, each as the SQL that stands behind its keyword.
#[derive(Debug, Clone, Copy)]
pub struct StorageDeclaration {
    /// `ENGINE`: the name with its arguments.
    pub engine: &'static str,
    /// `PARTITION BY`; `None` for one partition.
    pub partition_by: Option<&'static str>,
    /// `PRIMARY KEY`; `None` when it is the sorting key.
    pub primary_key: Option<&'static str>,
    /// `ORDER BY`; `None` for engines that have none.
    pub order_by: Option<&'static str>,
    /// `UNIQUE KEY`; `None` where rows may be alike.
    pub unique_key: Option<&'static str>,
    /// `SAMPLE BY`.
    pub sample_by: Option<&'static str>,
    /// `TTL`: the rules in order.
    pub ttl: &'static [&'static str],
    /// `SETTINGS`: names and values, without quotes.
    pub settings: &'static [(&'static str, &'static str)],
    /// Settings that it shares with others, list by list; its own go before them.
    pub shared_settings: &'static [&'static [(&'static str, &'static str)]],
}

/// A declared skipping index.
#[derive(Debug, Clone, Copy)]
pub struct IndexDeclaration {
    /// The name.
    pub name: &'static str,
    /// What is indexed, as SQL.
    pub expr: &'static str,
    /// The type with its arguments, as SQL: `bloom_filter(0.01)`.
    pub index_type: &'static str,
    /// The granularity; `None` takes the server's default.
    pub granularity: Option<u64>,
}

/// A declared projection.
#[derive(Debug, Clone, Copy)]
pub struct ProjectionDeclaration {
    /// The name.
    pub name: &'static str,
    /// What stands between its parentheses.
    pub body: &'static str,
    /// `WITH SETTINGS (...)`: names and values, without quotes.
    pub settings: &'static [(&'static str, &'static str)],
}

/// A declared constraint.
#[derive(Debug, Clone, Copy)]
pub struct ConstraintDeclaration {
    /// The name.
    pub name: &'static str,
    /// Whether the server checks it or the optimizer believes it.
    pub kind: ConstraintKind,
    /// The condition as SQL.
    pub expr: &'static str,
}

impl StorageDeclaration {
    /// An engine without clauses.
    pub const fn new(engine: &'static str) -> Self {
        Self {
            engine,
            partition_by: None,
            primary_key: None,
            order_by: None,
            unique_key: None,
            sample_by: None,
            ttl: &[],
            settings: &[],
            shared_settings: &[],
        }
    }
}
