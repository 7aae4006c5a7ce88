//! What `ChType` writes.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericParam, parse_quote};

use super::{Door, Mode, field_type};
use crate::check::{ColumnType, Newtype};

/// The impl, and the check that an explicit type can hold the inner one.
pub(crate) fn newtype(newtype: &Newtype, mode: Mode) -> TokenStream {
    let Some(inner) = &newtype.inner else {
        return TokenStream::new();
    };
    let door = Door::new(newtype.krate.as_ref());
    let ident = &newtype.ident;
    let mut generics = newtype.generics.clone();
    for param in &mut generics.params {
        if let GenericParam::Type(param) = param {
            param.bounds.push(parse_quote!(#door::ChType));
        }
    }
    let (impl_generics, arguments, where_clause) = generics.split_for_impl();
    let data_type = match mode {
        Mode::Full => field_type::tokens(&door, &newtype.data_type, inner),
        Mode::Dummy => quote!(#door::TypeExpr::named("Nothing")),
    };
    let writer = (mode == Mode::Full).then(|| {
        let writer = field_type::constant(&door, inner, &quote!(WRITER));
        quote!(const WRITER: #door::Writer = #writer;)
    });
    let is_generic = !newtype.generics.params.is_empty();
    let check = match &newtype.data_type {
        ColumnType::Explicit(_) if mode == Mode::Full && !is_generic => {
            let span: Span = inner.span();
            let name = ident.to_string();
            let value = field_type::constant(&door, inner, &quote!(TYPE));
            let writer = field_type::constant(&door, inner, &quote!(WRITER));
            let door = door.at(span);
            Some(quote_spanned! {span=>
                const _: () = #door::fit::check_explicit(#name, #data_type, #value, #writer, true, ::core::option::Option::None);
            })
        }
        _ => None,
    };
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #door::ChType for #ident #arguments #where_clause {
                const TYPE: #door::TypeExpr = #data_type;
                #writer
            }
            #check
        };
    }
}
