//! A view as a whole, and the columns of views.

use proc_macro2::Span;
use syn::{Generics, Ident, Type};

use super::types::{ColumnType, is_in_row};
use super::{Heading, column};
use crate::attr;
use crate::diag::Diag;
use crate::item::{self, Field, ViewItem};

/// A view, ready to be written down.
pub(crate) struct View {
    /// The struct's lifetimes.
    pub(crate) generics: Generics,
    /// What it is called.
    pub(crate) heading: Heading,
    /// Its columns.
    pub(crate) columns: Vec<ViewColumn>,
    /// Its query.
    pub(crate) query: String,
}

/// A column of a view and the field that it stands for.
pub(crate) struct ViewColumn {
    /// The field.
    pub(crate) field: Ident,
    /// The field's type.
    pub(crate) ty: Type,
    /// Do rows carry the field?
    pub(crate) in_row: bool,
    /// What serde calls the field, if it says so.
    pub(crate) serde: attr::serde::Field,
    /// The column's name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) data_type: ColumnType,
    /// The line of the field.
    pub(crate) line: u32,
}

impl View {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, item: ViewItem) -> Self {
        let attrs = &item.attrs;
        Self {
            heading: Heading::new(diag, &attrs.named, &item.ident, &item.docs),
            columns: columns(diag, item.fields),
            query: query(diag, &attrs.query, item.ident.span(), "view"),
            generics: item.generics,
        }
    }
}

/// The query, which no view goes without.
pub(crate) fn query(
    diag: &Diag,
    query: &attr::slot::Slot<attr::sql::Sql>,
    holder: Span,
    noun: &str,
) -> String {
    if !query.is_given() {
        diag.error(holder, format!("a {noun} needs a `query = \"SELECT ...\"`"));
    }
    query.get().map(|query| query.text.clone()).unwrap_or_default()
}

/// The columns of a view.
pub(crate) fn columns(diag: &Diag, fields: Vec<Field<attr::view::ViewColumn>>) -> Vec<ViewColumn> {
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|field| !field.attrs.skip.get().is_some_and(|skip| *skip))
        .collect();
    let names = column::names(diag, &fields, |attrs| &attrs.name);
    let column = |field: Field<attr::view::ViewColumn>, name: String| ViewColumn {
        data_type: ColumnType::new(
            diag,
            &field.attrs.data_type,
            &field.attrs.low_cardinality,
            &field.serde,
            &field.ty,
            field.ident.span(),
        ),
        in_row: is_in_row(&field.serde, &field.ty),
        line: item::line(field.ident.span()),
        serde: field.serde,
        ty: field.ty,
        field: field.ident,
        name,
    };
    fields
        .into_iter()
        .zip(names)
        .map(|(field, (_, name))| column(field, name))
        .collect()
}
