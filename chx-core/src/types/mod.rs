//! ClickHouse data types: one tree for every type that a column can have (26.7 and 26.9), read from SQL and
//! from Rust types, printed as the server stores it. A tree is canonical by construction: aliases are
//! resolved, enums numbered and sorted, defaults left out, so two types are the same type exactly when the
//! trees are equal. What no server accepts is refused with a way out; what only a setting forbids parses and
//! is named by [`DataType::required_settings`].
//!
//! Not decided here: `NULL` and `NOT NULL` after a type belong to the column; time zone names, regular
//! expressions and the signatures of aggregate functions only the engine knows.

mod aggregate;
mod aliases;
mod conversion;
mod enums;
mod error;
mod json;
mod parse;
mod print;
mod shape;
mod size;
mod validity;

use crate::ident::Ident;

pub use aggregate::{AggregateFunction, SimpleAggregateFunction};
pub use conversion::{Conversion, conversion};
pub use enums::EnumValues;
pub use error::{TypeError, TypeErrorKind};
pub use json::JsonType;
pub use shape::{TypeArg, TypeExpr};
pub use validity::RequiredSetting;

/// The number of types inside one another that is read (and that ClickHouse, which stops between 100 and 500,
/// can be expected to read).
pub const MAX_DEPTH: usize = 256;

/// A data type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataType {
    /// Signed integer.
    Int8,
    /// Signed integer.
    Int16,
    /// Signed integer.
    Int32,
    /// Signed integer.
    Int64,
    /// Signed integer.
    Int128,
    /// Signed integer.
    Int256,
    /// Unsigned integer.
    UInt8,
    /// Unsigned integer.
    UInt16,
    /// Unsigned integer.
    UInt32,
    /// Unsigned integer.
    UInt64,
    /// Unsigned integer.
    UInt128,
    /// Unsigned integer.
    UInt256,
    /// IEEE single.
    Float32,
    /// IEEE double.
    Float64,
    /// The upper half of a Float32.
    BFloat16,
    /// `Decimal(precision, scale)`; also `Decimal32(scale)` and the like.
    Decimal {
        /// Digits in all, 1 to 76.
        precision: u8,
        /// Digits after the point, at most `precision`.
        scale: u8,
    },
    /// `true` and `false`, stored as UInt8.
    Bool,
    /// Bytes of any length.
    String,
    /// Exactly this many bytes, 1 to 16777215.
    FixedString(u32),
    /// 128-bit identifier.
    Uuid,
    /// Internet address.
    IPv4,
    /// Internet address.
    IPv6,
    /// Days, 1970 to 2149.
    Date,
    /// Days, 1900 to 2299.
    Date32,
    /// Seconds, 1970 to 2106.
    DateTime {
        /// The zone that text is read and written in; the server's own where absent.
        timezone: Option<Box<str>>,
    },
    /// Parts of a second.
    DateTime64 {
        /// Digits of the second, 0 to 9.
        precision: u8,
        /// The zone that text is read and written in; the server's own where absent.
        timezone: Option<Box<str>>,
    },
    /// Seconds of a day and beyond.
    Time,
    /// Parts of a second of a day and beyond.
    Time64 {
        /// Digits of the second, 0 to 9.
        precision: u8,
    },
    /// A span of time in one unit.
    Interval(IntervalUnit),
    /// Names for Int8 values.
    Enum8(EnumValues),
    /// Names for Int16 values.
    Enum16(EnumValues),
    /// A list.
    Array(Box<DataType>),
    /// Several values side by side.
    Tuple(TupleType),
    /// Keys and values.
    Map(Box<DataType>, Box<DataType>),
    /// Parallel lists. As a column it is stored as `c.a Array(..)`, `c.b Array(..)` unless `flatten_nested` is
    /// off: see [`DataType::flattened`].
    Nested(Vec<Field>),
    /// May be NULL.
    Nullable(Box<DataType>),
    /// Stored as a dictionary.
    LowCardinality(Box<DataType>),
    /// One of several types in each row.
    Variant(VariantTypes),
    /// Any type in each row.
    Dynamic {
        /// Types with a column of their own, 0 to 254; 32 where not said.
        max_types: u8,
    },
    /// `JSON`, an object with dynamic paths.
    Json(Box<JsonType>),
    /// `Object('json')`, the predecessor of JSON. It is read so that old schemas can be shown; no server since
    /// 25.x takes it.
    Object(Box<str>),
    /// The state of an aggregate function.
    AggregateFunction(Box<AggregateFunction>),
    /// A value that merges by a function.
    SimpleAggregateFunction(Box<SimpleAggregateFunction>),
    /// A vector of bit planes.
    QBit {
        /// Int8, BFloat16, Float32 or Float64.
        element: Box<DataType>,
        /// The number of elements.
        dimension: u32,
        /// Elements in a group, where that is fewer than all; a multiple of 8.
        stride: Option<u32>,
    },
    /// A shape on a plane.
    Geo(GeoType),
    /// No value. It appears inside results and never as a column.
    Nothing,
}

/// The unit of an Interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each says its name")]
pub enum IntervalUnit {
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// The geometric types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GeoType {
    /// `Tuple(Float64, Float64)`.
    Point,
    /// Points; new in 26.9.
    MultiPoint,
    /// A closed line.
    Ring,
    /// A line.
    LineString,
    /// Lines.
    MultiLineString,
    /// Rings: the outer one and its holes.
    Polygon,
    /// Polygons.
    MultiPolygon,
    /// Any of them (a String on 25.8 and older).
    Geometry,
}

/// A named type: an element of a tuple, a column of a Nested, a typed path of JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// Without quotes.
    pub name: Box<str>,
    /// Its type.
    pub data_type: DataType,
}

impl Field {
    /// A field.
    pub fn new(name: &str, data_type: DataType) -> Self {
        Self {
            name: name.into(),
            data_type,
        }
    }
}

/// The elements of a Tuple: all have names or none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TupleType {
    /// `Tuple(UInt8, String)`, also the empty tuple.
    Unnamed(Vec<DataType>),
    /// `Tuple(a UInt8, b String)`, at least one.
    Named(Vec<Field>),
}

impl TupleType {
    /// The types in order.
    pub fn types(&self) -> Box<dyn ExactSizeIterator<Item = &DataType> + '_> {
        match self {
            Self::Unnamed(types) => Box::new(types.iter()),
            Self::Named(fields) => Box::new(fields.iter().map(|field| &field.data_type)),
        }
    }
}

/// The types of a Variant, each once, in the order of their names, as the server stores them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantTypes(Vec<DataType>);

impl VariantTypes {
    /// Sorts, drops repetitions and Nothing.
    ///
    /// # Errors
    /// [`TypeErrorKind::EmptyVariant`] where nothing is left.
    pub fn new(types: Vec<DataType>) -> Result<Self, TypeErrorKind> {
        let mut named: Vec<(String, DataType)> = types
            .into_iter()
            .filter(|data_type| *data_type != DataType::Nothing)
            .map(|data_type| (data_type.to_string(), data_type))
            .collect();
        named.sort_by(|left, right| left.0.cmp(&right.0));
        named.dedup_by(|left, right| left.0 == right.0);
        if named.is_empty() {
            return Err(TypeErrorKind::EmptyVariant);
        }
        Ok(Self(named.into_iter().map(|(_, data_type)| data_type).collect()))
    }

    /// The types, sorted.
    pub fn types(&self) -> &[DataType] {
        &self.0
    }
}

impl DataType {
    /// `Nullable(T)`, the meaning of `T NULL`.
    ///
    /// # Errors
    /// Where T cannot be NULL, with the way out; also where it already is.
    pub fn nullable(self) -> Result<Self, TypeErrorKind> {
        let data_type = Self::Nullable(Box::new(self));
        data_type.check_here()?;
        Ok(data_type)
    }

    /// Is it put together when rows are merged: AggregateFunction or SimpleAggregateFunction?
    pub fn is_aggregating(&self) -> bool {
        matches!(
            self,
            Self::AggregateFunction(_) | Self::SimpleAggregateFunction(_)
        )
    }

    /// May a value be NULL: Nullable, LowCardinality(Nullable), Variant or Dynamic?
    pub fn accepts_null(&self) -> bool {
        match self {
            Self::Nullable(_) | Self::Variant(_) | Self::Dynamic { .. } => true,
            Self::LowCardinality(inner) => inner.accepts_null(),
            Self::SimpleAggregateFunction(function) => function.data_type.accepts_null(),
            _ => false,
        }
    }

    /// Is it `Nullable(T)`?
    pub fn is_nullable(&self) -> bool {
        matches!(self, Self::Nullable(_))
    }

    /// May a value be NULL: `Nullable(T)`, `LowCardinality(Nullable(T))`? What is inside containers does not count.
    pub fn holds_null(&self) -> bool {
        match self {
            Self::Nullable(_) => true,
            Self::LowCardinality(inner) => inner.is_nullable(),
            _ => false,
        }
    }

    /// The columns that a server makes of a Nested column (`flatten_nested = 1`, its default): `c.a Array(..)`.
    /// Only the outermost level is taken apart. `None` for any other type.
    pub fn flattened(&self, column: &Ident) -> Option<Vec<(Ident, DataType)>> {
        let Self::Nested(fields) = self else { return None };
        let flat = fields.iter().filter_map(|field| {
            // A name with a NUL byte, which no client can send, is lost here and nowhere accepted.
            let name = Ident::new(format!("{column}.{}", field.name)).ok()?;
            Some((name, Self::Array(Box::new(field.data_type.clone()))))
        });
        Some(flat.collect())
    }

    /// The types directly inside this one.
    pub fn children(&self) -> Vec<&DataType> {
        match self {
            Self::Array(inner) | Self::Nullable(inner) | Self::LowCardinality(inner) => vec![inner],
            Self::QBit { element, .. } => vec![element],
            Self::Map(key, value) => vec![key, value],
            Self::Tuple(tuple) => tuple.types().collect(),
            Self::Nested(fields) => fields.iter().map(|field| &field.data_type).collect(),
            Self::Variant(variant) => variant.types().iter().collect(),
            Self::Json(json) => json.typed_paths().iter().map(|field| &field.data_type).collect(),
            Self::AggregateFunction(function) => function.arguments.iter().collect(),
            Self::SimpleAggregateFunction(function) => vec![&function.data_type],
            _ => Vec::new(),
        }
    }
}

impl serde::Serialize for DataType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for DataType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
