//! Which types a TTL can count from.

use crate::types::TypeExpr;

use super::{is_moment, plain, same};

/// Why a TTL cannot be the column itself, or with `is_shifted` the column and an interval.
pub const fn refuse(column: &TypeExpr, is_shifted: bool) -> Option<&'static str> {
    let column = plain(column);
    if is_moment(column.family) || (is_shifted && same(column.family, "String")) {
        None
    } else if same(column.family, "Nullable") {
        Some(
            "a row without a date never expires, and ClickHouse wants to know when: `\"assumeNotNull(...) + INTERVAL 1 DAY\"`",
        )
    } else {
        Some(
            "a TTL counts from a Date or DateTime; from seconds since 1970 it is `\"toDateTime(...) + INTERVAL 1 DAY\"`",
        )
    }
}
