//! A view as a whole, and the columns of views.

use chx_core::sql::{TokenKind, lex};
use syn::{Generics, Ident, Type};

use super::types::{ColumnType, is_in_row};
use super::{Column, Heading, column};
use crate::attr;
use crate::attr::named::Named;
use crate::attr::security::Security;
use crate::attr::serde;
use crate::attr::slot::Slot;
use crate::attr::sql::Sql;
use crate::diag::Diag;
use crate::item::{self, Field, Item, ViewItem};

/// A view of either kind, ready to be written down.
pub(crate) struct View {
    /// The struct's lifetimes.
    pub(crate) generics: Generics,
    /// What serde is told about the struct.
    pub(crate) serde: serde::Container,
    /// What it is called.
    pub(crate) heading: Heading,
    /// Its columns.
    pub(crate) columns: Vec<ViewColumn>,
    /// `SQL SECURITY` and `DEFINER`.
    pub(crate) security: Option<String>,
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

impl From<&Column> for ViewColumn {
    fn from(column: &Column) -> Self {
        Self {
            field: column.field.clone(),
            ty: column.ty.clone(),
            in_row: column.in_row && column.is_readable(),
            serde: column.serde.clone(),
            name: column.name.clone(),
            data_type: column.data_type.clone(),
            line: column.line,
        }
    }
}

impl View {
    /// Checks a struct with `ChView`.
    pub(crate) fn new(diag: &Diag, item: ViewItem) -> Self {
        if item.is_empty && !item.attrs.query.get().is_some_and(has_parameters) {
            diag.error(
                item.ident.span(),
                "`ChView` needs at least one field: each is a column. Only a view with parameters, such as \
                 `{site:String}`, may go without: ClickHouse does not say what its columns are",
            );
        }
        Self::of(diag, item, "view", |attrs| {
            (attrs.named, attrs.security, attrs.query)
        })
    }

    /// Checks what both kinds have; `parts` takes it out of the attributes.
    pub(super) fn of<A>(
        diag: &Diag,
        mut item: Item<A, attr::view::ViewColumn>,
        noun: &str,
        parts: impl FnOnce(A) -> (Named, Security, Slot<Sql>),
    ) -> Self {
        let fields = std::mem::take(&mut item.fields);
        Self::with_columns(diag, item, noun, columns(diag, fields), parts)
    }

    /// The same with columns that were checked already.
    pub(super) fn with_columns<A, C>(
        diag: &Diag,
        item: Item<A, C>,
        noun: &str,
        columns: Vec<ViewColumn>,
        parts: impl FnOnce(A) -> (Named, Security, Slot<Sql>),
    ) -> Self {
        let (named, security, mut query) = parts(item.attrs);
        if !query.is_given() {
            diag.error(
                item.ident.span(),
                format!("a {noun} needs a `query = \"SELECT ...\"`"),
            );
        }
        Self {
            heading: Heading::new(diag, &named, &item.ident, &item.docs),
            columns,
            security: security.sql(diag),
            query: query.take().map(|query| query.text).unwrap_or_default(),
            generics: item.generics,
            serde: item.serde,
        }
    }
}

/// Does the query take parameters?
fn has_parameters(query: &Sql) -> bool {
    lex(&query.text).is_ok_and(|tokens| tokens.iter().any(|token| token.kind == TokenKind::Parameter))
}

/// The columns of a view.
fn columns(diag: &Diag, fields: Vec<Field<attr::view::ViewColumn>>) -> Vec<ViewColumn> {
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|field| !field.attrs.skip.get().is_some_and(|skip| *skip))
        .collect();
    let names = column::known(diag, &fields, |attrs| (&attrs.name, None));
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
        .map(|(field, known)| column(field, known.name))
        .collect()
}
