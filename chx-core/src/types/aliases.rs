//! The names of type families: which are case-sensitive, which are other names for a family, and what a
//! misspelled one was meant to be. Source: `system.data_type_families` of 26.7 and the parser's own words.

use super::{DataType, GeoType, IntervalUnit};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// A type without arguments (`()` is allowed). The name is for messages.
    Plain(Plain),
    /// An integer or float: a display width, which means nothing, is allowed.
    Number(Plain),
    /// `String(n)`: the length means nothing.
    String,
    FixedString,
    Decimal,
    /// `Decimal32(scale)`: the precision is fixed.
    DecimalOf(u8),
    DateTime,
    DateTime32,
    DateTime64,
    Time,
    Time64,
    Enum,
    Enum8,
    Enum16,
    Array,
    Tuple,
    Map,
    Nested,
    Nullable,
    LowCardinality,
    Variant,
    Dynamic,
    Json,
    Object,
    AggregateFunction,
    SimpleAggregateFunction,
    QBit,
}

/// A type that its name alone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    Int8,
    Int16,
    Int32,
    Int64,
    Int128,
    Int256,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    UInt128,
    UInt256,
    Float32,
    Float64,
    BFloat16,
    Bool,
    Uuid,
    IPv4,
    IPv6,
    Date,
    Date32,
    Interval(IntervalUnit),
    Geo(GeoType),
    Nothing,
}

impl Plain {
    pub(super) fn data_type(self) -> DataType {
        match self {
            Self::Int8 => DataType::Int8,
            Self::Int16 => DataType::Int16,
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::Int128 => DataType::Int128,
            Self::Int256 => DataType::Int256,
            Self::UInt8 => DataType::UInt8,
            Self::UInt16 => DataType::UInt16,
            Self::UInt32 => DataType::UInt32,
            Self::UInt64 => DataType::UInt64,
            Self::UInt128 => DataType::UInt128,
            Self::UInt256 => DataType::UInt256,
            Self::Float32 => DataType::Float32,
            Self::Float64 => DataType::Float64,
            Self::BFloat16 => DataType::BFloat16,
            Self::Bool => DataType::Bool,
            Self::Uuid => DataType::Uuid,
            Self::IPv4 => DataType::IPv4,
            Self::IPv6 => DataType::IPv6,
            Self::Date => DataType::Date,
            Self::Date32 => DataType::Date32,
            Self::Interval(unit) => DataType::Interval(unit),
            Self::Geo(geo) => DataType::Geo(geo),
            Self::Nothing => DataType::Nothing,
        }
    }
}

/// Families in exactly this case.
const EXACT: &[(&str, Family)] = &[
    ("AggregateFunction", Family::AggregateFunction),
    ("Array", Family::Array),
    ("BFloat16", Family::Number(Plain::BFloat16)),
    ("Dynamic", Family::Dynamic),
    ("Enum16", Family::Enum16),
    ("Enum8", Family::Enum8),
    ("FixedString", Family::FixedString),
    ("Float32", Family::Number(Plain::Float32)),
    ("Float64", Family::Number(Plain::Float64)),
    ("GEOMETRY", Family::Plain(Plain::Geo(GeoType::Geometry))),
    ("Geometry", Family::Plain(Plain::Geo(GeoType::Geometry))),
    ("IPv4", Family::Plain(Plain::IPv4)),
    ("IPv6", Family::Plain(Plain::IPv6)),
    ("Int128", Family::Number(Plain::Int128)),
    ("Int16", Family::Number(Plain::Int16)),
    ("Int256", Family::Number(Plain::Int256)),
    ("Int32", Family::Number(Plain::Int32)),
    ("Int64", Family::Number(Plain::Int64)),
    ("Int8", Family::Number(Plain::Int8)),
    ("IntervalDay", Family::Plain(Plain::Interval(IntervalUnit::Day))),
    ("IntervalHour", Family::Plain(Plain::Interval(IntervalUnit::Hour))),
    (
        "IntervalMicrosecond",
        Family::Plain(Plain::Interval(IntervalUnit::Microsecond)),
    ),
    (
        "IntervalMillisecond",
        Family::Plain(Plain::Interval(IntervalUnit::Millisecond)),
    ),
    (
        "IntervalMinute",
        Family::Plain(Plain::Interval(IntervalUnit::Minute)),
    ),
    (
        "IntervalMonth",
        Family::Plain(Plain::Interval(IntervalUnit::Month)),
    ),
    (
        "IntervalNanosecond",
        Family::Plain(Plain::Interval(IntervalUnit::Nanosecond)),
    ),
    (
        "IntervalQuarter",
        Family::Plain(Plain::Interval(IntervalUnit::Quarter)),
    ),
    (
        "IntervalSecond",
        Family::Plain(Plain::Interval(IntervalUnit::Second)),
    ),
    ("IntervalWeek", Family::Plain(Plain::Interval(IntervalUnit::Week))),
    ("IntervalYear", Family::Plain(Plain::Interval(IntervalUnit::Year))),
    ("LineString", Family::Plain(Plain::Geo(GeoType::LineString))),
    ("LowCardinality", Family::LowCardinality),
    ("Map", Family::Map),
    (
        "MultiLineString",
        Family::Plain(Plain::Geo(GeoType::MultiLineString)),
    ),
    ("MultiPoint", Family::Plain(Plain::Geo(GeoType::MultiPoint))),
    ("MultiPolygon", Family::Plain(Plain::Geo(GeoType::MultiPolygon))),
    ("Nested", Family::Nested),
    ("Nothing", Family::Plain(Plain::Nothing)),
    ("Nullable", Family::Nullable),
    ("Object", Family::Object),
    ("Point", Family::Plain(Plain::Geo(GeoType::Point))),
    ("Polygon", Family::Plain(Plain::Geo(GeoType::Polygon))),
    ("QBit", Family::QBit),
    ("Ring", Family::Plain(Plain::Geo(GeoType::Ring))),
    ("SimpleAggregateFunction", Family::SimpleAggregateFunction),
    ("String", Family::String),
    ("Tuple", Family::Tuple),
    ("UInt128", Family::Number(Plain::UInt128)),
    ("UInt16", Family::Number(Plain::UInt16)),
    ("UInt256", Family::Number(Plain::UInt256)),
    ("UInt32", Family::Number(Plain::UInt32)),
    ("UInt64", Family::Number(Plain::UInt64)),
    ("UInt8", Family::Number(Plain::UInt8)),
    ("UUID", Family::Plain(Plain::Uuid)),
    ("Variant", Family::Variant),
];

/// Families in any case; words of a name are parted by one space.
const ANY_CASE: &[(&str, Family)] = &[
    ("BIGINT", Family::Number(Plain::Int64)),
    ("BINARY", Family::FixedString),
    ("BINARY LARGE OBJECT", Family::String),
    ("BINARY VARYING", Family::String),
    ("BIT", Family::Number(Plain::UInt64)),
    ("BLOB", Family::String),
    ("BOOL", Family::Plain(Plain::Bool)),
    ("BOOLEAN", Family::Plain(Plain::Bool)),
    ("BYTE", Family::Number(Plain::Int8)),
    ("BYTEA", Family::String),
    ("CHAR", Family::String),
    ("CHAR LARGE OBJECT", Family::String),
    ("CHAR VARYING", Family::String),
    ("CHARACTER", Family::String),
    ("CHARACTER LARGE OBJECT", Family::String),
    ("CHARACTER VARYING", Family::String),
    ("CLOB", Family::String),
    ("DATE", Family::Plain(Plain::Date)),
    ("DATE32", Family::Plain(Plain::Date32)),
    ("DATETIME", Family::DateTime),
    ("DATETIME32", Family::DateTime32),
    ("DATETIME64", Family::DateTime64),
    ("DEC", Family::Decimal),
    ("DECIMAL", Family::Decimal),
    ("DECIMAL128", Family::DecimalOf(38)),
    ("DECIMAL256", Family::DecimalOf(76)),
    ("DECIMAL32", Family::DecimalOf(9)),
    ("DECIMAL64", Family::DecimalOf(18)),
    ("DOUBLE", Family::Number(Plain::Float64)),
    ("DOUBLE PRECISION", Family::Number(Plain::Float64)),
    ("ENUM", Family::Enum),
    ("FIXED", Family::Decimal),
    ("FLOAT", Family::Number(Plain::Float32)),
    ("INET4", Family::Plain(Plain::IPv4)),
    ("INET6", Family::Plain(Plain::IPv6)),
    ("INT", Family::Number(Plain::Int32)),
    ("INT1", Family::Number(Plain::Int8)),
    ("INTEGER", Family::Number(Plain::Int32)),
    ("JSON", Family::Json),
    ("LONGBLOB", Family::String),
    ("LONGTEXT", Family::String),
    ("MEDIUMBLOB", Family::String),
    ("MEDIUMINT", Family::Number(Plain::Int32)),
    ("MEDIUMTEXT", Family::String),
    ("NATIONAL CHAR", Family::String),
    ("NATIONAL CHAR VARYING", Family::String),
    ("NATIONAL CHARACTER", Family::String),
    ("NATIONAL CHARACTER LARGE OBJECT", Family::String),
    ("NATIONAL CHARACTER VARYING", Family::String),
    ("NCHAR", Family::String),
    ("NCHAR LARGE OBJECT", Family::String),
    ("NCHAR VARYING", Family::String),
    ("NUMERIC", Family::Decimal),
    ("NVARCHAR", Family::String),
    ("REAL", Family::Number(Plain::Float32)),
    ("SET", Family::Number(Plain::UInt64)),
    ("SIGNED", Family::Number(Plain::Int64)),
    ("SINGLE", Family::Number(Plain::Float32)),
    ("SMALLINT", Family::Number(Plain::Int16)),
    ("TEXT", Family::String),
    ("TIME", Family::Time),
    ("TIME64", Family::Time64),
    ("TIMESTAMP", Family::DateTime),
    ("TINYBLOB", Family::String),
    ("TINYINT", Family::Number(Plain::Int8)),
    ("TINYTEXT", Family::String),
    ("UNSIGNED", Family::Number(Plain::UInt64)),
    ("VARBINARY", Family::String),
    ("VARCHAR", Family::String),
    ("VARCHAR2", Family::String),
    ("YEAR", Family::Number(Plain::UInt16)),
    // With UNSIGNED or SIGNED after the name or after its width.
    ("TINYINT UNSIGNED", Family::Number(Plain::UInt8)),
    ("INT1 UNSIGNED", Family::Number(Plain::UInt8)),
    ("SMALLINT UNSIGNED", Family::Number(Plain::UInt16)),
    ("MEDIUMINT UNSIGNED", Family::Number(Plain::UInt32)),
    ("INT UNSIGNED", Family::Number(Plain::UInt32)),
    ("INTEGER UNSIGNED", Family::Number(Plain::UInt32)),
    ("BIGINT UNSIGNED", Family::Number(Plain::UInt64)),
];

/// The family of a name, words parted by one space.
pub(super) fn family(name: &str) -> Option<Family> {
    // What nearly every column is, and what the server itself writes, is found at once.
    match name {
        "Array" => return Some(Family::Array),
        "Bool" => return Some(Family::Plain(Plain::Bool)),
        "Date" => return Some(Family::Plain(Plain::Date)),
        "DateTime" => return Some(Family::DateTime),
        "DateTime64" => return Some(Family::DateTime64),
        "Decimal" => return Some(Family::Decimal),
        "Float64" => return Some(Family::Number(Plain::Float64)),
        "Int32" => return Some(Family::Number(Plain::Int32)),
        "Int64" => return Some(Family::Number(Plain::Int64)),
        "LowCardinality" => return Some(Family::LowCardinality),
        "Nullable" => return Some(Family::Nullable),
        "String" => return Some(Family::String),
        "UInt32" => return Some(Family::Number(Plain::UInt32)),
        "UInt64" => return Some(Family::Number(Plain::UInt64)),
        _ => {}
    }
    if let Ok(index) = EXACT.binary_search_by(|(known, _)| (*known).cmp(name)) {
        return Some(EXACT[index].1);
    }
    ANY_CASE
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, family)| *family)
}

/// The unsigned or signed form of an integer's SQL name.
pub(super) fn with_sign(name: &str, sign: &'static str) -> Option<Family> {
    let base = family(name)?;
    let unsigned = family(&format!("{name} UNSIGNED"))?;
    Some(if sign == "UNSIGNED" { unsigned } else { base })
}

/// How a name may go on after its first words: `DOUBLE` with `PRECISION`, `NATIONAL` with `CHAR`.
pub(super) fn goes_on(name: &str) -> bool {
    ANY_CASE.iter().any(|(known, _)| {
        known.len() > name.len()
            && known.as_bytes()[name.len()] == b' '
            && known
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

/// Names that other databases use and ClickHouse does not have.
const FOREIGN: &[(&str, &str)] = &[
    ("hugeint", "Int128"),
    ("int2", "Int16"),
    ("int4", "Int32"),
    ("uint", "UInt32"),
    ("long", "Int64"),
    ("short", "Int16"),
    ("float4", "Float32"),
    ("float8", "Float64"),
    ("money", "Decimal(18, 2)"),
    ("jsonb", "JSON"),
    ("serial", "UInt64"),
    ("bigserial", "UInt64"),
    ("timestamptz", "DateTime64(6, 'UTC')"),
    ("list", "Array"),
];

/// Families of [`ANY_CASE`] as the server prints them.
const MIXED_CASE: &[&str] = &[
    "Bool",
    "Date",
    "Date32",
    "DateTime",
    "DateTime32",
    "DateTime64",
    "Decimal",
    "Enum",
    "Time",
    "Time64",
    "JSON",
];

/// The name in its right case that a misspelled one is nearest to.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    if let Some((_, meant)) = FOREIGN
        .iter()
        .find(|(foreign, _)| foreign.eq_ignore_ascii_case(name))
    {
        return Some(meant);
    }
    let candidates = EXACT
        .iter()
        .map(|(known, _)| *known)
        .filter(|known| *known != "GEOMETRY" && *known != "Object")
        .chain(MIXED_CASE.iter().copied());
    crate::nearest::nearest(name, candidates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_table_is_sorted() {
        assert!(EXACT.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn misspelled_names_find_the_right_one() {
        for (name, meant) in [
            ("string", Some("String")),
            ("uint64", Some("UInt64")),
            ("Strin", Some("String")),
            ("LowCardinalty", Some("LowCardinality")),
            ("dynamic", Some("Dynamic")),
            ("jsonb", Some("JSON")),
            ("DateTim64", Some("DateTime64")),
            ("Frobnicate", None),
        ] {
            assert_eq!(nearest(name), meant, "{name}");
        }
    }
}
