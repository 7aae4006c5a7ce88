//! A table as a whole.

use syn::{Generics, Ident, Visibility};

use super::{Column, Columns, Constraint, Heading, Index, Projection, Storage, column, member};
use crate::attr::companion::Companion;
use crate::attr::serde;
use crate::diag::Diag;
use crate::item::TableItem;

/// A table, ready to be written down.
pub(crate) struct Table {
    /// The struct.
    pub(crate) ident: Ident,
    /// The struct's visibility.
    pub(crate) vis: Visibility,
    /// The struct's lifetimes.
    pub(crate) generics: Generics,
    /// What serde is told about the struct.
    pub(crate) serde: serde::Container,
    /// What it is called.
    pub(crate) heading: Heading,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its engine and clauses.
    pub(crate) storage: Storage,
    /// Its indexes.
    pub(crate) indexes: Vec<Index>,
    /// Its projections.
    pub(crate) projections: Vec<Projection>,
    /// Its constraints.
    pub(crate) constraints: Vec<Constraint>,
    /// Fields with `skip` that a row would carry nevertheless.
    pub(crate) skipped: Vec<Ident>,
    /// How the companion for inserts is written.
    pub(crate) insert: Option<Companion>,
    /// How the companion for selects is written.
    pub(crate) select: Option<Companion>,
}

impl Table {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, mut item: TableItem) -> Self {
        let (skipped, fields): (Vec<_>, Vec<_>) = item
            .fields
            .into_iter()
            .partition(|field| field.attrs.is_skipped());
        if fields.is_empty() && !skipped.is_empty() {
            diag.error(
                item.ident.span(),
                "a table needs a column, and all fields have `skip`",
            );
        }
        let names = column::names(diag, &fields, |attrs| &attrs.name);
        let columns = names.iter().map(|(_, column)| column.clone()).collect::<Vec<_>>();
        let known = Columns::new(names);
        let attrs = &mut item.attrs;
        Self {
            heading: Heading::new(diag, &attrs.named, &item.ident, &item.docs),
            storage: Storage::new(diag, &attrs.storage, &known, item.ident.span()),
            columns: fields
                .iter()
                .zip(columns)
                .map(|(field, name)| column::column(diag, field, name, &known))
                .collect(),
            indexes: member::indexes(diag, &known, &attrs.indexes),
            projections: member::projections(diag, &known, &attrs.projections),
            constraints: member::constraints(diag, &known, &attrs.constraints),
            skipped: skipped
                .into_iter()
                .filter(|field| !field.serde.is_skipped)
                .map(|field| field.ident)
                .collect(),
            insert: attrs.insert.take(),
            select: attrs.select.take(),
            ident: item.ident,
            vis: item.vis,
            generics: item.generics,
            serde: item.serde,
        }
    }
}
