//! Sorting, primary and partition keys: lists of expressions.

use serde::{Deserialize, Serialize};

use super::Expr;

/// A key: the elements of `ORDER BY (a, b DESC)`, of a primary key or of a partition key.
///
/// The empty key is `tuple()`: no order, or no partitions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key {
    /// The elements in order.
    pub parts: Vec<KeyPart>,
}

/// One element of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPart {
    /// The expression, often just a column.
    pub expr: Expr,
    /// The direction; only sorting keys have descending parts.
    #[serde(default)]
    pub direction: Direction,
}

/// The direction of a part of a sorting key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Smallest first; the default.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl Key {
    /// A key of ascending expressions.
    pub fn of(exprs: impl IntoIterator<Item = Expr>) -> Self {
        Self {
            parts: exprs
                .into_iter()
                .map(|expr| KeyPart {
                    expr,
                    direction: Direction::Ascending,
                })
                .collect(),
        }
    }

    /// Is this `tuple()`?
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Does `self` begin with all parts of `prefix`, in order?
    pub fn starts_with(&self, prefix: &Self) -> bool {
        self.parts.starts_with(&prefix.parts)
    }
}
