//! `#[ch(...)]` on a struct with `ChTable`.

use syn::Attribute;

use super::companion::{self, Companion};
use super::entry;
use super::keys;
use super::member::Members;
use super::named::Named;
use super::slot::Slot;
use super::storage::Storage;
use crate::diag::Diag;

/// A table as written.
#[derive(Default)]
pub(crate) struct Table {
    /// Its names and comment.
    pub(crate) named: Named,
    /// Its engine and the clauses.
    pub(crate) storage: Storage,
    /// `index(...)`, `projection(...)` and `constraint(...)`.
    pub(crate) members: Members,
    /// `insert(...)`.
    pub(crate) insert: Slot<Companion>,
    /// `select(...)`.
    pub(crate) select: Slot<Companion>,
}

impl Table {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut table = Self::default();
        for entry in entry::read(diag, attrs) {
            if table.named.take(diag, &entry)
                || table.storage.take(diag, &entry)
                || table.members.take(diag, &entry)
            {
                continue;
            }
            match entry.key.as_str() {
                "insert" => table.insert.set(diag, &entry, companion::companion(diag, &entry)),
                "select" => table.select.set(diag, &entry, companion::companion(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::TABLE),
            }
        }
        table
    }
}
