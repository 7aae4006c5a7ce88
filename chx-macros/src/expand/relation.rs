//! What tables, views and materialized views have in common: a name to select from, and columns.

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::Heading;

/// The constants of `ChRelation`. `readable` are the columns that a row has and a SELECT can name.
pub(super) fn consts<'a>(
    heading: &Heading,
    columns: impl Iterator<Item = &'a str>,
    readable: impl Iterator<Item = &'a str>,
) -> TokenStream {
    let table = heading.sql();
    let listed: Vec<String> = readable.map(crate::check::quoted).collect();
    let listed = if listed.is_empty() {
        "*".to_owned()
    } else {
        listed.join(", ")
    };
    // A question mark in a name would be taken for a parameter by `Client::query`.
    let select = format!("SELECT {listed} FROM {table}").replace('?', "??");
    quote! {
        const TABLE: &'static str = #table;
        const COLUMNS: &'static [&'static str] = &[#(#columns),*];
        const SELECT: &'static str = #select;
    }
}

/// The same for a table with groups, whose columns are put together by the compiler.
pub(super) fn joined(heading: &Heading) -> TokenStream {
    let table = heading.sql();
    quote! {
        const TABLE: &'static str = #table;
        const COLUMNS: &'static [&'static str] = COLUMN_NAMES;
        const SELECT: &'static str = SELECT;
    }
}
