//! What `ChEnum` writes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Door, Mode, field_type};
use crate::check::Enumeration;

/// The impls of `ChType`, `ChEnum`, and of serde's traits.
pub(crate) fn enumeration(enumeration: &Enumeration, mode: Mode) -> TokenStream {
    if enumeration.has_parameters {
        return TokenStream::new();
    }
    let door = Door::new(enumeration.krate.as_ref());
    let ident = &enumeration.ident;
    let data_type = match (&enumeration.data_type, mode) {
        (Some(data_type), Mode::Full) => field_type::type_expr(&door, data_type),
        _ => quote!(#door::TypeExpr::named("Nothing")),
    };
    let column_type = quote! {
        #[automatically_derived]
        impl #door::ChType for #ident {
            const TYPE: #door::TypeExpr = #data_type;
        }
    };
    if mode == Mode::Dummy {
        return quote!(const _: () = { #column_type };);
    }
    let values = enumeration.values.iter().map(|value| {
        let (name, number) = (&value.name, value.number);
        quote!((#name, #number))
    });
    let places = enumeration.values.iter().enumerate();
    let indexes = places.clone().map(|(index, value)| {
        let variant = &value.variant;
        quote!(Self::#variant => #index)
    });
    let variants = places.map(|(index, value)| {
        let variant = &value.variant;
        quote!(#index => Self::#variant)
    });
    let serde = enumeration.has_serde.then(|| {
        quote! {
            #[automatically_derived]
            impl #door::serde::Serialize for #ident {
                fn serialize<S: #door::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                    #door::enums::serialize(self, serializer)
                }
            }
            #[automatically_derived]
            impl<'de> #door::serde::Deserialize<'de> for #ident {
                fn deserialize<D: #door::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                    #door::enums::deserialize(deserializer)
                }
            }
        }
    });
    quote! {
        const _: () = {
            #column_type
            #[automatically_derived]
            impl #door::ChEnum for #ident {
                const VALUES: &'static [(&'static str, i16)] = &[#(#values),*];
                fn index(&self) -> usize {
                    match self { #(#indexes),* }
                }
                fn at(index: usize) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(match index {
                        #(#variants,)*
                        _ => return ::core::option::Option::None,
                    })
                }
            }
            #serde
        };
    }
}
