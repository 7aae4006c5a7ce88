//! `#[serde(...)]` as far as it decides what a row carries: names, skipped fields, `with`.
//!
//! The `Row` derive of the `clickhouse` crate takes its column names from these attributes. This module reads them
//! and reports nothing: whether they are right is serde's to say.

use syn::Attribute;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Meta, Token};

/// The serde attributes of a struct that change the names of its fields.
#[derive(Default)]
pub(crate) struct Container {
    /// `rename_all`.
    pub(crate) rename_all: bool,
}

/// The serde attributes of a field.
#[derive(Clone, Default)]
pub(crate) struct Field {
    /// `rename = "..."`.
    pub(crate) rename: Option<String>,
    /// `skip`, `skip_serializing` or `skip_deserializing`: the row does without.
    pub(crate) is_skipped: bool,
    /// `with = "..."`, or either half of it.
    pub(crate) with: Option<String>,
}

impl Container {
    /// Reads the attributes of a struct.
    pub(crate) fn read(attrs: &[Attribute]) -> Self {
        let mut container = Self::default();
        for meta in metas(attrs) {
            container.rename_all |= meta.path().is_ident("rename_all");
        }
        container
    }
}

impl Field {
    /// Reads the attributes of a field.
    pub(crate) fn read(attrs: &[Attribute]) -> Self {
        let mut field = Self::default();
        for meta in metas(attrs) {
            let path = meta.path().clone();
            if path.is_ident("rename") {
                field.rename = text(&meta);
            } else if path.is_ident("with")
                || path.is_ident("serialize_with")
                || path.is_ident("deserialize_with")
            {
                field.with = text(&meta);
            } else if ["skip", "skip_serializing", "skip_deserializing"]
                .iter()
                .any(|name| path.is_ident(name))
            {
                field.is_skipped = true;
            }
        }
        field
    }
}

fn metas(attrs: &[Attribute]) -> impl Iterator<Item = Meta> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("serde"))
        .filter_map(|attr| {
            attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .ok()
        })
        .flatten()
}

fn text(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        // `rename(serialize = "a", deserialize = "b")`: the row derive takes the first.
        Meta::List(list) => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .ok()?
            .iter()
            .find(|inner| inner.path().is_ident("serialize"))
            .and_then(text),
        Meta::Path(_) => None,
    }
}
