//! Columns that stand in structs of their own: what `ChColumns`, `ChNested` and `ChRow` write, and how a table puts
//! the columns together.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Lifetime;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::fit::TypedField;
use super::{Door, Mode, declaration, demand, field_type, fit, has_type_parameters, respanned};
use crate::check::{Column, Declared, Group, Row, RowField, Table};

/// The impl of `ChColumns` or `ChNested`, and the checks of the columns.
pub(crate) fn declared(group: &Declared, mode: Mode) -> TokenStream {
    if has_type_parameters(&group.generics) {
        return TokenStream::new();
    }
    let door = Door::new(group.krate.as_ref());
    let of_trait = if group.is_nested {
        quote!(ChNested)
    } else {
        quote!(ChColumns)
    };
    let ident = &group.ident;
    let (impl_generics, arguments, _) = group.generics.split_for_impl();
    let columns = group.columns.iter().filter(|_| mode == Mode::Full);
    let columns = columns.map(|column| declaration::column(&door, column));
    let row = group
        .columns
        .iter()
        .filter(|column| column.in_row)
        .map(|column| &column.name);
    let checks = (mode == Mode::Full).then(|| {
        let typed: Vec<(&str, TypedField<'_>)> = group.columns.iter().map(typed).collect();
        let row = quote!(
            const ROW_NAMES: ::core::option::Option<&[&str]> = ::core::option::Option::Some(&[]);
        );
        let types = fit::checks(&door, typed.iter().map(|(_, field)| field));
        let demands = demand::checks(&door, &group.demands, &typed, None);
        let lists = group.columns.iter().filter(|_| group.is_nested).map(|column| {
            let (name, span): (_, Span) = (&column.name, column.ty.span());
            let ty = field_type::with_static_lifetimes(&column.ty);
            let data_type = field_type::tokens(&door, &column.data_type, &ty);
            let call = respanned(quote!(check_list(#name, #data_type)), span);
            let door = door.at(span);
            quote_spanned!(span=> const _: () = #door::group::#call;)
        });
        quote!(#[allow(dead_code)] #row #types #demands #(#lists)*)
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #door::#of_trait for #ident #arguments {
                const COLUMNS: &'static [#door::ColumnDeclaration] = &[#(#columns),*];
                const ROW: &'static [&'static str] = &[#(#row),*];
            }
            #checks
        };
    }
}

/// A column as far as its type matters.
pub(super) fn typed(column: &Column) -> (&str, TypedField<'_>) {
    let typed = TypedField {
        field: &column.field,
        ty: &column.ty,
        data_type: &column.data_type,
        has_with: column.serde.with.is_some(),
    };
    (column.name.as_str(), typed)
}

/// The constants of a table with groups: `COLUMNS`, `COLUMN_NAMES`, `ROW` and `SELECT`.
pub(super) fn consts(door: &Door, table: &Table, mode: Mode) -> TokenStream {
    let mut parts = Vec::new();
    let mut from = 0;
    let own = |columns: &[Column]| {
        let declared = columns.iter().filter(|_| mode == Mode::Full);
        let declared = declared.map(|column| declaration::column(door, column));
        let row = columns.iter().filter(|column| column.in_row);
        let select = row.clone().filter(|column| column.is_readable());
        let (row, select) = (row.map(|column| &column.name), select.map(|column| &column.name));
        quote! {
            #door::group::Part { prefix: "", columns: &[#(#declared),*], row: &[#(#row),*], select: &[#(#select),*] }
        }
    };
    for group in &table.groups {
        parts.push(own(&table.columns[from..group.at]));
        parts.push(part(door, &group.ty, &group.prefix(), group.is_nested));
        from = group.at;
    }
    parts.push(own(&table.columns[from..]));
    let sql = table.heading.sql().replace('?', "??");
    quote! {
        const PARTS: &[#door::group::Part] = &[#(#parts),*];
        const NAMES: &[u8; #door::group::name_bytes(PARTS, false)] = &#door::group::name_text(PARTS, false);
        const COLUMNS: &[#door::ColumnDeclaration; #door::group::count(PARTS)] = &#door::group::columns(PARTS, NAMES);
        const COLUMN_NAMES: &[&str; COLUMNS.len()] = &#door::group::names(COLUMNS);
        const SELECT_TEXT: &[u8; #door::group::select_bytes(PARTS, #sql)] = &#door::group::select_text(PARTS, #sql);
        const SELECT: &str = #door::group::text(SELECT_TEXT, 0, SELECT_TEXT.len());
    }
}

/// The columns of a group, for the whole.
fn part(door: &Door, ty: &impl ToTokens, prefix: &str, is_nested: bool) -> TokenStream {
    let span = ty.to_token_stream().span();
    let ty = field_type::with_static_lifetimes(ty);
    let of_trait = if is_nested {
        quote!(ChNested)
    } else {
        quote!(ChColumns)
    };
    let of_trait = respanned(of_trait, span);
    let at = door.at(span);
    let group = quote_spanned!(span=> <#ty as #at::#of_trait>);
    quote!(#door::group::Part { prefix: #prefix, columns: #group::COLUMNS, row: #group::ROW, select: #group::ROW })
}

/// The checks of a table with groups that need no type.
pub(super) fn checks(door: &Door, table: &Table) -> TokenStream {
    let first = table
        .groups
        .first()
        .map_or(Span::call_site(), |group| group.field.span());
    let unique = respanned(quote!(check_unique(COLUMNS)), first);
    let row = respanned(quote!(check_row(ROW_NAMES, ROW)), first);
    let at = door.at(first);
    quote_spanned! {first=>
        const _: () = #at::group::#unique;
        const ROW_TEXT: &[u8; #door::group::name_bytes(PARTS, true)] = &#door::group::name_text(PARTS, true);
        const ROW: &[&str; #door::group::count_row(PARTS)] = &#door::group::row(PARTS, ROW_TEXT);
        const _: () = #at::group::#row;
    }
}

/// A group's field in a row companion.
pub(super) fn companion_field(group: &Group, mode: Mode) -> TokenStream {
    let Group {
        field,
        vis,
        ty,
        companion_attrs,
        ..
    } = group;
    if mode == Mode::Dummy {
        return quote!(#vis #field: #ty);
    }
    let kind = if group.is_nested {
        quote!(nested)
    } else {
        quote!(flatten)
    };
    quote!(#(#companion_attrs)* #[ch(#kind)] #vis #field: #ty)
}

/// The impl of the client's `Row`.
pub(crate) fn row(row: &Row, mode: Mode) -> TokenStream {
    if has_type_parameters(&row.generics) {
        return TokenStream::new();
    }
    let door = Door::new(row.krate.as_ref());
    let ident = &row.ident;
    let name = ident.unraw().to_string();
    let (impl_generics, arguments, _) = row.generics.split_for_impl();
    // More lifetimes than one are refused, and then nobody has to hear of it twice.
    let count = row.generics.lifetimes().count();
    let value = if count > 0 {
        let lifetimes = std::iter::repeat_n(Lifetime::new("'__v", Span::call_site()), count);
        quote!(#ident<#(#lifetimes),*>)
    } else {
        quote!(Self)
    };
    let fields = row.fields.iter().filter(|_| mode == Mode::Full);
    let parts = fields.map(|field| match field {
        RowField::Column(name) => {
            quote!(#door::group::Part { prefix: "", columns: &[], row: &[#name], select: &[] })
        }
        RowField::Group { ty, field, is_nested } => {
            let prefix = if *is_nested {
                format!("{field}.")
            } else {
                String::new()
            };
            part(&door, ty, &prefix, *is_nested)
        }
    });
    quote! {
        const _: () = {
            const PARTS: &[#door::group::Part] = &[#(#parts),*];
            const TEXT: &[u8; #door::group::name_bytes(PARTS, true)] = &#door::group::name_text(PARTS, true);
            const ROW: &[&str; #door::group::count_row(PARTS)] = &#door::group::row(PARTS, TEXT);
            #[automatically_derived]
            impl #impl_generics #door::clickhouse::Row for #ident #arguments {
                const NAME: &'static str = #name;
                const COLUMN_NAMES: &'static [&'static str] = ROW;
                const COLUMN_COUNT: usize = ROW.len();
                const KIND: #door::row::RowKind = #door::row::RowKind::Struct;
                type Value<'__v> = #value;
            }
        };
    }
}
