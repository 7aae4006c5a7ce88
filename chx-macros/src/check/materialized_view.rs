//! A materialized view as a whole.

use proc_macro2::Span;
use syn::Type;
use syn::ext::IdentExt;

use super::columns::Known;
use super::{Columns, Demand, Storage, View, ViewColumn};
use crate::attr::materialized_view::To;
use crate::attr::storage;
use crate::diag::Diag;
use crate::item::MaterializedViewItem;

/// A materialized view, ready to be written down.
pub(crate) struct MaterializedView {
    /// What it has in common with a view.
    pub(crate) view: View,
    /// `REFRESH`.
    pub(crate) refresh: Option<String>,
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
    /// An inner table, and what it demands of the types of the columns.
    Inner(Box<Storage>, Vec<Demand>),
}

impl MaterializedView {
    /// Checks a struct.
    pub(crate) fn new(diag: &Diag, mut item: MaterializedViewItem) -> Self {
        let holder = item.ident.span();
        let has_to = item.attrs.to.is_given();
        let to = item.attrs.to.take();
        let refresh = item.attrs.refresh.get().map(|sql| sql.text.clone());
        if let Some(span) = item.attrs.security.invoker() {
            diag.error(
                span,
                "nobody asks a materialized view, so it has no invoker; use `definer` or `none`",
            );
        }
        let partial = std::mem::take(&mut item.attrs.partial);
        let storage = std::mem::take(&mut item.attrs.storage);
        let view = View::of(diag, item, "materialized view", |attrs| {
            (attrs.named, attrs.security, attrs.query)
        });
        if let (Some(span), false) = (partial.span(), matches!(to, Some(To::Type(_)))) {
            diag.error(
                span,
                "`partial` is about a target that is a struct: `to = SomeTable`; the columns of others are not known here",
            );
        }
        let is_partial = partial.get().is_some_and(|flag| *flag);
        let target = target(diag, has_to, to, is_partial, &storage, &view.columns, holder);
        Self {
            view,
            refresh,
            target,
        }
    }
}

/// Either `to` or an engine of its own.
fn target(
    diag: &Diag,
    has_to: bool,
    to: Option<To>,
    is_partial: bool,
    storage: &storage::Storage,
    columns: &[ViewColumn],
    holder: Span,
) -> Option<Target> {
    match (has_to, storage.first_given()) {
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
    if has_to {
        return to.map(|to| match to {
            To::Type(ty) => Target::Type { ty, is_partial },
            To::Name { database, name } => Target::Name { database, name },
        });
    }
    storage.first_given()?;
    let known = columns.iter().map(|column| Known {
        field: column.field.unraw().to_string(),
        name: column.name.clone(),
        default: None,
    });
    let known = Columns::new(known.collect());
    let inner = Storage::new(diag, storage, &known, holder);
    Some(Target::Inner(Box::new(inner), known.into_demands()))
}
