//! CREATE, ALTER and DROP NAMED COLLECTION. A secret that is written out is refused, and hidden where a server shows it.

use std::collections::BTreeMap;

use crate::ddl::{AlterNamedCollection, CreateNamedCollection, OnExisting, Statement};
use crate::ident::Ident;
use crate::model::{CollectionEntry, CollectionValue, NamedCollection, Secret};
use crate::sql::{Punct, TokenKind};

use super::create::on_existing;
use super::cursor::{Cursor, Source};
use super::error::{ParseError, ParseErrorKind};
use super::function::name_on_server;
use super::{ParseContext, Reader};

/// `[IF NOT EXISTS] name AS key = value [[NOT] OVERRIDABLE], ...`.
pub(super) fn create_named_collection(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let here = *cursor;
    let on_existing = on_existing(cursor, replaces)?;
    if on_existing == OnExisting::Replace {
        return Err(
            here.expected("`CREATE NAMED COLLECTION` without `OR REPLACE`, which ClickHouse does not have")
        );
    }
    let name = name(cursor)?;
    cursor.expect_words("AS")?;
    let entries = reader.entries(cursor)?;
    Ok(Statement::CreateNamedCollection(CreateNamedCollection {
        collection: NamedCollection { name, entries },
        keeps_existing: on_existing == OnExisting::Keep,
    }))
}

/// `[IF EXISTS] name [SET key = value [[NOT] OVERRIDABLE], ...] [DELETE key, ...]`.
pub(super) fn alter_named_collection(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = name(cursor)?;
    let set = if cursor.eat_words("SET") {
        reader.entries(cursor)?
    } else {
        BTreeMap::new()
    };
    let mut delete = Vec::new();
    if cursor.eat_words("DELETE") {
        loop {
            let here = *cursor;
            let key = key(cursor)?;
            if delete.contains(&key) {
                return Err(here.expected("a key that does not stand here already"));
            }
            delete.push(key);
            if !cursor.eat_punct(Punct::Comma) {
                break;
            }
        }
    }
    if set.is_empty() && delete.is_empty() {
        return Err(cursor.expected("`SET` or `DELETE`"));
    }
    Ok(Statement::AlterNamedCollection(AlterNamedCollection {
        name,
        if_exists,
        set,
        delete,
    }))
}

/// `[IF EXISTS] name`.
pub(super) fn drop_named_collection(cursor: &mut Cursor<'_>) -> Result<Statement, ParseError> {
    let if_exists = cursor.eat_words("IF EXISTS");
    let name = name(cursor)?;
    Ok(Statement::DropNamedCollection { name, if_exists })
}

/// Reads the entries of a named collection: `url = 'https://...', password = 'env:PW' NOT OVERRIDABLE`.
///
/// # Errors
/// Text that is no list of entries, a key that stands there twice, a secret that is written out.
pub fn parse_collection_entries(sql: &str) -> Result<BTreeMap<Ident, CollectionEntry>, ParseError> {
    let source = Source::new(sql)?;
    let mut cursor = source.cursor();
    let reader = Reader {
        context: ParseContext::default(),
        is_stored: false,
    };
    let entries = reader.entries(&mut cursor)?;
    cursor.expect_end("the end of the entries")?;
    Ok(entries)
}

fn name(cursor: &mut Cursor<'_>) -> Result<Ident, ParseError> {
    name_on_server(cursor, "named collection")
}

/// The server writes a key with a dot without backticks.
fn key(cursor: &mut Cursor<'_>) -> Result<Ident, ParseError> {
    cursor.compound_ident("a key")
}

impl Reader<'_> {
    fn entries(&self, cursor: &mut Cursor<'_>) -> Result<BTreeMap<Ident, CollectionEntry>, ParseError> {
        let mut entries = BTreeMap::new();
        loop {
            let here = *cursor;
            let key = key(cursor)?;
            cursor.expect_punct(Punct::Eq)?;
            let value = value(cursor, self.is_stored)?;
            let overridable = if cursor.eat_words("NOT OVERRIDABLE") {
                Some(false)
            } else {
                cursor.eat_words("OVERRIDABLE").then_some(true)
            };
            let mut entry = CollectionEntry { value, overridable };
            if entry.is_written_out(&key) {
                if self.is_stored {
                    entry.value = CollectionValue::Secret(Secret::Hidden);
                } else {
                    return Err(here.error(ParseErrorKind::PlainSecret {
                        what: String::from(key),
                    }));
                }
            }
            if entries.insert(key, entry).is_some() {
                return Err(here.expected("a key that is not there already"));
            }
            if !cursor.eat_punct(Punct::Comma) {
                return Ok(entries);
            }
        }
    }
}

/// A value as the text that the server makes of it. It computes fractions and exponents anew, so those are written as strings.
fn value(cursor: &mut Cursor<'_>, is_stored: bool) -> Result<CollectionValue, ParseError> {
    const FORM: &str = "a string, a whole number, `true` or `false`";
    if cursor.is_string_at(0) {
        return Ok(CollectionValue::of_text(cursor.string(FORM)?));
    }
    for word in ["true", "false"] {
        if cursor.eat_words(word) {
            return Ok(CollectionValue::Text(word.to_owned()));
        }
    }
    let here = *cursor;
    if is_stored {
        let shown = cursor.expr("a value")?;
        return Ok(CollectionValue::Text(shown.as_sql().to_owned()));
    }
    let starts_number = |ahead| {
        cursor
            .peek_at(ahead)
            .is_some_and(|token| token.kind == TokenKind::Number)
    };
    let is_number = starts_number(0) || cursor.is_punct(Punct::Minus) && starts_number(1);
    if !is_number {
        return Err(here.expected(FORM));
    }
    let number = cursor.number()?;
    if number.parse::<i64>().is_err() && number.parse::<u64>().is_err() {
        return Err(here.expected("a whole number of 64 bits, or the value as a string"));
    }
    Ok(CollectionValue::Text(number))
}
