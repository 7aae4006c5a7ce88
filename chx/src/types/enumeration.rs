//! Rust enums as Enum8 and Enum16.

use super::ChType;

/// A Rust enum that is an Enum8 or Enum16.
///
/// Derived with `#[derive(ChEnum)]`: see [the derive](derive@crate::ChEnum).
pub trait ChEnum: ChType + Sized {
    /// The values' names and numbers, in the order of the variants.
    const VALUES: &'static [(&'static str, i16)];

    /// The place of the value among [`VALUES`](Self::VALUES).
    #[doc(hidden)]
    fn index(&self) -> usize;

    /// The value at a place among [`VALUES`](Self::VALUES).
    #[doc(hidden)]
    fn at(index: usize) -> Option<Self>;

    /// The value's name in ClickHouse.
    fn name(&self) -> &'static str {
        Self::VALUES.get(self.index()).map_or("", |(name, _)| name)
    }

    /// The value's number in ClickHouse.
    fn number(&self) -> i16 {
        Self::VALUES.get(self.index()).map_or(0, |(_, number)| *number)
    }

    /// The value with this name.
    fn from_name(name: &str) -> Option<Self> {
        let index = Self::VALUES.iter().position(|(known, _)| *known == name)?;
        Self::at(index)
    }

    /// The value with this number.
    fn from_number(number: i16) -> Option<Self> {
        let index = Self::VALUES.iter().position(|(_, known)| *known == number)?;
        Self::at(index)
    }
}
