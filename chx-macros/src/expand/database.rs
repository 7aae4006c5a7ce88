//! What `ChDatabase` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Door, Mode, declaration, option, pairs};
use crate::check::Database;

/// The impl and the registry entry.
pub(crate) fn database(database: &Database, mode: Mode) -> TokenStream {
    let door = Door::new(database.heading.krate.as_ref());
    let ident = &database.heading.item;
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let name = &database.heading.name;
    let heading = declaration::heading(&door, &database.heading);
    let engine = option(database.engine.as_ref());
    let settings = pairs(&database.settings);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::ChDatabase for #ident {
                const NAME: &'static str = #name;
                const DECLARATION: #door::Declaration =
                    #door::Declaration::Database(&#door::DatabaseDeclaration { heading: #heading, engine: #engine, settings: #settings });
            }
            #door::inventory::submit! { #door::Registered(<#ident as #door::ChDatabase>::DECLARATION) }
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}
