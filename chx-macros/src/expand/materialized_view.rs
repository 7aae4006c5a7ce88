//! What `ChMaterializedView` writes.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::{
    Door, Mode, declaration, field_type, has_type_parameters, option, respanned, shared_settings, view,
};
use crate::check::{MaterializedView, Target, View};

/// The impls, the registry entry and the checks.
pub(crate) fn materialized_view(declared: &MaterializedView, mode: Mode) -> TokenStream {
    let MaterializedView {
        view,
        refresh,
        starts_empty,
        target,
    } = declared;
    let query = &view.query;
    let (refresh, security) = (option(refresh.as_ref()), option(view.security.as_ref()));
    let fit = match (target, mode) {
        (Some(Target::Type { ty, is_partial }), Mode::Full) => fits(view, ty, *is_partial),
        _ => TokenStream::new(),
    };
    let demands = match target {
        Some(Target::Inner(inner)) => inner.demands.as_slice(),
        _ => &[],
    };
    let written = view::written(
        view,
        demands,
        &quote!(ChMaterializedView),
        mode,
        |door, heading, columns| {
            let target = self::target(door, target.as_ref(), mode);
            quote! {
                #door::Declaration::MaterializedView(&#door::MaterializedViewDeclaration {
                    heading: #heading,
                    refresh: #refresh,
                    target: #target,
                    columns: #columns,
                    security: #security,
                    query: #query,
                    starts_empty: #starts_empty,
                })
            }
        },
    );
    let settings = match (target, mode) {
        (Some(Target::Inner(inner)), Mode::Full) if !inner.storage.shared_settings.is_empty() => {
            let door = Door::new(view.heading.krate.as_ref());
            let checks = shared_settings::checks(&door, &inner.storage);
            quote!(const _: () = { #checks };)
        }
        _ => TokenStream::new(),
    };
    quote!(#written #fit #settings)
}

/// The checks that the view gives its target what that has, each at its field.
fn fits(view: &View, target: &Type, is_partial: bool) -> TokenStream {
    if has_type_parameters(&view.generics) {
        return TokenStream::new();
    }
    let door = Door::new(view.heading.krate.as_ref());
    let item = view.heading.item.unraw().to_string();
    let table = quote_spanned!(target.span()=> <#target as #door::ChTable>::TABLE_DECLARATION);
    let columns = view.columns.iter().map(|column| {
        let (name, span): (_, Span) = (&column.name, column.field.span());
        let ty = field_type::with_static_lifetimes(&column.ty);
        let data_type = field_type::tokens(&door, &column.data_type, &ty);
        let call = respanned(quote!(check(TARGET, #item, #name, #data_type)), span);
        let door = door.at(span);
        quote_spanned!(span=> const _: () = #door::target::#call;)
    });
    let complete = (!is_partial).then(|| {
        let names = view.columns.iter().map(|column| &column.name);
        let call = respanned(
            quote!(check_complete(TARGET, #item, &[#(#names),*])),
            target.span(),
        );
        let door = door.at(target.span());
        quote_spanned!(target.span()=> const _: () = #door::target::#call;)
    });
    quote! {
        const _: () = {
            const TARGET: &#door::TableDeclaration = #table;
            #(#columns)*
            #complete
        };
    }
}

fn target(door: &Door, target: Option<&Target>, mode: Mode) -> TokenStream {
    match target {
        Some(Target::Type { ty, .. }) if mode == Mode::Full => {
            let table = quote_spanned!(ty.span()=> <#ty as #door::ChTable>::TABLE_DECLARATION);
            quote!(#door::TargetDeclaration::Table(#table))
        }
        Some(Target::Name { database, name }) => {
            let database = option(database.as_ref());
            quote!(#door::TargetDeclaration::Name { database: #database, name: #name })
        }
        Some(Target::Inner(inner)) => {
            let storage = declaration::storage(door, &inner.storage);
            let columns = inner.columns.iter().filter(|_| mode == Mode::Full);
            let columns = columns.map(|column| declaration::column(door, column));
            let indexes = inner.indexes.iter().map(|index| declaration::index(door, index));
            let projections = inner.projections.iter();
            let projections = projections.map(|projection| declaration::projection(door, projection));
            let constraints = inner.constraints.iter();
            let constraints = constraints.map(|constraint| declaration::constraint(door, constraint));
            quote! {
                #door::TargetDeclaration::Inner(&#door::InnerTableDeclaration {
                    columns: &[#(#columns),*],
                    indexes: &[#(#indexes),*],
                    projections: &[#(#projections),*],
                    constraints: &[#(#constraints),*],
                    storage: #storage,
                })
            }
        }
        Some(Target::Type { .. }) | None => {
            let database = option(None::<&str>);
            quote!(#door::TargetDeclaration::Name { database: #database, name: "" })
        }
    }
}
