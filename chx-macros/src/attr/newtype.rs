//! `#[ch(...)]` on a newtype with `ChType`.

use syn::{Attribute, Path};

use super::column;
use super::entry;
use super::keys;
use super::named;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A newtype as written.
#[derive(Default)]
pub(crate) struct Newtype {
    /// `type = "..."`.
    pub(crate) data_type: Slot<Sql>,
    /// `low_cardinality`.
    pub(crate) low_cardinality: Slot<bool>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

impl Newtype {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut newtype = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "type" => newtype
                    .data_type
                    .set(diag, &entry, column::type_of_column(diag, &entry)),
                "low_cardinality" => newtype.low_cardinality.set(diag, &entry, entry.flag(diag)),
                "crate" => newtype.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::TYPE),
            }
        }
        newtype
    }
}
