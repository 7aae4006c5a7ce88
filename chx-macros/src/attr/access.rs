//! `#[ch(...)]` on a struct with `ChRole`, `ChUser`, `ChRowPolicy`, `ChQuota` or `ChSettingsProfile`.
//!
//! The keys are the clauses of ClickHouse, and each holds what stands behind the words of its clause. No mistake in how a user
//! logs in is shown at its place: the compiler would print the line, and a password with it.

use chx_core::ddl::{AccessClause, ParseContext, parse_access_clause, parse_grant, parse_revoke};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::access::{AccessChange, AccessKind, GrantChange};
use chx_core::sql::{Punct, TokenKind};
use proc_macro2::Span;
use syn::{Attribute, LitStr, Path, Type};

use super::entry::{self, Entry, Given};
use super::fragment;
use super::keys::{self, Keys};
use super::materialized_view::{To, table_name};
use super::named;
use super::slot::Slot;
use super::sql::{Sql, Written};
use crate::diag::Diag;

/// An access entity as written.
#[derive(Default)]
pub(crate) struct Access {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
    /// `on = ...`.
    pub(crate) on: Slot<On>,
    /// The clauses, in the order in which they are written.
    pub(crate) clauses: Vec<(AccessClause, Slot<Clause>)>,
    /// `grant` and `revoke`, in the order in which they are written.
    pub(crate) grants: Vec<Grant>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

/// What a row policy is on.
pub(crate) enum On {
    /// A declared table.
    Type(Box<Type>),
    /// `"db.table"`, `"table"`, `"db.*"` or `"*"`.
    Name {
        /// The database, if named.
        database: Option<String>,
        /// The table; none is all.
        table: Option<String>,
    },
}

/// A clause.
pub(crate) struct Clause {
    /// What stands behind its words.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) span: Span,
}

/// A `grant` or `revoke`.
pub(crate) struct Grant {
    /// Is it a `revoke`?
    pub(crate) revokes: bool,
    /// What is granted.
    pub(crate) text: String,
    /// The table, as a type.
    pub(crate) on: Option<Box<Type>>,
    /// The columns of that table, each with its place.
    pub(crate) columns: Vec<(String, Span)>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// The derive of a kind.
pub(crate) fn derive(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::Role => "ChRole",
        AccessKind::User => "ChUser",
        AccessKind::RowPolicy => "ChRowPolicy",
        AccessKind::Quota => "ChQuota",
        AccessKind::SettingsProfile => "ChSettingsProfile",
    }
}

fn keys(kind: AccessKind) -> &'static Keys {
    match kind {
        AccessKind::Role => &keys::ROLE,
        AccessKind::User => &keys::USER,
        AccessKind::RowPolicy => &keys::ROW_POLICY,
        AccessKind::Quota => &keys::QUOTA,
        AccessKind::SettingsProfile => &keys::SETTINGS_PROFILE,
    }
}

/// An example of what a clause takes.
pub(crate) fn example(clause: AccessClause) -> &'static str {
    match clause {
        AccessClause::Identified => "WITH sha256_password BY 'env:PASSWORD'",
        AccessClause::ValidUntil => "2030-01-01",
        AccessClause::Host => "IP '10.0.0.0/8', LOCAL",
        AccessClause::DefaultDatabase => "web",
        AccessClause::DefaultRole => "reader, writer",
        AccessClause::Grantees => "ANY EXCEPT guest",
        AccessClause::Settings => "max_threads = 4 MAX 8, PROFILE 'careful'",
        AccessClause::Restrictive => "",
        AccessClause::Using => "user = currentUser()",
        AccessClause::KeyedBy => "user_name",
        AccessClause::Interval => "1 hour MAX queries = 100",
        AccessClause::To => "reader, writer",
    }
}

impl Access {
    /// Reads the attributes of a struct.
    pub(crate) fn read(diag: &Diag, kind: AccessKind, attrs: &[Attribute]) -> Self {
        let mut entity = Self::default();
        let is_granted_to = keys(kind).has("grant");
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => entity.name.set(diag, &entry, named::name(diag, &entry)),
                "crate" => entity.krate.set(diag, &entry, named::path(diag, &entry)),
                "on" if kind == AccessKind::RowPolicy => entity.on.set(diag, &entry, on(diag, &entry)),
                "grant" if is_granted_to => entity.grants.extend(grant(diag, &entry, false)),
                "revoke" if is_granted_to => entity.grants.extend(grant(diag, &entry, true)),
                key => match AccessClause::find(kind, key) {
                    Some(clause) => entity.take(diag, &entry, clause),
                    None => entry.report_unknown(diag, keys(kind)),
                },
            }
        }
        entity
    }

    fn take(&mut self, diag: &Diag, entry: &Entry, clause: AccessClause) {
        let said = said(diag, entry, clause);
        if clause == AccessClause::Interval {
            let this = said.as_ref().and_then(|said| length(&said.text));
            let is_same = |(other, slot): &(AccessClause, Slot<Clause>)| {
                *other == clause && slot.get().and_then(|said| length(&said.text)) == this
            };
            if this.is_some() && self.clauses.iter().any(is_same) {
                let message = "an interval of this length is there already; put the limits into one of them";
                diag.error(entry.span(), message);
            }
        } else if let Some((_, slot)) = self.clauses.iter_mut().find(|(other, _)| *other == clause) {
            slot.set(diag, entry, said);
            return;
        }
        let mut slot = Slot::default();
        slot.set(diag, entry, said);
        self.clauses.push((clause, slot));
    }

    /// Is the clause said, readable or not?
    pub(crate) fn says(&self, clause: AccessClause) -> bool {
        self.clauses.iter().any(|(said, _)| *said == clause)
    }
}

/// The length of an interval.
fn length(text: &str) -> Option<u64> {
    match parse_access_clause(AccessClause::Interval, text) {
        Ok(AccessChange::Interval(seconds, _)) => Some(seconds),
        _ => None,
    }
}

fn said(diag: &Diag, entry: &Entry, clause: AccessClause) -> Option<Clause> {
    let span = entry.span();
    match clause {
        AccessClause::Restrictive => {
            return entry.flag(diag)?.then(|| Clause {
                text: String::new(),
                span,
            });
        }
        AccessClause::DefaultDatabase => {
            let text = named::name(diag, entry)?.value();
            return Some(Clause { text, span });
        }
        _ => {}
    }
    let form = format!("takes text in quotes, such as `\"{}\"`", example(clause));
    let written = Written::of(fragment::text(diag, entry, &form)?);
    let sql = Sql::unchecked(&written);
    match parse_access_clause(clause, &sql.text) {
        Ok(_) => Some(Clause { text: sql.text, span }),
        Err(error) if clause == AccessClause::Identified => {
            diag.keep_secret();
            let message = format!("in `identified`, at {}: {}", sql.character(error.at), error.kind);
            diag.error(span, message);
            None
        }
        Err(error) => {
            sql.report_parse(diag, &error);
            None
        }
    }
}

/// `"db.table"`, `"db.*"`, `"*"` or a declared table.
fn on(diag: &Diag, entry: &Entry) -> Option<On> {
    const FORM: &str =
        "takes a declared table, or in quotes the name of one or of all: `\"web.visits\"`, `\"web.*\"`";
    let Given::Value(value) = &entry.given else {
        return entry.malformed(diag, FORM);
    };
    let Some(written) = Written::read(value) else {
        return match syn::parse2::<Type>(value.clone()) {
            Ok(path @ Type::Path(_)) => Some(On::Type(Box::new(path))),
            _ => entry.malformed(diag, FORM),
        };
    };
    if let Some(all) = all_tables(&Sql::unchecked(&written).text) {
        return Some(all);
    }
    match table_name(diag, &written)? {
        To::Name { database, name } => Some(On::Name {
            database,
            table: Some(name),
        }),
        To::Type(_) => None,
    }
}

/// `db.*` or `*`.
fn all_tables(text: &str) -> Option<On> {
    let tokens = chx_core::sql::lex(text).ok()?;
    let tokens: Vec<_> = tokens.iter().collect();
    let is = |at: usize, punct| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Punct(punct))
    };
    let database = match tokens.len() {
        1 if is(0, Punct::Star) => None,
        3 if is(1, Punct::Dot) && is(2, Punct::Star) => Some(tokens.first()?.name().ok()??.into_owned()),
        _ => return None,
    };
    Some(On::Name {
        database,
        table: None,
    })
}

/// `grant = "..."`, or `grant("SELECT(a)", on = Table)`.
fn grant(diag: &Diag, entry: &Entry, revokes: bool) -> Option<Grant> {
    let form = format!(
        "takes what stands behind {} in quotes: `{key} = \"SELECT ON web.*\"`, `{key} = \"reader\"`, or for a declared table `{key}(\"SELECT\", on = Visits)`",
        if revokes { "REVOKE" } else { "GRANT" },
        key = entry.key
    );
    let (written, on) = match &entry.given {
        Given::Nothing => return entry.malformed(diag, &form),
        Given::Value(_) => (Written::of(fragment::text(diag, entry, &form)?), None),
        Given::List(group) => {
            let mut parts = entry::commas(group.stream()).into_iter().map(|(part, _)| part);
            let literal = parts.next().and_then(|first| syn::parse2::<LitStr>(first).ok());
            let Some(literal) = literal else {
                return entry.malformed(diag, &form);
            };
            let mut on = Slot::default();
            for inner in parts.flat_map(|part| entry::split(diag, part)) {
                match inner.key.as_str() {
                    "on" => on.set(diag, &inner, table(diag, &inner)),
                    _ => inner.report_unknown(diag, &keys::GRANT),
                }
            }
            if !on.is_given() {
                return entry.malformed(diag, &form);
            }
            (Written::of(literal), Some(on.take()?))
        }
    };
    // Names without a database are completed when the declaration is read.
    let database = Ident::new("default").ok()?;
    let any = QualifiedName {
        database: database.clone(),
        name: database.clone(),
    };
    let parse = if revokes { parse_revoke } else { parse_grant };
    let (sql, change) = Sql::parsed(diag, &written, |text| {
        parse(
            text,
            &ParseContext::in_database(&database),
            on.as_ref().map(|_| &any),
        )
    })?;
    let rights = match change {
        GrantChange::Grant { rights, .. } | GrantChange::Revoke(rights) if on.is_some() => rights,
        GrantChange::Grant { .. }
        | GrantChange::Revoke(_)
        | GrantChange::GrantRoles { .. }
        | GrantChange::RevokeRoles(_)
        | GrantChange::RevokeGrantOption(_)
        | GrantChange::RevokeAdminOption(_) => Vec::new(),
    };
    let columns = rights
        .iter()
        .flat_map(|rights| rights.privileges.values().flatten());
    let columns = columns.map(|column| (column.to_string(), sql.span_of_name(column.as_str())));
    Some(Grant {
        revokes,
        columns: columns.collect(),
        text: sql.text,
        on,
        span: entry.span(),
    })
}

fn table(diag: &Diag, entry: &Entry) -> Option<Box<Type>> {
    if let Given::Value(value) = &entry.given
        && let Ok(path @ Type::Path(_)) = syn::parse2::<Type>(value.clone())
    {
        return Some(Box::new(path));
    }
    entry.malformed(
        diag,
        "takes a declared table; one that has no struct stands in the text: `grant = \"SELECT ON web.visits\"`",
    )
}
