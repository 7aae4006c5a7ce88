//! Types whose column type needs no check at compile time, told by their written names.
//!
//! Decides only what is certainly right; what it does not know gets a check. A name may be taken by another type: then
//! that type's column is checked when the registry is read.

use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, PathSegment, Type};

/// Values that may stand anywhere: in an Option, in a list, as a key; and the families that they are columns of.
const SCALARS: [(&str, &str); 19] = [
    ("bool", "Bool"),
    ("u8", "UInt8"),
    ("u16", "UInt16"),
    ("u32", "UInt32"),
    ("u64", "UInt64"),
    ("u128", "UInt128"),
    ("i8", "Int8"),
    ("i16", "Int16"),
    ("i32", "Int32"),
    ("i64", "Int64"),
    ("i128", "Int128"),
    ("f32", "Float32"),
    ("f64", "Float64"),
    ("String", "String"),
    ("Date", "Date"),
    ("Date32", "Date32"),
    ("DateTime", "DateTime"),
    ("Time", "Time"),
    ("Ipv6Addr", "IPv6"),
];

/// The family of a single value whose arguments, if it has any, no rule asks about.
pub(super) fn family(ty: &Type) -> Option<&'static str> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let name = last.ident.to_string();
    if last.arguments.is_none() {
        let found = SCALARS.iter().find(|(rust, _)| *rust == name);
        return found.map(|(_, family)| *family);
    }
    match name.as_str() {
        "DateTime64" => Some("DateTime64"),
        "Time64" => Some("Time64"),
        _ => None,
    }
}

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
                return SCALARS.iter().any(|(rust, _)| *rust == name);
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
