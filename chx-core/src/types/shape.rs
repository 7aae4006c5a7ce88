//! Types as constants: what the derives write down and what Rust types say of themselves.
//!
//! A [`TypeExpr`] decides nothing: it is the tree of a type before anyone asks whether the type can be. Only
//! [`DataType::try_from`] does that.

use std::fmt;

use super::{DataType, MAX_DEPTH, TypeError};

/// A type as a constant: a family and its arguments.
///
/// ```
/// use chx_core::types::{DataType, TypeArg, TypeExpr};
/// const TAGS: TypeExpr = TypeExpr::with("Array", &[TypeArg::Type(TypeExpr::named("String"))]);
/// assert_eq!(TAGS.to_string(), "Array(String)");
/// assert_eq!(DataType::try_from(&TAGS)?, DataType::parse("Array(String)")?);
/// # Ok::<(), chx_core::types::TypeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeExpr {
    /// The family, such as `UInt64` or `Array`.
    pub family: &'static str,
    /// Its arguments; empty for none.
    pub args: &'static [TypeArg],
}

/// An argument of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeArg {
    /// A type.
    Type(TypeExpr),
    /// A type with a name, as in a named tuple.
    Named(&'static str, TypeExpr),
    /// A number, such as a length or a precision.
    Number(i64),
    /// Text in quotes, such as a time zone. Here without them.
    Text(&'static str),
    /// Whatever else, as SQL.
    Sql(&'static str),
}

impl TypeExpr {
    /// A type without arguments.
    pub const fn named(family: &'static str) -> Self {
        Self { family, args: &[] }
    }

    /// A type with arguments.
    pub const fn with(family: &'static str, args: &'static [TypeArg]) -> Self {
        Self { family, args }
    }
}

impl TryFrom<&TypeExpr> for DataType {
    type Error = TypeError;

    fn try_from(expr: &TypeExpr) -> Result<Self, TypeError> {
        common(expr, 1).map_or_else(|| Self::parse(&expr.to_string()), Ok)
    }
}

/// The types that nearly every column has, without reading text. All others are left to the parser, and so is what
/// cannot be: it says why.
fn common(expr: &TypeExpr, depth: usize) -> Option<DataType> {
    if depth > MAX_DEPTH {
        return None;
    }
    let inside = |inner| common(inner, depth + 1).map(Box::new);
    let data_type = match (expr.family, expr.args) {
        ("Bool", []) => DataType::Bool,
        ("UInt8", []) => DataType::UInt8,
        ("UInt16", []) => DataType::UInt16,
        ("UInt32", []) => DataType::UInt32,
        ("UInt64", []) => DataType::UInt64,
        ("Int8", []) => DataType::Int8,
        ("Int16", []) => DataType::Int16,
        ("Int32", []) => DataType::Int32,
        ("Int64", []) => DataType::Int64,
        ("Float32", []) => DataType::Float32,
        ("Float64", []) => DataType::Float64,
        ("String", []) => DataType::String,
        ("Date", []) => DataType::Date,
        ("UUID", []) => DataType::Uuid,
        ("DateTime64", [TypeArg::Number(precision @ 0..=9)]) => DataType::DateTime64 {
            precision: u8::try_from(*precision).ok()?,
            timezone: None,
        },
        ("Array", [TypeArg::Type(inner)]) => DataType::Array(inside(inner)?),
        ("Nullable", [TypeArg::Type(inner)]) => DataType::Nullable(inside(inner)?),
        ("LowCardinality", [TypeArg::Type(inner)]) => DataType::LowCardinality(inside(inner)?),
        _ => return None,
    };
    data_type.check_here().ok()?;
    Some(data_type)
}

impl fmt::Display for TypeExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.family)?;
        for (index, arg) in self.args.iter().enumerate() {
            f.write_str(if index == 0 { "(" } else { ", " })?;
            arg.fmt(f)?;
        }
        if self.args.is_empty() {
            Ok(())
        } else {
            f.write_str(")")
        }
    }
}

impl fmt::Display for TypeArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(data_type) => data_type.fmt(f),
            Self::Named(name, data_type) => match crate::ident::Ident::new(*name) {
                Ok(name) => write!(f, "{} {data_type}", name.sql()),
                Err(_) => write!(f, "`` {data_type}"),
            },
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(&crate::sql::quote_string(text)),
            Self::Sql(sql) => f.write_str(sql),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UINT64: TypeArg = TypeArg::Type(TypeExpr::named("UInt64"));

    #[track_caller]
    fn reads(expr: &TypeExpr, sql: &str) {
        assert_eq!(DataType::try_from(expr), DataType::parse(sql));
        assert!(DataType::parse(sql).is_ok(), "{sql}");
    }

    const INTS: TypeExpr = TypeExpr::with("Array", &[UINT64]);
    const PAIR: TypeExpr = TypeExpr::with("Tuple", &[TypeArg::Named("a b", TypeExpr::named("Date"))]);
    const ZONED: TypeExpr = TypeExpr::with(
        "DateTime64",
        &[TypeArg::Number(3), TypeArg::Text("Europe/Berlin")],
    );
    const SUM: TypeExpr = TypeExpr::with("SimpleAggregateFunction", &[TypeArg::Sql("sum"), UINT64]);
    const NULLABLE_INTS: TypeExpr = TypeExpr::with("Nullable", &[TypeArg::Type(INTS)]);
    const MILLIS: TypeExpr = TypeExpr::with("DateTime64", &[TypeArg::Number(3)]);
    const TOO_FINE: TypeExpr = TypeExpr::with("DateTime64", &[TypeArg::Number(10)]);
    const TAG: TypeExpr = TypeExpr::with("LowCardinality", &[TypeArg::Type(NULLABLE_TEXT)]);
    const NULLABLE_TEXT: TypeExpr = TypeExpr::with("Nullable", &[TypeArg::Type(TypeExpr::named("String"))]);
    const NULLABLE_TAG: TypeExpr = TypeExpr::with("Nullable", &[TypeArg::Type(TAG)]);
    const NAMELESS: TypeExpr = TypeExpr::with("Tuple", &[TypeArg::Named("", TypeExpr::named("Date"))]);

    #[test]
    fn a_constant_is_the_type_that_its_text_says() {
        reads(&TypeExpr::named("UInt64"), "UInt64");
        reads(&INTS, "Array(UInt64)");
        reads(&PAIR, "Tuple(`a b` Date)");
        reads(&ZONED, "DateTime64(3, 'Europe/Berlin')");
        reads(&SUM, "SimpleAggregateFunction(sum, UInt64)");
    }

    /// The short way must give what the long way gives.
    #[test]
    fn common_types_read_like_their_text() {
        reads(&MILLIS, "DateTime64(3)");
        reads(&TAG, "LowCardinality(Nullable(String))");
        let families = [
            "Bool", "UInt8", "UInt16", "UInt32", "UInt64", "Int8", "Int16", "Int32", "Int64", "Float32",
            "Float64", "String", "Date", "UUID", "Int256", "DateTime", "IPv6",
        ];
        for family in families {
            reads(&TypeExpr::named(family), family);
        }
    }

    #[test]
    fn what_cannot_be_is_an_error() {
        for wrong in [NULLABLE_INTS, NULLABLE_TAG, TOO_FINE] {
            assert!(DataType::try_from(&wrong).is_err());
            assert_eq!(DataType::try_from(&wrong), DataType::parse(&wrong.to_string()));
        }
        assert!(DataType::try_from(&NAMELESS).is_err());
        assert!(DataType::try_from(&TypeExpr::named("Strin")).is_err());
    }
}
