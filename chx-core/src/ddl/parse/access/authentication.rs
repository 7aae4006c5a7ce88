//! How a user logs in.
//!
//! It refuses a password that is written out, and repeats none of it.

use std::collections::BTreeSet;

use crate::model::Secret;
use crate::model::access::{Authentication, PasswordMethod, SshKey};
use crate::sql::{Punct, TokenKind};

use super::super::Reader;
use super::super::cursor::Cursor;
use super::super::error::{ParseError, ParseErrorKind};
use super::clause::strings;

/// When logging in ends, where that is said; none is never.
type Until = Option<Option<String>>;

/// `VALID UNTIL`, if it stands here.
pub(super) fn valid_until(cursor: &mut Cursor<'_>) -> Result<Until, ParseError> {
    if !cursor.eat_words("VALID UNTIL") {
        return Ok(None);
    }
    let until = cursor.string("a day and time")?;
    Ok(Some(
        Some(until).filter(|until| !until.eq_ignore_ascii_case("infinity")),
    ))
}

/// What stands behind IDENTIFIED: all ways to log in, and their end where they have one.
pub(super) fn authentication(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
) -> Result<(Vec<Authentication>, Until), ParseError> {
    if !cursor.eat_words("WITH") && !cursor.is_word("BY") {
        return Err(quiet(cursor.expected("`WITH` or `BY`")));
    }
    if cursor.eat_words("NO_PASSWORD") {
        return Ok((Vec::new(), None));
    }
    let mut ways = vec![way(cursor, reader)?];
    let until = valid_until(cursor)?;
    while cursor.eat_punct(Punct::Comma) {
        ways.push(way(cursor, reader)?);
        let here = *cursor;
        if valid_until(cursor)? != until {
            return Err(here.instead(
                "VALID UNTIL of one of several ways to log in",
                "give all of them the same end",
            ));
        }
    }
    Ok((ways, until))
}

fn way(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Authentication, ParseError> {
    if cursor.eat_words("BY") {
        return Ok(Authentication::Password {
            method: None,
            secret: password(cursor, reader, "IDENTIFIED")?,
            salt: None,
        });
    }
    if let Some(method) = PasswordMethod::ALL
        .into_iter()
        .find(|method| cursor.eat_words(method.as_str()))
    {
        // What the server shows of a user has no password.
        if reader.is_stored && !cursor.is_word("BY") {
            return Ok(Authentication::Password {
                method: Some(method),
                secret: Secret::Hidden,
                salt: None,
            });
        }
        cursor.expect_words("BY")?;
        let here = *cursor;
        let secret = password(cursor, reader, "IDENTIFIED")?;
        let salt = if cursor.eat_words("SALT") {
            Some(password(cursor, reader, "SALT")?)
        } else {
            None
        };
        if salt.is_some() && !method.takes_salt() {
            return Err(quiet(here.instead(
                "SALT of a password",
                "only a hash has one: `sha256_hash BY ... SALT ...`",
            )));
        }
        // A server that shows hashes shows the hash of a password.
        let (method, salt) = if secret == Secret::Hidden {
            (method.shown(), None)
        } else {
            (method, salt)
        };
        return Ok(Authentication::Password {
            method: Some(method),
            secret,
            salt,
        });
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
    if cursor.eat_words("SSH_KEY") {
        cursor.expect_words("BY")?;
        return ssh_keys(cursor).map(Authentication::SshKeys);
    }
    if cursor.eat_words("HTTP SERVER") {
        let server = cursor.string("the name of the HTTP authentication server")?;
        let scheme = if cursor.eat_words("SCHEME") {
            Some(cursor.string("the scheme")?)
        } else {
            None
        };
        return Ok(Authentication::Http { server, scheme });
    }
    if cursor.is_word("NO_PASSWORD") {
        return Err(cursor.instead("no_password among other ways", "it is the only way, or none"));
    }
    if cursor.is_word("JWT") {
        return Err(cursor.unsupported("IDENTIFIED WITH jwt"));
    }
    let known = PasswordMethod::ALL.map(PasswordMethod::as_str);
    Err(cursor.expected(format!(
        "how to log in: no_password, {}, ldap, kerberos, ssl_certificate, ssh_key or http",
        known.join(", ")
    )))
}

/// `KEY '...' TYPE 'ssh-rsa', KEY ...`. A server shows both as names.
fn ssh_keys(cursor: &mut Cursor<'_>) -> Result<BTreeSet<SshKey>, ParseError> {
    let text = |cursor: &mut Cursor<'_>, what: &str| {
        if cursor.is_string_at(0) {
            cursor.string(what)
        } else {
            cursor.ident(what).map(String::from)
        }
    };
    let mut keys = BTreeSet::new();
    loop {
        cursor.expect_words("KEY")?;
        let key = text(cursor, "the public key, as base64")?;
        cursor.expect_words("TYPE")?;
        let kind = text(cursor, "the type of the key, such as `'ssh-ed25519'`")?;
        keys.insert(SshKey { key, kind });
        if !(cursor.is_punct(Punct::Comma) && cursor.is_word_at(1, "KEY")) {
            return Ok(keys);
        }
        cursor.advance();
    }
}

fn password(cursor: &mut Cursor<'_>, reader: &Reader<'_>, of: &str) -> Result<Secret, ParseError> {
    let here = *cursor;
    if cursor
        .peek()
        .is_some_and(|token| token.kind == TokenKind::Parameter)
    {
        return Err(cursor.unsupported("a query parameter as a password"));
    }
    let what = "where the password comes from, such as `'env:NAME'`";
    let text = cursor.string(what).map_err(quiet)?;
    match Secret::parse(&text) {
        Some(secret) => Ok(secret),
        None if reader.is_stored => Ok(Secret::Hidden),
        None => Err(here.error(ParseErrorKind::PlainSecret { what: of.to_owned() })),
    }
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
