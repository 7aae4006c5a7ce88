//! Which type may stand inside which. What every server refuses is an error with a way out; what a server
//! refuses only until a setting allows it is listed by [`DataType::required_settings`].

use super::error::TypeErrorKind;
use super::{DataType, GeoType, MAX_DEPTH};

/// A setting without which the server refuses a column type (error 44 or 455).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequiredSetting {
    /// The setting that must be 1.
    pub setting: &'static str,
    /// The part of the type that needs it.
    pub data_type: DataType,
    /// Why the server is careful, and what is better.
    pub reason: &'static str,
}

impl DataType {
    /// Checks the whole tree. A parsed type has been checked; a tree built by hand has not.
    ///
    /// # Errors
    /// The first combination that no server accepts.
    pub fn check(&self) -> Result<(), TypeErrorKind> {
        let mut waiting = vec![(self, 1)];
        while let Some((data_type, depth)) = waiting.pop() {
            if depth > MAX_DEPTH {
                return Err(TypeErrorKind::TooDeep);
            }
            data_type.check_here()?;
            waiting.extend(data_type.children().into_iter().map(|child| (child, depth + 1)));
        }
        Ok(())
    }

    /// Checks that a table can have a column of this (valid) type: Nothing it cannot store (370).
    ///
    /// # Errors
    /// Nothing, alone or in arrays or Nullable.
    pub fn check_as_column(&self) -> Result<(), TypeErrorKind> {
        let mut innermost = self;
        while let Self::Array(inner) | Self::Nullable(inner) = innermost {
            innermost = inner;
        }
        if *innermost == Self::Nothing {
            return Err(inside(
                "a column",
                &Self::Nothing,
                "no value has this type; give the column a real one",
            ));
        }
        Ok(())
    }

    /// Settings without which the server refuses the type, each part once, in order.
    pub fn required_settings(&self) -> Vec<RequiredSetting> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(data_type) = waiting.pop() {
            if let Some((setting, reason)) = data_type.setting_here() {
                found.push(RequiredSetting {
                    setting,
                    data_type: data_type.clone(),
                    reason,
                });
            }
            waiting.extend(data_type.children());
        }
        found.sort();
        found.dedup();
        found
    }

    fn setting_here(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::LowCardinality(inner) => match stored(inner) {
                Self::String | Self::FixedString(_) | Self::Uuid => None,
                _ => Some((
                    "allow_suspicious_low_cardinality_types",
                    "a dictionary of small values costs more than the values",
                )),
            },
            Self::FixedString(257..) => Some((
                "allow_suspicious_fixed_string_types",
                "each value takes all its bytes; String takes what it needs",
            )),
            Self::Nullable(inner) => match stored(inner) {
                Self::Tuple(_) | Self::Geo(GeoType::Point) => Some((
                    "enable_nullable_tuple_type",
                    "NULL for a whole tuple is new; allowed by default in 26.9",
                )),
                _ => None,
            },
            _ => None,
        }
    }

    /// Checks this level only; the levels below have been checked.
    pub(super) fn check_here(&self) -> Result<(), TypeErrorKind> {
        match self {
            Self::Nullable(inner) => check_nullable(inner),
            Self::LowCardinality(inner) => check_low_cardinality(inner),
            Self::Map(key, _) => match &**key {
                Self::Nullable(_) => Err(inside("the key of a Map", key, "leave Nullable out")),
                Self::LowCardinality(inner) if matches!(**inner, Self::Nullable(_)) => {
                    Err(inside("the key of a Map", key, "leave Nullable out"))
                }
                _ => Ok(()),
            },
            Self::Variant(variant) => variant.types().iter().try_for_each(|member| match member {
                Self::Variant(_) => Err(inside("a Variant", member, "write its types side by side")),
                Self::Dynamic { .. } => Err(inside("a Variant", member, "use Dynamic alone")),
                Self::Nullable(_) => Err(inside("a Variant", member, "a Variant may be NULL anyway")),
                Self::LowCardinality(inner) if matches!(**inner, Self::Nullable(_)) => Err(inside(
                    "a Variant",
                    member,
                    "a Variant may be NULL anyway; use LowCardinality alone",
                )),
                _ => Ok(()),
            }),
            Self::QBit { element, .. } => match &**element {
                Self::Int8 | Self::BFloat16 | Self::Float32 | Self::Float64 => Ok(()),
                _ => Err(inside(
                    "a QBit",
                    element,
                    "it takes Int8, BFloat16, Float32 or Float64",
                )),
            },
            _ => Ok(()),
        }
    }
}

/// The type that is stored where a SimpleAggregateFunction says how to merge it.
fn stored(data_type: &DataType) -> &DataType {
    match data_type {
        DataType::SimpleAggregateFunction(function) => stored(&function.data_type),
        DataType::Nullable(inner) => stored(inner),
        _ => data_type,
    }
}

fn inside(outer: &'static str, inner: &DataType, way_out: impl Into<String>) -> TypeErrorKind {
    TypeErrorKind::Inside {
        outer,
        inner: inner.to_string(),
        way_out: way_out.into(),
    }
}

fn check_nullable(inner: &DataType) -> Result<(), TypeErrorKind> {
    let way_out = match inner {
        DataType::Array(element) => {
            format!("an empty array stands for no value, `Array(Nullable({element}))` has NULL elements")
        }
        DataType::Map(..) => "an empty map stands for no value".to_owned(),
        DataType::Nested(_) => "empty lists stand for no value".to_owned(),
        DataType::LowCardinality(element) => format!("write `LowCardinality(Nullable({element}))`"),
        DataType::Nullable(_) => "once is enough".to_owned(),
        DataType::Variant(_) | DataType::Dynamic { .. } => "it may be NULL anyway".to_owned(),
        DataType::AggregateFunction(_) => "a state without rows stands for no value".to_owned(),
        DataType::Geo(GeoType::Point) => return Ok(()),
        DataType::Geo(_) => "an empty shape stands for no value".to_owned(),
        DataType::SimpleAggregateFunction(function) => return check_nullable(&function.data_type),
        _ => return Ok(()),
    };
    Err(inside("Nullable", inner, way_out))
}

fn check_low_cardinality(inner: &DataType) -> Result<(), TypeErrorKind> {
    let element = match inner {
        DataType::SimpleAggregateFunction(function) => return check_low_cardinality(&function.data_type),
        DataType::Nullable(element) => element,
        _ => inner,
    };
    let way_out = match element {
        DataType::String
        | DataType::FixedString(_)
        | DataType::Uuid
        | DataType::Bool
        | DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::Int128
        | DataType::Int256
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64
        | DataType::UInt128
        | DataType::UInt256
        | DataType::Float32
        | DataType::Float64
        | DataType::BFloat16
        | DataType::Date
        | DataType::Date32
        | DataType::DateTime { .. }
        | DataType::Time
        | DataType::IPv4
        | DataType::IPv6
        | DataType::Interval(_) => return Ok(()),
        DataType::LowCardinality(_) => "once is enough".to_owned(),
        DataType::Enum8(_) | DataType::Enum16(_) => "an Enum is stored as a small number already".to_owned(),
        DataType::Array(element) => format!("write `Array(LowCardinality({element}))`"),
        _ => "it takes String, FixedString, UUID, numbers, Date and DateTime".to_owned(),
    };
    Err(inside("LowCardinality", inner, way_out))
}
