//! The type of a column: from the Rust type, from `type = "..."`, or from `#[serde(with = "...")]`.
//!
//! Decides only what syntax can tell. That the Rust type fits is a matter of the compiler: the derive hands it the
//! types of both sides.

use chx_core::types::DataType;
use proc_macro2::Span;
use syn::Type;

use super::rust_type;
use crate::attr::serde;
use crate::attr::slot::Slot;
use crate::attr::sql::Sql;
use crate::diag::Diag;

/// Where a column's type comes from.
#[derive(Clone)]
pub(crate) enum ColumnType {
    /// `<T as ChType>::TYPE`.
    Inferred,
    /// The same in a LowCardinality.
    LowCardinality,
    /// A type named in the attributes, which must be able to hold the Rust type.
    Explicit(DataType),
    /// A type that no look at the Rust type can check: it is written by functions of its own, or not at all.
    Unchecked(DataType),
}

/// The modules of `clickhouse::serde` and the column types that they write.
const MODULES: [(&str, &str); 18] = [
    ("serde::uuid", "UUID"),
    ("serde::uuid_vec", "Array(UUID)"),
    ("serde::ipv4", "IPv4"),
    ("::date", "Date"),
    ("::date32", "Date32"),
    ("::datetime", "DateTime"),
    ("::datetime64::secs", "DateTime64(0)"),
    ("::datetime64::millis", "DateTime64(3)"),
    ("::datetime64::micros", "DateTime64(6)"),
    ("::datetime64::nanos", "DateTime64(9)"),
    ("::time64::secs", "Time64(0)"),
    ("::time64::millis", "Time64(3)"),
    ("::time64::micros", "Time64(6)"),
    ("::time64::nanos", "Time64(9)"),
    ("serde::time::time", "Time"),
    ("serde::chrono::time", "Time"),
    ("serde_bytes", "String"),
    ("serde::serde_bytes", "String"),
];

/// The type that a module of `clickhouse::serde` writes: `clickhouse::serde::time::datetime64::millis` is
/// `DateTime64(3)`, with `::option` behind it `Nullable(DateTime64(3))`.
fn of_module(with: &str) -> Option<String> {
    let path: String = with.chars().filter(|c| !c.is_whitespace()).collect();
    let (module, is_option) = match path.strip_suffix("::option") {
        Some(module) => (module, true),
        None => (path.as_str(), false),
    };
    // Only the client's own modules are known to write what their names say.
    if !module.contains("clickhouse::serde::") && module != "serde_bytes" {
        return None;
    }
    let (_, data_type) = MODULES.iter().find(|(end, _)| module.ends_with(end))?;
    Some(if is_option {
        format!("Nullable({data_type})")
    } else {
        (*data_type).to_owned()
    })
}

impl ColumnType {
    /// The type of a field's column.
    pub(crate) fn new(
        diag: &Diag,
        explicit: &Slot<Sql>,
        low_cardinality: &Slot<bool>,
        serde: &serde::Field,
        ty: &Type,
        field: Span,
    ) -> Self {
        let is_refused = serde.with.is_none() && is_in_row(serde, ty) && rust_type::refuse(diag, ty);
        let wants_low_cardinality = low_cardinality.get().is_some_and(|flag| *flag);
        if let (Some(span), true, true) = (low_cardinality.span(), wants_low_cardinality, explicit.is_given())
        {
            diag.error(
                span,
                "`low_cardinality` and `type` exclude each other: `type = \"LowCardinality(...)\"` says both",
            );
        }
        if let Some(sql) = explicit.get() {
            return match DataType::parse(&sql.text) {
                Ok(data_type) if serde.with.is_some() || !is_in_row(serde, ty) => Self::Unchecked(data_type),
                Ok(_) if is_refused => Self::Inferred,
                Ok(data_type) => Self::Explicit(data_type),
                Err(error) => {
                    sql.report(diag, error.at, &error.kind);
                    Self::Inferred
                }
            };
        }
        if explicit.is_given() {
            return Self::Inferred;
        }
        if let Some(with) = &serde.with {
            let known = of_module(with).and_then(|text| {
                let text = if wants_low_cardinality {
                    format!("LowCardinality({text})")
                } else {
                    text
                };
                DataType::parse(&text).ok()
            });
            if let Some(data_type) = known {
                return Self::Unchecked(data_type);
            }
            diag.error(
                field,
                format!("what `{with}` writes is not known here; say it with `#[ch(type = \"...\")]`"),
            );
            return Self::Inferred;
        }
        if !is_in_row(serde, ty) {
            diag.error(
                field,
                "no row carries this field, so its column needs a type: `#[ch(type = \"...\")]`",
            );
            return Self::Inferred;
        }
        if wants_low_cardinality {
            Self::LowCardinality
        } else {
            Self::Inferred
        }
    }
}

/// Does a row carry this field? Not if serde skips it, and not if it is `()`, which stands for a column that no Rust
/// type can hold.
pub(crate) fn is_in_row(serde: &serde::Field, ty: &Type) -> bool {
    !serde.is_skipped && !matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}
