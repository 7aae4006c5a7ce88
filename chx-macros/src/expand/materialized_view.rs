//! What `ChMaterializedView` writes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Door, Mode, declaration, has_type_parameters, option, view};
use crate::check::{MaterializedView, Target};

/// The impls, the registry entry and the checks.
pub(crate) fn materialized_view(view: &MaterializedView, mode: Mode) -> TokenStream {
    if has_type_parameters(&view.generics) {
        return TokenStream::new();
    }
    let door = Door::new(view.heading.krate.as_ref());
    let heading = declaration::heading(&door, &view.heading);
    let columns = view::columns(&door, &view.columns, mode);
    let target = target(&door, view.target.as_ref(), mode);
    let query = &view.query;
    let declaration = quote! {
        #door::Declaration::MaterializedView(&#door::MaterializedViewDeclaration {
            heading: #heading,
            target: #target,
            columns: #columns,
            query: #query,
        })
    };
    let of_trait = quote!(ChMaterializedView);
    view::written(
        &door,
        &view.heading,
        &view.generics,
        &view.columns,
        &declaration,
        &of_trait,
        mode,
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
        Some(Target::Inner(storage)) => {
            let storage = declaration::storage(door, storage);
            quote!(#door::TargetDeclaration::Inner(#storage))
        }
        Some(Target::Type(_)) | None => {
            let database = option(None::<&str>);
            quote!(#door::TargetDeclaration::Name { database: #database, name: "" })
        }
    }
}
