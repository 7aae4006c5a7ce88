//! The checks of what clauses demand of the types of columns.

use chx_core::rules;
use chx_core::types::{DataType, TypeExpr};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::fit::TypedField;
use super::{Door, field_type, respanned, simple};
use crate::check::{ColumnType, Demand, What};

/// One constant for each demand that may not be met, at the place where it stands. `columns` are all columns with
/// their names.
///
/// `all` is the constant with all columns, where groups add to them.
pub(super) fn checks(
    door: &Door,
    demands: &[Demand],
    columns: &[(&str, TypedField<'_>)],
    all: Option<&TokenStream>,
) -> TokenStream {
    let aggregating = aggregating(door, columns);
    let checks = demands.iter().filter_map(|demand| {
        let found = columns.iter().find(|(name, _)| *name == demand.column);
        let data_type = match found {
            Some((_, field)) if is_met(&demand.what, field) => return None,
            Some((_, field)) => {
                let ty = field_type::with_static_lifetimes(field.ty);
                field_type::tokens(door, field.data_type, &ty)
            }
            None => {
                let (all, name) = (all?, &demand.column);
                quote!(#door::group::type_of(#all, #name))
            }
        };
        let (name, span) = (&demand.column, demand.span);
        let door = door.at(span);
        let call = match &demand.what {
            What::Exists { place } => {
                let call = respanned(quote!(check_exists(#all, #name, #place)), span);
                return Some(quote_spanned!(span=> const _: () = #door::group::#call;));
            }
            What::Key { place, allows_null } => quote!(key(#name, #data_type, #place, #allows_null)),
            What::Partition {
                allows_null,
                is_whole,
            } => {
                quote!(partition(#name, #data_type, #allows_null, #is_whole))
            }
            What::Sample => quote!(sample(#name, #data_type)),
            What::Role(role) => {
                let role = quote::format_ident!("{role:?}");
                quote!(role(#name, #data_type, #door::Role::#role))
            }
            What::Ttl { is_shifted } => quote!(ttl(#name, #data_type, #is_shifted)),
            What::Codec(codec) => quote!(codec(#name, #data_type, #codec)),
            What::Index(index) => quote!(index(#name, #data_type, #index)),
            What::Statistics(kind) => quote!(statistics(#name, #data_type, #kind)),
            What::Dimension => {
                let aggregating = aggregating.as_ref()?;
                quote!(dimension(#name, #data_type, #aggregating))
            }
        };
        let call = respanned(call, span);
        Some(quote_spanned!(span=> const _: () = #door::demand::#call;))
    });
    quote!(#(#checks)*)
}

/// Is the demand certainly met? Told by the written name of the type, and by the same rules that the compiler runs.
fn is_met(what: &What, field: &TypedField<'_>) -> bool {
    let family = match field.data_type {
        ColumnType::Inferred | ColumnType::LowCardinality => simple::family(field.ty),
        ColumnType::Explicit(data_type) | ColumnType::Unchecked(data_type) => moment(data_type),
    };
    let Some(family) = family else { return false };
    let data_type = TypeExpr::named(family);
    match what {
        What::Exists { .. } => true,
        What::Key { allows_null, .. } => rules::key::refuse(&data_type, *allows_null).is_none(),
        What::Partition {
            allows_null,
            is_whole,
        } => rules::key::refuse_partition(&data_type, *allows_null, *is_whole).is_none(),
        What::Sample => rules::key::refuse_sample(&data_type).is_none(),
        What::Role(role) => role.refuse(&data_type).is_none(),
        What::Ttl { is_shifted } => rules::ttl::refuse(&data_type, *is_shifted).is_none(),
        What::Codec(codec) => rules::codec::refuse(codec, &data_type).is_none(),
        What::Index(index) => rules::index::refuse(index, &data_type).is_none(),
        What::Statistics(kind) => rules::statistics::refuse(kind, &data_type).is_none(),
        What::Dimension => false,
    }
}

/// Does the table aggregate anything? `true` where that is certain, a question where only the compiler knows, nothing
/// where it certainly does not.
fn aggregating(door: &Door, columns: &[(&str, TypedField<'_>)]) -> Option<TokenStream> {
    let mut unknown = Vec::new();
    for (_, field) in columns {
        match field.data_type {
            ColumnType::Explicit(data_type) | ColumnType::Unchecked(data_type) => {
                if data_type.is_aggregating() {
                    return Some(quote!(true));
                }
            }
            ColumnType::Inferred if !simple::is_simple(field.ty) => {
                let ty = field_type::with_static_lifetimes(field.ty);
                unknown.push(field_type::constant(door, &ty, &quote!(TYPE)));
            }
            ColumnType::Inferred | ColumnType::LowCardinality => {}
        }
    }
    (!unknown.is_empty()).then(|| quote!(#door::demand::any_aggregates(&[#(#unknown),*])))
}

/// The family of a moment, about whose arguments no rule asks.
fn moment(data_type: &DataType) -> Option<&'static str> {
    match data_type {
        DataType::DateTime { .. } => Some("DateTime"),
        DataType::DateTime64 { .. } => Some("DateTime64"),
        _ => None,
    }
}
