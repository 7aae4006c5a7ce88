//! `FixedString(N)` of any length: serde itself knows arrays up to 32 only.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ChType, TypeArg, TypeExpr};

/// Exactly `N` bytes: ClickHouse's `FixedString(N)`. For `N` up to 32 a plain `[u8; N]` does as well.
///
/// ```
/// use chx::types::FixedString;
/// let country = FixedString(*b"DE");
/// assert_eq!(country.as_ref(), b"DE");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixedString<const N: usize>(pub [u8; N]);

impl<const N: usize> ChType for FixedString<N> {
    const TYPE: TypeExpr = <[u8; N]>::TYPE;
}

impl<const N: usize> ChType for [u8; N] {
    #[expect(
        clippy::cast_possible_wrap,
        reason = "a length past 16777215 is refused by the check of the type"
    )]
    const TYPE: TypeExpr = TypeExpr::with("FixedString", &[TypeArg::Number(N as i64)]);
}

impl<const N: usize> AsRef<[u8]> for FixedString<N> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<const N: usize> From<[u8; N]> for FixedString<N> {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes)
    }
}

impl<const N: usize> fmt::Debug for FixedString<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FixedString(\"{}\")", self.0.escape_ascii())
    }
}

impl<const N: usize> Serialize for FixedString<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for byte in &self.0 {
            tuple.serialize_element(byte)?;
        }
        tuple.end()
    }
}

impl<'de, const N: usize> Deserialize<'de> for FixedString<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes<const N: usize>;
        impl<'de, const N: usize> Visitor<'de> for Bytes<N> {
            type Value = FixedString<N>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{N} bytes")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Self::Value, A::Error> {
                let mut value = [0; N];
                for (index, byte) in value.iter_mut().enumerate() {
                    *byte = bytes
                        .next_element()?
                        .ok_or_else(|| A::Error::invalid_length(index, &self))?;
                }
                Ok(FixedString(value))
            }
        }
        deserializer.deserialize_tuple(N, Bytes)
    }
}
