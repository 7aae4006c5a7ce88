//! Clauses of access entities on their own, as attributes hold them.

use crate::ddl::AccessClause;
use crate::ident::Ident;
use crate::model::access::AccessChange;

use super::super::ParseErrorKind;
use super::super::cursor::Cursor;
use super::super::error::ParseError;
use super::super::fragment::whole;
use super::super::{ParseContext, Reader};
use super::authentication::authentication;
use super::clause::{condition, hosts, settings};
use super::members;
use super::quota::{interval, quota_key};

/// Reads what stands behind the words of a clause: `IP '10.0.0.0/8', LOCAL` of HOST. A day and a database are plain text.
///
/// # Errors
/// What the clause does not say, and a password that is written out. No error repeats a part of how to log in.
pub fn parse_access_clause(clause: AccessClause, text: &str) -> Result<AccessChange, ParseError> {
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    match clause {
        AccessClause::Identified => whole(text, |cursor| {
            let start = *cursor;
            match authentication(cursor, &reader)? {
                (ways, None) => Ok(AccessChange::Identified(ways)),
                (_, Some(_)) => {
                    Err(start.instead("VALID UNTIL", "say it in `valid_until`, for all ways at once"))
                }
            }
        })
        .map_err(without_text),
        AccessClause::ValidUntil => {
            let is_meant = !text.eq_ignore_ascii_case("infinity");
            Ok(AccessChange::ValidUntil(is_meant.then(|| text.to_owned())))
        }
        AccessClause::Host => whole(text, hosts).map(AccessChange::Hosts),
        AccessClause::DefaultRole => whole(text, members).map(AccessChange::DefaultRoles),
        AccessClause::DefaultDatabase => {
            let is_none = |error| ParseError::new(text, 0, ParseErrorKind::Name(error));
            let name = Ident::new(text).map_err(is_none)?;
            Ok(AccessChange::DefaultDatabase(Some(name)))
        }
        AccessClause::Grantees => whole(text, members).map(AccessChange::Grantees),
        AccessClause::Settings => whole(text, settings).map(AccessChange::Settings),
        AccessClause::Restrictive => Ok(AccessChange::Restrictive(true)),
        AccessClause::Using => whole(text, |cursor| condition(cursor, &reader)),
        AccessClause::KeyedBy => whole(text, quota_key).map(AccessChange::KeyedBy),
        AccessClause::Interval => whole(text, |cursor: &mut Cursor<'_>| {
            cursor.eat_words("FOR");
            interval(cursor)
        }),
        AccessClause::To => whole(text, members).map(AccessChange::To),
    }
}

/// The error without the text around it, which may be a password.
fn without_text(mut error: ParseError) -> ParseError {
    error.snippet.clear();
    error
}
