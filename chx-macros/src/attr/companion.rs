//! `insert(...)` and `select(...)`: the row companions that a table's derive writes.

use syn::{Ident, Path};

use super::entry::{self, Entry, Given};
use super::keys;
use super::slot::Slot;
use crate::diag::Diag;

/// How a companion is to be written.
pub(crate) enum Companion {
    /// `insert = false`: not at all.
    Off,
    /// `insert(name = Name, derive(Debug, Clone))`.
    On {
        /// Its name; the struct's with `Insert` or `Select` behind it unless given.
        name: Option<Ident>,
        /// What it derives besides what it needs.
        derives: Vec<Path>,
    },
}

const NAME_FORM: &str = "takes the name of a new struct: `name = NewRow`";

/// Reads `insert = false` or `insert(name = Name, derive(Debug, Clone))`.
pub(crate) fn companion(diag: &Diag, entry: &Entry) -> Option<Companion> {
    let form = format!(
        "takes `{0} = false` or `{0}(name = NewRow, derive(Debug, Clone))`",
        entry.key
    );
    let group = match &entry.given {
        Given::List(group) => group,
        Given::Value(value) => {
            return match syn::parse2::<syn::LitBool>(value.clone()) {
                Ok(flag) if !flag.value => Some(Companion::Off),
                _ => entry.malformed(diag, &form),
            };
        }
        Given::Nothing => return entry.malformed(diag, &form),
    };
    let (mut name, mut derives) = (Slot::default(), Slot::default());
    for inner in entry::split(diag, group.stream()) {
        match (inner.key.as_str(), &inner.given) {
            ("name", Given::Value(value)) => {
                let value = syn::parse2::<Ident>(value.clone()).ok();
                name.set(diag, &inner, value.or_else(|| inner.malformed(diag, NAME_FORM)));
            }
            ("name", _) => name.set(diag, &inner, inner.malformed(diag, NAME_FORM)),
            ("derive", Given::List(list)) => {
                let paths = entry::commas(list.stream())
                    .into_iter()
                    .filter_map(|(path, _)| diag.ok(syn::parse2::<Path>(path)));
                derives.set(diag, &inner, Some(paths.collect()));
            }
            ("derive", _) => derives.set(
                diag,
                &inner,
                inner.malformed(diag, "takes a list: `derive(Debug, Clone)`"),
            ),
            _ => inner.report_unknown(diag, &keys::COMPANION),
        }
    }
    Some(Companion::On {
        name: name.take(),
        derives: derives.take().unwrap_or_default(),
    })
}
