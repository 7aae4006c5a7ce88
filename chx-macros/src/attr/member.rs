//! `index(...)`, `projection(...)`, `constraint(...)` and `check(...)`: what a table has besides its columns.

use chx_core::ddl::{parse_index_type, parse_projection_body};
use chx_core::model::IndexType;
use chx_core::rules;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Ident, LitInt, LitStr};

use super::entry::{self, Entry, Given};
use super::fragment::{self, Fragment};
use super::keys;
use super::settings::{self, Setting};
use super::slot::Slot;
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// A member's name.
#[derive(Clone)]
pub(crate) struct Name {
    /// The name.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) span: Span,
}

/// `index(name, expr = ..., type = ..., granularity = n)`.
pub(crate) struct Index {
    /// The name.
    pub(crate) name: Name,
    /// What is indexed.
    pub(crate) expr: Fragment,
    /// The type with its arguments.
    pub(crate) kind: (Sql, IndexType),
    /// The granularity.
    pub(crate) granularity: Option<u64>,
}

/// `projection(name, "SELECT ...", settings(...))`.
pub(crate) struct Projection {
    /// The name.
    pub(crate) name: Name,
    /// The body.
    pub(crate) body: Sql,
    /// The settings.
    pub(crate) settings: Vec<Setting>,
}

/// `constraint(name, check = "...")` or `constraint(name, assume = "...")`.
pub(crate) struct Constraint {
    /// The name.
    pub(crate) name: Name,
    /// Is it `assume`?
    pub(crate) is_assume: bool,
    /// The condition.
    pub(crate) condition: Fragment,
}

/// What stands beside the columns of a table, each as often as given.
#[derive(Default)]
pub(crate) struct Members {
    /// `index(...)`.
    pub(crate) indexes: Vec<Index>,
    /// `projection(...)`.
    pub(crate) projections: Vec<Projection>,
    /// `constraint(...)`.
    pub(crate) constraints: Vec<Constraint>,
}

impl Members {
    /// Takes the entry if it is one of these.
    pub(crate) fn take(&mut self, diag: &Diag, entry: &Entry) -> bool {
        match entry.key.as_str() {
            "index" => self.indexes.extend(index(diag, entry)),
            "projection" => self.projections.extend(projection(diag, entry)),
            "constraint" => self.constraints.extend(constraint(diag, entry)),
            _ => return false,
        }
        true
    }

    /// The first of them, and what it is.
    pub(crate) fn first(&self) -> Option<(&'static str, Span)> {
        let index = self.indexes.first().map(|index| ("index", index.name.span));
        let projection = self
            .projections
            .first()
            .map(|projection| ("projection", projection.name.span));
        let constraint = self
            .constraints
            .first()
            .map(|constraint| ("constraint", constraint.name.span));
        index.or(projection).or(constraint)
    }
}

/// `check(name, sql = "...", severity = warning)`.
pub(crate) struct Check {
    /// The name.
    pub(crate) name: Name,
    /// The query.
    pub(crate) sql: String,
    /// Is it `warning`?
    pub(crate) is_warning: bool,
}

const CHECK_FORM: &str =
    "is written `check(sane, sql = \"SELECT throwIf(count() > 0) FROM web.page_view WHERE duration < 0\")`";
const INDEX_FORM: &str =
    "is written `index(by_user, expr = user, type = \"bloom_filter(0.01)\", granularity = 4)`";
const PROJECTION_FORM: &str = "is written `projection(per_site, \"SELECT site, count() GROUP BY site\")`";
const CONSTRAINT_FORM: &str = "is written `constraint(sane, check = \"duration >= 0\")`";

/// Reads an index.
fn index(diag: &Diag, entry: &Entry) -> Option<Index> {
    let (name, rest) = named(diag, entry, INDEX_FORM)?;
    let (mut expr, mut kind, mut granularity) = (Slot::default(), Slot::default(), Slot::default());
    for part in rest {
        for inner in entry::split(diag, part) {
            match inner.key.as_str() {
                "expr" => expr.set(diag, &inner, fragment::one(diag, &inner)),
                "type" => kind.set(diag, &inner, type_of_index(diag, &inner)),
                "granularity" => granularity.set(diag, &inner, count(diag, &inner)),
                _ => inner.report_unknown(diag, &keys::INDEX),
            }
        }
    }
    for (key, given) in [("expr", expr.is_given()), ("type", kind.is_given())] {
        if !given {
            diag.error(
                name.span,
                format!("the index `{}` has no `{key}`; an index {INDEX_FORM}", name.text),
            );
        }
    }
    Some(Index {
        name,
        expr: expr.get().cloned()?,
        kind: kind.get().cloned()?,
        granularity: granularity.get().copied(),
    })
}

/// Reads a projection.
fn projection(diag: &Diag, entry: &Entry) -> Option<Projection> {
    let (name, rest) = named(diag, entry, PROJECTION_FORM)?;
    let mut body: Option<Written> = None;
    let mut set = Slot::default();
    for part in rest {
        if let Some(written) = Written::read(&part) {
            if body.is_some() {
                diag.error(
                    Sql::unchecked(&written).span(),
                    format!("the projection `{}` has two queries; keep one", name.text),
                );
            }
            body = Some(written);
            continue;
        }
        for inner in entry::split(diag, part) {
            match inner.key.as_str() {
                "settings" => set.set(diag, &inner, settings::settings(diag, &inner)),
                _ => inner.report_unknown(diag, &keys::PROJECTION),
            }
        }
    }
    let Some(written) = body else {
        diag.error(
            name.span,
            format!(
                "the projection `{}` has no query; a projection {PROJECTION_FORM}",
                name.text
            ),
        );
        return None;
    };
    let (body, _) = Sql::parsed(diag, &written, parse_projection_body)?;
    Some(Projection {
        name,
        body,
        settings: set.take().unwrap_or_default(),
    })
}

/// Reads a constraint.
fn constraint(diag: &Diag, entry: &Entry) -> Option<Constraint> {
    let (name, rest) = named(diag, entry, CONSTRAINT_FORM)?;
    let (mut check, mut assume) = (Slot::default(), Slot::default());
    for part in rest {
        for inner in entry::split(diag, part) {
            match inner.key.as_str() {
                "check" => check.set(diag, &inner, fragment::one(diag, &inner)),
                "assume" => assume.set(diag, &inner, fragment::one(diag, &inner)),
                _ => inner.report_unknown(diag, &keys::CONSTRAINT),
            }
        }
    }
    match (check.is_given(), assume.is_given()) {
        (true, true) => {
            diag.error(
                name.span,
                format!(
                    "the constraint `{}` is either `check` or `assume`, not both",
                    name.text
                ),
            );
            None
        }
        (false, false) => {
            let text = &name.text;
            diag.error(
                name.span,
                format!("the constraint `{text}` has no condition; a constraint {CONSTRAINT_FORM}"),
            );
            None
        }
        (true, false) => Some(Constraint {
            name,
            is_assume: false,
            condition: check.take()?,
        }),
        (false, true) => Some(Constraint {
            name,
            is_assume: true,
            condition: assume.take()?,
        }),
    }
}

/// Reads a check. The name stands in front, or behind `name =`.
pub(crate) fn check(diag: &Diag, entry: &Entry) -> Option<Check> {
    let Given::List(group) = &entry.given else {
        return entry.malformed(diag, CHECK_FORM);
    };
    let says_name = entry::commas(group.stream()).iter().any(|(part, _)| {
        let mut tokens = part.clone().into_iter();
        matches!(
            (tokens.next(), tokens.next()),
            (Some(TokenTree::Ident(key)), Some(TokenTree::Punct(punct))) if key == "name" && punct.as_char() == '='
        )
    });
    let (mut name, rest) = if says_name {
        (None, vec![group.stream()])
    } else {
        let (name, rest) = named(diag, entry, CHECK_FORM)?;
        (Some(name), rest)
    };
    let (mut sql, mut severity) = (Slot::default(), Slot::default());
    for part in rest {
        for inner in entry::split(diag, part) {
            match inner.key.as_str() {
                "name" if says_name => {
                    let text = fragment::text(diag, &inner, "takes a name in quotes");
                    name = text.map(|text| Name {
                        text: text.value(),
                        span: text.span(),
                    });
                }
                "sql" => sql.set(diag, &inner, query(diag, &inner)),
                "severity" => severity.set(diag, &inner, is_warning(diag, &inner)),
                _ => inner.report_unknown(diag, &keys::CHECK),
            }
        }
    }
    let name = name?;
    if !sql.is_given() {
        diag.error(
            name.span,
            format!("the check `{}` has no `sql`; a check {CHECK_FORM}", name.text),
        );
    }
    Some(Check {
        name,
        sql: sql.take()?,
        is_warning: severity.get().copied().unwrap_or(false),
    })
}

fn query(diag: &Diag, entry: &Entry) -> Option<String> {
    let written = fragment::sql(diag, entry, "takes a SELECT in quotes")?;
    let sql = Sql::checked(diag, &written)?;
    if !sql.is_raw && !chx_core::history::Check::is_query(&sql.text) {
        diag.error(sql.span(), chx_core::history::Check::FORM);
        return None;
    }
    Some(sql.text)
}

fn is_warning(diag: &Diag, entry: &Entry) -> Option<bool> {
    const FORM: &str = "takes `error` or `warning`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    match syn::parse2::<Ident>(value.clone()) {
        Ok(word) if word == "error" => Some(false),
        Ok(word) if word == "warning" => Some(true),
        _ => entry.malformed(diag, FORM),
    }
}

/// The name in front, and the parts behind it.
fn named(diag: &Diag, entry: &Entry, form: &str) -> Option<(Name, Vec<TokenStream>)> {
    let Given::List(group) = &entry.given else {
        return entry.malformed(diag, form);
    };
    let mut parts: Vec<TokenStream> = entry::commas(group.stream())
        .into_iter()
        .map(|(part, _)| part)
        .collect();
    if parts.is_empty() {
        return entry.malformed(diag, form);
    }
    let first = parts.remove(0);
    if let Ok(ident) = syn::parse::Parser::parse2(Ident::parse_any, first.clone()) {
        return Some((
            Name {
                text: ident.unraw().to_string(),
                span: ident.span(),
            },
            parts,
        ));
    }
    if let Ok(literal) = syn::parse2::<LitStr>(first.clone()) {
        if let Err(error) = chx_core::ident::Ident::new(literal.value()) {
            diag.error(literal.span(), error);
            return None;
        }
        return Some((
            Name {
                text: literal.value(),
                span: literal.span(),
            },
            parts,
        ));
    }
    let span = first
        .into_iter()
        .next()
        .map_or(entry.span(), |token: TokenTree| token.span());
    diag.error(span, format!("expected the name first: `{}` {form}", entry.key));
    None
}

/// `type = minmax`, `type = bloom_filter(0.01)`, `type = "bloom_filter(0.01)"`.
fn type_of_index(diag: &Diag, entry: &Entry) -> Option<(Sql, IndexType)> {
    const FORM: &str = "takes an index type: `minmax`, `\"set(100)\"`, `\"bloom_filter(0.01)\"`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let (sql, kind) = match Written::read(value) {
        Some(written) => Sql::parsed(diag, &written, parse_index_type)?,
        None => {
            let tokens: Vec<TokenTree> = value.clone().into_iter().collect();
            let sql = match tokens.as_slice() {
                [TokenTree::Ident(name)] => Sql::verbatim(name.to_string(), name.span()),
                [TokenTree::Ident(name), TokenTree::Group(args)] => {
                    Sql::verbatim(format!("{name}({})", args.stream()), name.span())
                }
                _ => return entry.malformed(diag, FORM),
            };
            match parse_index_type(&sql.text) {
                Ok(kind) => (sql, kind),
                Err(_) => return entry.malformed(diag, FORM),
            }
        }
    };
    if !sql.is_raw
        && let Err(reason) = rules::index::check(&kind)
    {
        diag.error(sql.span(), reason);
        return None;
    }
    Some((sql, kind))
}

fn count(diag: &Diag, entry: &Entry) -> Option<u64> {
    const FORM: &str = "takes a whole number, 1 or more";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    match syn::parse2::<LitInt>(value.clone()).and_then(|literal| literal.base10_parse::<u64>()) {
        Ok(number) if number > 0 => Some(number),
        _ => entry.malformed(diag, FORM),
    }
}
