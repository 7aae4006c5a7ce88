//! What `ChFunction` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Door, Mode, declaration};
use crate::check::Function;

/// The impl and the registry entry.
pub(crate) fn function(function: &Function, mode: Mode) -> TokenStream {
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let door = Door::new(function.heading.krate.as_ref());
    let ident = &function.heading.item;
    let name = crate::check::quoted(&function.heading.name);
    let heading = declaration::heading(&door, &function.heading);
    let lambda = &function.lambda;
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::ChFunction for #ident {
                const NAME: &'static str = #name;
                const DECLARATION: #door::Declaration =
                    #door::Declaration::Function(&#door::FunctionDeclaration { heading: #heading, lambda: #lambda });
            }
            #door::inventory::submit! { #door::Registered(<#ident as #door::ChFunction>::DECLARATION) }
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}
