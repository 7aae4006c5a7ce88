//! `#[chx::test]`: an async function as a test with a ClickHouse of its own.
//!
//! Decides what a test function looks like: async, without generics, with one argument or two. What the arguments and
//! the result may be is a question of types, which the compiler asks at their places.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, FnArg, ItemFn, Lit, LitStr};

use crate::attr::entry::{self, Entry, Given};
use crate::attr::fragment;
use crate::attr::keys;
use crate::attr::named;
use crate::attr::slot::Slot;
use crate::diag::Diag;
use crate::expand::Door;
use crate::migrations;

/// The keys of the attribute as written.
#[derive(Default)]
struct Keys {
    migrations: Slot<LitStr>,
    registry: Slot<bool>,
    database: Slot<LitStr>,
    databases: Slot<Vec<LitStr>>,
    path: Slot<syn::Path>,
}

impl Keys {
    fn read(diag: &Diag, tokens: TokenStream) -> Self {
        let mut keys = Self::default();
        for entry in entry::split(diag, tokens) {
            match entry.key.as_str() {
                "migrations" => {
                    let form = "takes the folder of the migrations in quotes, from where Cargo.toml stands";
                    keys.migrations
                        .set(diag, &entry, fragment::text(diag, &entry, form));
                }
                "registry" => keys.registry.set(diag, &entry, entry.flag(diag)),
                "database" => keys.database.set(diag, &entry, named::name(diag, &entry)),
                "databases" => keys.databases.set(diag, &entry, names(diag, &entry)),
                "crate" => keys.path.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::TEST),
            }
        }
        if let (Some(_), Some(at)) = (keys.migrations.span(), keys.registry.span()) {
            diag.error(
                at,
                "`migrations` and `registry` both say what the schema is; keep one of them",
            );
        }
        keys
    }
}

/// `databases("web", "logs")`.
fn names(diag: &Diag, entry: &Entry) -> Option<Vec<LitStr>> {
    const FORM: &str = "takes names in quotes, such as `databases(\"web\", \"logs\")`";
    let Given::List(group) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let parser = syn::punctuated::Punctuated::<LitStr, syn::Token![,]>::parse_terminated;
    let Ok(names) = syn::parse::Parser::parse2(parser, group.stream()) else {
        return entry.malformed(diag, FORM);
    };
    for name in &names {
        if let Err(error) = chx_core::ident::Ident::new(name.value()) {
            diag.error(name.span(), error);
        }
    }
    Some(names.into_iter().collect())
}

/// What the attribute makes of a function.
pub(crate) fn expand(tokens: TokenStream, item: &ItemFn) -> TokenStream {
    let diag = Diag::default();
    let keys = Keys::read(&diag, tokens);
    check(&diag, item);
    let door = Door::new(keys.path.get());
    let schema = match (keys.migrations.get(), keys.registry.get()) {
        (Some(folder), _) => {
            let migrations = migrations::embedded(&diag, folder, &door);
            quote!(#door::test::Schema::Migrations(#migrations))
        }
        (None, Some(true)) => quote!(#door::test::Schema::Registry),
        (None, _) => quote!(#door::test::Schema::Empty),
    };
    match diag.into_error(proc_macro2::Span::call_site()) {
        None => write(&keys, &door, &schema, item),
        Some(error) => {
            let error = error.into_compile_error();
            // The function stays, so that what it uses is used.
            quote! { #error #[allow(unused)] #item }
        }
    }
}

fn check(diag: &Diag, item: &ItemFn) {
    let signature = &item.sig;
    if signature.asyncness.is_none() {
        diag.error(
            signature.fn_token.span(),
            "a test with a ClickHouse waits for it: write `async fn`",
        );
    }
    if !signature.generics.params.is_empty() {
        diag.error(
            signature.generics.span(),
            "a test has no generics: nobody could choose them",
        );
    }
    let count = signature.inputs.len();
    if count == 0 || count > 2 {
        let at = if count == 0 {
            signature.paren_token.span.join()
        } else {
            signature.inputs.span()
        };
        diag.error(
            at,
            "a test takes its client, and a handle of its database if it needs one: \
             `client: clickhouse::Client, database: chx::TestDatabase`",
        );
    }
    for attr in &item.attrs {
        let last = attr
            .path()
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        if last.as_deref() == Some("test") {
            diag.error(
                attr.span(),
                "`#[chx::test]` makes it a test already; take this one away",
            );
        }
    }
}

fn write(keys: &Keys, door: &Door, schema: &TokenStream, item: &ItemFn) -> TokenStream {
    let ItemFn {
        attrs,
        vis,
        sig,
        block,
        ..
    } = item;
    let (name, output, inputs) = (&sig.ident, &sig.output, &sig.inputs);
    let arguments = inputs.iter().map(|input| {
        let ty = match input {
            FnArg::Typed(argument) => {
                let ty = &argument.ty;
                quote!(#ty)
            }
            // The compiler says that `self` cannot stand here.
            FnArg::Receiver(_) => quote!(Self),
        };
        let at = door.at(input.span());
        quote_spanned!(ty.span()=> <#ty as #at::test::Argument>::of(database))
    });
    let database = match keys.database.get() {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    let databases = keys.databases.get().map(Vec::as_slice).unwrap_or_default();
    let text = Expr::Lit(ExprLit {
        attrs: Vec::new(),
        lit: Lit::Str(LitStr::new(&name.to_string(), name.span())),
    });
    let expects_panic = attrs.iter().any(|attr| attr.path().is_ident("should_panic"));
    quote! {
        #[::core::prelude::v1::test]
        #(#attrs)*
        #vis fn #name() #output {
            async fn #name(#inputs) #output #block
            #door::test::run(
                &#door::test::Spec {
                    package: ::core::env!("CARGO_MANIFEST_DIR"),
                    name: ::core::concat!(::core::module_path!(), "::", #text),
                    schema: #schema,
                    database: #database,
                    databases: &[#(#databases),*],
                },
                #expects_panic,
                |database| #name(#(#arguments),*),
            )
        }
    }
}
