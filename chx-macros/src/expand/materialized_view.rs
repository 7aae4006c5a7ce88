//! What `ChMaterializedView` writes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Door, Mode, declaration, option, view};
use crate::check::{MaterializedView, Target};

/// The impls, the registry entry and the checks.
pub(crate) fn materialized_view(declared: &MaterializedView, mode: Mode) -> TokenStream {
    let MaterializedView { view, target } = declared;
    let query = &view.query;
    let demands = match target {
        Some(Target::Inner(_, demands)) => demands.as_slice(),
        _ => &[],
    };
    view::written(
        view,
        demands,
        &quote!(ChMaterializedView),
        mode,
        |door, heading, columns| {
            let target = self::target(door, target.as_ref(), mode);
            quote! {
                #door::Declaration::MaterializedView(&#door::MaterializedViewDeclaration {
                    heading: #heading,
                    target: #target,
                    columns: #columns,
                    query: #query,
                })
            }
        },
    )
}

fn target(door: &Door, target: Option<&Target>, mode: Mode) -> TokenStream {
    match target {
        Some(Target::Type(ty)) if mode == Mode::Full => {
            let table = quote_spanned!(ty.span()=> <#ty as #door::ChTable>::TABLE_DECLARATION);
            quote!(#door::TargetDeclaration::Table(#table))
        }
        Some(Target::Name { database, name }) => {
            let database = option(database.as_ref());
            quote!(#door::TargetDeclaration::Name { database: #database, name: #name })
        }
        Some(Target::Inner(storage, _)) => {
            let storage = declaration::storage(door, storage);
            quote!(#door::TargetDeclaration::Inner(#storage))
        }
        Some(Target::Type(_)) | None => {
            let database = option(None::<&str>);
            quote!(#door::TargetDeclaration::Name { database: #database, name: "" })
        }
    }
}
