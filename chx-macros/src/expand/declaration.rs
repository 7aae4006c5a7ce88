//! The constants that say what an object is.

use chx_core::model::DefaultKind;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::{Door, field_type, option, pairs, shared_settings};
use crate::check::{Column, Constraint, Heading, Index, Projection, Storage, ViewColumn};

/// `Heading { ... }`.
pub(super) fn heading(door: &Door, heading: &Heading) -> TokenStream {
    let Heading {
        name, comment, line, ..
    } = heading;
    let database = option(heading.database.as_ref());
    let renamed_from = option(heading.renamed_from.as_ref());
    let item = heading.item.unraw().to_string();
    // In unit tests there is no compiler to ask for the line.
    let line = if *line == 0 {
        quote!(::core::line!())
    } else {
        quote!(#line)
    };
    let raw = &heading.raw;
    let checks = heading.checks.iter().map(|check| {
        let (name, sql, line) = (&check.name, &check.sql, check.line);
        let severity = if check.is_warning { quote!(Warning) } else { quote!(Error) };
        quote!(#door::CheckDeclaration { name: #name, sql: #sql, severity: #door::Severity::#severity, line: #line })
    });
    quote! {
        #door::Heading {
            database: #database,
            name: #name,
            comment: #comment,
            renamed_from: #renamed_from,
            checks: &[#(#checks),*],
            raw: &[#(#raw),*],
            origin: #door::Origin { file: ::core::file!(), line: #line, module: ::core::module_path!(), item: #item },
        }
    }
}

/// `ColumnDeclaration { ... }`: what a column does not say is left to its constructor.
pub(super) fn column(door: &Door, column: &Column) -> TokenStream {
    let name = &column.name;
    let data_type = field_type::tokens(door, &column.data_type, &column.ty);
    let mut given = Vec::new();
    if let Some(default) = &column.default {
        let kind = kind(door, default.kind);
        let expr = option(default.expr.as_ref());
        let default = option(Some(
            quote!(#door::DefaultDeclaration { kind: #kind, expr: #expr }),
        ));
        given.push(quote!(default: #default));
    }
    if column.codec.is_some() {
        let codec = option(column.codec.as_ref());
        given.push(quote!(codec: #codec));
    }
    if !column.statistics.is_empty() {
        let statistics = &column.statistics;
        given.push(quote!(statistics: &[#(#statistics),*]));
    }
    if column.ttl.is_some() {
        let ttl = option(column.ttl.as_ref());
        given.push(quote!(ttl: #ttl));
    }
    if !column.settings.is_empty() {
        let settings = pairs(&column.settings);
        given.push(quote!(settings: #settings));
    }
    if column.renamed_from.is_some() {
        let renamed_from = option(column.renamed_from.as_ref());
        given.push(quote!(renamed_from: #renamed_from));
    }
    let (comment, line) = (&column.comment, column.line);
    let plain = quote!(#door::ColumnDeclaration::new(#name, #data_type, #comment, #line));
    if given.is_empty() {
        plain
    } else {
        quote!(#door::ColumnDeclaration { #(#given,)* ..#plain })
    }
}

fn kind(door: &Door, kind: DefaultKind) -> TokenStream {
    match kind {
        DefaultKind::Default => quote!(#door::DefaultKind::Default),
        DefaultKind::Materialized => quote!(#door::DefaultKind::Materialized),
        DefaultKind::Alias => quote!(#door::DefaultKind::Alias),
        DefaultKind::Ephemeral => quote!(#door::DefaultKind::Ephemeral),
    }
}

/// `ViewColumnDeclaration`.
pub(super) fn view_column(door: &Door, column: &ViewColumn) -> TokenStream {
    let (name, line) = (&column.name, column.line);
    let data_type = field_type::tokens(door, &column.data_type, &column.ty);
    quote!(#door::ViewColumnDeclaration::new(#name, #data_type, #line))
}

/// `StorageDeclaration { ... }`: what is not said is left to its constructor.
pub(super) fn storage(door: &Door, storage: &Storage) -> TokenStream {
    let Storage { engine, ttl, .. } = storage;
    let mut given = Vec::new();
    let clauses = [
        (quote!(partition_by), &storage.partition_by),
        (quote!(primary_key), &storage.primary_key),
        (quote!(order_by), &storage.order_by),
        (quote!(unique_key), &storage.unique_key),
        (quote!(sample_by), &storage.sample_by),
    ];
    for (clause, sql) in clauses {
        if sql.is_some() {
            let sql = option(sql.as_ref());
            given.push(quote!(#clause: #sql));
        }
    }
    if !ttl.is_empty() {
        given.push(quote!(ttl: &[#(#ttl),*]));
    }
    if !storage.settings.is_empty() {
        let settings = pairs(&storage.settings);
        given.push(quote!(settings: #settings));
    }
    if !storage.shared_settings.is_empty() {
        let lists = shared_settings::lists(door, storage);
        given.push(quote!(shared_settings: #lists));
    }
    quote!(#door::StorageDeclaration { #(#given,)* ..#door::StorageDeclaration::new(#engine) })
}

/// `IndexDeclaration { ... }`.
pub(super) fn index(door: &Door, index: &Index) -> TokenStream {
    let Index { name, expr, kind, .. } = index;
    let granularity = option(index.granularity);
    quote! {
        #door::IndexDeclaration { name: #name, expr: #expr, index_type: #kind, granularity: #granularity }
    }
}

/// `ProjectionDeclaration { ... }`.
pub(super) fn projection(door: &Door, projection: &Projection) -> TokenStream {
    let Projection { name, body, .. } = projection;
    let settings = pairs(&projection.settings);
    quote!(#door::ProjectionDeclaration { name: #name, body: #body, settings: #settings })
}

/// `ConstraintDeclaration { ... }`.
pub(super) fn constraint(door: &Door, constraint: &Constraint) -> TokenStream {
    let Constraint { name, expr, .. } = constraint;
    let kind = if constraint.is_assume {
        quote!(Assume)
    } else {
        quote!(Check)
    };
    quote!(#door::ConstraintDeclaration { name: #name, kind: #door::ConstraintKind::#kind, expr: #expr })
}
