//! What `ChView` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::fit::TypedField;
use super::row::RowField;
use super::{
    Door, Mode, declaration, demand, fit, has_type_parameters, option, relation, row, static_arguments, used,
};
use crate::attr::serde;
use crate::check::{Demand, View, ViewColumn};

/// The impls, the registry entry and the checks.
pub(crate) fn view(view: &View, mode: Mode) -> TokenStream {
    let query = &view.query;
    let security = option(view.security.as_ref());
    written(view, &[], &quote!(ChView), mode, |door, heading, columns| {
        quote! {
            #door::Declaration::View(&#door::ViewDeclaration { heading: #heading, columns: #columns, security: #security, query: #query })
        }
    })
}

/// What is written for a view of either kind; `demands` are those of its inner
/// table, `declaration` puts it together from the heading and the columns.
pub(super) fn written(
    view: &View,
    demands: &[Demand],
    of_trait: &TokenStream,
    mode: Mode,
    declaration: impl FnOnce(&Door, TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    if has_type_parameters(&view.generics) {
        return TokenStream::new();
    }
    let door = Door::new(view.heading.krate.as_ref());
    let ident = &view.heading.item;
    let (impl_generics, arguments, _) = view.generics.split_for_impl();
    let static_arguments = static_arguments(&view.generics);

    let declared = view.columns.iter().filter(|_| mode == Mode::Full);
    let declared = declared.map(|column| declaration::view_column(&door, column));
    let heading = declaration::heading(&door, &view.heading);
    let declaration = declaration(&door, heading, quote!(&[#(#declared),*]));

    let names = view.columns.iter().map(|column| column.name.as_str());
    let readable = view
        .columns
        .iter()
        .filter(|column| column.in_row)
        .map(|column| column.name.as_str());
    let relation = relation::consts(&view.heading, names, readable);
    let registration = (mode == Mode::Full).then(|| {
        let ty = quote!(#ident #static_arguments);
        let checks = checks(&door, &view.serde, &view.columns, demands, &ty);
        quote! {
            #door::inventory::submit! { #door::Registered(<#ty as #door::ChRelation>::DECLARATION) }
            #checks
        }
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #door::ChRelation for #ident #arguments {
                type Select = Self;
                #relation
                const DECLARATION: #door::Declaration = #declaration;
            }
            #[automatically_derived]
            impl #impl_generics #door::#of_trait for #ident #arguments {}
            #registration
        };
    }
}

fn checks(
    door: &Door,
    serde: &serde::Container,
    columns: &[ViewColumn],
    demands: &[Demand],
    ty: &TokenStream,
) -> TokenStream {
    let typed = columns.iter().map(|column| {
        let typed = TypedField {
            field: &column.field,
            ty: &column.ty,
            data_type: &column.data_type,
            has_with: column.serde.with.is_some(),
        };
        (column.name.as_str(), typed)
    });
    let typed: Vec<(&str, TypedField<'_>)> = typed.collect();
    let rows: Vec<RowField<'_>> = columns
        .iter()
        .map(|column| RowField {
            field: &column.field,
            column: Some(&column.name),
            may_differ: row::may_differ(serde, &column.serde, &column.field, &column.name),
            in_row: column.in_row,
        })
        .collect();
    let used = used(ty, columns.iter().map(|column| &column.field));
    let rows = row::checks(door, ty, &rows);
    let types = fit::checks(door, typed.iter().map(|(_, field)| field));
    let demands = demand::checks(door, demands, &typed, None);
    quote!(#used #rows #types #demands)
}
