//! What `ChRaw` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Door, Mode, declaration};
use crate::check::Raw;

/// The impl and the registry entry.
pub(crate) fn raw(raw: &Raw, mode: Mode) -> TokenStream {
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let door = Door::new(raw.heading.krate.as_ref());
    let ident = &raw.heading.item;
    let name = raw.heading.sql();
    let heading = declaration::heading(&door, &raw.heading);
    let Raw {
        is_of_server, sql, ..
    } = raw;
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::ChRaw for #ident {
                const NAME: &'static str = #name;
                const DECLARATION: #door::Declaration = #door::Declaration::Raw(&#door::RawDeclaration {
                    heading: #heading,
                    is_of_server: #is_of_server,
                    sql: #sql,
                });
            }
            #door::inventory::submit! { #door::Registered(<#ident as #door::ChRaw>::DECLARATION) }
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}
