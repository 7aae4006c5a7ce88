//! The checks that Rust types and column types fit.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type};

use super::{Door, field_type, simple};
use crate::check::ColumnType;

/// A field as far as its type matters.
pub(super) struct TypedField<'a> {
    /// The field.
    pub(super) field: &'a Ident,
    /// Its type.
    pub(super) ty: &'a Type,
    /// The column's type.
    pub(super) data_type: &'a ColumnType,
    /// Is the field written by functions of its own (`#[serde(with = "...")]`)?
    pub(super) has_with: bool,
}

/// One constant for each field whose type could be wrong, so that each mistake is shown at its field.
pub(super) fn checks<'a, 'b: 'a>(
    door: &Door,
    fields: impl Iterator<Item = &'a TypedField<'b>>,
) -> TokenStream {
    let checks = fields.filter(|field| !is_simple(field)).map(|field| {
        let name = field.field.unraw().to_string();
        let span: Span = field.ty.span();
        let ty = field_type::with_static_lifetimes(field.ty);
        let column = field_type::tokens(door, field.data_type, &ty);
        let value = field_type::constant(door, &ty, &quote!(TYPE));
        let writer = field_type::constant(door, &ty, &quote!(WRITER));
        let has_with = field.has_with;
        let door = door.at(span);
        match field.data_type {
            ColumnType::Inferred | ColumnType::LowCardinality => quote_spanned! {span=>
                const _: () = #door::fit::check(#name, #column, #writer, #has_with, ROW_NAMES);
            },
            ColumnType::Explicit(_) => quote_spanned! {span=>
                const _: () = #door::fit::check_explicit(#name, #column, #value, #writer, #has_with, ROW_NAMES);
            },
            // Whether its own functions write what the column takes, only a row that is written can tell.
            ColumnType::Unchecked(_) => TokenStream::new(),
        }
    });
    quote!(#(#checks)*)
}

/// Can nothing be wrong with it? A check costs the compiler more than the rest of the column.
fn is_simple(field: &TypedField<'_>) -> bool {
    matches!(field.data_type, ColumnType::Inferred) && simple::is_simple(field.ty)
}
