//! What `MODIFY COLUMN` does to the values when a column changes its type.
//!
//! It decides by the types alone, for columns of MergeTree tables that are in no key. The rules follow what 26.7
//! did to some 5000 pairs of types with values at the ends of their ranges; a test holds them to that record. In
//! doubt it says "may fail and loses": too careful, never too bold.

mod scalar;

use super::{DataType, EnumValues, GeoType, TupleType};

/// What happens to the stored values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// The types are the same.
    Same,
    /// Only the table's metadata changes; the values stay as they are and are read as the new type.
    Metadata,
    /// A mutation rewrites the column.
    Rewrite {
        /// A value that does not fit stops the mutation (341), and the column cannot be read until it is undone.
        may_fail: bool,
        /// Values may change so that the old ones cannot be had back.
        lossy: bool,
    },
    /// The server refuses: a new column or table is needed.
    Refused,
}

impl Conversion {
    /// A rewrite that keeps every value.
    const SAFE: Self = Self::Rewrite {
        may_fail: false,
        lossy: false,
    };
    /// A rewrite that never stops and may change values.
    const LOSSY: Self = Self::Rewrite {
        may_fail: false,
        lossy: true,
    };
    /// A rewrite that may stop and otherwise keeps values.
    const MAY_FAIL: Self = Self::Rewrite {
        may_fail: true,
        lossy: false,
    };
    /// Nothing good is known.
    const UNKNOWN: Self = Self::Rewrite {
        may_fail: true,
        lossy: true,
    };

    /// Both happen to one column: the worse of each.
    #[must_use]
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Refused, _) | (_, Self::Refused) => Self::Refused,
            (Self::Same, other) | (other, Self::Same) => other,
            (Self::Metadata, other) | (other, Self::Metadata) => other,
            (
                Self::Rewrite { may_fail, lossy },
                Self::Rewrite {
                    may_fail: other_may_fail,
                    lossy: other_lossy,
                },
            ) => Self::Rewrite {
                may_fail: may_fail || other_may_fail,
                lossy: lossy || other_lossy,
            },
        }
    }

    /// The same where the layout around the values changes, so that they are written again.
    fn rewritten(self) -> Self {
        match self {
            Self::Same | Self::Metadata => Self::SAFE,
            other => other,
        }
    }
}

/// What changing a column from one type to another does.
///
/// ```
/// use chx_core::types::{Conversion, DataType, conversion};
/// let of = |before, after| -> Result<_, chx_core::types::TypeError> {
///     Ok(conversion(&DataType::parse(before)?, &DataType::parse(after)?))
/// };
/// assert_eq!(of("Enum8('a' = 1)", "Enum8('a' = 1, 'b' = 2)")?, Conversion::Metadata);
/// assert_eq!(of("Int32", "Int64")?, Conversion::Rewrite { may_fail: false, lossy: false });
/// assert_eq!(of("String", "UUID")?, Conversion::Rewrite { may_fail: true, lossy: false });
/// assert_eq!(of("UUID", "Date")?, Conversion::Refused);
/// # Ok::<(), chx_core::types::TypeError>(())
/// ```
pub fn conversion(before: &DataType, after: &DataType) -> Conversion {
    use DataType as T;
    if before == after {
        return Conversion::Same;
    }
    match (before, after) {
        // How rows merge is metadata; what is stored is the inner type.
        (T::SimpleAggregateFunction(before), T::SimpleAggregateFunction(after)) => {
            metadata_or(conversion(&before.data_type, &after.data_type))
        }
        (T::SimpleAggregateFunction(before), after) => metadata_or(conversion(&before.data_type, after)),
        (before, T::SimpleAggregateFunction(after)) => metadata_or(conversion(before, &after.data_type)),

        (T::Nothing | T::Object(_) | T::Nested(_), _) | (_, T::Nothing | T::Object(_) | T::Nested(_)) => {
            Conversion::Refused
        }

        // The null map and the dictionary are files of their own.
        (T::LowCardinality(before), T::LowCardinality(after)) => conversion(before, after).rewritten(),
        (T::LowCardinality(before), after) => conversion(before, after).rewritten(),
        (before, T::LowCardinality(after)) => conversion(before, after).rewritten(),

        // Refused without a DEFAULT (36), even where the new type may be NULL.
        (T::Nullable(_), T::Dynamic { .. } | T::Variant(_)) => Conversion::UNKNOWN,
        (_, T::Dynamic { .. }) => Conversion::SAFE,
        (T::Variant(before), T::Variant(after)) => {
            let extends = before.types().iter().all(|member| after.types().contains(member));
            // To anything but an extension the server refuses (70).
            if extends {
                Conversion::SAFE
            } else {
                Conversion::Refused
            }
        }
        (before, T::Variant(after)) => {
            let holds = |before: &T| after.types().contains(before);
            match before {
                before if holds(before) => Conversion::SAFE,
                T::String | T::FixedString(_) | T::Dynamic { .. } => Conversion::UNKNOWN,
                _ => Conversion::Refused,
            }
        }

        (T::Nullable(before), T::Nullable(after)) => match conversion(before, after) {
            Conversion::Rewrite { .. } => nullable(before, after),
            other => other,
        },
        (before, T::Nullable(after)) => nullable(before, after),
        // Refused without a DEFAULT (36); with one, NULL becomes the default (25.8 and older fail instead, 349).
        (T::Nullable(before), after) => conversion(before, after).rewritten().and(Conversion::Rewrite {
            may_fail: true,
            lossy: true,
        }),

        // Text holds everything that can be printed, and gives back what it can read.
        (_, T::String) => Conversion::SAFE,
        (T::Dynamic { .. } | T::Variant(_), _) => Conversion::UNKNOWN,

        (T::Enum8(before), T::Enum8(after)) | (T::Enum16(before), T::Enum16(after)) => enums(before, after),
        (T::Enum8(before), T::Enum16(after)) | (T::Enum16(before), T::Enum8(after)) => {
            enums(before, after).rewritten()
        }

        (T::Array(before), T::Array(after)) => conversion(before, after),
        (T::Map(before_key, before_value), T::Map(after_key, after_value)) => {
            inside(before_key, after_key).and(inside(before_value, after_value))
        }
        (T::Tuple(before), T::Tuple(after)) => tuples(before, after),
        (T::Json(before), T::Json(after)) => {
            let keeps_types = after.typed_paths().iter().all(|field| {
                before
                    .type_of(&field.name)
                    .is_some_and(|data_type| *data_type == field.data_type)
            });
            let keeps_paths = after.skip() == before.skip() && after.skip_regexp() == before.skip_regexp();
            Conversion::Rewrite {
                may_fail: !keeps_types,
                lossy: !keeps_types || !keeps_paths,
            }
        }
        // A path of JSON takes any type, and names become paths.
        (T::Tuple(TupleType::Named(_)) | T::Map(..), T::Json(_)) => Conversion::UNKNOWN,
        (T::Tuple(_) | T::Geo(GeoType::Point), T::Json(_) | T::Tuple(_) | T::Geo(GeoType::Point)) => {
            Conversion::UNKNOWN
        }
        // A Map is an array of pairs: from anything else the cast is refused (53); to anything else (43) but text.
        (T::Array(element), T::Map(..)) if !is_pair(element) => Conversion::Refused,
        (T::Map(..), T::Array(element)) if !is_pair(element) && !is_text(element) => Conversion::Refused,
        (T::Array(_) | T::Map(..) | T::Geo(_), T::Array(_) | T::Map(..) | T::Geo(_) | T::QBit { .. })
        | (T::QBit { .. }, T::Array(_)) => Conversion::UNKNOWN,
        (T::AggregateFunction(_), _) => Conversion::Refused,

        (before, after) => scalar::conversion(before, after),
    }
}

/// What a Map can be read from and as, element by element.
fn is_pair(element: &DataType) -> bool {
    match element {
        DataType::Tuple(tuple) => tuple.types().len() == 2,
        DataType::Geo(GeoType::Point) => true,
        _ => false,
    }
}

/// What any value can be printed as.
fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::LowCardinality(inner) | DataType::Nullable(inner) => is_text(inner),
        other => *other == DataType::String,
    }
}

/// A change of the merging function alone touches no values.
fn metadata_or(stored: Conversion) -> Conversion {
    if stored == Conversion::Same {
        Conversion::Metadata
    } else {
        stored
    }
}

/// To a Nullable: text that cannot be read becomes NULL and stops nothing, unless an Enum has no such name.
fn nullable(before: &DataType, after: &DataType) -> Conversion {
    let is_enum = matches!(after, DataType::Enum8(_) | DataType::Enum16(_));
    match (before, conversion(before, after).rewritten()) {
        (DataType::String, Conversion::Rewrite { may_fail: true, .. }) if !is_enum => Conversion::LOSSY,
        (_, other) => other,
    }
}

/// Values inside a Tuple or Map: what would be metadata for a column may be written again.
fn inside(before: &DataType, after: &DataType) -> Conversion {
    if before == after {
        Conversion::Same
    } else {
        conversion(before, after).rewritten()
    }
}

/// Numbers are stored, so names may change. A number that loses its name makes its rows unreadable (691), which
/// no mutation tells; a name that gets another number is refused (70), or, where another name
/// goes, does the same.
fn enums(before: &EnumValues, after: &EnumValues) -> Conversion {
    let keeps_numbers = before
        .iter()
        .all(|(_, value)| after.iter().any(|(_, kept)| kept == value));
    let moves_names = before
        .iter()
        .any(|(name, value)| after.value_of(name).is_some_and(|now| now != value));
    let keeps_names = before.iter().all(|(name, _)| after.value_of(name).is_some());
    if moves_names && keeps_names {
        Conversion::Refused
    } else if keeps_numbers && !moves_names {
        Conversion::Metadata
    } else {
        Conversion::UNKNOWN
    }
}

fn tuples(before: &TupleType, after: &TupleType) -> Conversion {
    match (before, after) {
        (TupleType::Named(before), TupleType::Named(after)) => {
            let mut result = Conversion::SAFE;
            for field in before {
                // Elements find each other by name; one that is gone is lost.
                result = match after.iter().find(|candidate| candidate.name == field.name) {
                    Some(kept) => result.and(inside(&field.data_type, &kept.data_type)),
                    None => result.and(Conversion::LOSSY),
                };
            }
            result
        }
        _ if before.types().len() == after.types().len() => before
            .types()
            .zip(after.types())
            .fold(Conversion::SAFE, |result, (before, after)| {
                result.and(inside(before, after))
            }),
        _ => Conversion::Refused,
    }
}

#[cfg(test)]
mod tests;
