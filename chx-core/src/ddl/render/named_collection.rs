//! The entries of named collections.

use std::collections::BTreeMap;

use crate::ddl::AlterNamedCollection;
use crate::model::{CollectionEntry, CollectionValue, Ident};

use super::out::Out;

/// ` key = value [[NOT] OVERRIDABLE], ...`, each on a line of its own.
pub(super) fn entries(out: &mut Out, entries: &BTreeMap<Ident, CollectionEntry>) {
    if !out.is_pretty() {
        out.word(" ");
    }
    out.lines(entries, |out, (key, entry)| {
        out.sql(key.sql());
        out.word(" = ");
        match &entry.value {
            CollectionValue::Text(text) if is_number(text) => out.word(text),
            CollectionValue::Text(text) => out.string(text),
            CollectionValue::Secret(secret) => out.secret(secret),
        }
        match entry.overridable {
            Some(true) => out.word(" OVERRIDABLE"),
            Some(false) => out.word(" NOT OVERRIDABLE"),
            None => {}
        }
    });
}

/// A whole number that the server keeps as it stands.
fn is_number(text: &str) -> bool {
    text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
}

pub(super) fn alter(out: &mut Out, alter: &AlterNamedCollection) {
    out.word("ALTER NAMED COLLECTION ");
    out.word_if(alter.if_exists, "IF EXISTS ");
    out.sql(alter.name.sql());
    if !alter.set.is_empty() {
        out.clause("SET");
        entries(out, &alter.set);
    }
    if !alter.delete.is_empty() {
        out.clause("DELETE ");
        out.list(&alter.delete, |out, key| out.sql(key.sql()));
    }
}
