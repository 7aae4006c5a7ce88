//! CREATE, ALTER and DROP of users, roles, row policies, quotas and settings profiles; GRANT and REVOKE.
//!
//! A statement about several entities is one for each. It refuses what depends on who runs it (CURRENT_USER), what replaces a user or
//! role with all its grants, several users with one password, and passwords that are written out.

mod attribute;
mod authentication;
mod clause;
mod grant;
mod quota;

use std::collections::BTreeSet;

pub use attribute::parse_access_clause;
pub use grant::{parse_grant, parse_revoke};
pub(in crate::ddl) use quota::UNITS as INTERVAL_UNITS;

use crate::ddl::{AccessStatement, Statement};
use crate::ident::Ident;
use crate::model::access::{AccessChange, AccessId, AccessKind, Authentication, Members, RowPolicyName};
use crate::sql::Punct;

use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::{ParseError, ParseErrorKind};
use super::{ParseContext, Reader};

const ON_CLUSTER: &str = "run it on each server, or keep the entities in a replicated storage";

/// The statements that a text stands for, one for each entity that it is about; at least one.
pub(super) type Each = Result<Vec<Statement>, ParseError>;

/// What stands here, where it is about an access entity; `None` where it is not.
pub(super) fn each(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Option<Each> {
    let mut behind = *cursor;
    let found = if behind.eat_words("GRANT") {
        grant::grant(&mut behind, reader)
    } else if behind.eat_words("REVOKE") {
        grant::revoke(&mut behind, reader)
    } else if behind.eat_words("CREATE") {
        let replaces = behind.eat_words("OR REPLACE");
        let kind = kind(&mut behind)?;
        create(&mut behind, reader, kind, replaces)
    } else if behind.eat_words("ALTER") {
        let kind = kind(&mut behind)?;
        alter(&mut behind, reader, kind)
    } else if behind.eat_words("DROP") {
        let kind = kind(&mut behind)?;
        drop(&mut behind, reader, kind)
    } else {
        return None;
    };
    *cursor = behind;
    Some(found)
}

/// The one statement that a text stands for.
pub(super) fn one(here: &Cursor<'_>, each: Each) -> Result<Statement, ParseError> {
    let mut each = each?.into_iter();
    match (each.next(), each.next()) {
        (Some(statement), None) => Ok(statement),
        _ => Err(here.instead("several entities in one statement", "write a statement for each")),
    }
}

/// The words of a kind, where they stand here.
fn kind(cursor: &mut Cursor<'_>) -> Option<AccessKind> {
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
fn create(cursor: &mut Cursor<'_>, reader: &Reader<'_>, kind: AccessKind, replaces: bool) -> Each {
    let here = *cursor;
    // ClickHouse takes the words behind the kind too.
    let replaces = replaces || cursor.eat_words("OR REPLACE");
    if replaces && matches!(kind, AccessKind::User | AccessKind::Role) {
        let clause = format!("OR REPLACE of a {}", kind.as_str());
        return Err(here.instead(clause, "it loses the grants; say in an ALTER what changes"));
    }
    let on_existing = on_existing(cursor, replaces)?;
    let ids = ids(cursor, reader, kind)?;
    let mut storage = None;
    let changes = clause::clauses(cursor, reader, kind, Some(&mut storage))?;
    if ids.len() > 1 && changes.iter().any(has_password) {
        return Err(here.instead(
            "IDENTIFIED of several users",
            "give each of them a password of its own",
        ));
    }
    let create = |id: AccessId| {
        let mut entity = id
            .bare(kind)
            .ok_or_else(|| here.expected(format!("a {}", kind.as_str())))?;
        for change in &changes {
            // The clauses are those of the kind.
            let _ = entity.apply(change);
        }
        Ok(Statement::Access(AccessStatement::Create {
            entity: Box::new(entity),
            on_existing,
            storage: storage.clone(),
        }))
    };
    ids.into_iter().map(create).collect()
}

fn has_password(change: &AccessChange) -> bool {
    let is_password = |way: &Authentication| matches!(way, Authentication::Password { .. });
    matches!(change, AccessChange::Identified(ways) if ways.iter().any(is_password))
}

/// What stands behind `ALTER USER` and the like.
fn alter(cursor: &mut Cursor<'_>, reader: &Reader<'_>, kind: AccessKind) -> Each {
    let if_exists = cursor.eat_words("IF EXISTS");
    let here = *cursor;
    let mut ids = ids(cursor, reader, kind)?;
    let mut each = Vec::new();
    if let [id] = ids.as_mut_slice()
        && cursor.eat_words("RENAME TO")
    {
        let to = name(cursor, kind.as_str())?;
        let renamed = id.renamed(&to);
        each.push(Statement::Access(AccessStatement::Rename {
            id: std::mem::replace(id, renamed),
            entity: kind,
            if_exists,
            to,
        }));
    }
    let changes = clause::clauses(cursor, reader, kind, None)?;
    if changes.is_empty() {
        if each.is_empty() {
            return Err(cursor.expected(format!("a clause of a {}", kind.as_str())));
        }
        return Ok(each);
    }
    if ids.len() + each.len() > 1 && changes.iter().any(has_password) {
        return Err(here.instead(
            "IDENTIFIED among others",
            "give each user a password in a statement of its own",
        ));
    }
    each.extend(ids.into_iter().map(|id| {
        Statement::Access(AccessStatement::Alter {
            id,
            entity: kind,
            if_exists,
            changes: changes.clone(),
        })
    }));
    Ok(each)
}

/// What stands behind `DROP USER` and the like.
fn drop(cursor: &mut Cursor<'_>, reader: &Reader<'_>, kind: AccessKind) -> Each {
    let if_exists = cursor.eat_words("IF EXISTS");
    let ids = ids(cursor, reader, kind)?;
    let storage = if cursor.eat_words("FROM") {
        Some(cursor.ident("the storage")?)
    } else {
        None
    };
    let drop = |id| {
        Statement::Access(AccessStatement::Drop {
            id,
            entity: kind,
            if_exists,
            storage: storage.clone(),
        })
    };
    Ok(ids.into_iter().map(drop).collect())
}

/// The names of entities, each once: `a, b`, and of row policies `p, q ON d.t`, `p ON d.t, d.u` or `p ON d.t, q ON d.u`.
fn ids(cursor: &mut Cursor<'_>, reader: &Reader<'_>, kind: AccessKind) -> Result<Vec<AccessId>, ParseError> {
    let mut names = vec![name(cursor, kind.as_str())?];
    while cursor.eat_punct(Punct::Comma) {
        names.push(name(cursor, kind.as_str())?);
    }
    if cursor.is_words("ON CLUSTER") {
        return Err(cursor.instead("ON CLUSTER", ON_CLUSTER));
    }
    let mut ids: Vec<AccessId> = match kind {
        AccessKind::User | AccessKind::Role => names.into_iter().map(AccessId::Grantee).collect(),
        AccessKind::Quota => names.into_iter().map(AccessId::Quota).collect(),
        AccessKind::SettingsProfile => names.into_iter().map(AccessId::SettingsProfile).collect(),
        AccessKind::RowPolicy => policies(cursor, reader, names)?
            .into_iter()
            .map(|policy| AccessId::RowPolicy(Box::new(policy)))
            .collect(),
    };
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    Ok(ids)
}

/// What stands behind the first names of row policies: several names are on one table, one name is on several, or else each has its
/// own.
fn policies(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    names: Vec<Ident>,
) -> Result<Vec<RowPolicyName>, ParseError> {
    cursor.expect_words("ON")?;
    let on = |name: Ident, (database, table): (Ident, Option<Ident>)| RowPolicyName {
        name,
        database,
        table,
    };
    let table = policy_table(cursor, reader)?;
    let [mut name] = match <[Ident; 1]>::try_from(names) {
        Ok(one) => one,
        Err(_) if cursor.is_punct(Punct::Comma) => {
            return Err(cursor.expected("a clause: several names stand on one table"));
        }
        Err(names) => return Ok(names.into_iter().map(|name| on(name, table.clone())).collect()),
    };
    let mut policies = vec![on(name.clone(), table)];
    while cursor.eat_punct(Punct::Comma) {
        if cursor.is_word_at(1, "ON") {
            name = self::name(cursor, AccessKind::RowPolicy.as_str())?;
            cursor.expect_words("ON")?;
        }
        policies.push(on(name.clone(), policy_table(cursor, reader)?));
    }
    Ok(policies)
}

fn policy_table(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<(Ident, Option<Ident>), ParseError> {
    if cursor.peek_at(0).is_some_and(|token| token.is_name())
        && cursor.is_punct_at(1, Punct::Dot)
        && cursor.is_punct_at(2, Punct::Star)
    {
        let database = cursor.ident("a database")?;
        cursor.advance();
        cursor.advance();
        return Ok((database, None));
    }
    let table = reader.name(cursor, "the table of the row policy")?;
    Ok((table.database, Some(table.name)))
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
    let [id] = ids(&mut cursor, &reader, kind).ok()?.try_into().ok()?;
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
