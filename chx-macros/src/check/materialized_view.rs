//! A materialized view as a whole.

use proc_macro2::Span;
use syn::{LitStr, Type};

use super::{
    Column, Columns, Constraint, Demand, Index, Projection, Storage, View, ViewColumn, column, member,
};
use crate::attr::materialized_view::To;
use crate::attr::member::Members;
use crate::attr::{self, storage};
use crate::diag::Diag;
use crate::item::{Field, MaterializedViewItem};

/// A materialized view, ready to be written down.
pub(crate) struct MaterializedView {
    /// What it has in common with a view.
    pub(crate) view: View,
    /// `REFRESH`.
    pub(crate) refresh: Option<String>,
    /// `EMPTY`.
    pub(crate) starts_empty: bool,
    /// Where its rows go; `None` was reported.
    pub(crate) target: Option<Target>,
}

/// Where the rows go.
pub(crate) enum Target {
    /// A struct with `ChTable`; with `is_partial` not all of its columns are given.
    Type {
        /// The struct.
        ty: Box<Type>,
        /// `partial`.
        is_partial: bool,
    },
    /// A table by name.
    Name {
        /// The database, if named.
        database: Option<String>,
        /// The table.
        name: String,
    },
    /// An inner table.
    Inner(Box<InnerTable>),
}

/// The inner table of a materialized view.
pub(crate) struct InnerTable {
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
    /// What is demanded of the types of columns.
    pub(crate) demands: Vec<Demand>,
}

impl MaterializedView {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, mut item: MaterializedViewItem) -> Self {
        let holder = item.ident.span();
        let has_to = item.attrs.to.is_given();
        let to = item.attrs.to.take();
        let refresh = item.attrs.refresh.get().map(|sql| sql.text.clone());
        let starts_empty = item.attrs.empty.get().is_some_and(|flag| *flag);
        if let (Some(span), None) = (item.attrs.empty.span(), item.attrs.refresh.span()) {
            diag.error(
                span,
                "only a view with `refresh` has something to wait for: without, it starts with no rows anyway; take `empty` away",
            );
        }
        if let Some(span) = item.attrs.security.invoker() {
            diag.error(
                span,
                "nobody asks a materialized view, so it has no invoker; use `definer` or `none`",
            );
        }
        let partial = std::mem::take(&mut item.attrs.partial);
        let storage = std::mem::take(&mut item.attrs.storage);
        let members = std::mem::take(&mut item.attrs.members);
        let mut fields = std::mem::take(&mut item.fields);
        fields.retain(|field| !field.attrs.is_skipped());
        for field in &fields {
            refuse_what_is_no_column(diag, field);
            if has_to {
                refuse_clauses(diag, field);
            }
        }
        let known = column::known(diag, &fields, |attrs| {
            (&attrs.name, attrs.default.get().map(|default| default.kind))
        });
        let names: Vec<String> = known.iter().map(|known| known.name.clone()).collect();
        let known = Columns::new(known);
        let columns: Vec<Column> = fields
            .iter()
            .zip(names)
            .map(|(field, name)| Column {
                // To say another comment the view has to be replaced, with its rows. So only `comment` is one, and no `///`.
                comment: field.attrs.comment.get().map(LitStr::value).unwrap_or_default(),
                ..column::column(diag, field, name, &known)
            })
            .collect();
        let of_view = columns.iter().map(ViewColumn::from).collect();
        let view = View::with_columns(diag, item, "materialized view", of_view, |attrs| {
            (attrs.named, attrs.security, attrs.query)
        });
        if let (Some(span), false) = (partial.span(), matches!(to, Some(To::Type(_)))) {
            diag.error(
                span,
                "`partial` is about a target that is a struct: `to = SomeTable`; the columns of others are not known here",
            );
        }
        let is_partial = partial.get().is_some_and(|flag| *flag);
        let target = if has_inner(diag, has_to, &storage, &members, holder) {
            let inner_storage = Storage::new(diag, &storage, &known, holder);
            for (field, column) in fields.iter().zip(&columns) {
                column.check_ttl(diag, field, &storage, &inner_storage);
            }
            Some(Target::Inner(Box::new(InnerTable {
                columns,
                storage: inner_storage,
                indexes: member::indexes(diag, &known, &storage, &members.indexes),
                projections: member::projections(diag, &known, &storage, &members.projections),
                constraints: member::constraints(diag, &known, &members.constraints),
                demands: known.into_demands(),
            })))
        } else {
            to.map(|to| match to {
                To::Type(ty) => Target::Type { ty, is_partial },
                To::Name { database, name } => Target::Name { database, name },
            })
        };
        Self {
            view,
            refresh,
            starts_empty,
            target,
        }
    }
}

/// Has the view an inner table? Reports where it has two targets, or none.
fn has_inner(diag: &Diag, has_to: bool, storage: &storage::Storage, members: &Members, holder: Span) -> bool {
    let first = storage.first_given().or_else(|| members.first());
    match (has_to, first) {
        (true, Some((key, span))) => {
            diag.error(
                span,
                format!("`{key}` belongs to the target table, which has its own; take away `{key}` or `to`"),
            );
        }
        (false, None) => {
            diag.error(
                holder,
                "a materialized view needs a target: `to = SomeTable`, `to = \"db.table\"`, or an `engine` for an inner table",
            );
        }
        (true, None) | (false, Some(_)) => {}
    }
    !has_to && first.is_some()
}

/// An inner table is made as it is and never altered, and its columns are those of the query.
fn refuse_what_is_no_column(diag: &Diag, field: &Field<attr::column::Column>) {
    let attrs = &field.attrs;
    for (key, span) in [("flatten", attrs.flatten.span()), ("nested", attrs.nested.span())] {
        if let Some(span) = span {
            diag.error(
                span,
                format!("a materialized view has each of its columns as a field; `{key}` is for tables"),
            );
        }
    }
    if let Some(span) = attrs.renamed_from.span() {
        diag.error(
            span,
            "no ALTER renames a column of a materialized view; take `renamed_from` away, and give the view a table of its own with \
             `to` if its columns are to change",
        );
    }
}

/// What stands behind the type of a column is for the table that keeps the rows.
fn refuse_clauses(diag: &Diag, field: &Field<attr::column::Column>) {
    let attrs = &field.attrs;
    let clauses = [
        (attrs.default.span(), "default"),
        (attrs.codec.span(), "codec"),
        (attrs.statistics.span(), "statistics"),
        (attrs.ttl.span(), "ttl"),
        (attrs.settings.span(), "settings"),
        (attrs.comment.span(), "comment"),
    ];
    for (span, key) in clauses {
        if let Some(span) = span {
            // One key stands for four defaults.
            let key = attrs
                .default
                .get()
                .filter(|_| key == "default")
                .map_or(key, |default| &default.key);
            diag.error(
                span,
                format!("the rows are those of the target table; say the `{key}` of the column there"),
            );
        }
    }
}
