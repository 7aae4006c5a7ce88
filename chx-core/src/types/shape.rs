//! Types as constants: what the derives write down and what Rust types say of themselves.
//!
//! A [`TypeExpr`] decides nothing: it is the tree of a type before anyone asks whether the type can be. Only
//! [`DataType::try_from`] does that.

use std::fmt;

use super::{DataType, TypeError};

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
        if expr.args.is_empty() {
            // The families that nearly every column has, without reading text.
            let plain = match expr.family {
                "Bool" => Some(Self::Bool),
                "UInt8" => Some(Self::UInt8),
                "UInt16" => Some(Self::UInt16),
                "UInt32" => Some(Self::UInt32),
                "UInt64" => Some(Self::UInt64),
                "Int8" => Some(Self::Int8),
                "Int16" => Some(Self::Int16),
                "Int32" => Some(Self::Int32),
                "Int64" => Some(Self::Int64),
                "Float32" => Some(Self::Float32),
                "Float64" => Some(Self::Float64),
                "String" => Some(Self::String),
                "Date" => Some(Self::Date),
                "UUID" => Some(Self::Uuid),
                _ => None,
            };
            if let Some(plain) = plain {
                return Ok(plain);
            }
        }
        Self::parse(&expr.to_string())
    }
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
    fn every_family_without_arguments_reads_like_its_text() {
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
        assert!(DataType::try_from(&NULLABLE_INTS).is_err());
        assert!(DataType::try_from(&NAMELESS).is_err());
        assert!(DataType::try_from(&TypeExpr::named("Strin")).is_err());
    }
}
