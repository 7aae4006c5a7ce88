//! What `MODIFY COLUMN` does to a type. In doubt it says "rewrite, may fail, loses": too careful, never too bold.

use super::DataType;

/// What happens to the stored values when a column changes its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// The types are the same.
    Same,
    /// Only the table's metadata changes.
    Metadata,
    /// A mutation rewrites the column.
    Rewrite {
        /// A value that does not fit stops the mutation, and the column cannot be read until it is undone.
        may_fail: bool,
        /// Values may change so that the old ones cannot be had back.
        lossy: bool,
    },
    /// The server refuses: a new column or table is needed.
    Refused,
}

/// What changing a column from one type to another does (MergeTree, not a key column).
pub fn conversion(before: &DataType, after: &DataType) -> Conversion {
    if before == after {
        Conversion::Same
    } else {
        Conversion::Rewrite {
            may_fail: true,
            lossy: true,
        }
    }
}
