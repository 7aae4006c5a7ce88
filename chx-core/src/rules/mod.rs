//! What ClickHouse demands of the columns that a clause uses: codecs, keys, engine arguments, skipping indexes, TTLs.
//!
//! Decides in two forms. What only the text tells (how many arguments, which order) takes parsed model parts. What
//! the column's type decides are `const` functions over [`TypeExpr`], so that the compiler can ask them about a Rust
//! type that only it knows; they give the reason why not, and `None` for what is right or cannot be told.
//!
//! Every rule was measured on ClickHouse 26.7. Where a rule is a default that a setting lifts, the reason names it.

pub mod codec;
pub mod engine;
pub mod format;
pub mod index;
pub mod key;
pub mod query_setting;
pub mod statistics;
pub mod ttl;

use crate::types::{TypeArg, TypeExpr};

/// Are two texts equal? `==` for constants.
pub const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Is the name one of these?
pub const fn is_one_of(name: &str, names: &[&str]) -> bool {
    let mut i = 0;
    while i < names.len() {
        if same(name, names[i]) {
            return true;
        }
        i += 1;
    }
    false
}

/// The type of a value as the server computes with it: LowCardinality and SimpleAggregateFunction change nothing.
pub const fn plain(data_type: &TypeExpr) -> &TypeExpr {
    let inner = if same(data_type.family, "LowCardinality") {
        data_type.args.first()
    } else if same(data_type.family, "SimpleAggregateFunction") {
        data_type.args.last()
    } else {
        return data_type;
    };
    match inner {
        Some(TypeArg::Type(inner)) => plain(inner),
        _ => data_type,
    }
}

/// The type inside of a Nullable, or the type itself.
const fn not_null(data_type: &TypeExpr) -> &TypeExpr {
    match data_type.args.first() {
        Some(TypeArg::Type(inner)) if same(data_type.family, "Nullable") => inner,
        _ => data_type,
    }
}

const fn is_signed(family: &str) -> bool {
    is_one_of(family, &["Int8", "Int16", "Int32", "Int64", "Int128", "Int256"])
}

const fn is_unsigned(family: &str) -> bool {
    is_one_of(
        family,
        &["UInt8", "UInt16", "UInt32", "UInt64", "UInt128", "UInt256"],
    )
}

const fn is_float(family: &str) -> bool {
    is_one_of(family, &["Float32", "Float64", "BFloat16"])
}

const fn is_moment(family: &str) -> bool {
    is_one_of(family, &["Date", "Date32", "DateTime", "DateTime64"])
}
