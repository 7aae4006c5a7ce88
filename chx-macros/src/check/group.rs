//! Fields that are several columns, and the structs that those are declared in.

use chx_core::model::DefaultKind;
use syn::{Attribute, DeriveInput, Generics, Ident, Path, Type, Visibility};

use super::{Column, Columns, Demand, column};
use crate::attr::{self, composite, slot::Slot};
use crate::diag::Diag;
use crate::item::{self, Field};

/// A field of a table that is several columns.
pub(crate) struct Group {
    /// The field.
    pub(crate) field: Ident,
    /// Its visibility.
    pub(crate) vis: Visibility,
    /// The struct of the columns.
    pub(crate) ty: Type,
    /// Its documentation and what serde is told.
    pub(crate) companion_attrs: Vec<Attribute>,
    /// Are they the lists of a Nested?
    pub(crate) is_nested: bool,
    /// How many columns of the table's own stand before it.
    pub(crate) at: usize,
}

impl Group {
    /// What stands before the names of its columns.
    pub(crate) fn prefix(&self) -> String {
        if self.is_nested {
            format!("{}.", syn::ext::IdentExt::unraw(&self.field))
        } else {
            String::new()
        }
    }
}

/// A struct of columns, ready to be written down.
pub(crate) struct Declared {
    /// The struct.
    pub(crate) ident: Ident,
    /// Its lifetimes.
    pub(crate) generics: Generics,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// What is demanded of their types.
    pub(crate) demands: Vec<Demand>,
    /// Is it a Nested?
    pub(crate) is_nested: bool,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

impl Declared {
    /// Checks a struct with `ChColumns` or `ChNested`.
    pub(crate) fn new(diag: &Diag, input: DeriveInput, derive: &str, is_nested: bool) -> Self {
        let krate = composite::krate(diag, &input.attrs);
        let item = item::Item::read(diag, derive, input, |_, _| (), attr::column::Column::read);
        let fields: Vec<Field<attr::column::Column>> = item
            .fields
            .into_iter()
            .filter(|field| is_plain(diag, field, is_nested))
            .collect();
        let known = column::known(diag, &fields, |attrs| {
            (&attrs.name, attrs.default.get().map(|default| default.kind))
        });
        let names: Vec<String> = known.iter().map(|known| known.name.clone()).collect();
        // A default may name columns of the table that the group becomes a part of.
        let known = Columns::new(known).open(true);
        let columns = fields
            .iter()
            .zip(names)
            .map(|(field, name)| column::column(diag, field, name, &known))
            .collect();
        Self {
            ident: item.ident,
            generics: item.generics,
            columns,
            demands: known.into_demands(),
            is_nested,
            krate,
        }
    }
}

/// Reports what a column of a group cannot have.
fn is_plain(diag: &Diag, field: &Field<attr::column::Column>, is_nested: bool) -> bool {
    let attrs = &field.attrs;
    let computed = attrs
        .default
        .get()
        .filter(|default| default.kind != DefaultKind::Default);
    let former = |slot: &Slot<syn::LitStr>| slot.span().filter(|_| is_nested);
    let refused = [
        (attrs.flatten.span(), "groups stand in tables, not in one another"),
        (attrs.nested.span(), "groups stand in tables, not in one another"),
        (
            attrs.skip.span(),
            "each field of a group is a column; take the field away",
        ),
        (
            computed.and(attrs.default.span()),
            "the columns of a group are inserted and selected; put computed ones into the table",
        ),
        (
            former(&attrs.renamed_from),
            "the lists of a Nested are renamed by hand, all of them at once",
        ),
    ];
    let mut is_plain = true;
    for (span, reason) in refused {
        if let Some(span) = span {
            diag.error(span, reason);
            is_plain = false;
        }
    }
    is_plain
}
