//! What `ChTuple` and `ChVariant` write.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericParam, parse_quote};

use super::{Door, Mode, field_type};
use crate::check::{ColumnType, Composite, Part};

/// A named Tuple.
pub(crate) fn tuple(tuple: &Composite, mode: Mode) -> TokenStream {
    written(tuple, mode, "Tuple", |door, part, data_type| {
        let name = &part.name;
        quote!(#door::TypeArg::Named(#name, #data_type))
    })
}

/// A Variant, and the check that the server has its types in the same order.
pub(crate) fn variant(variant: &Composite, mode: Mode) -> TokenStream {
    written(
        variant,
        mode,
        "Variant",
        |door, _, data_type| quote!(#door::TypeArg::Type(#data_type)),
    )
}

fn written(
    composite: &Composite,
    mode: Mode,
    family: &str,
    arg: impl Fn(&Door, &Part, TokenStream) -> TokenStream,
) -> TokenStream {
    let door = Door::new(composite.krate.as_ref());
    let ident = &composite.ident;
    let mut generics = composite.generics.clone();
    for param in &mut generics.params {
        if let GenericParam::Type(param) = param {
            param.bounds.push(parse_quote!(#door::ChType));
        }
    }
    let (impl_generics, arguments, where_clause) = generics.split_for_impl();
    let data_type = match mode {
        Mode::Full => {
            let args = composite.parts.iter().map(|part| {
                let data_type = field_type::tokens(&door, &part.data_type, &part.ty);
                arg(&door, part, data_type)
            });
            quote!(#door::TypeExpr::with(#family, &[#(#args),*]))
        }
        Mode::Dummy => quote!(#door::TypeExpr::named("Nothing")),
    };
    // Of a generic type, only a column that has it can be asked.
    let is_checked = mode == Mode::Full && composite.generics.params.is_empty();
    let checks = is_checked.then(|| {
        let order = (family == "Variant").then(|| {
            let names = composite.parts.iter().map(|part| &part.name);
            let span = ident.span();
            let call = super::respanned(
                quote!(check_order(<#ident as #door::ChType>::TYPE, &[#(#names),*])),
                span,
            );
            let door = door.at(span);
            quote_spanned!(span=> const _: () = #door::fit::#call;)
        });
        let parts = composite.parts.iter().map(|part| check(&door, part));
        quote!(#order #(#parts)*)
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #door::ChType for #ident #arguments #where_clause {
                const TYPE: #door::TypeExpr = #data_type;
            }
            #checks
        };
    }
}

/// The check that a part can be what it is said to be, and that serde writes it so.
fn check(door: &Door, part: &Part) -> TokenStream {
    let (name, has_with): (_, bool) = (&part.name, part.has_with);
    let span: Span = part.ty.span();
    let column = field_type::tokens(door, &part.data_type, &part.ty);
    let value = field_type::constant(door, &part.ty, &quote!(TYPE));
    let writer = field_type::constant(door, &part.ty, &quote!(WRITER));
    let door = door.at(span);
    let row = quote!(::core::option::Option::Some(&[]));
    match part.data_type {
        ColumnType::Inferred | ColumnType::LowCardinality => quote_spanned! {span=>
            const _: () = #door::fit::check(#name, #column, #writer, #has_with, #row);
        },
        ColumnType::Explicit(_) => quote_spanned! {span=>
            const _: () = #door::fit::check_explicit(#name, #column, #value, #writer, #has_with, #row);
        },
        ColumnType::Unchecked(_) => TokenStream::new(),
    }
}
