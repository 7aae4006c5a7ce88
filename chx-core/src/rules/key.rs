//! Which types can stand in a key.

use crate::types::{TypeArg, TypeExpr};

use super::{is_float, is_one_of, not_null, plain, same};

/// Why a column of this type cannot stand in a sorting, primary or partition key.
pub const fn refuse(column: &TypeExpr, allows_null: bool) -> Option<&'static str> {
    let family = column.family;
    if same(family, "Nullable") && !allows_null {
        return Some(
            "a key has no NULL; use a value that stands for none, or allow it with \
             `settings(allow_nullable_key = true)`",
        );
    }
    if is_one_of(family, &["JSON", "Dynamic", "Variant"]) {
        return Some(
            "its values have no order; use a part of it that has a type of its own, `\"data.id::UInt64\"`",
        );
    }
    if is_one_of(family, &["AggregateFunction", "SimpleAggregateFunction", "QBit"]) {
        return Some("it changes when parts are merged or has no order, so nothing can be sorted by it");
    }
    let mut i = 0;
    while i < column.args.len() {
        if let TypeArg::Type(inner) | TypeArg::Named(_, inner) = &column.args[i]
            && let Some(reason) = refuse(inner, allows_null)
        {
            return Some(reason);
        }
        i += 1;
    }
    None
}

/// Why a column of this type cannot stand in a partition key, of which it is the whole or a part.
pub const fn refuse_partition(column: &TypeExpr, allows_null: bool, is_whole: bool) -> Option<&'static str> {
    // A row stays in its partition, so the column may aggregate.
    if let Some(reason) = refuse(plain(column), allows_null) {
        Some(reason)
    } else if is_whole && is_float(not_null(column).family) {
        Some("each of its values would be a partition; round it to a whole number")
    } else {
        None
    }
}

/// Why a column of this type cannot be the sampling key.
pub const fn refuse_sample(column: &TypeExpr) -> Option<&'static str> {
    if is_one_of(column.family, &["UInt8", "UInt16", "UInt32", "UInt64", "Bool"]) {
        None
    } else {
        Some("a sample is cut from a range of UInt32 or UInt64; hash it: `\"cityHash64(...)\"`")
    }
}
