//! A struct as a named Tuple, and an enum as a Variant.
//!
//! Decides what the parts are; that the server has them in the same order, and that they can be parts, is asked of
//! their types by the compiler.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics, Ident, LitStr, Path, Type};

use super::ColumnType;
use crate::attr::composite::{self, Part as Attrs};
use crate::attr::{keys, serde};
use crate::diag::Diag;

/// A struct or enum, ready to be written down.
pub(crate) struct Composite {
    /// The struct or enum.
    pub(crate) ident: Ident,
    /// Its generics.
    pub(crate) generics: Generics,
    /// Its parts.
    pub(crate) parts: Vec<Part>,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

/// A field of a tuple or a variant of a Variant.
pub(crate) struct Part {
    /// The name: of a tuple's element, or of the variant.
    pub(crate) name: String,
    /// The type of its value.
    pub(crate) ty: Type,
    /// The ClickHouse type.
    pub(crate) data_type: ColumnType,
    /// Is it written by functions of its own?
    pub(crate) has_with: bool,
}

/// Checks a struct with `ChTuple`.
pub(crate) fn tuple(diag: &Diag, input: DeriveInput) -> Composite {
    const FORM: &str =
        "`ChTuple` is for structs with named fields; a Rust tuple `(A, B)` is a Tuple without names";
    let krate = composite::krate(diag, &input.attrs);
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unnamed(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let mut parts: Vec<Part> = Vec::new();
    match fields {
        None => diag.error(input.ident.span(), FORM),
        Some(fields) => {
            for field in fields {
                let Some(ident) = &field.ident else { continue };
                let serde = serde::Field::read(&field.attrs);
                if serde.is_skipped {
                    diag.error(
                        ident.span(),
                        "each field is an element of the tuple; none can be left out",
                    );
                    continue;
                }
                let attrs = Attrs::read(diag, &field.attrs, &keys::ELEMENT);
                let name = attrs
                    .name
                    .get()
                    .map_or_else(|| ident.unraw().to_string(), LitStr::value);
                if parts.iter().any(|part| part.name == name) {
                    let place = attrs.name.span().unwrap_or(ident.span());
                    diag.error(place, format!("the tuple has another element `{name}`"));
                }
                parts.push(part(diag, name, ident.span(), field.ty.clone(), &attrs, &serde));
            }
            if parts.is_empty() {
                diag.error(input.ident.span(), "a tuple needs at least one element");
            }
        }
    }
    Composite {
        ident: input.ident,
        generics: input.generics,
        parts,
        krate,
    }
}

/// Checks an enum with `ChVariant`.
pub(crate) fn variant(diag: &Diag, input: DeriveInput) -> Composite {
    let krate = composite::krate(diag, &input.attrs);
    let mut parts = Vec::new();
    if let Data::Enum(data) = &input.data {
        for variant in &data.variants {
            let serde = serde::Field::read(&variant.attrs);
            let attrs = Attrs::read(diag, &variant.attrs, &keys::ALTERNATIVE);
            let Fields::Unnamed(fields) = &variant.fields else {
                diag.error(
                    variant.span(),
                    "each variant carries one value: `Text(String)`; an enum without values is an Enum: `ChEnum`",
                );
                continue;
            };
            let (Some(field), 1) = (fields.unnamed.first(), fields.unnamed.len()) else {
                diag.error(
                    fields.span(),
                    "each variant carries one value; put several into a tuple: `Pair((u8, u8))`",
                );
                continue;
            };
            let (name, span) = (variant.ident.unraw().to_string(), variant.ident.span());
            parts.push(part(diag, name, span, field.ty.clone(), &attrs, &serde));
        }
        if data.variants.is_empty() {
            diag.error(input.ident.span(), "a Variant needs at least one type");
        }
    } else {
        diag.error(
            input.ident.span(),
            "`ChVariant` is for enums whose variants carry one value each",
        );
    }
    Composite {
        ident: input.ident,
        generics: input.generics,
        parts,
        krate,
    }
}

fn part(diag: &Diag, name: String, span: Span, ty: Type, attrs: &Attrs, serde: &serde::Field) -> Part {
    Part {
        data_type: ColumnType::new(diag, &attrs.data_type, &attrs.low_cardinality, serde, &ty, span),
        has_with: serde.with.is_some(),
        name,
        ty,
    }
}
