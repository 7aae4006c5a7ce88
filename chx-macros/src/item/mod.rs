//! The annotated struct: its attributes read, nothing checked across them yet.

mod field;

pub(crate) use field::{Field, fields};

use proc_macro2::Span;
use syn::{Attribute, Data, DeriveInput, Fields, GenericParam, Ident, Visibility};

use crate::attr::{self, entry, serde};
use crate::diag::Diag;

/// What every annotated struct has.
pub(crate) struct Item<A, C> {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its visibility.
    pub(crate) vis: Visibility,
    /// Its lifetime parameters; it has no others.
    pub(crate) generics: syn::Generics,
    /// Its doc comment as text.
    pub(crate) docs: String,
    /// What `#[ch(...)]` says.
    pub(crate) attrs: A,
    /// What `#[serde(...)]` says.
    pub(crate) serde: serde::Container,
    /// Its fields.
    pub(crate) fields: Vec<Field<C>>,
    /// Could it have fields, and has none?
    pub(crate) is_empty: bool,
}

impl<A, C> Item<A, C> {
    /// Reads a struct. `derive` is the derive's name; the two functions read the attributes.
    pub(crate) fn read(
        diag: &Diag,
        derive: &str,
        input: DeriveInput,
        attrs_of_struct: fn(&Diag, &[Attribute]) -> A,
        attrs_of_field: fn(&Diag, &[Attribute]) -> C,
    ) -> Self {
        refuse_generics(diag, derive, &input.generics);
        let attrs = attrs_of_struct(diag, &input.attrs);
        let fields = fields(diag, derive, &input, attrs_of_field);
        let is_empty = matches!(&input.data, Data::Struct(data) if matches!(&data.fields, Fields::Named(named) if named.named.is_empty()));
        Self {
            docs: entry::docs(&input.attrs),
            serde: serde::Container::read(&input.attrs),
            attrs,
            fields,
            is_empty,
            ident: input.ident,
            vis: input.vis,
            generics: input.generics,
        }
    }
}

/// A schema is one thing; a struct with type parameters is many.
fn refuse_generics(diag: &Diag, derive: &str, generics: &syn::Generics) {
    for param in &generics.params {
        let (name, span) = match param {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(param) => (&param.ident, param.ident.span()),
            GenericParam::Const(param) => (&param.ident, param.ident.span()),
        };
        diag.error(
            span,
            format!(
                "`{derive}` needs a struct without type parameters, because a table has one schema; \
                 put the concrete type in place of `{name}`"
            ),
        );
    }
}

/// The line of a place, where the compiler tells; 0 in unit tests.
pub(crate) fn line(span: Span) -> u32 {
    if proc_macro::is_available() {
        u32::try_from(span.unwrap().line()).unwrap_or(0)
    } else {
        0
    }
}

/// What a table is read into.
pub(crate) type TableItem = Item<attr::table::Table, attr::column::Column>;
/// What a view is read into.
pub(crate) type ViewItem = Item<attr::view::View, attr::view::ViewColumn>;
/// What a materialized view is read into.
pub(crate) type MaterializedViewItem = Item<attr::materialized_view::MaterializedView, attr::column::Column>;
/// What a dictionary is read into.
pub(crate) type DictionaryItem = Item<attr::dictionary::Dictionary, attr::dictionary::DictionaryAttribute>;
