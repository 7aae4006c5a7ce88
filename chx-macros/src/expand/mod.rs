//! What the derives write.
//!
//! Everything stands in one `const _: () = { ... }` and names nothing but `::chx::__private` (or what
//! `#[ch(crate = path)]` says), so that it depends on nothing that the user imported and adds nothing to the user's
//! names, except the row companions, which are meant to be named.

mod access;
mod companion;
mod composite;
mod database;
mod declaration;
mod demand;
mod dictionary;
mod enumeration;
mod field_type;
mod fit;
mod function;
mod group;
mod materialized_view;
mod newtype;
mod of_server;
mod raw;
mod relation;
mod row;
mod shared_settings;
mod simple;
mod table;
mod view;

pub(crate) use access::access;
pub(crate) use composite::{tuple, variant};
pub(crate) use database::database;
pub(crate) use dictionary::dictionary;
pub(crate) use enumeration::enumeration;
pub(crate) use function::function;
pub(crate) use group::{declared, row};
pub(crate) use materialized_view::materialized_view;
pub(crate) use newtype::newtype;
pub(crate) use of_server::of_server;
pub(crate) use raw::raw;
pub(crate) use shared_settings::shared_settings;
pub(crate) use table::table;
pub(crate) use view::view;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Generics, Path};

/// Is the struct declared, or did it have mistakes?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything is written.
    Full,
    /// Only what other code may name, so that a mistake here causes no errors there.
    Dummy,
}

/// The door of the facade: `::chx::__private`.
pub(crate) struct Door(TokenStream);

impl Door {
    /// The door of the crate at `path`, `::chx` unless given.
    pub(crate) fn new(path: Option<&Path>) -> Self {
        Self(path.map_or_else(|| quote!(::chx::__private), |path| quote!(#path::__private)))
    }

    /// The path as if it stood at a place, so that the compiler shows an error there.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        respanned(self.0.clone(), span)
    }

    /// The path as text, for attributes that take one in quotes.
    fn text(&self, name: &str) -> String {
        let path: String = self
            .0
            .to_string()
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        format!("{path}::{name}")
    }
}

impl ToTokens for Door {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

/// The tokens as if they stood at a place.
fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

/// `Some(value)` or `None`, whatever the user calls so.
fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// `&[("name", "value"), ...]`.
fn pairs(pairs: &[(String, String)]) -> TokenStream {
    let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
    quote!(&[#(#pairs),*])
}

/// The generics with every lifetime as `'static`: how a struct is named outside of its impl.
fn static_arguments(generics: &Generics) -> TokenStream {
    let count = generics.lifetimes().count();
    if count == 0 {
        return TokenStream::new();
    }
    let lifetimes = std::iter::repeat_n(quote!('static), count);
    quote!(<#(#lifetimes),*>)
}

/// Names every field once, in code that is never dead: a struct that is only a declaration causes no warning about
/// fields that nobody reads.
fn used<'a>(ty: &TokenStream, fields: impl Iterator<Item = &'a syn::Ident>) -> TokenStream {
    let fields = fields.map(|field| quote!(&row.#field));
    quote!(const _: fn(&#ty) = |row| { let _ = (#(#fields,)*); };)
}

/// Has it parameters that were refused? Then there is nothing sensible to implement for it.
fn has_type_parameters(generics: &Generics) -> bool {
    generics
        .params
        .iter()
        .any(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
}
