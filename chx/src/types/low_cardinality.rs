//! `LowCardinality(T)` as a type of its own.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

use super::{ChType, TypeArg, TypeExpr, Writer};

/// A value that ClickHouse keeps in a dictionary: good for up to some ten thousand different values in a column.
///
/// The same as `#[ch(low_cardinality)]` on the field, for places that an attribute does not reach:
/// `Vec<LowCardinality<String>>`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LowCardinality<T>(pub T);

impl<T: ChType> ChType for LowCardinality<T> {
    const TYPE: TypeExpr = TypeExpr::with("LowCardinality", &[TypeArg::Type(T::TYPE)]);
    const WRITER: Writer = T::WRITER.inside();
}

impl<T> Deref for LowCardinality<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for LowCardinality<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for LowCardinality<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}
