//! What `ChView` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::fit::TypedField;
use super::row::RowField;
use super::{Door, Mode, declaration, fit, has_type_parameters, relation, row, static_arguments, used};
use crate::check::{Heading, View, ViewColumn};

/// The impls, the registry entry and the checks.
pub(crate) fn view(view: &View, mode: Mode) -> TokenStream {
    if has_type_parameters(&view.generics) {
        return TokenStream::new();
    }
    let door = Door::new(view.heading.krate.as_ref());
    let heading = declaration::heading(&door, &view.heading);
    let columns = columns(&door, &view.columns, mode);
    let query = &view.query;
    let declaration = quote! {
        #door::Declaration::View(&#door::ViewDeclaration { heading: #heading, columns: #columns, query: #query })
    };
    let of_trait = quote!(ChView);
    written(
        &door,
        &view.heading,
        &view.generics,
        &view.columns,
        &declaration,
        &of_trait,
        mode,
    )
}

/// The declared columns.
pub(super) fn columns(door: &Door, columns: &[ViewColumn], mode: Mode) -> TokenStream {
    let columns = columns
        .iter()
        .filter(|_| mode == Mode::Full)
        .map(|column| declaration::view_column(door, column));
    quote!(&[#(#columns),*])
}

/// The impls of a view of any kind.
pub(super) fn written(
    door: &Door,
    heading: &Heading,
    generics: &syn::Generics,
    columns: &[ViewColumn],
    declaration: &TokenStream,
    of_trait: &TokenStream,
    mode: Mode,
) -> TokenStream {
    let ident = &heading.item;
    let (impl_generics, arguments, _) = generics.split_for_impl();
    let static_arguments = static_arguments(generics);
    let names = || columns.iter().map(|column| column.name.as_str());
    let readable = columns
        .iter()
        .filter(|column| column.in_row)
        .map(|column| column.name.as_str());
    let relation = relation::consts(door, heading, names(), readable);
    let registration = (mode == Mode::Full).then(|| {
        let ty = quote!(#ident #static_arguments);
        let checks = checks(door, columns, &ty);
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

fn checks(door: &Door, columns: &[ViewColumn], ty: &TokenStream) -> TokenStream {
    let typed: Vec<TypedField<'_>> = columns
        .iter()
        .map(|column| TypedField {
            field: &column.field,
            ty: &column.ty,
            data_type: &column.data_type,
            has_with: column.serde.with.is_some(),
        })
        .collect();
    let rows: Vec<RowField<'_>> = columns
        .iter()
        .map(|column| RowField {
            field: &column.field,
            column: Some(&column.name),
            may_differ: true,
            in_row: column.in_row,
        })
        .collect();
    let used = used(ty, columns.iter().map(|column| &column.field));
    let rows = row::checks(door, ty, &rows);
    let types = fit::checks(door, &typed);
    quote!(#used #rows #types)
}
