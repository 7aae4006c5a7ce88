//! Rust types that look as if they could be columns and cannot, each with the type to use instead.
//!
//! Decides by the written name only; what an alias hides is found by the trait `ChType`, with less to say.

use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, Type};

use crate::diag::Diag;

/// Names and what to say about them.
const REFUSED: [(&str, &str); 10] = [
    (
        "usize",
        "`usize` is as wide as the platform; use `u64`, which is UInt64 everywhere",
    ),
    (
        "isize",
        "`isize` is as wide as the platform; use `i64`, which is Int64 everywhere",
    ),
    (
        "char",
        "the client cannot write a `char`; use `String`, or `u32` for the code point",
    ),
    (
        "str",
        "a row cannot own a `str`; use `String`, `Box<str>` or `&'a str`",
    ),
    (
        "Duration",
        "a `Duration` has no column type; use `chx::types::Time64<9>`, or `u64` with the unit in the name",
    ),
    (
        "SystemTime",
        "a `SystemTime` has no column type; use `chx::types::DateTime64<9>`, which converts from it",
    ),
    (
        "Instant",
        "an `Instant` means nothing outside of this process; use `chx::types::DateTime64<9>`",
    ),
    (
        "IpAddr",
        "a column is either IPv4 or IPv6; use `Ipv6Addr`, into which IPv4 addresses can be mapped",
    ),
    (
        "Value",
        "the client cannot write a `Value`; use `String` with `type = \"JSON\"`",
    ),
    (
        "Decimal",
        "the client cannot write this `Decimal`; use `chx::types::Decimal64<S>` and its like",
    ),
];

/// Reports what cannot be; says whether there was something.
pub(super) fn refuse(diag: &Diag, ty: &Type) -> bool {
    match ty {
        Type::Array(array) => {
            let is_bytes = matches!(&*array.elem, Type::Path(path) if path.path.is_ident("u8"));
            if !is_bytes {
                let element = &array.elem;
                let element = quote::quote!(#element);
                diag.error(
                    ty.span(),
                    format!(
                        "the client reads and writes `[{element}; N]` wrongly; use `Vec<{element}>` for an Array \
                         (`[u8; N]` is FixedString(N))"
                    ),
                );
            }
            !is_bytes
        }
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            let name = last.ident.to_string();
            if let Some((_, message)) = REFUSED.iter().find(|(refused, _)| *refused == name)
                && last.arguments.is_none()
            {
                diag.error(ty.span(), message);
                return true;
            }
            let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return false;
            };
            let unsized_inside = ["Box", "Arc", "Rc", "Cow"].iter().any(|owner| *owner == name);
            let mut found = false;
            for argument in &arguments.args {
                if let GenericArgument::Type(inner) = argument {
                    let is_str = matches!(inner, Type::Path(path) if path.path.is_ident("str"));
                    if !(unsized_inside && is_str) {
                        found |= refuse(diag, inner);
                    }
                }
            }
            found
        }
        Type::Tuple(tuple) => {
            let mut found = false;
            for element in &tuple.elems {
                found |= refuse(diag, element);
            }
            found
        }
        Type::Slice(slice) => refuse(diag, &slice.elem),
        Type::Reference(reference) => {
            let is_str = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
            !is_str && refuse(diag, &reference.elem)
        }
        Type::Paren(inner) => refuse(diag, &inner.elem),
        Type::Group(inner) => refuse(diag, &inner.elem),
        _ => false,
    }
}
