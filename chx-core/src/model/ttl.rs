//! TTL rules of a table.

use serde::{Deserialize, Serialize};

use super::{Codec, Expr, Ident};

/// One rule of a table's TTL: when, and what then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TtlRule {
    /// A Date or DateTime expression: the moment at which the rule applies to a row.
    pub expr: Expr,
    /// What happens then.
    pub action: TtlAction,
}

impl TtlRule {
    /// Does it take rows away, or make one of many? Other rules move or recompress them.
    pub fn deletes(&self) -> bool {
        matches!(self.action, TtlAction::Delete { .. } | TtlAction::GroupBy { .. })
    }
}

/// What a TTL rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TtlAction {
    /// Deletes the row; the default.
    Delete {
        /// `WHERE`: only rows that meet this condition. ClickHouse takes it with no other action (measured on 26.7).
        condition: Option<Expr>,
    },
    /// Moves the part to a disk.
    ToDisk {
        /// The disk.
        disk: String,
        /// `IF EXISTS`: do nothing on a server without it.
        if_exists: bool,
    },
    /// Moves the part to a volume of the storage policy.
    ToVolume {
        /// The volume.
        volume: String,
        /// `IF EXISTS`: do nothing on a server without it.
        if_exists: bool,
    },
    /// Compresses the part anew. ClickHouse does not expand the arguments of codecs here.
    Recompress(Codec),
    /// Rolls rows up.
    GroupBy {
        /// A prefix of the primary key.
        keys: Vec<Expr>,
        /// `SET column = aggregate`.
        set: Vec<(Ident, Expr)>,
    },
}
