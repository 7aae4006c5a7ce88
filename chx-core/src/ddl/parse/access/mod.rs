//! CREATE, ALTER and DROP of users, roles, row policies, quotas and settings profiles; GRANT and REVOKE.
//!
//! One entity a statement. It refuses what depends on who runs it (CURRENT_USER), what says where the server keeps the entity
//! (IN storage), what replaces a user or role with all its grants, and passwords that are written out.

mod attribute;
mod authentication;
mod clause;
mod grant;
mod quota;

use std::collections::BTreeSet;

pub use attribute::parse_access_clause;
pub(super) use grant::{grant, revoke};
pub use grant::{parse_grant, parse_revoke};
pub(in crate::ddl) use quota::UNITS as INTERVAL_UNITS;

use crate::ddl::{AccessStatement, Statement};
use crate::ident::Ident;
use crate::model::access::{AccessId, AccessKind, Members, RowPolicyName};
use crate::sql::Punct;

use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::{ParseError, ParseErrorKind};
use super::{ParseContext, Reader};

/// For what is about several: each is a step that either happened or did not.
const EACH: &str = "write a statement for each";
const ON_CLUSTER: &str = "run it on each server, or keep the entities in a replicated storage";
/// For IN and FROM: the server looks and keeps in its own order.
const IN_STORAGE: &str = "leave it out; the server takes the first storage that it can write to";

/// The words of a kind, where they stand here.
pub(super) fn kind(cursor: &mut Cursor<'_>) -> Option<AccessKind> {
    [
        ("USER", AccessKind::User),
        ("ROLE", AccessKind::Role),
        ("ROW POLICY", AccessKind::RowPolicy),
        ("POLICY", AccessKind::RowPolicy),
        ("QUOTA", AccessKind::Quota),
        ("SETTINGS PROFILE", AccessKind::SettingsProfile),
        ("PROFILE", AccessKind::SettingsProfile),
    ]
    .into_iter()
    .find_map(|(words, kind)| cursor.eat_words(words).then_some(kind))
}

/// What stands behind `CREATE [OR REPLACE] USER` and the like.
pub(super) fn create(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    kind: AccessKind,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let here = *cursor;
    // ClickHouse takes the words behind the kind too.
    let replaces = replaces || cursor.eat_words("OR REPLACE");
    if replaces && matches!(kind, AccessKind::User | AccessKind::Role) {
        let clause = format!("OR REPLACE of a {}", kind.as_str());
        return Err(here.instead(clause, "it loses the grants; say in an ALTER what changes"));
    }
    let on_existing = on_existing(cursor, replaces)?;
    let id = id(cursor, reader, kind)?;
    let Some(mut entity) = id.bare(kind) else {
        return Err(here.expected(format!("a {}", kind.as_str())));
    };
    for change in clause::clauses(cursor, reader, kind)? {
        // The clauses are those of the kind.
        let _ = entity.apply(&change);
    }
    Ok(Statement::Access(AccessStatement::Create {
        entity: Box::new(entity),
        on_existing,
    }))
}

/// What stands behind `ALTER USER` and the like.
pub(super) fn alter(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    kind: AccessKind,
) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let id = id(cursor, reader, kind)?;
    let changes = clause::clauses(cursor, reader, kind)?;
    if changes.is_empty() {
        return Err(cursor.expected(format!("a clause of a {}", kind.as_str())));
    }
    Ok(Statement::Access(AccessStatement::Alter {
        id,
        entity: kind,
        if_exists,
        changes,
    }))
}

/// What stands behind `DROP USER` and the like.
pub(super) fn drop(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    kind: AccessKind,
) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let id = id(cursor, reader, kind)?;
    if cursor.is_word("FROM") {
        return Err(cursor.instead("FROM storage", IN_STORAGE));
    }
    Ok(Statement::Access(AccessStatement::Drop {
        id,
        entity: kind,
        if_exists,
    }))
}

/// The name of an entity, which for a row policy says its table.
fn id(cursor: &mut Cursor<'_>, reader: &Reader<'_>, kind: AccessKind) -> Result<AccessId, ParseError> {
    let name = name(cursor, kind.as_str())?;
    if cursor.is_punct(Punct::Comma) {
        return Err(cursor.instead("several entities in one statement", EACH));
    }
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.instead("ON CLUSTER", ON_CLUSTER));
    }
    Ok(match kind {
        AccessKind::User | AccessKind::Role => AccessId::Grantee(name),
        AccessKind::Quota => AccessId::Quota(name),
        AccessKind::SettingsProfile => AccessId::SettingsProfile(name),
        AccessKind::RowPolicy => AccessId::RowPolicy(Box::new(policy_name(cursor, reader, name)?)),
    })
}

/// `ON db.table` or `ON db.*`.
fn policy_name(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    name: Ident,
) -> Result<RowPolicyName, ParseError> {
    cursor.expect_words("ON")?;
    if cursor.peek_at(0).is_some_and(|token| token.is_name())
        && cursor.is_punct_at(1, Punct::Dot)
        && cursor.is_punct_at(2, Punct::Star)
    {
        let database = cursor.ident("a database")?;
        cursor.advance();
        cursor.advance();
        return Ok(RowPolicyName {
            name,
            database,
            table: None,
        });
    }
    let table = reader.name(cursor, "the table of the row policy")?;
    if cursor.is_punct(Punct::Comma) {
        return Err(cursor.instead("a row policy on several tables", EACH));
    }
    Ok(RowPolicyName {
        name,
        database: table.database,
        table: Some(table.name),
    })
}

/// Reads an identity as it writes itself: `grantee reader`, `row policy own ON web.hits`. `None` for anything else.
pub(crate) fn parse_access_id(text: &str) -> Option<AccessId> {
    let source = Source::new(text).ok()?;
    let mut cursor = source.cursor();
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    let kind = if cursor.eat_words("GRANTEE") {
        AccessKind::Role
    } else if cursor.eat_words("QUOTA") {
        AccessKind::Quota
    } else if cursor.eat_words("SETTINGS PROFILE") {
        AccessKind::SettingsProfile
    } else if cursor.eat_words("ROW POLICY") {
        AccessKind::RowPolicy
    } else {
        return None;
    };
    let id = id(&mut cursor, &reader, kind).ok()?;
    cursor.is_at_end().then_some(id)
}

/// A name, also as a string. A name with a host is refused: it is `HOST` said twice.
fn name(cursor: &mut Cursor<'_>, what: &str) -> Result<Ident, ParseError> {
    if cursor.is_word("CURRENT_USER") {
        return Err(cursor.instead(
            "CURRENT_USER",
            "name the user: who runs a migration is not known here",
        ));
    }
    let here = *cursor;
    let name = if cursor.is_string_at(0) {
        let text = cursor.string(what)?;
        Ident::new(text).map_err(|error| here.error(ParseErrorKind::Name(error)))?
    } else {
        cursor.ident(&format!("the name of a {what}"))?
    };
    if cursor.is_punct(Punct::At) {
        return Err(cursor.instead("name@host", "say the host behind HOST, as in HOST LIKE 'host'"));
    }
    Ok(name)
}

/// `NONE`, `a, b`, `ALL [EXCEPT a, b]`, or the same with ANY.
fn members(cursor: &mut Cursor<'_>) -> Result<Members, ParseError> {
    if cursor.eat_words("NONE") {
        return Ok(Members::NONE);
    }
    if cursor.eat_words("ALL") || cursor.eat_words("ANY") {
        let except = if cursor.eat_words("EXCEPT") {
            names(cursor)?
        } else {
            BTreeSet::new()
        };
        return Ok(Members::AllExcept(except));
    }
    let names = names(cursor)?;
    if cursor.is_word("EXCEPT") {
        return Err(cursor.instead("EXCEPT behind names", "leave out the names themselves"));
    }
    Ok(Members::Named(names))
}

/// `a, b`.
fn names(cursor: &mut Cursor<'_>) -> Result<BTreeSet<Ident>, ParseError> {
    let mut names = BTreeSet::new();
    loop {
        names.insert(name(cursor, "user or role")?);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(names);
        }
    }
}
