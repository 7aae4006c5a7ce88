//! `#[ch(...)]` on a struct with `ChDictionary` and on its fields.

use chx_core::ddl::parse_dictionary_clause;
use syn::{Attribute, LitInt, LitStr};

use super::column;
use super::entry::{self, Entry, Given};
use super::fragment::{self, Fragment};
use super::keys;
use super::named::{self, Named};
use super::settings::{self, Setting};
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A dictionary as written.
#[derive(Default)]
pub(crate) struct Dictionary {
    /// Its names and comment.
    pub(crate) named: Named,
    /// `primary_key = ...`.
    pub(crate) primary_key: Slot<Vec<Fragment>>,
    /// `source = "..."`.
    pub(crate) source: Slot<Sql>,
    /// `layout = "..."`.
    pub(crate) layout: Slot<Sql>,
    /// `lifetime = 300` or `lifetime = (60, 300)`: the shortest and the longest, in seconds.
    pub(crate) lifetime: Slot<(u64, u64)>,
    /// `range = (from, to)`.
    pub(crate) range: Slot<Vec<Fragment>>,
    /// `settings(...)`.
    pub(crate) settings: Slot<Vec<Setting>>,
}

impl Dictionary {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut dictionary = Self::default();
        for entry in entry::read(diag, attrs) {
            if dictionary.named.take(diag, &entry) {
                continue;
            }
            match entry.key.as_str() {
                "primary_key" => dictionary
                    .primary_key
                    .set(diag, &entry, fragment::list(diag, &entry)),
                "source" => dictionary.source.set(diag, &entry, clause(diag, &entry)),
                "layout" => dictionary.layout.set(diag, &entry, clause(diag, &entry)),
                "lifetime" => dictionary.lifetime.set(diag, &entry, lifetime(diag, &entry)),
                "range" => dictionary.range.set(diag, &entry, fragment::list(diag, &entry)),
                "settings" => dictionary
                    .settings
                    .set(diag, &entry, settings::settings(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::DICTIONARY),
            }
        }
        dictionary
    }
}

/// `source = "CLICKHOUSE(TABLE 'countries')"`, `layout = "HASHED()"`.
fn clause(diag: &Diag, entry: &Entry) -> Option<Sql> {
    let form = if entry.key == "source" {
        "takes a source in quotes, such as `\"CLICKHOUSE(TABLE 'countries')\"`"
    } else {
        "takes a layout in quotes, such as `\"HASHED()\"`"
    };
    let written = fragment::sql(diag, entry, form)?;
    Sql::parsed(diag, &written, parse_dictionary_clause).map(|(sql, _)| sql)
}

fn lifetime(diag: &Diag, entry: &Entry) -> Option<(u64, u64)> {
    const FORM: &str =
        "takes seconds: the longest time until the next read, `300`, or the shortest too, `(60, 300)`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let seconds = |tokens| {
        let literal = syn::parse2::<LitInt>(tokens).ok()?;
        literal.base10_parse::<u64>().ok()
    };
    let read = match entry::single_group(value) {
        None => seconds(value.clone()).map(|longest| (0, longest)),
        Some(group) => {
            let parts: Option<Vec<u64>> = entry::commas(group.stream())
                .into_iter()
                .map(|(part, _)| seconds(part))
                .collect();
            match parts.as_deref() {
                Some([shortest, longest]) if shortest <= longest => Some((*shortest, *longest)),
                _ => None,
            }
        }
    };
    read.or_else(|| entry.malformed(diag, FORM))
}

/// An attribute of a dictionary as written.
#[derive(Default)]
pub(crate) struct DictionaryAttribute {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `type = "..."`.
    pub(crate) data_type: Slot<Sql>,
    /// `default = "..."`.
    pub(crate) default: Slot<Fragment>,
    /// `expression = "..."`.
    pub(crate) expression: Slot<Fragment>,
    /// `hierarchical`.
    pub(crate) hierarchical: Slot<bool>,
    /// `bidirectional`.
    pub(crate) bidirectional: Slot<bool>,
    /// `injective`.
    pub(crate) injective: Slot<bool>,
    /// `is_object_id`.
    pub(crate) is_object_id: Slot<bool>,
}

impl DictionaryAttribute {
    /// Reads the attributes of a field.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut attribute = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => attribute.name.set(diag, &entry, named::name(diag, &entry)),
                "type" => attribute
                    .data_type
                    .set(diag, &entry, column::type_of_column(diag, &entry)),
                "default" => attribute.default.set(diag, &entry, fragment::one(diag, &entry)),
                "expression" => attribute
                    .expression
                    .set(diag, &entry, fragment::one(diag, &entry)),
                "hierarchical" => attribute.hierarchical.set(diag, &entry, entry.flag(diag)),
                "bidirectional" => attribute.bidirectional.set(diag, &entry, entry.flag(diag)),
                "injective" => attribute.injective.set(diag, &entry, entry.flag(diag)),
                "is_object_id" => attribute.is_object_id.set(diag, &entry, entry.flag(diag)),
                _ => entry.report_unknown(diag, &keys::DICTIONARY_ATTRIBUTE),
            }
        }
        attribute
    }
}
