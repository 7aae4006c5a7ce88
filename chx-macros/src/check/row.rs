//! A row of the client whose struct has groups of columns, or column names of its own.

use syn::spanned::Spanned;
use syn::{DeriveInput, Generics, Ident, LitStr, Path, Type};

use super::types::is_in_row;
use crate::attr::column::Column;
use crate::diag::Diag;
use crate::item;

/// A row, ready to be written down.
pub(crate) struct Row {
    /// The struct.
    pub(crate) ident: Ident,
    /// Its generics: one lifetime at most.
    pub(crate) generics: Generics,
    /// Its fields that a row carries, in order.
    pub(crate) fields: Vec<RowField>,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

/// A field of a row.
pub(crate) enum RowField {
    /// One column, with its name.
    Column(String),
    /// Several, with what stands before their names.
    Group {
        /// The struct of the columns.
        ty: Box<Type>,
        /// The field's name.
        field: String,
        /// Are they the lists of a Nested?
        is_nested: bool,
    },
}

impl Row {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        // What the attributes say besides is for the derive that declares the table, which reports it.
        let quiet = Diag::default();
        let krate = crate::attr::table::Table::read(&quiet, &input.attrs)
            .named
            .krate
            .take();
        let read = |_: &Diag, attrs: &[syn::Attribute]| Column::read(&Diag::default(), attrs);
        let item = item::Item::read(diag, "ChRow", input, |_, _| (), read);
        if let Some(second) = item.generics.lifetimes().nth(1) {
            diag.error(
                second.span(),
                "a row borrows from one buffer: it has one lifetime at most",
            );
        }
        let fields = item
            .fields
            .iter()
            .filter(|field| is_in_row(&field.serde, &field.ty));
        let fields = fields.map(|field| match field.attrs.group() {
            Some(is_nested) => RowField::Group {
                ty: Box::new(field.ty.clone()),
                field: field.name(),
                is_nested,
            },
            None => RowField::Column(field.attrs.name.get().map_or_else(|| field.name(), LitStr::value)),
        });
        Self {
            fields: fields.collect(),
            ident: item.ident,
            generics: item.generics,
            krate,
        }
    }
}
