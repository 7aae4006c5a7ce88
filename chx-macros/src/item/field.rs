//! The fields of an annotated struct.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Type, Visibility};

use crate::attr::{entry, serde};
use crate::diag::Diag;

/// One field.
pub(crate) struct Field<C> {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its visibility.
    pub(crate) vis: Visibility,
    /// Its type.
    pub(crate) ty: Type,
    /// Its doc comment as text.
    pub(crate) docs: String,
    /// What `#[ch(...)]` says.
    pub(crate) attrs: C,
    /// What `#[serde(...)]` says.
    pub(crate) serde: serde::Field,
    /// The attributes that a row companion repeats: documentation and serde's.
    pub(crate) companion_attrs: Vec<Attribute>,
}

impl<C> Field<C> {
    /// The name without its raw prefix.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

/// The fields of the struct; reports what is no struct with named fields.
pub(crate) fn fields<C>(
    diag: &Diag,
    derive: &str,
    input: &DeriveInput,
    attrs_of_field: fn(&Diag, &[Attribute]) -> C,
) -> Vec<Field<C>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            // Only the query of a view and the engine of a table tell whether they may go without; their checks ask.
            Fields::Named(fields) if fields.named.is_empty() && !matches!(derive, "ChView" | "ChTable") => {
                diag.error(
                    input.ident.span(),
                    format!("`{derive}` needs at least one field: each is a column"),
                );
                return Vec::new();
            }
            Fields::Named(named) => named,
            Fields::Unnamed(fields) => {
                diag.error(
                    fields.span(),
                    format!("`{derive}` needs named fields: each field is a column"),
                );
                return Vec::new();
            }
            Fields::Unit => {
                diag.error(
                    input.ident.span(),
                    format!("`{derive}` needs a struct with fields: each is a column"),
                );
                return Vec::new();
            }
        },
        Data::Enum(data) => {
            diag.error(
                data.enum_token.span,
                format!("`{derive}` needs a struct with named fields, not an enum"),
            );
            return Vec::new();
        }
        Data::Union(data) => {
            diag.error(
                data.union_token.span,
                format!("`{derive}` needs a struct with named fields, not a union"),
            );
            return Vec::new();
        }
    };
    named
        .named
        .iter()
        .filter_map(|field| one(diag, field, attrs_of_field))
        .collect()
}

fn one<C>(diag: &Diag, field: &syn::Field, attrs_of_field: fn(&Diag, &[Attribute]) -> C) -> Option<Field<C>> {
    let repeated = ["doc", "serde"];
    Some(Field {
        ident: field.ident.clone()?,
        vis: field.vis.clone(),
        ty: field.ty.clone(),
        docs: entry::docs(&field.attrs),
        attrs: attrs_of_field(diag, &field.attrs),
        serde: serde::Field::read(&field.attrs),
        companion_attrs: field
            .attrs
            .iter()
            .filter(|attr| repeated.iter().any(|name| attr.path().is_ident(name)))
            .cloned()
            .collect(),
    })
}
