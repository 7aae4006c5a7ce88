//! What `ChSettings` writes, and what a table that shares settings has checked.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Door, Mode, pairs};
use crate::check::{SharedSettings, Storage};

/// The impl.
pub(crate) fn shared_settings(shared: &SharedSettings, mode: Mode) -> TokenStream {
    let door = Door::new(shared.krate.as_ref());
    let ident = &shared.ident;
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let settings = pairs(&shared.settings);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::ChSettings for #ident {
                const SETTINGS: &'static [(&'static str, &'static str)] = #settings;
            }
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}

/// `&[<Cheap as ChSettings>::SETTINGS, ...]`.
pub(super) fn lists(door: &Door, storage: &Storage) -> TokenStream {
    let lists = storage
        .shared_settings
        .iter()
        .map(|path| quote_spanned!(path.span()=> <#path as #door::ChSettings>::SETTINGS));
    quote!(&[#(#lists),*])
}

/// The check that no two say the same setting, each at its place.
pub(super) fn checks(door: &Door, storage: &Storage) -> TokenStream {
    let own = pairs(&storage.settings);
    let lists: Vec<TokenStream> = storage
        .shared_settings
        .iter()
        .map(|path| quote_spanned!(path.span()=> <#path as #door::ChSettings>::SETTINGS))
        .collect();
    let checks = storage.shared_settings.iter().enumerate().map(|(at, path)| {
        let (list, before) = (lists.get(at), lists.get(..at).unwrap_or_default());
        let door = door.at(path.span());
        quote_spanned!(path.span()=> const _: () = #door::settings::check(#list, &[#(#before),*], #own);)
    });
    quote!(#(#checks)*)
}
