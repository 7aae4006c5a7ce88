//! How a user logs in.
//!
//! It refuses a password that is written out, and repeats none of it.

use crate::model::Secret;
use crate::model::access::{Authentication, PasswordMethod};
use crate::sql::{Punct, TokenKind};

use super::super::Reader;
use super::super::cursor::Cursor;
use super::super::error::{ParseError, ParseErrorKind};
use super::clause::strings;

/// What stands behind IDENTIFIED.
pub(super) fn authentication(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
) -> Result<Vec<Authentication>, ParseError> {
    if cursor.eat_words("BY") {
        return Ok(vec![password(cursor, reader, None)?]);
    }
    if !cursor.is_word("WITH") {
        return Err(quiet(cursor.expected("`WITH` or `BY`")));
    }
    cursor.advance();
    if cursor.eat_words("NO_PASSWORD") {
        return Ok(Vec::new());
    }
    let mut ways = Vec::new();
    loop {
        ways.push(way(cursor, reader)?);
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    if ways.len() > 1 && cursor.is_words("VALID UNTIL") {
        return Err(cursor.unsupported("VALID UNTIL of one of several ways to log in"));
    }
    Ok(ways)
}

fn way(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Authentication, ParseError> {
    if let Some(method) = PasswordMethod::ALL
        .into_iter()
        .find(|method| cursor.eat_words(method.as_str()))
    {
        // What the server shows of a user has no password.
        if reader.is_stored && !cursor.is_word("BY") {
            return Ok(Authentication::Password {
                method: Some(method),
                secret: Secret::Hidden,
            });
        }
        cursor.expect_words("BY")?;
        let way = password(cursor, reader, Some(method))?;
        if cursor.is_word("SALT") {
            return Err(cursor.unsupported("SALT"));
        }
        return Ok(way);
    }
    if cursor.eat_words("LDAP SERVER") {
        return Ok(Authentication::Ldap(
            cursor.string("the name of the LDAP server")?,
        ));
    }
    if cursor.eat_words("KERBEROS") {
        let realm = if cursor.eat_words("REALM") {
            Some(cursor.string("the realm")?)
        } else {
            None
        };
        return Ok(Authentication::Kerberos(realm));
    }
    if cursor.eat_words("SSL_CERTIFICATE") {
        if cursor.eat_words("CN") {
            return Ok(Authentication::CommonName(strings(cursor)?.into_iter().collect()));
        }
        cursor.expect_words("SAN")?;
        return Ok(Authentication::SubjectAltName(
            strings(cursor)?.into_iter().collect(),
        ));
    }
    for word in ["SSH_KEY", "HTTP", "JWT", "NO_PASSWORD", "ONE_TIME_PASSWORD"] {
        if cursor.is_word(word) {
            return Err(cursor.unsupported(format!("IDENTIFIED WITH {}", word.to_ascii_lowercase())));
        }
    }
    let known = PasswordMethod::ALL.map(PasswordMethod::as_str);
    Err(cursor.expected(format!(
        "how to log in: no_password, {}, ldap, kerberos or ssl_certificate",
        known.join(", ")
    )))
}

fn password(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    method: Option<PasswordMethod>,
) -> Result<Authentication, ParseError> {
    let here = *cursor;
    if cursor
        .peek()
        .is_some_and(|token| token.kind == TokenKind::Parameter)
    {
        return Err(cursor.unsupported("a query parameter as a password"));
    }
    let what = "where the password comes from, such as `'env:NAME'`";
    let text = cursor.string(what).map_err(quiet)?;
    let secret = match Secret::parse(&text) {
        Some(secret) => secret,
        None if reader.is_stored => Secret::Hidden,
        None => {
            return Err(here.error(ParseErrorKind::PlainSecret {
                what: "IDENTIFIED".to_owned(),
            }));
        }
    };
    Ok(Authentication::Password { method, secret })
}

/// The error without what stands there, which may be a password.
fn quiet(mut error: ParseError) -> ParseError {
    if let ParseErrorKind::Expected { found, .. } = &mut *error.kind
        && !error.snippet.is_empty()
    {
        "something else".clone_into(found);
    }
    error.snippet.clear();
    error
}
