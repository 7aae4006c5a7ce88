//! Rust types for column types.
//!
//! Decides which Rust type holds the values of a column, whether that type alone says the column's type, and how serde
//! writes it. A type whose values no Rust type can hold (states of aggregates, Variant, Dynamic, one that is nested deeper than the
//! compiler follows) is `()`: the column is declared, and rows go without it.

use chx_core::types::{DataType, Field, GeoType, TupleType};

/// A Rust type for a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RustType {
    /// As it is written.
    pub(super) text: String,
    /// What must be said about it in `#[ch(...)]`.
    pub(super) said: Said,
    /// The module of `#[serde(with = "...")]`, where the type needs one.
    pub(super) with: Option<&'static str>,
}

/// How much of the column's type the Rust type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// All of it.
    All,
    /// All but `low_cardinality`.
    ButLowCardinality,
    /// Not all: `type = "..."` says it.
    NotAll,
    /// Nothing: no Rust type holds the values.
    Nothing,
}

/// Makes the Rust enum of an Enum, and the struct of a named tuple.
pub(super) trait Makes {
    /// Its name.
    fn name(&mut self, data_type: &DataType) -> String;
}

/// Only asks what there would be.
pub(super) struct Nameless;

impl Makes for Nameless {
    fn name(&mut self, _: &DataType) -> String {
        String::new()
    }
}

/// How many types may stand inside one another. The compiler follows the Rust type as deep, several steps for each of them, and gives
/// up at 128 steps.
const DEEPEST: usize = 24;

fn is_too_deep(data_type: &DataType) -> bool {
    let mut level = vec![data_type];
    for _ in 0..DEEPEST {
        level = level.into_iter().flat_map(DataType::children).collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// The Rust type of a column.
pub(super) fn rust_type(data_type: &DataType, makes: &mut dyn Makes) -> RustType {
    let value = if is_too_deep(data_type) {
        None
    } else {
        value(data_type, makes)
    };
    let Some(value) = value.filter(|value| value.with != Writer::Nothing) else {
        return RustType {
            text: "()".to_owned(),
            said: Said::Nothing,
            with: None,
        };
    };
    let said = if value.says == *data_type {
        Said::All
    } else if *data_type == DataType::LowCardinality(Box::new(value.says.clone())) && takes_flag(&value.says)
    {
        Said::ButLowCardinality
    } else {
        Said::NotAll
    };
    let with = match value.with {
        Writer::Module(module) => Some(module),
        Writer::Itself | Writer::Nothing => None,
    };
    RustType {
        text: value.text,
        said,
        with,
    }
}

/// Which types may stand in a dictionary without a setting.
fn takes_flag(data_type: &DataType) -> bool {
    match data_type {
        DataType::String | DataType::FixedString(_) => true,
        DataType::Nullable(inner) => takes_flag(inner),
        _ => false,
    }
}

/// A Rust type, the column type that it says, and how serde writes it.
struct Value {
    text: String,
    says: DataType,
    with: Writer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writer {
    Itself,
    Module(&'static str),
    /// There is no module for it.
    Nothing,
}

impl Writer {
    /// Inside of something that has no module.
    fn inside(self) -> Self {
        match self {
            Self::Itself => Self::Itself,
            Self::Module(_) | Self::Nothing => Self::Nothing,
        }
    }
}

fn plain(text: impl Into<String>, says: DataType) -> Value {
    Value {
        text: text.into(),
        says,
        with: Writer::Itself,
    }
}

fn value(data_type: &DataType, makes: &mut dyn Makes) -> Option<Value> {
    let same = || data_type.clone();
    Some(match data_type {
        DataType::Int8 => plain("i8", same()),
        DataType::Int16 => plain("i16", same()),
        DataType::Int32 => plain("i32", same()),
        DataType::Int64 => plain("i64", same()),
        DataType::Int128 => plain("i128", same()),
        DataType::Int256 => plain("clickhouse::types::Int256", same()),
        DataType::UInt8 => plain("u8", same()),
        DataType::UInt16 => plain("u16", same()),
        DataType::UInt32 => plain("u32", same()),
        DataType::UInt64 => plain("u64", same()),
        DataType::UInt128 => plain("u128", same()),
        DataType::UInt256 => plain("clickhouse::types::UInt256", same()),
        DataType::Float32 => plain("f32", same()),
        DataType::Float64 => plain("f64", same()),
        DataType::BFloat16 => plain("clickhouse::types::BFloat16", same()),
        DataType::Bool => plain("bool", same()),
        DataType::String => plain("String", same()),
        DataType::FixedString(length) => plain(format!("FixedString<{length}>"), same()),
        DataType::Uuid => Value {
            with: Writer::Module("clickhouse::serde::uuid"),
            ..plain("uuid::Uuid", same())
        },
        DataType::IPv4 => Value {
            with: Writer::Module("clickhouse::serde::ipv4"),
            ..plain("std::net::Ipv4Addr", same())
        },
        DataType::IPv6 => plain("std::net::Ipv6Addr", same()),
        DataType::Date => plain("Date", same()),
        DataType::Date32 => plain("Date32", same()),
        DataType::DateTime { .. } => plain("DateTime", DataType::DateTime { timezone: None }),
        DataType::DateTime64 { precision, .. } => plain(
            format!("DateTime64<{precision}>"),
            DataType::DateTime64 {
                precision: *precision,
                timezone: None,
            },
        ),
        DataType::Time => plain("Time", same()),
        DataType::Time64 { precision } => plain(format!("Time64<{precision}>"), same()),
        DataType::Decimal { precision, scale } => match precision {
            9 => plain(format!("Decimal32<{scale}>"), same()),
            18 => plain(format!("Decimal64<{scale}>"), same()),
            38 => plain(format!("Decimal128<{scale}>"), same()),
            // The unscaled number.
            ..9 => plain("i32", DataType::Int32),
            ..18 => plain("i64", DataType::Int64),
            ..38 => plain("i128", DataType::Int128),
            _ => return None,
        },
        DataType::Enum8(_) | DataType::Enum16(_) => plain(makes.name(data_type), same()),
        DataType::Array(inner) => {
            let inner = value(inner, makes)?;
            Value {
                text: format!("Vec<{}>", inner.text),
                says: DataType::Array(Box::new(inner.says)),
                with: match inner.with {
                    Writer::Module("clickhouse::serde::uuid") => {
                        Writer::Module("clickhouse::serde::uuid_vec")
                    }
                    other => other.inside(),
                },
            }
        }
        DataType::Nullable(inner) => {
            let inner = value(inner, makes)?;
            Value {
                text: format!("Option<{}>", inner.text),
                says: DataType::Nullable(Box::new(inner.says)),
                with: match inner.with {
                    Writer::Module("clickhouse::serde::uuid") => {
                        Writer::Module("clickhouse::serde::uuid::option")
                    }
                    Writer::Module("clickhouse::serde::ipv4") => {
                        Writer::Module("clickhouse::serde::ipv4::option")
                    }
                    other => other.inside(),
                },
            }
        }
        // A row does not see the dictionary.
        DataType::LowCardinality(inner) => {
            let inner = value(inner, makes)?;
            Value {
                with: inner.with.inside(),
                ..inner
            }
        }
        DataType::SimpleAggregateFunction(function) => value(&function.data_type, makes)?,
        DataType::Map(key, inner) => {
            let (is_hashed, key, inner) = (is_hashed(key), value(key, makes)?, value(inner, makes)?);
            let with = match (key.with.inside(), inner.with.inside()) {
                (Writer::Itself, other) | (other, _) => other,
            };
            if is_hashed {
                Value {
                    text: format!("HashMap<{}, {}>", key.text, inner.text),
                    says: DataType::Map(Box::new(key.says), Box::new(inner.says)),
                    with,
                }
            } else {
                Value {
                    text: format!("Vec<({}, {})>", key.text, inner.text),
                    says: DataType::Array(Box::new(DataType::Tuple(TupleType::Unnamed(vec![
                        key.says, inner.says,
                    ])))),
                    with,
                }
            }
        }
        // In a struct each element has a writer of its own.
        DataType::Tuple(TupleType::Named(elements)) => {
            let has_value =
                |element: &Field| rust_type(&element.data_type, &mut Nameless).said != Said::Nothing;
            if elements.is_empty() || !elements.iter().all(has_value) {
                return None;
            }
            plain(makes.name(data_type), same())
        }
        DataType::Tuple(tuple) => {
            let count = tuple.types().len();
            if count == 0 || count > 12 {
                return None;
            }
            let values = tuple
                .types()
                .map(|inner| value(inner, makes))
                .collect::<Option<Vec<_>>>()?;
            let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
            let text = if count == 1 {
                format!("({},)", texts.join(""))
            } else {
                format!("({})", texts.join(", "))
            };
            let has_module = values.iter().any(|value| value.with != Writer::Itself);
            Value {
                text,
                says: DataType::Tuple(TupleType::Unnamed(
                    values.into_iter().map(|value| value.says).collect(),
                )),
                with: if has_module {
                    Writer::Nothing
                } else {
                    Writer::Itself
                },
            }
        }
        // The client hands JSON over as text.
        DataType::Json(_) => plain("String", DataType::String),
        DataType::Geo(shape) => geometry(*shape)?,
        DataType::Interval(_)
        | DataType::Nested(_)
        | DataType::Variant(_)
        | DataType::Dynamic { .. }
        | DataType::Object(_)
        | DataType::AggregateFunction(_)
        | DataType::QBit { .. }
        | DataType::Nothing => return None,
    })
}

/// Keys that a HashMap can have; others (text in a dictionary, decimals, makes) stand in a list of pairs.
fn is_hashed(key: &DataType) -> bool {
    match key {
        DataType::String
        | DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::Int128
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64
        | DataType::UInt128 => true,
        DataType::LowCardinality(inner) => is_hashed(inner),
        _ => false,
    }
}

fn geometry(shape: GeoType) -> Option<Value> {
    let point = || DataType::Tuple(TupleType::Unnamed(vec![DataType::Float64, DataType::Float64]));
    let depth = match shape {
        GeoType::Point => 0,
        GeoType::Ring | GeoType::LineString => 1,
        GeoType::Polygon | GeoType::MultiLineString => 2,
        GeoType::MultiPolygon => 3,
        GeoType::MultiPoint | GeoType::Geometry => return None,
    };
    let text = format!("{}(f64, f64){}", "Vec<".repeat(depth), ">".repeat(depth));
    let says = (0..depth).fold(point(), |inner, _| DataType::Array(Box::new(inner)));
    Some(plain(text, says))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One;
    impl Makes for One {
        fn name(&mut self, _: &DataType) -> String {
            "Kind".to_owned()
        }
    }

    #[track_caller]
    fn check(sql: &str, text: &str, said: Said, with: Option<&str>) {
        let found = rust_type(&DataType::parse(sql).unwrap(), &mut One);
        assert_eq!(
            (found.text.as_str(), found.said, found.with),
            (text, said, with),
            "{sql}"
        );
    }

    #[test]
    fn types_are_what_a_person_would_write() {
        use Said::{All, ButLowCardinality, NotAll, Nothing};
        check("UInt64", "u64", All, None);
        check(
            "LowCardinality(Nullable(String))",
            "Option<String>",
            ButLowCardinality,
            None,
        );
        check("LowCardinality(UInt8)", "u8", NotAll, None);
        check("Array(LowCardinality(String))", "Vec<String>", NotAll, None);
        check(
            "Nullable(UUID)",
            "Option<uuid::Uuid>",
            All,
            Some("clickhouse::serde::uuid::option"),
        );
        check(
            "Array(UUID)",
            "Vec<uuid::Uuid>",
            All,
            Some("clickhouse::serde::uuid_vec"),
        );
        check("Array(IPv4)", "()", Nothing, None);
        check("DateTime64(3, 'UTC')", "DateTime64<3>", NotAll, None);
        check("Decimal(38, 10)", "Decimal128<10>", All, None);
        check("Decimal(10, 2)", "i64", NotAll, None);
        check(
            "Map(LowCardinality(String), String)",
            "HashMap<String, String>",
            NotAll,
            None,
        );
        check("Map(Date, UInt8)", "Vec<(Date, u8)>", NotAll, None);
        check(
            "Array(Tuple(a UInt8, b Array(LowCardinality(String))))",
            "Vec<Kind>",
            All,
            None,
        );
        check("Tuple(UInt8)", "(u8,)", All, None);
        check("Tuple(UUID)", "()", Nothing, None);
        check("Tuple(a UUID)", "Kind", All, None);
        check("Tuple(a Dynamic)", "()", Nothing, None);
        check("SimpleAggregateFunction(sum, UInt64)", "u64", NotAll, None);
        check("AggregateFunction(uniq, UInt64)", "()", Nothing, None);
        check("Nullable(Enum8('a' = 1))", "Option<Kind>", All, None);
        check("Polygon", "Vec<Vec<(f64, f64)>>", NotAll, None);
        check("JSON", "String", NotAll, None);
        let nested = |levels| format!("{}UInt8{}", "Array(".repeat(levels), ")".repeat(levels));
        let vec = format!("{}u8{}", "Vec<".repeat(23), ">".repeat(23));
        check(&nested(23), &vec, All, None);
        check(&nested(24), "()", Nothing, None);
    }
}
