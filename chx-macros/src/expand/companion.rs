//! Row companions: what may be inserted into a table and what a SELECT gives, where that is not the struct itself.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Ident, Type};

use super::{Door, Mode, group};
use crate::attr::companion::Companion;
use crate::check::{Column, Table};

/// What a row is for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Insert,
    Select,
}

/// The type of rows for a use, and the companion that is that type where the struct is not.
pub(super) struct Rows {
    /// The type, for the table's impl.
    pub(super) ty: TokenStream,
    /// The companion.
    pub(super) item: TokenStream,
}

/// Rows for INSERT: without MATERIALIZED and ALIAS columns.
pub(super) fn insert(door: &Door, table: &Table, mode: Mode) -> Rows {
    rows(
        door,
        table,
        mode,
        Use::Insert,
        table.insert.as_ref(),
        &Column::is_insertable,
    )
}

/// Rows for SELECT: without EPHEMERAL columns.
pub(super) fn select(door: &Door, table: &Table, mode: Mode) -> Rows {
    rows(
        door,
        table,
        mode,
        Use::Select,
        table.select.as_ref(),
        &Column::is_readable,
    )
}

fn rows(
    door: &Door,
    table: &Table,
    mode: Mode,
    purpose: Use,
    wish: Option<&Companion>,
    keeps: &dyn Fn(&Column) -> bool,
) -> Rows {
    let (_, arguments, _) = table.generics.split_for_impl();
    let ident = &table.ident;
    if table.columns.iter().filter(|column| column.in_row).all(keeps) {
        return Rows {
            ty: quote!(#ident #arguments),
            item: TokenStream::new(),
        };
    }
    let (name, derives) = match wish {
        Some(Companion::Off) => {
            return Rows {
                ty: quote!(::core::convert::Infallible),
                item: TokenStream::new(),
            };
        }
        Some(Companion::On { name, derives }) => (name.clone(), derives.as_slice()),
        None => (None, &[][..]),
    };
    let name = name.unwrap_or_else(|| match purpose {
        Use::Insert => format_ident!("{ident}Insert"),
        Use::Select => format_ident!("{ident}Select"),
    });
    let kept: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.in_row && keeps(column))
        .collect();
    let left_out: Vec<String> = table
        .columns
        .iter()
        .filter(|column| column.in_row && !keeps(column))
        .map(|column| format!("`{}`", column.name))
        .collect();

    let groups = table.groups.iter().map(|group| &group.ty);
    let types: Vec<&Type> = kept.iter().map(|column| &column.ty).chain(groups).collect();
    let generics = used_lifetimes(&table.generics, &types);
    let (_, companion_arguments, _) = generics.split_for_impl();
    let vis = &table.vis;
    let docs = docs(table, purpose, &left_out);
    let fields = fields(table, &|column| column.in_row && keeps(column), mode);
    let serde_trait = match purpose {
        Use::Insert => quote!(Serialize),
        Use::Select => quote!(Deserialize),
    };
    let (serde, clickhouse) = (door.text("serde"), door.text("clickhouse"));
    // A struct with mistakes gets its companion without the derives: they would only repeat the mistakes.
    let derives = match mode {
        Mode::Full if table.groups.is_empty() => quote! {
            #[derive(#door::clickhouse::Row, #door::serde::#serde_trait #(, #derives)*)]
            #[clickhouse(crate = #clickhouse)]
            #[serde(crate = #serde)]
        },
        Mode::Full => {
            let krate = table
                .heading
                .krate
                .as_ref()
                .map(|path| quote!(#[ch(crate = #path)]));
            quote! {
                #[derive(#door::ChRow, #door::serde::#serde_trait #(, #derives)*)]
                #krate
                #[serde(crate = #serde)]
            }
        }
        Mode::Dummy => quote!(#[allow(dead_code)]),
    };
    let from = match (purpose, mode) {
        (Use::Insert, Mode::Full) => {
            let groups = table.groups.iter().map(|group| &group.field);
            let moved = kept.iter().map(|column| &column.field).chain(groups);
            let moved = moved.map(|field| quote!(#field: row.#field));
            let (impl_generics, _, _) = table.generics.split_for_impl();
            quote! {
                #[automatically_derived]
                impl #impl_generics ::core::convert::From<#ident #arguments> for #name #companion_arguments {
                    fn from(row: #ident #arguments) -> Self {
                        Self { #(#moved),* }
                    }
                }
            }
        }
        _ => TokenStream::new(),
    };
    // Nobody has to read the rows that could be read.
    let unread = (purpose == Use::Select && mode == Mode::Full).then(|| quote!(#[allow(dead_code)]));
    let item = quote! {
        #[doc = #docs]
        #unread
        #derives
        #vis struct #name #generics { #(#fields),* }
        #from
    };
    Rows {
        ty: quote!(#name #companion_arguments),
        item,
    }
}

/// The fields of a companion, in the order of the struct's own.
fn fields(table: &Table, keeps: &dyn Fn(&Column) -> bool, mode: Mode) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    let mut groups = table.groups.iter().peekable();
    for index in 0..=table.columns.len() {
        while let Some(group) = groups.next_if(|group| group.at == index) {
            fields.push(group::companion_field(group, mode));
        }
        if let Some(column) = table.columns.get(index).filter(|column| keeps(column)) {
            fields.push(field(column, mode));
        }
    }
    fields
}

/// A field of a companion: the struct's own, with the column's name where serde would not find it.
fn field(column: &Column, mode: Mode) -> TokenStream {
    let Column {
        field,
        vis,
        ty,
        companion_attrs,
        name,
        ..
    } = column;
    if mode == Mode::Dummy {
        return quote!(#vis #field: #ty);
    }
    let is_renamed = column.serde.rename.is_some() || field.unraw() == name;
    let rename = (!is_renamed).then(|| quote!(#[serde(rename = #name)]));
    quote!(#(#companion_attrs)* #rename #vis #field: #ty)
}

fn docs(table: &Table, purpose: Use, left_out: &[String]) -> String {
    let (item, name, left_out) = (&table.ident, table.heading.sql(), left_out.join(", "));
    match purpose {
        Use::Insert => format!(
            "A row for an INSERT into `{name}`: [`{item}`] without the columns that ClickHouse computes ({left_out})."
        ),
        Use::Select => format!(
            "A row that a SELECT from `{name}` gives: [`{item}`] without the columns that ClickHouse does not keep \
             ({left_out})."
        ),
    }
}

/// The lifetimes that the fields still use.
fn used_lifetimes(generics: &Generics, types: &[&Type]) -> Generics {
    let mut kept = generics.clone();
    kept.params = generics
        .params
        .iter()
        .filter(|param| match param {
            GenericParam::Lifetime(lifetime) => types
                .iter()
                .any(|ty| mentions(quote!(#ty), &lifetime.lifetime.ident)),
            GenericParam::Type(_) | GenericParam::Const(_) => true,
        })
        .cloned()
        .collect();
    kept
}

/// Does `'name` stand among the tokens?
fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    let mut after_tick = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) if mentions(group.stream(), name) => return true,
            TokenTree::Ident(ident) if after_tick && ident == name => return true,
            _ => {}
        }
        after_tick = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
    }
    false
}
