//! Types whose column type needs no check at compile time, told by their written names.
//!
//! Decides only what is certainly right; what it does not know gets a check. A name may be taken by another type: then
//! that type's column is checked when the registry is read.

use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, PathSegment, Type};

/// Values that may stand anywhere: in an Option, in a list, as a key.
const SCALARS: [&str; 19] = [
    "bool", "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "f32", "f64", "String",
    "Date", "Date32", "DateTime", "Time", "Ipv6Addr",
];

/// Is the type's own column type certainly one that can be, and written without help?
pub(super) fn is_simple(ty: &Type) -> bool {
    if is_scalar(ty) {
        return true;
    }
    match ty {
        Type::Tuple(tuple) => !tuple.elems.is_empty() && tuple.elems.iter().all(is_simple),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            match (last.ident.to_string().as_str(), types(last).as_slice()) {
                ("Vec" | "VecDeque" | "BTreeSet" | "HashSet" | "Box", [inner]) => is_simple(inner),
                ("Option", [inner]) => is_scalar(inner),
                ("BTreeMap" | "HashMap", [key, value]) => is_scalar(key) && is_simple(value),
                _ => false,
            }
        }
        _ => false,
    }
}

fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Array(array) => matches!(&*array.elem, Type::Path(path) if path.path.is_ident("u8")),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return false;
            };
            let name = last.ident.to_string();
            if last.arguments.is_none() {
                return SCALARS.contains(&name.as_str());
            }
            match name.as_str() {
                "DateTime64" | "Time64" | "Decimal32" => number(last).is_some_and(|digits| digits <= 9),
                "Decimal64" => number(last).is_some_and(|digits| digits <= 18),
                "Decimal128" => number(last).is_some_and(|digits| digits <= 38),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The types between the angle brackets.
fn types(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The one number between the angle brackets.
fn number(segment: &PathSegment) -> Option<u8> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Const(Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }))) if arguments.args.len() == 1 => number.base10_parse().ok(),
        _ => None,
    }
}
