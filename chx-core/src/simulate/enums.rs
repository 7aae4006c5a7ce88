//! ADD ENUM VALUES.

use crate::types::{DataType, EnumValues};

/// The enum with more values; `None` where the type is no enum, or a name, value or number of them cannot be.
///
/// A name without a value gets one more than the one written before it, the first one more than the largest of the
/// enum (measured).
pub(super) fn extended(data_type: &DataType, added: &[(String, Option<i16>)]) -> Option<DataType> {
    let extend = |values: &EnumValues| {
        let mut all: Vec<(Box<str>, i16)> = values.iter().map(|(name, value)| (name.into(), value)).collect();
        let mut last = all.iter().map(|(_, value)| *value).max().unwrap_or(0);
        for (name, value) in added {
            last = value.or_else(|| last.checked_add(1))?;
            all.push((name.as_str().into(), last));
        }
        EnumValues::new(all).ok()
    };
    match data_type {
        DataType::Enum8(values) => extend(values).filter(EnumValues::fit_enum8).map(DataType::Enum8),
        DataType::Enum16(values) => extend(values).map(DataType::Enum16),
        DataType::Nullable(inside) => match &**inside {
            DataType::Enum8(_) | DataType::Enum16(_) => {
                extended(inside, added).map(|inside| DataType::Nullable(inside.into()))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_as_the_server_does() {
        // What 26.7 makes of `Enum8('a' = 5, 'b' = 1)` and these.
        for (added, expected) in [
            (vec![("c", None)], Some("Enum8('b' = 1, 'a' = 5, 'c' = 6)")),
            (
                vec![("c", Some(7)), ("d", None)],
                Some("Enum8('b' = 1, 'a' = 5, 'c' = 7, 'd' = 8)"),
            ),
            (
                vec![("c", None), ("d", Some(2))],
                Some("Enum8('b' = 1, 'd' = 2, 'a' = 5, 'c' = 6)"),
            ),
            (
                vec![("c", Some(-3)), ("d", None)],
                Some("Enum8('c' = -3, 'd' = -2, 'b' = 1, 'a' = 5)"),
            ),
            (vec![("c", Some(300))], None),
            (vec![("a", Some(9))], None),
            (vec![("c", Some(5))], None),
        ] {
            let added: Vec<(String, Option<i16>)> = added
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect();
            let from: DataType = "Enum8('a' = 5, 'b' = 1)".parse().unwrap();
            assert_eq!(
                extended(&from, &added).map(|found| found.to_string()).as_deref(),
                expected
            );
        }
        assert_eq!(extended(&DataType::UInt8, &[("a".to_owned(), None)]), None);
    }
}
