//! `#[ch(...)]` on a struct with `ChView`, and on the fields of views and materialized views.

use syn::{Attribute, LitStr};

use super::column;
use super::entry::{self, Entry};
use super::fragment;
use super::keys;
use super::named::{self, Named};
use super::security::Security;
use super::slot::Slot;
use super::sql::Sql;
use crate::diag::Diag;

/// A view as written.
#[derive(Default)]
pub(crate) struct View {
    /// Its names and comment.
    pub(crate) named: Named,
    /// `sql_security` and `definer`.
    pub(crate) security: Security,
    /// `query = "SELECT ..."`.
    pub(crate) query: Slot<Sql>,
}

impl View {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut view = Self::default();
        for entry in entry::read(diag, attrs) {
            if view.named.take(diag, &entry) || view.security.take(diag, &entry) {
                continue;
            }
            match entry.key.as_str() {
                "query" => view.query.set(diag, &entry, query(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::VIEW),
            }
        }
        view
    }
}

/// `query = "SELECT ..."`.
pub(crate) fn query(diag: &Diag, entry: &Entry) -> Option<Sql> {
    let written = fragment::sql(diag, entry, "takes a SELECT in quotes")?;
    Sql::checked(diag, &written)
}

/// A column of a view as written.
#[derive(Default)]
pub(crate) struct ViewColumn {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `type = "..."`.
    pub(crate) data_type: Slot<Sql>,
    /// `low_cardinality`.
    pub(crate) low_cardinality: Slot<bool>,
    /// `skip`: the field is no column.
    pub(crate) skip: Slot<bool>,
}

impl ViewColumn {
    /// Reads the attributes of a field.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut view_column = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => view_column.name.set(diag, &entry, named::name(diag, &entry)),
                "type" => view_column
                    .data_type
                    .set(diag, &entry, column::type_of_column(diag, &entry)),
                "low_cardinality" => view_column.low_cardinality.set(diag, &entry, entry.flag(diag)),
                "skip" => view_column.skip.set(diag, &entry, entry.flag(diag)),
                _ => entry.report_unknown(diag, &keys::VIEW_COLUMN),
            }
        }
        view_column
    }
}
