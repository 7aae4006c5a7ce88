//! GRANT and REVOKE: what is granted, and to whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::ddl::{AccessStatement, Statement};
use crate::ident::Ident;
use crate::model::QualifiedName;
use crate::model::access::{GrantChange, Level, Pattern, Privilege, RightsOn, Scope, Source};
use crate::sql::Punct;

use super::super::Reader;
use super::super::cursor::Cursor;
use super::super::error::ParseError;
use super::super::fragment::whole;
use super::super::{ParseContext, ParseErrorKind};
use super::{Each, names};

/// What stands behind GRANT.
pub(super) fn grant(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Each {
    refuse(
        cursor,
        &[
            ON_CLUSTER,
            (
                "CURRENT GRANTS",
                "name the privileges: those of who runs it are not known here",
            ),
        ],
    )?;
    let said = said(cursor, reader, "TO")?;
    let grantees = grantees(cursor, "TO")?;
    let change = granted(cursor, said);
    refuse(cursor, &[REPLACE])?;
    Ok(statements(grantees, &change))
}

/// What stands behind REVOKE.
pub(super) fn revoke(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Each {
    let change = revoked(cursor, reader)?;
    let grantees = grantees(cursor, "FROM")?;
    Ok(statements(grantees, &change))
}

/// What is granted or revoked.
enum Said {
    Rights(Vec<RightsOn>),
    Roles(BTreeSet<Ident>),
}

fn said(cursor: &mut Cursor<'_>, reader: &Reader<'_>, end: &str) -> Result<Said, ParseError> {
    if says_rights(cursor, end) {
        rights(cursor, reader).map(Said::Rights)
    } else {
        names(cursor).map(Said::Roles)
    }
}

/// The grant, with the option that stands behind.
fn granted(cursor: &mut Cursor<'_>, said: Said) -> GrantChange {
    match said {
        Said::Rights(rights) => {
            let grant_option = cursor.eat_words("WITH GRANT OPTION");
            GrantChange::Grant { rights, grant_option }
        }
        Said::Roles(roles) => {
            let admin_option = cursor.eat_words("WITH ADMIN OPTION");
            GrantChange::GrantRoles { roles, admin_option }
        }
    }
}

fn revoked(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<GrantChange, ParseError> {
    refuse(cursor, &[ON_CLUSTER])?;
    let here = *cursor;
    let of_rights = cursor.eat_words("GRANT OPTION FOR");
    let of_roles = !of_rights && cursor.eat_words("ADMIN OPTION FOR");
    if !says_rights(cursor, "FROM") && cursor.is_word("ALL") {
        return Err(cursor.instead("REVOKE ALL", "name the roles, or say what all is ON"));
    }
    match said(cursor, reader, "FROM")? {
        Said::Rights(_) if of_roles => Err(here.expected("`GRANT OPTION FOR`: these are privileges")),
        Said::Roles(_) if of_rights => Err(here.expected("`ADMIN OPTION FOR`: these are roles")),
        Said::Rights(rights) if of_rights => Ok(GrantChange::RevokeGrantOption(rights)),
        Said::Roles(roles) if of_roles => Ok(GrantChange::RevokeAdminOption(roles)),
        Said::Rights(rights) => Ok(GrantChange::Revoke(rights)),
        Said::Roles(roles) => Ok(GrantChange::RevokeRoles(roles)),
    }
}

fn statements(grantees: BTreeSet<Ident>, change: &GrantChange) -> Vec<Statement> {
    let statement = |grantee| {
        Statement::Access(AccessStatement::Grants {
            grantee,
            change: change.clone(),
        })
    };
    grantees.into_iter().map(statement).collect()
}

/// Refuses what is said in another way here.
fn refuse(cursor: &Cursor<'_>, all: &[(&str, &'static str)]) -> Result<(), ParseError> {
    match all.iter().find(|(words, _)| cursor.is_words(words)) {
        Some((words, instead)) => Err(cursor.instead(*words, instead)),
        None => Ok(()),
    }
}

const ON_CLUSTER: (&str, &str) = ("ON CLUSTER", super::ON_CLUSTER);
const REPLACE: (&str, &str) = ("WITH REPLACE OPTION", "revoke what goes by its name");

/// Is this about privileges, which stand on something, and not about roles?
fn says_rights(cursor: &Cursor<'_>, end: &str) -> bool {
    let mut walker = *cursor;
    while !walker.is_at_end() && !walker.is_word(end) {
        if walker.is_word("ON") {
            return true;
        }
        walker.advance_over_group();
    }
    false
}

fn grantees(cursor: &mut Cursor<'_>, word: &str) -> Result<BTreeSet<Ident>, ParseError> {
    cursor.expect_words(word)?;
    refuse(cursor, &[("ALL", "name the users and roles")])?;
    let grantees = names(cursor)?;
    refuse(cursor, &[ON_CLUSTER])?;
    Ok(grantees)
}

/// Reads what stands between GRANT and TO, with the option that stands behind: `SELECT(a, b), INSERT ON db.t WITH GRANT OPTION`,
/// `reader, writer`. Where `on` names a table, the privileges are for that and the text says no more than them.
///
/// # Errors
/// What is no privilege, and what it cannot be granted on.
pub fn parse_grant(
    sql: &str,
    context: &ParseContext<'_>,
    on: Option<&QualifiedName>,
) -> Result<GrantChange, ParseError> {
    attribute(sql, *context, |cursor, reader| {
        let said = match on {
            Some(on) => Said::Rights(vec![rights_on_table(cursor, reader, on)?]),
            None => said(cursor, reader, "TO")?,
        };
        Ok(granted(cursor, said))
    })
}

/// Reads what stands between REVOKE and FROM: what is taken out of a wider grant.
///
/// # Errors
/// As [`parse_grant`].
pub fn parse_revoke(
    sql: &str,
    context: &ParseContext<'_>,
    on: Option<&QualifiedName>,
) -> Result<GrantChange, ParseError> {
    attribute(sql, *context, |cursor, reader| match on {
        Some(on) => Ok(GrantChange::Revoke(vec![rights_on_table(cursor, reader, on)?])),
        None => {
            refuse(
                cursor,
                &[
                    ("GRANT OPTION FOR", "grant it without the option"),
                    ("ADMIN OPTION FOR", "grant it without the option"),
                ],
            )?;
            revoked(cursor, reader)
        }
    })
}

fn attribute(
    sql: &str,
    context: ParseContext<'_>,
    read: impl FnOnce(&mut Cursor<'_>, &Reader<'_>) -> Result<GrantChange, ParseError>,
) -> Result<GrantChange, ParseError> {
    whole(sql, |cursor| {
        let reader = Reader {
            context,
            is_stored: false,
        };
        let change = read(cursor, &reader)?;
        if cursor.is_word("TO") || cursor.is_word("FROM") {
            return Err(cursor.expected("the end: who gets it is the struct"));
        }
        Ok(change)
    })
}

fn rights(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Vec<RightsOn>, ParseError> {
    let mut rights = Vec::new();
    loop {
        let said = rights_on(cursor, reader)?;
        if reader.is_stored {
            // Of a server it is not known what the old form of a source stands for.
            rights.push(said);
        } else {
            rights.extend(said.without_old_form());
        }
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(rights);
        }
    }
}

/// `SELECT(a), INSERT ON db.t`.
fn rights_on(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<RightsOn, ParseError> {
    let (privileges, known) = privileges(cursor, reader)?;
    cursor.expect_words("ON")?;
    let is_named = known
        .iter()
        .all(|(_, privilege, _)| privilege.level == Level::Named);
    let is_source = known
        .iter()
        .all(|(_, privilege, _)| matches!(privilege.name, "READ" | "WRITE"));
    let here = *cursor;
    let mut scope = scope(cursor, reader, is_named && !known.is_empty())?;
    if is_source && let Scope::Named(Some(Pattern { text, prefix: false })) = &scope {
        scope = match source(cursor, &here, text) {
            // The server takes the database of `ALL ON web.*` for one.
            Err(_) if reader.is_stored => scope,
            source => source?,
        };
    }
    granted_on(privileges, known, scope)
}

/// `S3`, `S3('pattern')`. A server shows the pattern as a name.
fn source(cursor: &mut Cursor<'_>, here: &Cursor<'_>, name: &Ident) -> Result<Scope, ParseError> {
    let source = Source::named(name.as_str()).and_then(Source::name);
    let source = source.ok_or_else(|| {
        here.expected(match Source::nearest(name.as_str()) {
            Some(nearest) => format!("a source, perhaps `{nearest}`"),
            None => "a source, such as `S3`".to_owned(),
        })
    })?;
    if !cursor.is_punct(Punct::LParen) {
        return Ok(Scope::Named(Some(Pattern::name(source))));
    }
    let mut filter = cursor.group("the pattern")?;
    let what = "a regular expression, such as `'s3://logs/.*'`";
    let text = if filter.is_string_at(0) {
        filter.string(what)?
    } else {
        filter.ident(what)?.into()
    };
    filter.expect_end("`)`")?;
    Ok(Scope::Source { source, filter: text })
}

/// `SELECT(a), INSERT`, for this table.
fn rights_on_table(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    table: &QualifiedName,
) -> Result<RightsOn, ParseError> {
    let (privileges, known) = privileges(cursor, reader)?;
    let scope = Scope::Table(table.database.clone(), Pattern::name(table.name.clone()));
    granted_on(privileges, known, scope)
}

/// Privileges by their names, each with its columns.
type Privileges = BTreeMap<String, BTreeSet<Ident>>;

/// Those that are known, each with its place, and whether it is for all columns.
type Known<'a> = Vec<(Cursor<'a>, &'static Privilege, bool)>;

fn granted_on(privileges: Privileges, known: Known<'_>, scope: Scope) -> Result<RightsOn, ParseError> {
    for (here, privilege, all_columns) in known {
        let takes = privilege.members().iter().any(|member| scope.takes(member.level));
        if !takes || (!all_columns && scope.relation().is_none()) {
            return Err(here.expected(format!(
                "a privilege that can be granted on `{scope}`: `{}` cannot",
                privilege.name
            )));
        }
    }
    Ok(RightsOn { privileges, scope })
}

fn privileges<'a>(
    cursor: &mut Cursor<'a>,
    reader: &Reader<'_>,
) -> Result<(Privileges, Known<'a>), ParseError> {
    let mut privileges = Privileges::new();
    let mut known = Known::new();
    loop {
        let here = *cursor;
        let (name, privilege) = privilege(cursor, reader)?;
        let columns = if cursor.is_punct(Punct::LParen) {
            let columns = columns(cursor)?;
            if privilege.is_some_and(|privilege| privilege.level != Level::Column) {
                return Err(here.expected(format!("a privilege on columns: `{name}` is none")));
            }
            columns
        } else {
            BTreeSet::new()
        };
        known.extend(privilege.map(|privilege| (here, privilege, columns.is_empty())));
        match privileges.entry(name) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(columns);
            }
            // All columns are more than some.
            std::collections::btree_map::Entry::Occupied(mut place) => {
                let all = place.get().is_empty() || columns.is_empty();
                place.get_mut().extend(columns);
                if all {
                    place.get_mut().clear();
                }
            }
        }
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    Ok((privileges, known))
}

/// The words up to `(`, `,`, ON or WITH.
fn privilege(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
) -> Result<(String, Option<&'static Privilege>), ParseError> {
    let here = *cursor;
    let mut written = String::new();
    while let Some(token) = cursor
        .peek()
        .filter(|token| token.is_name() && !token.is_word("ON") && !token.is_word("WITH"))
    {
        if !written.is_empty() {
            written.push(' ');
        }
        written.push_str(token.text);
        cursor.advance();
    }
    match Privilege::find(&written) {
        Some(privilege) => Ok((privilege.name.to_owned(), Some(privilege))),
        // A server of another version may have more.
        None if reader.is_stored && !written.is_empty() => Ok((written, None)),
        None => Err(here.expected(match Privilege::nearest(&written) {
            Some(nearest) => format!("a privilege, perhaps `{nearest}`"),
            None => "a privilege, such as `SELECT`".to_owned(),
        })),
    }
}

fn columns(cursor: &mut Cursor<'_>) -> Result<BTreeSet<Ident>, ParseError> {
    let mut columns = BTreeSet::new();
    for mut part in cursor.group("the columns")?.split_commas()? {
        columns.insert(part.compound_ident("a column")?);
        part.expect_end("`,` or `)`")?;
    }
    Ok(columns)
}

fn scope(cursor: &mut Cursor<'_>, reader: &Reader<'_>, is_named: bool) -> Result<Scope, ParseError> {
    if cursor.eat_punct(Punct::Star) {
        if cursor.eat_punct(Punct::Dot) {
            cursor.expect_punct(Punct::Star)?;
            return Ok(Scope::All);
        }
        return match reader.context.default_database {
            _ if is_named => Ok(Scope::Named(None)),
            Some(database) => Ok(Scope::Database(Pattern::name(database.clone()))),
            None => Err(cursor.error(ParseErrorKind::NoDatabase { name: "*".to_owned() })),
        };
    }
    let here = *cursor;
    let first = pattern(cursor)?;
    if cursor.eat_punct(Punct::Dot) {
        if cursor.eat_punct(Punct::Star) {
            return Ok(Scope::Database(first));
        }
        let table = pattern(cursor)?;
        if first.prefix {
            return Err(here.unsupported("a table in databases by the beginning of their names"));
        }
        return Ok(Scope::Table(first.text, table));
    }
    match reader.context.default_database {
        _ if is_named => Ok(Scope::Named(Some(first))),
        Some(database) => Ok(Scope::Table(database.clone(), first)),
        None => Err(here.error(ParseErrorKind::NoDatabase {
            name: first.to_string(),
        })),
    }
}

fn pattern(cursor: &mut Cursor<'_>) -> Result<Pattern, ParseError> {
    let text = cursor.ident("what the privilege is for: `db.table`, `db.*` or `*.*`")?;
    let prefix = cursor.eat_punct(Punct::Star);
    Ok(Pattern { text, prefix })
}
