//! Can a column hold what a Rust type writes? Asked at compile time, type against type.
//!
//! The client writes a value as its serde implementation says and checks it against the column's type when it is too
//! late. The same rules stand here, stricter where bytes alone would pass and the value would change its meaning
//! (milliseconds in a column of microseconds).

use chx_core::types::{TypeArg, TypeExpr};

use chx_core::rules::{is_one_of, plain as stored_as, same};

use super::message::{Message, Order};
use crate::types::Writer;

/// Checks the type that a field takes from its Rust type, and that a row can write it.
#[track_caller]
pub const fn check(
    field: &str,
    column: TypeExpr,
    writer: Writer,
    has_with: bool,
    row: Option<&'static [&'static str]>,
) {
    if let Some((data_type, reason)) = flaw(&column) {
        Message::new()
            .push("`")
            .push(field)
            .push("` cannot be a `")
            .push_type(&data_type)
            .push("`: ")
            .push(reason)
            .refuse()
    }
    check_writer(field, writer, has_with, row);
}

/// Checks that the type which a field's attribute names can hold the Rust type, whose own column type is `value`, and
/// that a row can write it. That there is such a type was checked when the attribute was read.
#[track_caller]
pub const fn check_explicit(
    field: &str,
    column: TypeExpr,
    value: TypeExpr,
    writer: Writer,
    has_with: bool,
    row: Option<&'static [&'static str]>,
) {
    if !holds(&column, &value) {
        Message::new()
            .push("the Rust type of `")
            .push(field)
            .push("` is a `")
            .push_type(&value)
            .push("`, which a column of type `")
            .push_type(&column)
            .push("` cannot hold")
            .refuse()
    }
    check_writer(field, writer, has_with, row);
}

/// Checks that the variants of an enum stand in the order in which the server keeps the types of a Variant, by name:
/// a row says by number which one it is.
#[track_caller]
pub const fn check_order(variant: TypeExpr, names: &[&str]) {
    let mut i = 1;
    while i < variant.args.len() && i < names.len() {
        if let (TypeArg::Type(first), TypeArg::Type(second)) = (&variant.args[i - 1], &variant.args[i]) {
            let message = Message::new()
                .push("`")
                .push(names[i])
                .push("` is a `")
                .push_type(second)
                .push("` and `")
                .push(names[i - 1])
                .push("` a `")
                .push_type(first)
                .push("`: ");
            match Message::new()
                .push_type(first)
                .order(&Message::new().push_type(second))
            {
                Order::Rising => {}
                Order::Same => message.push("a Variant has each type once").refuse(),
                Order::Falling => message
                    .push(
                        "ClickHouse keeps the types of a Variant sorted by name; change the order of the two",
                    )
                    .refuse(),
            }
        }
        i += 1;
    }
}

/// Checks that a row writes a field as the client demands.
#[track_caller]
const fn check_writer(field: &str, writer: Writer, has_with: bool, row: Option<&'static [&'static str]>) {
    if row.is_none() || has_with {
        return;
    }
    let message = Message::new()
        .push("a row cannot write `")
        .push(field)
        .push("` as it is: ");
    let message = match writer {
        Writer::Itself => return,
        Writer::With(module) => message.push("add `#[serde(with = \"").push(module).push("\")]`"),
        Writer::Nothing(module) => message
            .push("its values need `")
            .push(module)
            .push("`, which does not reach into it; write a module for `#[serde(with = \"...\")]`"),
    };
    message.refuse()
}

/// The first part of a type that cannot be, and why.
const fn flaw(data_type: &TypeExpr) -> Option<(TypeExpr, &'static str)> {
    let mut i = 0;
    while i < data_type.args.len() {
        if let TypeArg::Type(inner) | TypeArg::Named(_, inner) = &data_type.args[i]
            && let Some(found) = flaw(inner)
        {
            return Some(found);
        }
        i += 1;
    }
    let family = data_type.family;
    let reason = if same(family, "Nullable") {
        match family_inside(data_type) {
            Some(inner) if is_one_of(inner, &["Array", "Map", "Nested"]) => {
                "ClickHouse has no NULL for lists and maps; leave out `Option` and use the empty one"
            }
            Some(inner) if same(inner, "Nullable") => "it is nullable already; leave out one `Option`",
            Some(inner) if is_one_of(inner, &["Variant", "Dynamic"]) => {
                "it may be NULL anyway; leave out `Option`"
            }
            Some(inner) if same(inner, "LowCardinality") => {
                "the other way round is right: LowCardinality(Nullable(...)), `LowCardinality<Option<...>>`"
            }
            _ => return None,
        }
    } else if same(family, "LowCardinality") {
        match innermost(data_type) {
            Some(inner) if is_one_of(inner, &["Enum8", "Enum16"]) => {
                "an Enum is stored as a small number already; leave out LowCardinality"
            }
            Some(inner) if !is_one_of(inner, &["String", "FixedString", "UUID"]) => {
                "a dictionary is for text; a server refuses others unless `allow_suspicious_low_cardinality_types` \
                 is set, and then `type = \"LowCardinality(...)\"` says so"
            }
            _ => return None,
        }
    } else if same(family, "Variant") {
        if !part_of_family(data_type, &["Nullable", "Variant", "Dynamic"]) {
            return None;
        }
        "its types are no Nullable, Variant or Dynamic; it may be NULL anyway"
    } else if same(family, "Map") {
        match data_type.args.first() {
            Some(TypeArg::Type(key)) if same(stored_as(key).family, "Nullable") => "a key cannot be NULL",
            _ => return None,
        }
    } else if is_one_of(family, &["DateTime64", "Time64"]) {
        match data_type.args.first() {
            Some(TypeArg::Number(digits)) if *digits < 0 || *digits > 9 => {
                "the digits behind the second are 0 to 9"
            }
            _ => return None,
        }
    } else if same(family, "Decimal") {
        match (data_type.args.first(), data_type.args.last()) {
            (Some(TypeArg::Number(digits)), Some(TypeArg::Number(scale)))
                if *scale < 0 || *scale > *digits =>
            {
                "more digits behind the point than in all"
            }
            _ => return None,
        }
    } else if same(family, "FixedString") {
        match data_type.args.first() {
            Some(TypeArg::Number(length)) if *length < 1 || *length > 16_777_215 => {
                "the length is 1 to 16777215"
            }
            _ => return None,
        }
    } else {
        return None;
    };
    Some((*data_type, reason))
}

/// Is one of the arguments a type of one of these families?
const fn part_of_family(data_type: &TypeExpr, families: &[&str]) -> bool {
    let mut i = 0;
    while i < data_type.args.len() {
        if let TypeArg::Type(inner) = &data_type.args[i]
            && is_one_of(inner.family, families)
        {
            return true;
        }
        i += 1;
    }
    false
}

const fn family_inside(data_type: &TypeExpr) -> Option<&'static str> {
    match data_type.args.first() {
        Some(TypeArg::Type(inner)) => Some(inner.family),
        _ => None,
    }
}

/// The family inside of a LowCardinality, through a Nullable.
const fn innermost(data_type: &TypeExpr) -> Option<&'static str> {
    match data_type.args.first() {
        Some(TypeArg::Type(inner)) if same(inner.family, "Nullable") => family_inside(inner),
        Some(TypeArg::Type(inner)) => Some(inner.family),
        _ => None,
    }
}

/// Can a column of type `column` hold what a value of type `value` writes?
const fn holds(column: &TypeExpr, value: &TypeExpr) -> bool {
    let column = stored_as(column);
    let value = stored_as(value);
    if same(column.family, "Nullable") || same(value.family, "Nullable") {
        return same(column.family, value.family) && inner_holds(column, value, 0);
    }
    if same(column.family, "Map") && same(value.family, "Array") {
        // A list of pairs.
        return match value.args.first() {
            Some(TypeArg::Type(pair)) => same(pair.family, "Tuple") && all_hold(column, pair),
            _ => false,
        };
    }
    if is_one_of(column.family, &["Array", "Map", "Tuple", "Variant"]) {
        return same(column.family, value.family) && all_hold(column, value);
    }
    if let Some(shape) = geometry(column.family) {
        return holds(&shape, value);
    }
    if same_meaning(column, value) {
        return true;
    }
    // A plain number, text or list of bytes may fill any column that is written the same way.
    is_raw(value.family) && same(written_as(column), written_as(value)) && same_length(column, value)
}

const fn inner_holds(column: &TypeExpr, value: &TypeExpr, index: usize) -> bool {
    if index >= column.args.len() || index >= value.args.len() {
        return false;
    }
    match (&column.args[index], &value.args[index]) {
        // A struct has names for the elements of its tuple, and means them.
        (TypeArg::Type(_), TypeArg::Named(..)) => false,
        (TypeArg::Named(column, _), TypeArg::Named(value, _)) if !same(column, value) => false,
        (
            TypeArg::Type(column) | TypeArg::Named(_, column),
            TypeArg::Type(value) | TypeArg::Named(_, value),
        ) => holds(column, value),
        _ => false,
    }
}

const fn all_hold(column: &TypeExpr, value: &TypeExpr) -> bool {
    if column.args.len() != value.args.len() {
        return false;
    }
    let mut i = 0;
    while i < column.args.len() {
        if !inner_holds(column, value, i) {
            return false;
        }
        i += 1;
    }
    true
}

/// The same family with the same numbers. A time zone changes how text is read, not the value.
const fn same_meaning(column: &TypeExpr, value: &TypeExpr) -> bool {
    same(column.family, value.family)
        && same_number(column, value, 0)
        && same_number(column, value, 1)
        && same_values(column, value)
}

/// The same names with the same numbers, where both are Enums.
const fn same_values(column: &TypeExpr, value: &TypeExpr) -> bool {
    match (column.args, value.args) {
        ([TypeArg::Sql(column)], [TypeArg::Sql(value)]) => same(column, value),
        _ => true,
    }
}

const fn same_number(column: &TypeExpr, value: &TypeExpr, index: usize) -> bool {
    match (number(column, index), number(value, index)) {
        (Some(column), Some(value)) => column == value,
        (None, None) => true,
        _ => false,
    }
}

const fn number(data_type: &TypeExpr, index: usize) -> Option<i64> {
    if index >= data_type.args.len() {
        return None;
    }
    match &data_type.args[index] {
        TypeArg::Number(number) => Some(*number),
        _ => None,
    }
}

/// Types that mean nothing beyond their bytes.
const fn is_raw(family: &str) -> bool {
    is_one_of(
        family,
        &[
            "Bool",
            "UInt8",
            "UInt16",
            "UInt32",
            "UInt64",
            "UInt128",
            "Int8",
            "Int16",
            "Int32",
            "Int64",
            "Int128",
            "String",
            "FixedString",
        ],
    )
}

/// How serde writes a value of the type; the type itself where it has a way of its own.
const fn written_as(data_type: &TypeExpr) -> &'static str {
    let family = data_type.family;
    if is_one_of(family, &["Bool"]) {
        // A `bool` may fill a UInt8; a `u8` may not fill a Bool.
        "UInt8"
    } else if is_one_of(family, &["Date"]) {
        "UInt16"
    } else if is_one_of(family, &["DateTime", "IPv4"]) {
        "UInt32"
    } else if is_one_of(family, &["Date32", "Time"]) {
        "Int32"
    } else if is_one_of(family, &["DateTime64", "Time64"]) {
        "Int64"
    } else if same(family, "Enum8") {
        "Int8"
    } else if same(family, "Enum16") {
        "Int16"
    } else if same(family, "JSON") {
        "String"
    } else if same(family, "IPv6") {
        "FixedString"
    } else if same(family, "Decimal") {
        match number(data_type, 0) {
            Some(..=9) => "Int32",
            Some(10..=18) => "Int64",
            Some(19..=38) => "Int128",
            _ => "Decimal",
        }
    } else {
        family
    }
}

/// Fixed strings and what is written like them must have the same length; other types always do.
const fn same_length(column: &TypeExpr, value: &TypeExpr) -> bool {
    if same(column.family, "Bool") {
        return same(value.family, "Bool");
    }
    if !same(value.family, "FixedString") {
        return true;
    }
    let length = if same(column.family, "IPv6") {
        Some(16)
    } else {
        number(column, 0)
    };
    match (length, number(value, 0)) {
        (Some(column), Some(value)) => column == value,
        _ => false,
    }
}

/// The geometric types as the tuples and arrays that they are.
const fn geometry(family: &str) -> Option<TypeExpr> {
    const POINT: TypeExpr = TypeExpr::with(
        "Tuple",
        &[
            TypeArg::Type(TypeExpr::named("Float64")),
            TypeArg::Type(TypeExpr::named("Float64")),
        ],
    );
    const LINE: TypeExpr = TypeExpr::with("Array", &[TypeArg::Type(POINT)]);
    const LINES: TypeExpr = TypeExpr::with("Array", &[TypeArg::Type(LINE)]);
    const POLYGONS: TypeExpr = TypeExpr::with("Array", &[TypeArg::Type(LINES)]);
    if same(family, "Point") {
        Some(POINT)
    } else if is_one_of(family, &["Ring", "LineString"]) {
        Some(LINE)
    } else if is_one_of(family, &["Polygon", "MultiLineString"]) {
        Some(LINES)
    } else if same(family, "MultiPolygon") {
        Some(POLYGONS)
    } else {
        None
    }
}
