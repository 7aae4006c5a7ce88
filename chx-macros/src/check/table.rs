//! A table as a whole.

use syn::{Generics, Ident, Visibility};

use super::{
    Column, Columns, Constraint, Demand, Group, Heading, Index, Projection, Storage, column, member,
};
use crate::attr::companion::Companion;
use crate::attr::{self, serde};
use crate::diag::Diag;
use crate::item::{Field, TableItem};

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
    /// Fields that are several columns.
    pub(crate) groups: Vec<Group>,
    /// Its engine and clauses.
    pub(crate) storage: Storage,
    /// Its indexes.
    pub(crate) indexes: Vec<Index>,
    /// Its projections.
    pub(crate) projections: Vec<Projection>,
    /// Its constraints.
    pub(crate) constraints: Vec<Constraint>,
    /// What is demanded of the types of columns.
    pub(crate) demands: Vec<Demand>,
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
        let mut groups = Vec::new();
        let mut columns: Vec<Field<attr::column::Column>> = Vec::new();
        let mut is_open = false;
        for field in fields {
            if field.attrs.is_ambiguous_group() {
                // Any name may be one of its columns.
                is_open = true;
                continue;
            }
            match field.attrs.group() {
                Some(is_nested) => groups.push(Group {
                    field: field.ident,
                    vis: field.vis,
                    ty: field.ty,
                    companion_attrs: field.companion_attrs,
                    is_nested,
                    at: columns.len(),
                }),
                None => columns.push(field),
            }
        }
        let fields = columns;
        is_open |= !groups.is_empty();
        if fields.is_empty() && !is_open && !skipped.is_empty() {
            diag.error(
                item.ident.span(),
                "a table needs a column, and all fields have `skip`",
            );
        }
        let is_alias = item
            .attrs
            .storage
            .engine
            .get()
            .is_some_and(|engine| engine.name == "Alias");
        if is_alias {
            refuse_clauses_of_alias(diag, &fields);
        } else if item.is_empty {
            diag.error(
                item.ident.span(),
                "`ChTable` needs at least one field: each is a column",
            );
        }
        let known = column::known(diag, &fields, |attrs| {
            (&attrs.name, attrs.default.get().map(|default| default.kind))
        });
        let names: Vec<String> = known.iter().map(|known| known.name.clone()).collect();
        let known = Columns::new(known).open(is_open);
        let attrs = &mut item.attrs;
        let heading = Heading::new(diag, &attrs.named, &item.ident, &item.docs);
        let storage = Storage::new(diag, &attrs.storage, &known, item.ident.span());
        let columns: Vec<Column> = fields
            .iter()
            .zip(names)
            .map(|(field, name)| column::column(diag, field, name, &known))
            .collect();
        for (field, column) in fields.iter().zip(&columns) {
            column.check_ttl(diag, field, &attrs.storage, &storage);
            column.check_dimension(&attrs.storage, &storage, &known);
        }
        Self {
            heading,
            storage,
            columns,
            groups,
            indexes: member::indexes(diag, &known, &attrs.storage, &attrs.members.indexes),
            projections: member::projections(diag, &known, &attrs.storage, &attrs.members.projections),
            constraints: member::constraints(diag, &known, &attrs.members.constraints),
            demands: known.into_demands(),
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

/// The fields of an Alias say what a row has; all else is a matter of the table behind it.
fn refuse_clauses_of_alias(diag: &Diag, fields: &[Field<attr::column::Column>]) {
    for field in fields {
        let attrs = &field.attrs;
        let clauses = [
            (attrs.default.span(), "default"),
            (attrs.codec.span(), "codec"),
            (attrs.statistics.span(), "statistics"),
            (attrs.ttl.span(), "ttl"),
            (attrs.settings.span(), "settings"),
            (attrs.comment.span(), "comment"),
            (attrs.renamed_from.span(), "renamed_from"),
        ];
        for (span, key) in clauses {
            if let Some(span) = span {
                diag.error(
                    span,
                    format!("an `Alias` has the columns of the table behind it; say the `{key}` there"),
                );
            }
        }
    }
}
