//! How enums with `ChEnum` are written and read: by number where bytes count, as in rows of the client; by name where
//! people read, as in JSON and in parameters of queries.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use chx_core::types::TypeExpr;

use crate::types::ChEnum;

/// Writes a value.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: ChEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        return value.name().serialize(serializer);
    }
    let number = value.number();
    match i8::try_from(number) {
        Ok(number) if is_enum8(&T::TYPE) => number.serialize(serializer),
        _ => number.serialize(serializer),
    }
}

/// Reads a value.
///
/// # Errors
/// Those of the deserializer, and a name or number that no variant has.
pub fn deserialize<'de, T: ChEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if deserializer.is_human_readable() {
        let name = String::deserialize(deserializer)?;
        return T::from_name(&name)
            .ok_or_else(|| D::Error::custom(format_args!("no value of {} is named `{name}`", T::TYPE)));
    }
    let number = if is_enum8(&T::TYPE) {
        i8::deserialize(deserializer)?.into()
    } else {
        i16::deserialize(deserializer)?
    };
    T::from_number(number)
        .ok_or_else(|| D::Error::custom(format_args!("no value of {} has the number {number}", T::TYPE)))
}

fn is_enum8(data_type: &TypeExpr) -> bool {
    data_type.family == "Enum8"
}
