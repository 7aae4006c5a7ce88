//! A Rust enum as an Enum8 or Enum16.
//!
//! Decides the name and the number of each value: the variant's name in snake_case unless it says another, and Rust's
//! own discriminant.

use chx_core::types::{DataType, EnumValues};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Ident, Lit, LitStr, Path, UnOp};

use crate::attr;
use crate::diag::Diag;

/// An enum, ready to be written down.
pub(crate) struct Enumeration {
    /// The enum.
    pub(crate) ident: Ident,
    /// Has it parameters that were refused? Then nothing sensible can be written for it.
    pub(crate) has_parameters: bool,
    /// Its values, in the order of the variants.
    pub(crate) values: Vec<Value>,
    /// Its type; `None` was reported.
    pub(crate) data_type: Option<DataType>,
    /// Does the derive write `Serialize` and `Deserialize`?
    pub(crate) has_serde: bool,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
}

/// A value and the variant that it stands for.
pub(crate) struct Value {
    /// The variant.
    pub(crate) variant: Ident,
    /// The name.
    pub(crate) name: String,
    /// The number.
    pub(crate) number: i16,
}

impl Enumeration {
    /// Checks an enum.
    pub(crate) fn new(diag: &Diag, input: DeriveInput) -> Self {
        let mut attrs = attr::enumeration::Enumeration::read(diag, &input.attrs);
        if let Some(param) = input.generics.params.first() {
            diag.error(param.span(), "an Enum has no parameters; take them away");
        }
        let case = attrs.rename_all.take().unwrap_or_default();
        let values = values(diag, &input, case);
        Self {
            data_type: data_type(diag, &input, &values),
            values,
            has_serde: attrs.serde.take().unwrap_or(true),
            krate: attrs.krate.take(),
            has_parameters: !input.generics.params.is_empty(),
            ident: input.ident,
        }
    }
}

fn values(diag: &Diag, input: &DeriveInput, case: attr::enumeration::Case) -> Vec<Value> {
    let Data::Enum(data) = &input.data else {
        diag.error(
            input.ident.span(),
            "`ChEnum` is for enums; a struct with one field is a column type with `ChType`",
        );
        return Vec::new();
    };
    if data.variants.is_empty() {
        diag.error(input.ident.span(), "an Enum needs at least one value");
    }
    let mut next: i128 = 0;
    let mut values: Vec<Value> = Vec::with_capacity(data.variants.len());
    for variant in &data.variants {
        let attrs = attr::enumeration::Variant::read(diag, &variant.attrs);
        if !matches!(variant.fields, Fields::Unit) {
            diag.error(
                variant.fields.span(),
                "a value of an Enum carries nothing; an enum whose variants have values is a Variant: `ChVariant`",
            );
        }
        let (number, place) = match &variant.discriminant {
            Some((_, expr)) => match literal(expr) {
                Some(number) => (number, expr.span()),
                None => {
                    diag.error(
                        expr.span(),
                        "write the number itself: it becomes a part of the column's type",
                    );
                    continue;
                }
            },
            None => (next, variant.ident.span()),
        };
        next = number + 1;
        let Ok(number) = i16::try_from(number) else {
            diag.error(
                place,
                format!("{number} is no number of an Enum, which go from -32768 to 32767"),
            );
            continue;
        };
        let given = attrs.name.get().map(LitStr::value);
        let name = given.unwrap_or_else(|| case.apply(&variant.ident.unraw().to_string()));
        if let Some(other) = values.iter().find(|value| value.name == name) {
            let place = attrs.name.span().unwrap_or(variant.ident.span());
            diag.error(
                place,
                format!(
                    "the value `{name}` is there already, as the variant `{}`",
                    other.variant
                ),
            );
            continue;
        }
        values.push(Value {
            variant: variant.ident.clone(),
            name,
            number,
        });
    }
    values
}

/// A discriminant that is a literal.
fn literal(expr: &Expr) -> Option<i128> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            Lit::Byte(byte) => Some(byte.value().into()),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => literal(&unary.expr).map(|number| -number),
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Group(inner) => literal(&inner.expr),
        _ => None,
    }
}

/// Enum8 where all numbers fit, unless `#[repr(i16)]` wants the larger one.
fn data_type(diag: &Diag, input: &DeriveInput, values: &[Value]) -> Option<DataType> {
    let pairs = values
        .iter()
        .map(|value| (value.name.as_str().into(), value.number));
    // Two equal numbers are the compiler's to report, and it does.
    let numbers = EnumValues::new(pairs).ok()?;
    let is_wide = has_repr(&input.attrs, "i16");
    if has_repr(&input.attrs, "i8") && !numbers.fit_enum8() {
        diag.error(
            input.ident.span(),
            "an Enum8 has numbers from -128 to 127; with `#[repr(i16)]` it is an Enum16",
        );
        return None;
    }
    Some(if numbers.fit_enum8() && !is_wide {
        DataType::Enum8(numbers)
    } else {
        DataType::Enum16(numbers)
    })
}

fn has_repr(attrs: &[Attribute], repr: &str) -> bool {
    let mut found = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        // What is no `repr` is the compiler's to report.
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident(repr);
            Ok(())
        });
    }
    found
}
