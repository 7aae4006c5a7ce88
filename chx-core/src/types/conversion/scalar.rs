//! Conversions between single values: numbers, text, times, addresses.

use super::super::DataType;
use super::Conversion;

/// A number's place among the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Int { signed: bool, bits: u16 },
    Float { mantissa: u16 },
    Decimal { precision: u8, scale: u8 },
}

impl Number {
    fn of(data_type: &DataType) -> Option<Self> {
        use DataType as T;
        let int = |signed, bits| Some(Self::Int { signed, bits });
        match data_type {
            T::Int8 => int(true, 8),
            T::Int16 => int(true, 16),
            T::Int32 => int(true, 32),
            T::Int64 => int(true, 64),
            T::Int128 => int(true, 128),
            T::Int256 => int(true, 256),
            T::UInt8 => int(false, 8),
            T::UInt16 => int(false, 16),
            T::UInt32 => int(false, 32),
            T::UInt64 => int(false, 64),
            T::UInt128 => int(false, 128),
            T::UInt256 => int(false, 256),
            T::BFloat16 => Some(Self::Float { mantissa: 8 }),
            T::Float32 => Some(Self::Float { mantissa: 24 }),
            T::Float64 => Some(Self::Float { mantissa: 53 }),
            T::Decimal { precision, scale } => Some(Self::Decimal {
                precision: *precision,
                scale: *scale,
            }),
            _ => None,
        }
    }

    /// Decimal digits before the point, enough for every value.
    fn whole_digits(self) -> u16 {
        match self {
            Self::Int { signed, bits } => match bits - u16::from(signed) {
                ..=8 => 3,
                9..=16 => 5,
                17..=32 => 10,
                33..=63 => 19,
                64 => 20,
                65..=128 => 39,
                _ => 78,
            },
            Self::Float { .. } => u16::MAX,
            Self::Decimal { precision, scale } => u16::from(precision - scale.min(precision)),
        }
    }
}

/// Rough kinds, for what may become what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Bool,
    Text,
    Moment,
    Enum,
    Interval,
    Address,
    Other,
}

fn kind(data_type: &DataType) -> Kind {
    use DataType as T;
    match data_type {
        T::Bool => Kind::Bool,
        T::String | T::FixedString(_) => Kind::Text,
        T::Date | T::Date32 | T::DateTime { .. } | T::DateTime64 { .. } | T::Time | T::Time64 { .. } => {
            Kind::Moment
        }
        T::Enum8(_) | T::Enum16(_) => Kind::Enum,
        T::Interval(_) => Kind::Interval,
        T::Uuid | T::IPv4 | T::IPv6 => Kind::Address,
        _ if Number::of(data_type).is_some() => Kind::Number,
        _ => Kind::Other,
    }
}

pub(super) fn conversion(before: &DataType, after: &DataType) -> Conversion {
    use DataType as T;
    match (before, after) {
        // One and the same number on disk.
        (T::UInt8, T::Bool)
        | (T::Bool, T::UInt8)
        | (T::UInt16, T::Date)
        | (T::Date, T::UInt16)
        | (T::UInt32, T::DateTime { .. })
        | (T::DateTime { .. }, T::UInt32 | T::DateTime { .. })
        | (T::Enum8(_), T::Int8)
        | (T::Enum16(_), T::Int16) => return Conversion::Metadata,
        (
            T::DateTime64 {
                precision: before, ..
            },
            T::DateTime64 { precision: after, .. },
        ) if before == after => {
            return Conversion::Metadata;
        }
        _ => {}
    }
    if let (Some(before), Some(after)) = (Number::of(before), Number::of(after)) {
        return numbers(before, after);
    }
    match (kind(before), kind(after)) {
        (Kind::Text, _) => from_text(before, after),
        (Kind::Address, _) | (_, Kind::Address) => addresses(before, after),
        (Kind::Moment, Kind::Moment) => moments(before, after),
        // (70)
        (Kind::Enum | Kind::Interval, _)
            if is_decimal_inside(after) || matches!(after, T::Decimal { .. }) =>
        {
            Conversion::Refused
        }
        (Kind::Enum, Kind::Number) => match Number::of(after) {
            Some(Number::Int {
                signed: true,
                bits: 16..,
            }) if matches!(before, T::Enum8(_)) => Conversion::SAFE,
            Some(
                Number::Int {
                    signed: true,
                    bits: 32..,
                }
                | Number::Float { mantissa: 24.. },
            ) => Conversion::SAFE,
            Some(Number::Int { .. }) => Conversion::LOSSY,
            _ => Conversion::UNKNOWN,
        },
        // 128 bits and more (70).
        (Kind::Number, Kind::Moment)
            if matches!(Number::of(before), Some(Number::Int { bits: 65.., .. }))
                && is_decimal_inside(after) =>
        {
            Conversion::Refused
        }
        (Kind::Bool, Kind::Number) => Conversion::SAFE,
        (Kind::Number, Kind::Bool) => Conversion::LOSSY,
        (Kind::Number | Kind::Bool, Kind::Enum) => match Number::of(before) {
            // (70)
            Some(Number::Int { bits: 65.., .. } | Number::Float { mantissa: 8 } | Number::Decimal { .. }) => {
                Conversion::Refused
            }
            _ => Conversion::MAY_FAIL,
        },
        (_, Kind::Text) => match kind(before) {
            Kind::Enum | Kind::Bool => Conversion::UNKNOWN,
            _ => Conversion::Refused,
        },
        (Kind::Moment | Kind::Interval, Kind::Enum) => Conversion::Refused,
        (Kind::Moment, Kind::Number) if !is_decimal_inside(before) && matches!(after, T::Decimal { .. }) => {
            Conversion::Refused
        }
        (Kind::Number, Kind::Moment) if matches!(before, T::Decimal { .. }) && !is_decimal_inside(after) => {
            Conversion::Refused
        }
        (Kind::Number, Kind::Interval) if matches!(before, T::Decimal { .. }) => Conversion::Refused,
        (_, Kind::Other) | (Kind::Other, _) => Conversion::Refused,
        _ => Conversion::UNKNOWN,
    }
}

/// Times with parts of a second are decimal numbers inside.
fn is_decimal_inside(data_type: &DataType) -> bool {
    matches!(data_type, DataType::DateTime64 { .. } | DataType::Time64 { .. })
}

fn numbers(before: Number, after: Number) -> Conversion {
    match (before, after) {
        (Number::Int { bits: 65.., .. }, Number::Decimal { .. }) => Conversion::Refused,
        (
            Number::Int { signed, bits },
            Number::Int {
                signed: after_signed,
                bits: after_bits,
            },
        ) => {
            // Numbers that do not fit wrap around; nothing fails.
            let fits = if signed == after_signed {
                bits <= after_bits
            } else {
                !signed && bits < after_bits
            };
            if fits { Conversion::SAFE } else { Conversion::LOSSY }
        }
        (Number::Int { signed, bits }, Number::Float { mantissa }) => {
            if bits - u16::from(signed) <= mantissa {
                Conversion::SAFE
            } else {
                Conversion::LOSSY
            }
        }
        (Number::Float { mantissa }, Number::Float { mantissa: after }) => {
            if mantissa <= after {
                Conversion::SAFE
            } else {
                Conversion::LOSSY
            }
        }
        (Number::Float { .. }, Number::Int { .. }) => Conversion::LOSSY,
        (Number::Float { mantissa: 8 }, Number::Decimal { .. }) => Conversion::Refused,
        (Number::Float { .. }, Number::Decimal { .. }) => Conversion::UNKNOWN,
        (Number::Decimal { .. }, Number::Float { .. }) => Conversion::LOSSY,
        (Number::Decimal { scale, .. }, after @ (Number::Int { .. } | Number::Decimal { .. })) => {
            let (digits, after_scale, signed) = match after {
                Number::Decimal { precision, scale } => {
                    (u16::from(precision - scale.min(precision)), scale, true)
                }
                // One digit less than the greatest value has is always safe.
                Number::Int { signed, .. } => (after.whole_digits() - 1, 0, signed),
                Number::Float { .. } => (0, 0, true),
            };
            Conversion::Rewrite {
                may_fail: before.whole_digits() > digits || !signed,
                lossy: scale > after_scale || !signed,
            }
        }
        (Number::Int { .. }, Number::Decimal { precision, scale }) => {
            if before.whole_digits() <= u16::from(precision - scale.min(precision)) {
                Conversion::SAFE
            } else {
                Conversion::MAY_FAIL
            }
        }
    }
}

/// From String and FixedString: what is read may not be there.
fn from_text(before: &DataType, after: &DataType) -> Conversion {
    use DataType as T;
    match (before, after) {
        (T::FixedString(before), T::FixedString(after)) => {
            if before <= after {
                Conversion::SAFE
            } else {
                Conversion::Refused
            }
        }
        (_, T::Map(..)) => Conversion::Refused,
        (
            T::FixedString(_),
            T::IPv4
            | T::Array(_)
            | T::Tuple(_)
            | T::Json(_)
            | T::Geo(_)
            | T::QBit { .. }
            | T::AggregateFunction(_),
        ) => Conversion::Refused,
        // Reading rounds, or writes the text anew.
        (
            _,
            T::Float32
            | T::Float64
            | T::BFloat16
            | T::Decimal { .. }
            | T::DateTime { .. }
            | T::DateTime64 { .. }
            | T::Time64 { .. }
            | T::Json(_)
            | T::QBit { .. }
            | T::Tuple(_)
            | T::Array(_),
        ) => Conversion::UNKNOWN,
        _ => Conversion::MAY_FAIL,
    }
}

fn addresses(before: &DataType, after: &DataType) -> Conversion {
    use DataType as T;
    match (before, after) {
        (T::IPv4, T::UInt32 | T::UInt64 | T::UInt128 | T::UInt256 | T::IPv6)
        | (T::UInt8 | T::UInt16 | T::UInt32 | T::Bool, T::IPv4)
        | (T::IPv6 | T::Uuid, T::UInt128)
        | (T::UInt128, T::IPv6) => Conversion::SAFE,
        (T::UInt64, T::IPv4) => Conversion::LOSSY,
        (T::IPv6, T::IPv4) => Conversion::MAY_FAIL,
        (_, T::Bool) => Conversion::LOSSY,
        _ => Conversion::Refused,
    }
}

fn moments(before: &DataType, after: &DataType) -> Conversion {
    use DataType as T;
    match (before, after) {
        (T::Date, T::Date32) => Conversion::SAFE,
        // With more than 7 digits a DateTime64 ends before 2299 or begins after 1900.
        (
            T::Date | T::Date32 | T::DateTime { .. },
            T::DateTime64 {
                precision: ..=7,
                timezone: None,
            },
        ) => Conversion::SAFE,
        (T::DateTime { .. }, T::DateTime64 { precision: ..=7, .. }) => Conversion::SAFE,
        (
            T::DateTime64 {
                precision: before, ..
            },
            T::DateTime64 {
                precision: after @ ..=7,
                ..
            },
        ) if before < after => Conversion::SAFE,
        (T::Time, T::Time64 { .. }) => Conversion::SAFE,
        (T::Time64 { precision: before }, T::Time64 { precision: after }) if before < after => {
            Conversion::SAFE
        }
        (T::Time64 { .. }, _) | (_, T::Time64 { .. } | T::DateTime64 { .. }) => Conversion::UNKNOWN,
        _ => Conversion::LOSSY,
    }
}
