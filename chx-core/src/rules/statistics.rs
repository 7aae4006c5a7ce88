//! Which column statistics there are, and which types they take.

use crate::nearest::nearest;
use crate::types::TypeExpr;

use super::{is_one_of, not_null, plain};

/// The kinds of ClickHouse 26.7.
const KNOWN: [&str; 6] = ["basic", "countmin", "minmax", "tdigest", "uniq", "uniq_v2"];

/// Checks the name of a kind.
///
/// # Errors
/// No server knows it (error 80).
pub fn check(kind: &str) -> Result<(), String> {
    let lower = kind.to_ascii_lowercase();
    if KNOWN.contains(&lower.as_str()) {
        return Ok(());
    }
    Err(match nearest(kind, KNOWN) {
        Some(near) => format!("ClickHouse has no statistics `{kind}`; did you mean `{near}`?"),
        None => format!(
            "ClickHouse has no statistics `{kind}`; for some that are newer than this version, `raw(\"{kind}\")`"
        ),
    })
}

/// Why statistics of this kind, in lower case, cannot be kept about a column (error 708).
pub const fn refuse(kind: &str, column: &TypeExpr) -> Option<&'static str> {
    let family = not_null(plain(column)).family;
    if is_one_of(
        family,
        &[
            "Array",
            "Map",
            "Tuple",
            "Nested",
            "JSON",
            "Dynamic",
            "Variant",
            "AggregateFunction",
            "UUID",
            "IPv6",
            "Point",
        ],
    ) {
        Some("statistics are kept about single values: numbers, text, dates")
    } else if is_one_of(kind, &["tdigest", "minmax"]) && is_one_of(family, &["String", "FixedString"]) {
        Some("it takes numbers and dates; about text keep `uniq` or `countmin`")
    } else if is_one_of(kind, &["tdigest"]) && is_one_of(family, &["IPv4"]) {
        Some("it takes numbers and dates; about addresses keep `uniq`")
    } else {
        None
    }
}
