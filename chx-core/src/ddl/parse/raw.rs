//! CREATE statements that hold something that the model has no place for.
//!
//! Decides what is taken from such a text: the kind, the name, and the rest as it stands. It refuses a text with a secret:
//! what is not understood cannot be kept from being shown.

use crate::ddl::{CreateRaw, OnExisting, Statement};
use crate::ident::QualifiedName;
use crate::model::written_out::{EngineOf, is_secret_setting, of_engine, of_query, says_password};
use crate::model::{Object, ObjectId, RawKind, RawObject, Secret};
use crate::sql::{Punct, Token, TokenKind, unquote_string};

use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::{ParseError, ParseErrorKind};
use super::storage::engine;
use super::{ParseContext, Reader, parse_object, parse_statement};

/// Reads the definition of an object as [`parse_object`] does, and as a [`RawObject`] where that cannot.
///
/// # Errors
/// What [`parse_object`] says of a text that is no CREATE of an object, or that may hold a secret.
pub fn parse_object_or_raw(create_query: &str, context: &ParseContext<'_>) -> Result<Object, ParseError> {
    parse_object(create_query, context)
        .or_else(|error| raw_or(create_query, *context, error).map(|create| Object::Raw(create.object)))
}

/// Reads a statement as [`parse_statement`] does, and as the CREATE of a [`RawObject`] where that cannot.
///
/// # Errors
/// What [`parse_statement`] says of a text that is no CREATE of an object, or that may hold a secret.
pub fn parse_statement_or_raw(sql: &str, context: &ParseContext<'_>) -> Result<Statement, ParseError> {
    parse_statement(sql, context)
        .or_else(|error| raw_or(sql, *context, error).map(|create| Statement::CreateRaw(Box::new(create))))
}

/// The statement as it is, or else the error of the parser that understands.
fn raw_or(sql: &str, context: ParseContext<'_>, error: ParseError) -> Result<CreateRaw, ParseError> {
    if matches!(*error.kind, ParseErrorKind::PlainSecret { .. }) {
        return Err(error);
    }
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let reader = Reader {
        context,
        is_stored: true,
    };
    match raw(&mut cursor, &reader) {
        Ok(Some(create)) => Ok(create),
        Err(secret) if matches!(*secret.kind, ParseErrorKind::RawSecret { .. }) => Err(secret),
        Ok(None) | Err(_) => Err(error),
    }
}

/// `None` where it is no CREATE of an object; an error where it may hold a secret.
fn raw(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Option<CreateRaw>, ParseError> {
    let Some((words, raw_kind, on_existing, id)) = heading(cursor, reader) else {
        return Ok(None);
    };
    while cursor
        .peek_back(0)
        .is_some_and(|token| token.is(Punct::Semicolon))
    {
        *cursor = cursor.without_last(1);
    }
    if cursor.is_at_end() || cursor.is_words("ON CLUSTER") {
        return Ok(None);
    }
    let before = *cursor;
    refuse_secrets(&before)?;
    let mut text = String::new();
    let mut end = None;
    while let Some(token) = cursor.peek() {
        if token.is(Punct::Semicolon) {
            return Ok(None);
        }
        if end.is_some_and(|end| end < token.at) {
            text.push(' ');
        }
        text.push_str(token.text);
        end = Some(token.end());
        cursor.advance();
    }
    let object = RawObject {
        id,
        raw_kind,
        words: words.to_owned(),
        text,
    };
    Ok(Some(CreateRaw { object, on_existing }))
}

/// `CREATE [OR REPLACE] kind [IF NOT EXISTS] name [UUID '...'] [TO INNER UUID '...']`.
fn heading(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
) -> Option<(&'static str, RawKind, OnExisting, ObjectId)> {
    cursor.expect_words("CREATE").ok()?;
    let replaces = cursor.eat_words("OR REPLACE");
    let (words, kind) = RawObject::WORDS
        .into_iter()
        .find(|(words, _)| cursor.eat_words(words))?;
    let on_existing = on_existing(cursor, replaces).ok()?;
    let id = if kind == RawKind::Function {
        ObjectId::Function(cursor.ident("the name of the function").ok()?)
    } else {
        let name: QualifiedName = reader.name(cursor, "the name of the object").ok()?;
        ObjectId::Relation(name)
    };
    for instance in ["UUID", "TO INNER UUID"] {
        let mut ahead = *cursor;
        if ahead.eat_words(instance) && ahead.string("a UUID").is_ok() {
            *cursor = ahead;
        }
    }
    Some((words, kind, on_existing, id))
}

/// Words in names of what nobody may see.
const SECRET_WORDS: [&str; 4] = ["access_key", "account_key", "connection_string", "credential"];

/// Refuses an engine, a table function, a setting or a source that says a secret, or where it comes from: the value would
/// have to be put into a text that chx does not read.
fn refuse_secrets(part: &Cursor<'_>) -> Result<(), ParseError> {
    let refused = |at: &Cursor<'_>, what: &str| {
        at.error(ParseErrorKind::RawSecret {
            what: what.to_owned(),
        })
    };
    let mut cursor = *part;
    while let Some(token) = cursor.peek() {
        let here = cursor;
        cursor.advance();
        if token.is_word("ENGINE") {
            let mut ahead = cursor;
            ahead.eat_punct(Punct::Eq);
            if let Ok(engine) = engine(&mut ahead)
                && of_engine(&engine, EngineOf::Table).is_some()
            {
                return Err(refused(&here, &engine.name));
            }
        }
        if let Some(value) = value_of(&token)
            && (Secret::parse(&value).is_some() || says_password(&value))
        {
            return Err(refused(&here, "this string"));
        }
        let mut behind = cursor;
        behind.eat_punct(Punct::Eq);
        let is_said = behind
            .peek()
            .and_then(|value| value_of(&value))
            .is_some_and(|value| !value.is_empty());
        if let (Ok(Some(name)), true) = (token.name(), is_said) {
            let lower = name.to_ascii_lowercase();
            if is_secret_setting(&lower) || SECRET_WORDS.iter().any(|word| lower.contains(word)) {
                return Err(refused(&here, &name));
            }
        }
    }
    let mut all = *part;
    match of_query(&all.rest("a statement")?) {
        Some(what) => Err(refused(part, &what)),
        None => Ok(()),
    }
}

/// The text of a string.
fn value_of(token: &Token<'_>) -> Option<String> {
    match token.kind {
        TokenKind::String | TokenKind::Heredoc => Some(unquote_string(token.text).ok()??.into_owned()),
        _ => None,
    }
}
