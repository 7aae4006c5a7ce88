//! The check that the struct's `Row` names the columns that the table has.
//!
//! The `Row` derive of the `clickhouse` crate takes its names from serde's attributes; a derive cannot see whether
//! another derive is there, so the check asks the compiler: it holds where there is no `Row`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use super::Door;
use crate::attr::serde;

/// A field as far as its name in a row matters.
pub(super) struct RowField<'a> {
    /// The field.
    pub(super) field: &'a Ident,
    /// The column that it stands for; `None` for a field with `skip`.
    pub(super) column: Option<&'a str>,
    /// Can the name in the row be another? Only then the field gets an error of its own.
    pub(super) may_differ: bool,
    /// Does the row carry the field?
    pub(super) in_row: bool,
}

/// Can serde call a field anything but the column's name?
pub(super) fn may_differ(
    container: &serde::Container,
    field: &serde::Field,
    ident: &Ident,
    column: &str,
) -> bool {
    container.rename_all || field.rename.is_some() || ident.unraw() != column
}

/// `const ROW_NAMES`, and the checks that use it: one for all fields whose names cannot differ, one for each other.
pub(super) fn checks(door: &Door, ty: &TokenStream, fields: &[RowField<'_>]) -> TokenStream {
    let in_row: Vec<&RowField<'_>> = fields.iter().filter(|field| field.in_row).collect();
    let count = in_row.len();
    let each = in_row.iter().enumerate().filter_map(|(index, field)| {
        let span: Span = field.field.span();
        let name = field.field.unraw().to_string();
        let door = door.at(span);
        match field.column {
            Some(column) if field.may_differ => Some(quote_spanned! {span=>
                const _: () = #door::row::check_name(ROW_NAMES, #count, #index, #column, #name);
            }),
            Some(_) => None,
            None => Some(quote_spanned! {span=>
                const _: () = #door::row::refuse_skipped(ROW_NAMES, #name);
            }),
        }
    });
    let absent = fields.iter().filter(|field| !field.in_row).map(|field| {
        let span: Span = field.field.span();
        let name = field.field.unraw().to_string();
        let column = field.column.unwrap_or(&name);
        let door = door.at(span);
        quote_spanned! {span=>
            const _: () = #door::row::check_absent(ROW_NAMES, #column, #name);
        }
    });
    let same: Vec<&str> = in_row
        .iter()
        .map(|field| field.column.filter(|_| !field.may_differ).unwrap_or_default())
        .collect();
    let all = same
        .iter()
        .any(|name| !name.is_empty())
        .then(|| quote!(const _: () = #door::row::check_names(ROW_NAMES, &[#(#same),*]);));
    let names = names(door, ty);
    quote! {
        #names
        #(#each)*
        #(#absent)*
        #all
    }
}

/// `const ROW_NAMES`: what the struct's `Row` says, where it has one.
pub(super) fn names(door: &Door, ty: &TokenStream) -> TokenStream {
    quote! {
        use #door::row::NotARow as _;
        const ROW_NAMES: ::core::option::Option<&'static [&'static str]> = #door::row::Probe::<#ty>::COLUMN_NAMES;
    }
}
