//! The keys of an engine and its clauses: of a table, or of the inner table of a materialized view.

use proc_macro2::Span;
use syn::Path;

use super::engine::{self, Engine};
use super::entry::{Entry, Given};
use super::fragment::{self, Fragment};
use super::settings::{self, Setting};
use super::slot::Slot;
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// An engine and its clauses, as written.
#[derive(Default)]
pub(crate) struct Storage {
    /// `engine = ...`.
    pub(crate) engine: Slot<Engine>,
    /// `partition_by = ...`.
    pub(crate) partition_by: Slot<Vec<Fragment>>,
    /// `primary_key = ...`.
    pub(crate) primary_key: Slot<Vec<Fragment>>,
    /// `order_by = ...`.
    pub(crate) order_by: Slot<Vec<Fragment>>,
    /// `unique_key = ...`.
    pub(crate) unique_key: Slot<Vec<Fragment>>,
    /// `sample_by = ...`.
    pub(crate) sample_by: Slot<Fragment>,
    /// `ttl = ...`: the rules in order.
    pub(crate) ttl: Slot<Vec<Sql>>,
    /// `settings(...)`.
    pub(crate) settings: Slot<Vec<Setting>>,
    /// `shared_settings = ...`: structs with `ChSettings`.
    pub(crate) shared_settings: Slot<Vec<Path>>,
}

impl Storage {
    /// Takes the entry if it is one of these keys.
    pub(crate) fn take(&mut self, diag: &Diag, entry: &Entry) -> bool {
        match entry.key.as_str() {
            "engine" => self.engine.set(diag, entry, engine::engine(diag, entry)),
            "partition_by" => self.partition_by.set(diag, entry, fragment::list(diag, entry)),
            "primary_key" => self.primary_key.set(diag, entry, fragment::list(diag, entry)),
            "order_by" => self.order_by.set(diag, entry, fragment::list(diag, entry)),
            "unique_key" => self.unique_key.set(diag, entry, fragment::list(diag, entry)),
            "sample_by" => self.sample_by.set(diag, entry, fragment::one(diag, entry)),
            "ttl" => self.ttl.set(diag, entry, ttl(diag, entry)),
            "settings" => self.settings.set(diag, entry, settings::settings(diag, entry)),
            "shared_settings" => self
                .shared_settings
                .set(diag, entry, settings::shared(diag, entry)),
            _ => return false,
        }
        true
    }

    /// The first of these keys that was given.
    pub(crate) fn first_given(&self) -> Option<(&'static str, Span)> {
        let keys: [(&str, _); 9] = [
            ("engine", self.engine.span()),
            ("partition_by", self.partition_by.span()),
            ("primary_key", self.primary_key.span()),
            ("order_by", self.order_by.span()),
            ("unique_key", self.unique_key.span()),
            ("sample_by", self.sample_by.span()),
            ("ttl", self.ttl.span()),
            ("settings", self.settings.span()),
            ("shared_settings", self.shared_settings.span()),
        ];
        keys.into_iter()
            .find_map(|(key, span)| span.map(|span| (key, span)))
    }
}

/// `ttl = "rule"` or `ttl = ("rule", "rule")`.
fn ttl(diag: &Diag, entry: &Entry) -> Option<Vec<Sql>> {
    const FORM: &str =
        "takes SQL in quotes: `ttl = \"ts + INTERVAL 90 DAY\"`, or several: `ttl = (\"...\", \"...\")`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let parts = match super::entry::single_group(value) {
        Some(group) => super::entry::commas(group.stream()),
        None => vec![(value.clone(), entry.span())],
    };
    let mut rules = Vec::new();
    for (part, _) in parts {
        match Written::read(&part) {
            Some(written) => rules.extend(Sql::checked(diag, &written)),
            None => {
                let place = part.into_iter().next().map_or(entry.span(), |token| token.span());
                diag.error(place, format!("`ttl` {FORM}"));
            }
        }
    }
    Some(rules)
}
