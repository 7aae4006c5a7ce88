//! What `ChNamedCollection`, `ChResource` and `ChWorkload` write.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Door, Mode, declaration};
use crate::attr::of_server::Kind;
use crate::check::OfServer;

/// The impl and the registry entry.
pub(crate) fn of_server(object: &OfServer, mode: Mode) -> TokenStream {
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let door = Door::new(object.heading.krate.as_ref());
    let ident = &object.heading.item;
    let name = crate::check::quoted(&object.heading.name);
    let heading = declaration::heading(&door, &object.heading);
    let derive = format_ident!("{}", object.kind.derive());
    let says = &object.says;
    let declaration = match object.kind {
        Kind::NamedCollection => quote! {
            #door::Declaration::NamedCollection(
                &#door::NamedCollectionDeclaration { heading: #heading, entries: #says }
            )
        },
        Kind::Resource => quote! {
            #door::Declaration::Resource(&#door::ResourceDeclaration { heading: #heading, operations: #says })
        },
        Kind::Workload => {
            let parent = match &object.parent {
                Some(parent) => quote! { ::core::option::Option::Some(#parent) },
                None => quote! { ::core::option::Option::None },
            };
            quote! {
                #door::Declaration::Workload(
                    &#door::WorkloadDeclaration { heading: #heading, parent: #parent, settings: #says }
                )
            }
        }
    };
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::#derive for #ident {
                const NAME: &'static str = #name;
                const DECLARATION: #door::Declaration = #declaration;
            }
            #door::inventory::submit! { #door::Registered(<#ident as #door::#derive>::DECLARATION) }
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}
