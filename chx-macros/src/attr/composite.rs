//! `#[ch(...)]` on a struct with `ChTuple`, an enum with `ChVariant`, and on their parts.

use syn::{Attribute, LitStr, Path};

use super::column;
use super::entry;
use super::keys::{self, Keys};
use super::named;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// `crate = path`, and nothing else.
pub(crate) fn krate(diag: &Diag, attrs: &[Attribute]) -> Option<Path> {
    let mut krate = Slot::default();
    for entry in entry::read(diag, attrs) {
        match entry.key.as_str() {
            "crate" => krate.set(diag, &entry, named::path(diag, &entry)),
            _ => entry.report_unknown(diag, &keys::COMPOSITE),
        }
    }
    krate.take()
}

/// A field of a tuple or a variant of a Variant, as written.
#[derive(Default)]
pub(crate) struct Part {
    /// `name = "..."`, of a tuple's field.
    pub(crate) name: Slot<LitStr>,
    /// `type = "..."`.
    pub(crate) data_type: Slot<Sql>,
    /// `low_cardinality`.
    pub(crate) low_cardinality: Slot<bool>,
}

impl Part {
    /// Reads the attributes of a field or variant, which takes those keys.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute], known: &Keys) -> Self {
        let mut part = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" if known.has("name") => part.name.set(diag, &entry, named::name(diag, &entry)),
                "type" => part
                    .data_type
                    .set(diag, &entry, column::type_of_column(diag, &entry)),
                "low_cardinality" => part.low_cardinality.set(diag, &entry, entry.flag(diag)),
                _ => entry.report_unknown(diag, known),
            }
        }
        part
    }
}
