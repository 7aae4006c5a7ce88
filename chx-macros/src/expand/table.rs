//! What `ChTable` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::fit::TypedField;
use super::row::RowField;
use super::{
    Door, Mode, companion, declaration, demand, fit, group, has_type_parameters, relation, row,
    shared_settings, static_arguments, used,
};
use crate::check::Table;

/// The impls, the registry entry, the row companions and the checks.
pub(crate) fn table(table: &Table, mode: Mode) -> TokenStream {
    if has_type_parameters(&table.generics) {
        return TokenStream::new();
    }
    let door = Door::new(table.heading.krate.as_ref());
    let ident = &table.ident;
    let (impl_generics, arguments, _) = table.generics.split_for_impl();
    let static_arguments = static_arguments(&table.generics);
    let insert = companion::insert(&door, table, mode);
    let select = companion::select(&door, table, mode);
    let (insert_ty, insert_item) = (&insert.ty, &insert.item);
    let (select_ty, select_item) = (&select.ty, &select.item);

    let readable = table
        .columns
        .iter()
        .filter(|column| column.in_row && column.is_readable());
    let has_groups = !table.groups.is_empty();
    let relation = if has_groups {
        relation::joined(&table.heading)
    } else {
        relation::consts(
            &table.heading,
            table.columns.iter().map(|column| column.name.as_str()),
            readable.map(|column| column.name.as_str()),
        )
    };
    let joined = has_groups.then(|| group::consts(&door, table, mode));
    let declaration = declaration(&door, table, mode);
    let impls = quote! {
        #[automatically_derived]
        impl #impl_generics #door::ChRelation for #ident #arguments {
            type Select = #select_ty;
            #relation
            const DECLARATION: #door::Declaration = #door::Declaration::Table(<Self as #door::ChTable>::TABLE_DECLARATION);
        }
        #[automatically_derived]
        impl #impl_generics #door::ChTable for #ident #arguments {
            type Insert = #insert_ty;
            const TABLE_DECLARATION: &'static #door::TableDeclaration = &#declaration;
        }
    };
    let registration = (mode == Mode::Full).then(|| {
        let ty = quote!(#ident #static_arguments);
        let checks = checks(&door, table, &ty);
        quote! {
            #door::inventory::submit! { #door::Registered(<#ty as #door::ChRelation>::DECLARATION) }
            #checks
        }
    });
    quote! {
        #insert_item
        #select_item
        const _: () = {
            #joined
            #impls
            #registration
        };
    }
}

fn declaration(door: &Door, table: &Table, mode: Mode) -> TokenStream {
    let heading = declaration::heading(door, &table.heading);
    let storage = declaration::storage(door, &table.storage);
    let columns = if table.groups.is_empty() {
        let columns = table.columns.iter().filter(|_| mode == Mode::Full);
        let columns = columns.map(|column| declaration::column(door, column));
        quote!(&[#(#columns),*])
    } else {
        quote!(COLUMNS)
    };
    let indexes = table.indexes.iter().map(|index| declaration::index(door, index));
    let projections = table
        .projections
        .iter()
        .map(|projection| declaration::projection(door, projection));
    let constraints = table
        .constraints
        .iter()
        .map(|constraint| declaration::constraint(door, constraint));
    quote! {
        #door::TableDeclaration {
            heading: #heading,
            columns: #columns,
            storage: #storage,
            indexes: &[#(#indexes),*],
            projections: &[#(#projections),*],
            constraints: &[#(#constraints),*],
        }
    }
}

fn checks(door: &Door, table: &Table, ty: &TokenStream) -> TokenStream {
    let typed: Vec<(&str, TypedField<'_>)> = table.columns.iter().map(group::typed).collect();

    let named = table.columns.iter().map(|column| RowField {
        field: &column.field,
        column: Some(&column.name),
        may_differ: row::may_differ(&table.serde, &column.serde, &column.field, &column.name),
        in_row: column.in_row,
    });
    let skipped = table.skipped.iter().map(|field| RowField {
        field,
        column: None,
        may_differ: false,
        in_row: true,
    });
    let rows: Vec<RowField<'_>> = named.chain(skipped).collect();
    let groups = table.groups.iter().map(|group| &group.field);
    let used = used(ty, rows.iter().map(|row| row.field).chain(groups));
    let rows = if table.groups.is_empty() {
        row::checks(door, ty, &rows)
    } else {
        let names = row::names(door, ty);
        let checks = group::checks(door, table);
        quote!(#names #checks)
    };
    let all = (!table.groups.is_empty()).then(|| quote!(COLUMNS));
    let types = fit::checks(door, typed.iter().map(|(_, field)| field));
    let demands = demand::checks(door, &table.demands, &typed, all.as_ref());
    let settings = shared_settings::checks(door, &table.storage);
    quote!(#used #rows #types #demands #settings)
}
