//! What `ChRole`, `ChUser`, `ChRowPolicy`, `ChQuota` and `ChSettingsProfile` write.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::{Door, Mode, declaration, option, respanned};
use crate::attr::access::derive;
use crate::check::{Access, Grant, On};
use crate::item::line;

/// The impl, the registry entry and the checks of the columns that grants name.
pub(crate) fn access(entity: &Access, mode: Mode) -> TokenStream {
    if mode == Mode::Dummy {
        return TokenStream::new();
    }
    let door = Door::new(entity.heading.krate.as_ref());
    let ident = &entity.heading.item;
    let name = crate::check::quoted(&entity.heading.name);
    let heading = declaration::heading(&door, &entity.heading);
    let kind = variant(&entity.kind);
    let derive = format_ident!("{}", derive(entity.kind));
    let on = option(entity.on.as_ref().map(|on| self::on(&door, on)));
    let clauses = entity.clauses.iter().map(|(clause, said)| {
        let (clause, text, line) = (variant(clause), &said.text, line(said.span));
        quote!(#door::ClauseDeclaration { clause: #door::AccessClause::#clause, text: #text, line: #line })
    });
    let grants = entity.grants.iter().map(|grant| {
        let (revokes, text, line) = (grant.revokes, &grant.text, line(grant.span));
        let on = option(grant.on.as_ref().map(|on| relation(&door, on)));
        quote!(#door::GrantDeclaration { revokes: #revokes, text: #text, on: #on, line: #line })
    });
    let checks = entity.grants.iter().map(|grant| columns(&door, grant));
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #door::#derive for #ident {
                const NAME: &'static str = #name;
                const DECLARATION: #door::Declaration = #door::Declaration::Access(&#door::AccessDeclaration {
                    heading: #heading,
                    kind: #door::AccessKind::#kind,
                    on: #on,
                    clauses: &[#(#clauses),*],
                    grants: &[#(#grants),*],
                });
            }
            #door::inventory::submit! { #door::Registered(<#ident as #door::#derive>::DECLARATION) }
            #(#checks)*
            // A struct that is only a declaration is never dead.
            const _: #ident = #ident {};
        };
    }
}

/// The variant of an enum of chx, which has the same name there.
fn variant(value: &impl std::fmt::Debug) -> Ident {
    format_ident!("{}", format!("{value:?}"))
}

fn on(door: &Door, on: &On) -> TokenStream {
    match on {
        On::Type(ty) => {
            let relation = relation(door, ty);
            quote!(#door::OnDeclaration::Relation(#relation))
        }
        On::Name { database, table } => {
            let (database, table) = (option(database.as_ref()), option(table.as_ref()));
            quote!(#door::OnDeclaration::Name { database: #database, table: #table })
        }
    }
}

fn relation(door: &Door, ty: &Type) -> TokenStream {
    let door = door.at(ty.span());
    quote_spanned!(ty.span()=> <#ty as #door::ChRelation>::DECLARATION)
}

/// Each column that a grant names is one of its table.
fn columns(door: &Door, grant: &Grant) -> TokenStream {
    let Some(ty) = &grant.on else {
        return TokenStream::new();
    };
    let checks = grant.columns.iter().map(|(name, span)| {
        let call = respanned(quote!(check(COLUMNS, TABLE, #name)), *span);
        let door = door.at(*span);
        quote_spanned!(*span=> const _: () = #door::grant::#call;)
    });
    quote! {
        const _: () = {
            const COLUMNS: &[&str] = <#ty as #door::ChRelation>::COLUMNS;
            const TABLE: &str = <#ty as #door::ChRelation>::TABLE;
            #(#checks)*
        };
    }
}
