//! The width of values on disk. It decides the arguments that the server fills into `Delta` and `Gorilla`.

use super::{DataType, GeoType, TupleType};

impl DataType {
    /// The bytes that each stored value takes, where all parts of the type agree: 4 for `Array(Nullable(Int32))`,
    /// 8 for `Point`, nothing for `Tuple(Int8, Int64)` or String. It is what 26.7 writes into a bare `Delta` or
    /// `Gorilla` (which stay bare where this is `None`).
    pub fn fixed_size(&self) -> Option<u64> {
        match self {
            Self::Int8 | Self::UInt8 | Self::Bool | Self::Enum8(_) | Self::QBit { .. } => Some(1),
            Self::Int16 | Self::UInt16 | Self::BFloat16 | Self::Date | Self::Enum16(_) => Some(2),
            Self::Int32
            | Self::UInt32
            | Self::Float32
            | Self::Date32
            | Self::DateTime { .. }
            | Self::Time
            | Self::IPv4 => Some(4),
            Self::Int64
            | Self::UInt64
            | Self::Float64
            | Self::DateTime64 { .. }
            | Self::Time64 { .. }
            | Self::Interval(_) => Some(8),
            Self::Int128 | Self::UInt128 | Self::Uuid | Self::IPv6 => Some(16),
            Self::Int256 | Self::UInt256 => Some(32),
            Self::Decimal { precision, .. } => Some(match precision {
                ..=9 => 4,
                10..=18 => 8,
                19..=38 => 16,
                _ => 32,
            }),
            Self::FixedString(length) => Some(u64::from(*length)),
            Self::Geo(GeoType::Geometry) => None,
            Self::Geo(_) => Some(8),
            // Which of its types a value has takes a byte.
            Self::Dynamic { .. } => Some(1),
            Self::Variant(variant) => agreed(variant.types().iter(), Some(1)),
            Self::Json(json) => agreed(json.typed_paths().iter().map(|field| &field.data_type), Some(1)),
            Self::Array(inner) | Self::Nullable(inner) | Self::LowCardinality(inner) => inner.fixed_size(),
            Self::SimpleAggregateFunction(function) => function.data_type.fixed_size(),
            Self::Map(key, value) => agreed([&**key, value].into_iter(), None),
            Self::Tuple(TupleType::Unnamed(types)) => agreed(types.iter(), None),
            Self::Tuple(TupleType::Named(fields)) | Self::Nested(fields) => {
                agreed(fields.iter().map(|field| &field.data_type), None)
            }
            Self::String | Self::Object(_) | Self::AggregateFunction(_) | Self::Nothing => None,
        }
    }
}

/// The size that all parts have, `already` among them.
fn agreed<'a>(mut parts: impl Iterator<Item = &'a DataType>, already: Option<u64>) -> Option<u64> {
    let size = match already {
        Some(size) => size,
        None => parts.next()?.fixed_size()?,
    };
    parts.all(|part| part.fixed_size() == Some(size)).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::DataType;

    #[test]
    fn sizes_are_those_that_the_server_writes_into_delta() {
        for (sql, size) in [
            ("Int8", Some(1)),
            ("BFloat16", Some(2)),
            ("DateTime64(3)", Some(8)),
            ("Decimal(9, 2)", Some(4)),
            ("Decimal(18, 2)", Some(8)),
            ("FixedString(4)", Some(4)),
            ("Array(Nullable(Int16))", Some(2)),
            ("Tuple(Int32, Int32)", Some(4)),
            ("Tuple(Int8, Float32)", None),
            ("Map(Int64, Int64)", Some(8)),
            ("Point", Some(8)),
            ("Ring", Some(8)),
            ("Geometry", None),
            ("JSON", Some(1)),
            ("JSON(a Int64)", None),
            ("Variant(Int8)", Some(1)),
            ("Variant(Int64)", None),
            ("Dynamic", Some(1)),
            ("QBit(Float32, 8)", Some(1)),
            ("LowCardinality(UInt32)", Some(4)),
            ("SimpleAggregateFunction(max, Int32)", Some(4)),
            ("String", None),
        ] {
            assert_eq!(DataType::parse(sql).unwrap().fixed_size(), size, "{sql}");
        }
    }
}
