//! Column types as constants.

use chx_core::types::{DataType, TupleType};
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::Door;
use crate::check::ColumnType;

/// The type of a field's column.
pub(super) fn tokens(door: &Door, data_type: &ColumnType, ty: &impl ToTokens) -> TokenStream {
    let inferred = constant(door, ty, &quote!(TYPE));
    match data_type {
        ColumnType::Inferred => inferred,
        ColumnType::LowCardinality => {
            quote!(#door::TypeExpr::with("LowCardinality", &[#door::TypeArg::Type(#inferred)]))
        }
        ColumnType::Explicit(data_type) | ColumnType::Unchecked(data_type) => type_expr(door, data_type),
    }
}

/// `<T as ChType>::NAME` as if it stood where the type stands, so that a type that is no column type is shown there.
pub(super) fn constant(door: &Door, ty: &impl ToTokens, name: &TokenStream) -> TokenStream {
    let ty = ty.to_token_stream();
    let span = ty.span();
    let door = door.at(span);
    quote_spanned!(span=> <#ty as #door::ChType>::#name)
}

/// A type as a `TypeExpr`: its parts as types where a check looks into them, everything else as text.
pub(super) fn type_expr(door: &Door, data_type: &DataType) -> TokenStream {
    let of = |inner: &DataType| {
        let inner = type_expr(door, inner);
        quote!(#door::TypeArg::Type(#inner))
    };
    let number = |number: i64| quote!(#door::TypeArg::Number(#number));
    let (family, args) = match data_type {
        DataType::Array(inner) => ("Array", vec![of(inner)]),
        DataType::Nullable(inner) => ("Nullable", vec![of(inner)]),
        DataType::LowCardinality(inner) => ("LowCardinality", vec![of(inner)]),
        DataType::Map(key, value) => ("Map", vec![of(key), of(value)]),
        DataType::Tuple(TupleType::Unnamed(types)) if !types.is_empty() => {
            ("Tuple", types.iter().map(of).collect())
        }
        DataType::Tuple(TupleType::Named(fields)) => (
            "Tuple",
            fields
                .iter()
                .map(|field| {
                    let (name, inner) = (field.name.as_ref(), type_expr(door, &field.data_type));
                    quote!(#door::TypeArg::Named(#name, #inner))
                })
                .collect(),
        ),
        DataType::Variant(variant) => ("Variant", variant.types().iter().map(of).collect()),
        DataType::SimpleAggregateFunction(function) => {
            let text = data_type.to_string();
            let inner = function.data_type.to_string();
            let call = text
                .strip_prefix("SimpleAggregateFunction(")
                .and_then(|rest| rest.strip_suffix(')'))
                .and_then(|rest| rest.strip_suffix(&inner))
                .and_then(|rest| rest.strip_suffix(", "))
                .unwrap_or(function.name())
                .to_owned();
            (
                "SimpleAggregateFunction",
                vec![quote!(#door::TypeArg::Sql(#call)), of(&function.data_type)],
            )
        }
        DataType::Decimal { precision, scale } => (
            "Decimal",
            vec![number((*precision).into()), number((*scale).into())],
        ),
        DataType::FixedString(length) => ("FixedString", vec![number((*length).into())]),
        DataType::Time64 { precision } => ("Time64", vec![number((*precision).into())]),
        DataType::DateTime {
            timezone: Some(timezone),
        } => ("DateTime", vec![quote!(#door::TypeArg::Text(#timezone))]),
        DataType::DateTime64 { precision, timezone } => {
            let mut args = vec![number((*precision).into())];
            args.extend(
                timezone
                    .as_ref()
                    .map(|timezone| quote!(#door::TypeArg::Text(#timezone))),
            );
            ("DateTime64", args)
        }
        other => return as_text(door, &other.to_string()),
    };
    quote!(#door::TypeExpr::with(#family, &[#(#args),*]))
}

/// `Family` or `Family(whatever)`.
fn as_text(door: &Door, text: &str) -> TokenStream {
    match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((family, args)) => quote!(#door::TypeExpr::with(#family, &[#door::TypeArg::Sql(#args)])),
        None => quote!(#door::TypeExpr::named(#text)),
    }
}

/// The type with every named lifetime as `'static`: how it is named outside of the struct.
pub(super) fn with_static_lifetimes(ty: &impl ToTokens) -> TokenStream {
    let mut after_tick = false;
    let mut replaced = TokenStream::new();
    for token in ty.to_token_stream() {
        let is_tick = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        let token = match token {
            TokenTree::Ident(ident) if after_tick => TokenTree::Ident(Ident::new("static", ident.span())),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), with_static_lifetimes(&group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        };
        after_tick = is_tick;
        replaced.extend([token]);
    }
    replaced
}
