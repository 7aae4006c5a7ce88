//! The derives of chx: `ChDatabase`, `ChFunction`, `ChNamedCollection`, `ChResource`, `ChWorkload`, `ChRole`, `ChUser`,
//! `ChRowPolicy`, `ChQuota`, `ChSettingsProfile`, `ChTable`, `ChView`, `ChMaterializedView`, `ChDictionary` and `ChRaw` declare,
//! `ChType`, `ChEnum`, `ChTuple` and `ChVariant` make column types.
//!
//! They are documented where users meet them, in the crate `chx`. Four phases, each in a module of its own: `attr`
//! reads `#[ch(...)]`, `item` the struct, `check` asks what fits together, `expand` writes. Mistakes are collected
//! through all of them and shown at once; the struct itself is never touched.

#![expect(
    missing_docs,
    reason = "the derives are documented in the facade, where their examples run"
)]

mod attr;
mod check;
mod diag;
mod expand;
mod item;
mod migrations;
mod test_attribute;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, ItemFn, parse_macro_input};

use attr::of_server::Kind;
use chx_core::model::access::AccessKind;
use diag::Diag;
use expand::Mode;

#[proc_macro_derive(ChDatabase, attributes(ch))]
pub fn ch_database(input: TokenStream) -> TokenStream {
    database(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChFunction, attributes(ch))]
pub fn ch_function(input: TokenStream) -> TokenStream {
    function(&parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChRaw, attributes(ch))]
pub fn ch_raw(input: TokenStream) -> TokenStream {
    raw(&parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChNamedCollection, attributes(ch))]
pub fn ch_named_collection(input: TokenStream) -> TokenStream {
    of_server(Kind::NamedCollection, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChResource, attributes(ch))]
pub fn ch_resource(input: TokenStream) -> TokenStream {
    of_server(Kind::Resource, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChWorkload, attributes(ch))]
pub fn ch_workload(input: TokenStream) -> TokenStream {
    of_server(Kind::Workload, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChRole, attributes(ch))]
pub fn ch_role(input: TokenStream) -> TokenStream {
    access(AccessKind::Role, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChUser, attributes(ch))]
pub fn ch_user(input: TokenStream) -> TokenStream {
    access(AccessKind::User, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChRowPolicy, attributes(ch))]
pub fn ch_row_policy(input: TokenStream) -> TokenStream {
    access(AccessKind::RowPolicy, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChQuota, attributes(ch))]
pub fn ch_quota(input: TokenStream) -> TokenStream {
    access(AccessKind::Quota, &parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChSettingsProfile, attributes(ch))]
pub fn ch_settings_profile(input: TokenStream) -> TokenStream {
    access(
        AccessKind::SettingsProfile,
        &parse_macro_input!(input as DeriveInput),
    )
    .into()
}

#[proc_macro_derive(ChSettings, attributes(ch))]
pub fn ch_settings(input: TokenStream) -> TokenStream {
    shared_settings(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChTable, attributes(ch))]
pub fn ch_table(input: TokenStream) -> TokenStream {
    table(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChView, attributes(ch))]
pub fn ch_view(input: TokenStream) -> TokenStream {
    view(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChMaterializedView, attributes(ch))]
pub fn ch_materialized_view(input: TokenStream) -> TokenStream {
    materialized_view(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChDictionary, attributes(ch))]
pub fn ch_dictionary(input: TokenStream) -> TokenStream {
    dictionary(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChEnum, attributes(ch))]
pub fn ch_enum(input: TokenStream) -> TokenStream {
    enumeration(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChColumns, attributes(ch))]
pub fn ch_columns(input: TokenStream) -> TokenStream {
    group(parse_macro_input!(input as DeriveInput), "ChColumns", false).into()
}

#[proc_macro_derive(ChNested, attributes(ch))]
pub fn ch_nested(input: TokenStream) -> TokenStream {
    group(parse_macro_input!(input as DeriveInput), "ChNested", true).into()
}

#[proc_macro_derive(ChRow, attributes(ch))]
pub fn ch_row(input: TokenStream) -> TokenStream {
    row(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChTuple, attributes(ch))]
pub fn ch_tuple(input: TokenStream) -> TokenStream {
    tuple(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChVariant, attributes(ch))]
pub fn ch_variant(input: TokenStream) -> TokenStream {
    variant(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro_derive(ChType, attributes(ch))]
pub fn ch_type(input: TokenStream) -> TokenStream {
    newtype(parse_macro_input!(input as DeriveInput)).into()
}

#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    let diag = Diag::default();
    let tokens = migrations::expand(&diag, parse_macro_input!(input as migrations::Input));
    diag.into_error(proc_macro2::Span::call_site())
        .map_or(tokens, syn::Error::into_compile_error)
        .into()
}

#[proc_macro_attribute]
pub fn test(tokens: TokenStream, item: TokenStream) -> TokenStream {
    test_attribute::expand(tokens.into(), &parse_macro_input!(item as ItemFn)).into()
}

fn database(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Database::new(diag, input),
        expand::database,
    )
}

fn function(input: &DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Function::new(diag, input),
        expand::function,
    )
}

fn raw(input: &DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Raw::new(diag, input),
        expand::raw,
    )
}

fn of_server(kind: Kind, input: &DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::OfServer::new(diag, kind, input),
        expand::of_server,
    )
}

fn access(kind: AccessKind, input: &DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Access::new(diag, kind, input),
        expand::access,
    )
}

fn shared_settings(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::SharedSettings::new(diag, input),
        expand::shared_settings,
    )
}

fn table(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| {
            let item = item::Item::read(
                diag,
                "ChTable",
                input,
                attr::table::Table::read,
                attr::column::Column::read,
            );
            check::Table::new(diag, item)
        },
        expand::table,
    )
}

fn view(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| {
            let item = item::Item::read(
                diag,
                "ChView",
                input,
                attr::view::View::read,
                attr::view::ViewColumn::read,
            );
            check::View::new(diag, item)
        },
        expand::view,
    )
}

fn materialized_view(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| {
            let item = item::Item::read(
                diag,
                "ChMaterializedView",
                input,
                attr::materialized_view::MaterializedView::read,
                attr::column::Column::read,
            );
            check::MaterializedView::new(diag, item)
        },
        expand::materialized_view,
    )
}

fn dictionary(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| {
            let item = item::Item::read(
                diag,
                "ChDictionary",
                input,
                attr::dictionary::Dictionary::read,
                attr::dictionary::DictionaryAttribute::read,
            );
            check::Dictionary::new(diag, item)
        },
        expand::dictionary,
    )
}

fn enumeration(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Enumeration::new(diag, input),
        expand::enumeration,
    )
}

fn group(input: DeriveInput, name: &str, is_nested: bool) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Declared::new(diag, input, name, is_nested),
        expand::declared,
    )
}

fn row(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Row::new(diag, input),
        expand::row,
    )
}

fn tuple(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::tuple(diag, input),
        expand::tuple,
    )
}

fn variant(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::variant(diag, input),
        expand::variant,
    )
}

fn newtype(input: DeriveInput) -> proc_macro2::TokenStream {
    derive(
        input.ident.span(),
        |diag| check::Newtype::new(diag, input),
        expand::newtype,
    )
}

/// Reads and writes what has this name; with mistakes, writes them and what keeps other code quiet.
fn derive<T>(
    holder: proc_macro2::Span,
    read: impl FnOnce(&Diag) -> T,
    write: impl FnOnce(&T, Mode) -> proc_macro2::TokenStream,
) -> proc_macro2::TokenStream {
    let diag = Diag::default();
    let checked = read(&diag);
    match diag.into_error(holder) {
        None => write(&checked, Mode::Full),
        Some(error) => {
            let mut tokens = error.into_compile_error();
            tokens.extend(write(&checked, Mode::Dummy));
            tokens
        }
    }
}
