//! Values of keys that may name columns: `site`, `"toDate(ts)"`, `(site, "cityHash64(user)")`.
//!
//! Decides what stands for a column (an identifier: a field of the struct) and what is SQL (a string literal; in
//! `raw("...")`, SQL that is taken as it is).

use chx_core::ddl::ParseError;
use chx_core::sql::{Comment, Punct, lex};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::{Ident, LitStr, spanned::Spanned};

use super::entry::{self, Entry, Given};
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// One expression as written.
#[derive(Clone)]
pub(crate) enum Fragment {
    /// A field of the struct.
    Field(Ident),
    /// SQL, a number or a boolean.
    Sql(Sql),
    /// Several in parentheses.
    Tuple(Vec<Fragment>, Span),
}

impl Fragment {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Field(ident) => ident.span(),
            Self::Sql(sql) => sql.span(),
            Self::Tuple(_, span) => *span,
        }
    }
}

/// What a fragment may be, as it stands in messages.
const FORM: &str = "a field or SQL in quotes";

/// `key = field` or `key = "SQL"`.
pub(crate) fn one(diag: &Diag, entry: &Entry) -> Option<Fragment> {
    match &entry.given {
        Given::Value(value) => parse(diag, value, &entry.key),
        Given::Nothing | Given::List(_) => {
            entry.malformed(diag, &format!("takes a value: `{} = ...`, {FORM}", entry.key))
        }
    }
}

/// `key = (field, "SQL", ...)`, `key = field`, `key = "SQL"`, `key = ()`.
pub(crate) fn list(diag: &Diag, entry: &Entry) -> Option<Vec<Fragment>> {
    match &entry.given {
        Given::Value(value) => match parse(diag, value, &entry.key)? {
            Fragment::Tuple(parts, _) => Some(parts),
            single => Some(vec![single]),
        },
        Given::Nothing => entry.malformed(diag, &format!("takes a value: `{} = (a, b)`", entry.key)),
        Given::List(group) => entry.malformed(
            diag,
            &format!("takes its columns behind `=`: `{} = {group}`", entry.key),
        ),
    }
}

/// One fragment from its tokens.
pub(crate) fn parse(diag: &Diag, value: &TokenStream, key: &str) -> Option<Fragment> {
    if let Some(group) = entry::single_group(value) {
        let parts = all(diag, group.stream(), key)?;
        return Some(Fragment::Tuple(parts, group.span()));
    }
    if let Some(written) = Written::read(value) {
        return Sql::checked(diag, &written).map(Fragment::Sql);
    }
    if let Ok(ident) = syn::parse2::<Ident>(value.clone()) {
        return Some(Fragment::Field(ident));
    }
    if let Some(number) = number(value) {
        return Some(Fragment::Sql(number));
    }
    let span = value
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span());
    let way_out = match value.clone().into_iter().collect::<Vec<_>>().as_slice() {
        [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => {
            format!("several stand in parentheses: `({})`", list.stream())
        }
        _ => format!("put expressions into a string: `\"{value}\"`"),
    };
    diag.error(span, format!("expected {FORM} in `{key}`; {way_out}"));
    None
}

/// The fragments between the commas; `None` when one of them could not be read.
pub(crate) fn all(diag: &Diag, tokens: TokenStream, key: &str) -> Option<Vec<Fragment>> {
    let parts: Vec<_> = entry::commas(tokens)
        .iter()
        .map(|(part, _)| parse(diag, part, key))
        .collect();
    parts.into_iter().collect()
}

/// Reports arguments of an engine that are meant as texts and are no SQL: `URL("http://...")` would be a name and a
/// comment. Were there any? `parse` reads the engine, and says whether another argument is a secret.
pub(crate) fn report_bare_texts<T>(
    diag: &Diag,
    engine: &Ident,
    args: &[Fragment],
    parse: impl Fn(&str) -> Result<T, ParseError>,
) -> bool {
    let is_bare = |arg: &Fragment| matches!(arg, Fragment::Sql(sql) if is_bare_text(&sql.text));
    for arg in args.iter().filter(|arg| is_bare(arg)) {
        let message = format!(
            "an argument of `{engine}` in quotes is SQL, and this is none; a text stands in single quotes within them: \
             `\"'...'\"`"
        );
        diag.error(arg.span(), message);
    }
    let found = args.iter().any(is_bare);
    if found {
        let others: Vec<&str> = args
            .iter()
            .map(|arg| match arg {
                Fragment::Sql(sql) if !is_bare_text(&sql.text) => sql.text.as_str(),
                _ => "''",
            })
            .collect();
        let read = parse(&format!("{engine}({})", others.join(", ")));
        if read.is_err_and(|error| error.kind.is_about_secret()) {
            diag.keep_secret();
        }
    }
    found
}

/// Has it a colon that no SQL has, or a comment that swallows what follows?
fn is_bare_text(text: &str) -> bool {
    let Ok(tokens) = lex(text) else { return true };
    let has = |punct| tokens.iter().any(|token| token.is(punct));
    let swallows = |comment: &Comment<'_>| {
        comment.at + comment.text.len() == text.len() && !comment.text.starts_with("/*")
    };
    has(Punct::Colon) && !has(Punct::Question) || tokens.comments().iter().any(swallows)
}

/// A number or a boolean as SQL.
pub(crate) fn number(value: &TokenStream) -> Option<Sql> {
    let expr = syn::parse2::<syn::Expr>(value.clone()).ok()?;
    let (sign, inner) = match &expr {
        syn::Expr::Unary(syn::ExprUnary {
            op: syn::UnOp::Neg(_),
            expr,
            ..
        }) => ("-", expr.as_ref()),
        other => ("", other),
    };
    let syn::Expr::Lit(syn::ExprLit { lit, .. }) = inner else {
        return None;
    };
    let text = match lit {
        syn::Lit::Int(int) => int.base10_digits().to_owned(),
        syn::Lit::Float(float) => float.base10_digits().to_owned(),
        syn::Lit::Bool(flag) if sign.is_empty() => flag.value.to_string(),
        _ => return None,
    };
    Some(Sql::verbatim(format!("{sign}{text}"), expr.span()))
}

/// `key = "SQL"` or `key = raw("SQL")`, and nothing else.
pub(crate) fn sql(diag: &Diag, entry: &Entry, form: &str) -> Option<Written> {
    if let Given::Value(value) = &entry.given
        && let Some(written) = Written::read(value)
    {
        return Some(written);
    }
    entry.malformed(diag, form)
}

/// `key = "text"`, and nothing else.
pub(crate) fn text(diag: &Diag, entry: &Entry, form: &str) -> Option<LitStr> {
    if let Given::Value(value) = &entry.given
        && let Ok(literal) = syn::parse2::<LitStr>(value.clone())
    {
        return Some(literal);
    }
    entry.malformed(diag, form)
}
