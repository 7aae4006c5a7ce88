//! The clauses of access entities.

use std::collections::BTreeSet;

use crate::ident::Ident;
use crate::model::access::{AccessChange, AccessKind, AccessSetting, AccessSettings, Host, Writability};
use crate::sql::Punct;

use super::super::Reader;
use super::super::cursor::Cursor;
use super::super::error::ParseError;
use super::super::storage::setting_value;
use super::authentication::{authentication, valid_until};
use super::quota::quota_clause;
use super::{members, name};

/// All clauses that stand here, each at most once. Where the entity is kept is put where there is a place for it.
pub(super) fn clauses(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    kind: AccessKind,
    mut storage: Option<&mut Option<Ident>>,
) -> Result<Vec<AccessChange>, ParseError> {
    let mut changes: Vec<AccessChange> = Vec::new();
    loop {
        let here = *cursor;
        if cursor.is_words("ON CLUSTER") {
            return Err(cursor.instead("ON CLUSTER", super::ON_CLUSTER));
        }
        if cursor.is_words("RENAME TO") {
            return Err(cursor.expected("`RENAME TO` right behind one name"));
        }
        if cursor.is_word("IN") {
            // It stands anywhere among the clauses, once; the caller of this knows where it may.
            match storage.as_deref_mut() {
                Some(storage) if storage.is_none() => {
                    cursor.advance();
                    *storage = Some(cursor.ident("the storage")?);
                    continue;
                }
                Some(_) => return Err(cursor.twice("IN")),
                None => return Err(cursor.expected("a clause: where it is kept is said by CREATE")),
            }
        }
        let found = match kind {
            AccessKind::User => user_clause(cursor, reader)?,
            AccessKind::Role => settings_clause(cursor)?,
            AccessKind::SettingsProfile => {
                settings_clause(cursor)?.map_or_else(|| to_clause(cursor), |found| Ok(Some(found)))?
            }
            AccessKind::Quota => quota_clause(cursor)?,
            AccessKind::RowPolicy => policy_clause(cursor, reader)?,
        };
        let Some(found) = found else {
            // The order means nothing, and servers take some of them in one order only.
            changes.sort_by_key(AccessChange::place);
            return Ok(changes);
        };
        for change in found {
            if changes.iter().any(|other| is_same_clause(other, &change)) {
                return Err(here.twice("clause"));
            }
            changes.push(change);
        }
    }
}

/// Do two clauses say the same thing of an entity?
fn is_same_clause(one: &AccessChange, other: &AccessChange) -> bool {
    match (one, other) {
        (AccessChange::Interval(one, _), AccessChange::Interval(other, _)) => one == other,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

pub(super) type Found = Result<Option<Vec<AccessChange>>, ParseError>;

fn user_clause(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Found {
    if cursor.eat_words("NOT IDENTIFIED") {
        return Ok(Some(vec![AccessChange::Identified(Vec::new())]));
    }
    if cursor.eat_words("IDENTIFIED") {
        let (ways, until) = authentication(cursor, reader)?;
        let until = until.map(AccessChange::ValidUntil);
        return Ok(Some(
            [AccessChange::Identified(ways)]
                .into_iter()
                .chain(until)
                .collect(),
        ));
    }
    if let Some(until) = valid_until(cursor)? {
        return Ok(Some(vec![AccessChange::ValidUntil(until)]));
    }
    if cursor.eat_words("HOST") {
        return Ok(Some(vec![AccessChange::Hosts(hosts(cursor)?)]));
    }
    if cursor.eat_words("DEFAULT ROLE") {
        return Ok(Some(vec![AccessChange::DefaultRoles(members(cursor)?)]));
    }
    if cursor.eat_words("DEFAULT DATABASE") {
        let database = if cursor.eat_words("NONE") {
            None
        } else {
            Some(cursor.ident("a database")?)
        };
        return Ok(Some(vec![AccessChange::DefaultDatabase(database)]));
    }
    if cursor.eat_words("GRANTEES") {
        return Ok(Some(vec![AccessChange::Grantees(members(cursor)?)]));
    }
    for words in [
        "ADD IDENTIFIED",
        "RESET AUTHENTICATION METHODS",
        "ADD HOST",
        "DROP HOST",
    ] {
        if cursor.is_words(words) {
            return Err(cursor.instead(words, "say all of them, as CREATE does"));
        }
    }
    settings_clause(cursor)
}

pub(super) fn to_clause(cursor: &mut Cursor<'_>) -> Found {
    if cursor.eat_words("TO") {
        return Ok(Some(vec![AccessChange::To(members(cursor)?)]));
    }
    Ok(None)
}

fn settings_clause(cursor: &mut Cursor<'_>) -> Found {
    for words in [
        "ADD SETTING",
        "ADD PROFILE",
        "MODIFY SETTING",
        "DROP SETTING",
        "DROP PROFILE",
        "DROP ALL",
    ] {
        if cursor.is_words(words) || cursor.is_words(&format!("{words}S")) {
            return Err(cursor.instead(words, "say all of SETTINGS"));
        }
    }
    if cursor.eat_words("SETTINGS") {
        return Ok(Some(vec![AccessChange::Settings(settings(cursor)?)]));
    }
    Ok(None)
}

fn policy_clause(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Found {
    if cursor.eat_words("FOR") {
        // It says that the policy is for reading, the only kind there is.
        cursor.expect_words("SELECT")?;
        return Ok(Some(Vec::new()));
    }
    if cursor.eat_words("AS") {
        let restrictive = cursor.eat_words("RESTRICTIVE");
        if !restrictive && !cursor.eat_words("PERMISSIVE") {
            return Err(cursor.expected("`PERMISSIVE` or `RESTRICTIVE`"));
        }
        return Ok(Some(vec![AccessChange::Restrictive(restrictive)]));
    }
    if cursor.eat_words("USING") {
        if cursor.eat_words("NONE") {
            return Ok(Some(vec![AccessChange::Using(None)]));
        }
        return Ok(Some(vec![condition(cursor, reader)?]));
    }
    to_clause(cursor)
}

/// What stands behind USING.
pub(super) fn condition(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<AccessChange, ParseError> {
    let here = *cursor;
    let mut condition = cursor.expr("the condition of the row policy")?;
    reader.keep_secrets_of_query(&mut condition, &here)?;
    Ok(AccessChange::Using(Some(condition)))
}

pub(super) fn settings(cursor: &mut Cursor<'_>) -> Result<AccessSettings, ParseError> {
    if cursor.eat_words("NONE") {
        return Ok(AccessSettings::default());
    }
    let mut elements: Vec<AccessSetting> = Vec::new();
    loop {
        let here = *cursor;
        let behind_profile = matches!(elements.last(), Some(AccessSetting::Profile(_)));
        let element = setting(cursor, behind_profile)?;
        let is_said = |other: &AccessSetting| match (other, &element) {
            (AccessSetting::Setting { name, .. }, AccessSetting::Setting { name: said, .. }) => name == said,
            _ => *other == element,
        };
        if elements.iter().any(is_said) {
            return Err(here.twice("setting"));
        }
        elements.push(element);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(AccessSettings::new(elements));
        }
    }
}

/// Does a value or bound of a setting stand here?
fn is_bound(cursor: &Cursor<'_>) -> bool {
    cursor.is_punct(Punct::Eq)
        || [
            "MIN",
            "MAX",
            "CONST",
            "READONLY",
            "WRITABLE",
            "CHANGEABLE_IN_READONLY",
        ]
        .iter()
        .any(|word| cursor.is_word(word))
}

fn setting(cursor: &mut Cursor<'_>, behind_profile: bool) -> Result<AccessSetting, ParseError> {
    let mut behind = *cursor;
    behind.advance();
    if !is_bound(&behind) || cursor.is_words("PROFILE READONLY") {
        let says_profile = cursor.eat_words("PROFILE");
        let inherits = !says_profile && cursor.eat_words("INHERIT");
        if inherits {
            cursor.eat_words("PROFILE");
        }
        if says_profile || inherits || behind_profile {
            return Ok(AccessSetting::Profile(name(cursor, "settings profile")?));
        }
    }
    let name = cursor.compound_ident("the name of a setting")?;
    let (mut value, mut min, mut max, mut writability) = (None, None, None, None);
    let start = *cursor;
    loop {
        let here = *cursor;
        let place = if cursor.eat_punct(Punct::Eq) {
            &mut value
        } else if cursor.eat_words("MIN") {
            cursor.eat_punct(Punct::Eq);
            &mut min
        } else if cursor.eat_words("MAX") {
            cursor.eat_punct(Punct::Eq);
            &mut max
        } else {
            let word = if cursor.eat_words("CONST") || cursor.eat_words("READONLY") {
                Writability::Const
            } else if cursor.eat_words("WRITABLE") {
                Writability::Writable
            } else if cursor.eat_words("CHANGEABLE_IN_READONLY") {
                Writability::ChangeableInReadonly
            } else {
                break;
            };
            if writability.replace(word).is_some() {
                return Err(here.twice("CONST or WRITABLE"));
            }
            continue;
        };
        if place.replace(setting_value(cursor)?).is_some() {
            return Err(here.twice("setting"));
        }
    }
    if value.is_none() && min.is_none() && max.is_none() && writability.is_none() {
        return Err(start.expected(format!("`=` behind the setting `{name}`")));
    }
    Ok(AccessSetting::Setting {
        name: String::from(name),
        value,
        min,
        max,
        writability,
    })
}

pub(super) fn hosts(cursor: &mut Cursor<'_>) -> Result<BTreeSet<Host>, ParseError> {
    let mut hosts = BTreeSet::new();
    loop {
        if cursor.eat_words("ANY") {
            hosts.insert(Host::Any);
        } else if cursor.eat_words("LOCAL") {
            hosts.insert(Host::Local);
        } else if cursor.eat_words("NAME") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Name));
        } else if cursor.eat_words("REGEXP") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Regexp));
        } else if cursor.eat_words("IP") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Ip));
        } else if cursor.eat_words("LIKE") {
            hosts.extend(strings(cursor)?.into_iter().map(Host::Like));
        } else if !cursor.eat_words("NONE") {
            return Err(cursor.expected("`ANY`, `NONE`, `LOCAL`, `NAME`, `REGEXP`, `IP` or `LIKE`"));
        }
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(hosts);
        }
    }
}

/// `'a', 'b'`: a comma with something else behind it is not its own.
pub(super) fn strings(cursor: &mut Cursor<'_>) -> Result<Vec<String>, ParseError> {
    let mut strings = vec![cursor.string("a string")?];
    while cursor.is_punct(Punct::Comma) && cursor.is_string_at(1) {
        cursor.advance();
        strings.push(cursor.string("a string")?);
    }
    Ok(strings)
}
