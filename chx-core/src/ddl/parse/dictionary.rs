//! CREATE DICTIONARY.
//!
//! Sources and layouts are read as words with parameters, whatever their kind. A password that is written out is
//! refused in a statement of a person; in what a server shows it is taken for hidden and not kept.

use crate::ddl::{CreateDictionary, Statement};
use crate::ident::Ident;
use crate::model::written_out::says_password;
use crate::model::{
    AttributeTraits, Dictionary, DictionaryAttribute, DictionaryClause, DictionaryParam, DictionaryRange,
    DictionaryValue, Lifetime, Secret,
};
use crate::sql::{Punct, TokenKind};

use super::Reader;
use super::column::set;
use super::create::comment;
use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::storage::settings;

pub(super) fn create_dictionary(
    cursor: &mut Cursor<'_>,
    reader: &Reader<'_>,
    replaces: bool,
) -> Result<Statement, ParseError> {
    let (name, on_existing) = reader.header(cursor, replaces)?;
    let attributes = attributes(cursor)?;
    let mut primary_key = None;
    let mut source = None;
    let mut layout = None;
    let mut lifetime = None;
    let mut range = None;
    let mut own_settings = None;
    let mut text = None;
    loop {
        let here = *cursor;
        if cursor.eat_words("PRIMARY KEY") {
            set(&mut primary_key, names(cursor)?, &here, "PRIMARY KEY")?;
        } else if cursor.eat_words("SOURCE") {
            set(&mut source, reader.clause(cursor)?, &here, "SOURCE")?;
        } else if cursor.eat_words("LAYOUT") {
            set(&mut layout, reader.clause(cursor)?, &here, "LAYOUT")?;
        } else if cursor.eat_words("LIFETIME") {
            set(&mut lifetime, read_lifetime(cursor)?, &here, "LIFETIME")?;
        } else if cursor.eat_words("RANGE") {
            set(&mut range, read_range(cursor)?, &here, "RANGE")?;
        } else if cursor.is_word("SETTINGS") && cursor.is_punct_at(1, Punct::LParen) {
            cursor.advance();
            let mut inside = cursor.group("settings in parentheses")?;
            set(&mut own_settings, settings(&mut inside)?, &here, "SETTINGS")?;
            inside.expect_end("`,` or `)`")?;
        } else if let Some(found) = comment(cursor)? {
            set(&mut text, found, &here, "COMMENT")?;
        } else {
            break;
        }
    }
    let missing = |clause: &str| cursor.expected(format!("`{clause}` of the dictionary"));
    let dictionary = Dictionary {
        name,
        attributes,
        primary_key: primary_key.ok_or_else(|| missing("PRIMARY KEY"))?,
        source: source.ok_or_else(|| missing("SOURCE"))?,
        layout: layout.ok_or_else(|| missing("LAYOUT"))?,
        lifetime,
        range,
        settings: own_settings.unwrap_or_default(),
        comment: text.unwrap_or_default(),
    };
    Ok(Statement::CreateDictionary(Box::new(CreateDictionary {
        dictionary,
        on_existing,
    })))
}

fn attributes(cursor: &mut Cursor<'_>) -> Result<Vec<DictionaryAttribute>, ParseError> {
    let inside = cursor.group("the attributes in parentheses")?;
    let mut attributes = Vec::new();
    for mut part in inside.split_commas()? {
        attributes.push(attribute(&mut part)?);
        part.expect_end("`,`, `)` or a clause of the attribute")?;
    }
    Ok(attributes)
}

fn attribute(cursor: &mut Cursor<'_>) -> Result<DictionaryAttribute, ParseError> {
    let name = cursor.ident("an attribute")?;
    let data_type = cursor.data_type()?;
    let mut default = None;
    let mut expression = None;
    let mut traits = AttributeTraits::default();
    loop {
        let here = *cursor;
        if cursor.eat_words("DEFAULT") {
            set(&mut default, cursor.expr("a literal")?, &here, "DEFAULT")?;
        } else if cursor.eat_words("EXPRESSION") {
            set(
                &mut expression,
                cursor.expr("an expression")?,
                &here,
                "EXPRESSION",
            )?;
        } else if cursor.eat_words("HIERARCHICAL") {
            traits.hierarchical = true;
        } else if cursor.eat_words("BIDIRECTIONAL") {
            traits.bidirectional = true;
        } else if cursor.eat_words("INJECTIVE") {
            traits.injective = true;
        } else if cursor.eat_words("IS_OBJECT_ID") {
            traits.is_object_id = true;
        } else {
            break;
        }
    }
    Ok(DictionaryAttribute {
        name,
        data_type,
        default,
        expression,
        traits,
    })
}

/// `a, b` or `(a, b)`.
fn names(cursor: &mut Cursor<'_>) -> Result<Vec<Ident>, ParseError> {
    let mut names = Vec::new();
    if cursor.is_punct(Punct::LParen) {
        for mut part in cursor.group("the key")?.split_commas()? {
            names.push(part.ident("an attribute")?);
            part.expect_end("`,` or `)`")?;
        }
        return Ok(names);
    }
    loop {
        names.push(cursor.ident("an attribute of the key")?);
        if !cursor.eat_punct(Punct::Comma) {
            return Ok(names);
        }
    }
}

fn read_lifetime(cursor: &mut Cursor<'_>) -> Result<Lifetime, ParseError> {
    let mut inside = cursor.group("the lifetime in parentheses")?;
    let mut lifetime = Lifetime { min: 0, max: 0 };
    if inside.is_word("MIN") || inside.is_word("MAX") {
        while !inside.is_at_end() {
            if inside.eat_words("MIN") {
                lifetime.min = seconds(&mut inside)?;
            } else if inside.eat_words("MAX") {
                lifetime.max = seconds(&mut inside)?;
            } else {
                return Err(inside.expected("`MIN`, `MAX` or `)`"));
            }
        }
    } else {
        lifetime.max = seconds(&mut inside)?;
        inside.expect_end("`)`")?;
    }
    Ok(lifetime)
}

fn seconds(cursor: &mut Cursor<'_>) -> Result<u64, ParseError> {
    let number = cursor.peek().filter(|token| token.kind == TokenKind::Number);
    match number.and_then(|token| token.text.parse().ok()) {
        Some(seconds) => {
            cursor.advance();
            Ok(seconds)
        }
        None => Err(cursor.expected("a number of seconds")),
    }
}

fn read_range(cursor: &mut Cursor<'_>) -> Result<DictionaryRange, ParseError> {
    let mut inside = cursor.group("the range in parentheses")?;
    let mut min = None;
    let mut max = None;
    while !inside.is_at_end() {
        let here = inside;
        if inside.eat_words("MIN") {
            set(&mut min, inside.ident("an attribute")?, &here, "MIN")?;
        } else if inside.eat_words("MAX") {
            set(&mut max, inside.ident("an attribute")?, &here, "MAX")?;
        } else {
            return Err(inside.expected("`MIN`, `MAX` or `)`"));
        }
    }
    match (min, max) {
        (Some(min), Some(max)) => Ok(DictionaryRange { min, max }),
        _ => Err(inside.expected("both `MIN` and `MAX`")),
    }
}

/// How deep parameters may be nested. HTTP headers, the deepest that ClickHouse knows, are two deep.
const DEEPEST: usize = 16;

impl Reader<'_> {
    /// `(KIND(KEY value ...))`; the inner parentheses may be missing.
    fn clause(&self, cursor: &mut Cursor<'_>) -> Result<DictionaryClause, ParseError> {
        let mut outer = cursor.group("a kind in parentheses")?;
        let clause = self.kind(&mut outer)?;
        outer.expect_end("`)`")?;
        Ok(clause)
    }

    /// `KIND(KEY value ...)`; the parentheses may be missing.
    pub(super) fn kind(&self, cursor: &mut Cursor<'_>) -> Result<DictionaryClause, ParseError> {
        let kind = word(cursor, "a kind")?;
        let params = if cursor.is_punct(Punct::LParen) {
            self.params(cursor.group("parameters")?)?
        } else {
            Vec::new()
        };
        Ok(DictionaryClause { kind, params })
    }

    /// Parameters to the end.
    fn params(&self, cursor: Cursor<'_>) -> Result<Vec<DictionaryParam>, ParseError> {
        let mut open: Vec<(String, Cursor<'_>, Vec<DictionaryParam>)> = Vec::new();
        let mut here = cursor;
        let mut params = Vec::new();
        loop {
            if here.is_at_end() {
                let Some((key, outer, mut around)) = open.pop() else {
                    return Ok(params);
                };
                let value = DictionaryValue::Params(params);
                around.push(DictionaryParam { key, value });
                params = around;
                here = outer;
                continue;
            }
            let start = here;
            let key = word(&mut here, "the key of a parameter")?;
            if here.is_punct(Punct::LParen) {
                if open.len() == DEEPEST {
                    return Err(here.expected("a value: parameters are not nested that deep"));
                }
                let inside = here.group("parameters")?;
                open.push((key, here, std::mem::take(&mut params)));
                here = inside;
                continue;
            }
            let value = self.value(&mut here, &key, &start)?;
            params.push(DictionaryParam { key, value });
        }
    }

    fn value(
        &self,
        cursor: &mut Cursor<'_>,
        key: &str,
        start: &Cursor<'_>,
    ) -> Result<DictionaryValue, ParseError> {
        let is_number = |token: crate::sql::Token<'_>| token.kind == TokenKind::Number;
        let begins_number = cursor.peek().is_some_and(is_number)
            || (cursor.is_punct(Punct::Minus) && cursor.peek_at(1).is_some_and(is_number));
        if begins_number {
            let number = cursor.number()?;
            if DictionaryParam::is_secret(key) {
                return self.secret(&number, key, start);
            }
            return Ok(DictionaryValue::Number(number));
        }
        if !cursor.is_string_at(0) && cursor.is_punct_at(1, Punct::LParen) {
            return Ok(DictionaryValue::Call(cursor.expr("a call")?));
        }
        let text = if cursor.is_string_at(0) {
            cursor.string("a value")?
        } else {
            String::from(cursor.ident("a value: a string, a number, a word or a call")?)
        };
        if DictionaryParam::is_secret(key) || says_password(&text) {
            return self.secret(&text, key, start);
        }
        Ok(Secret::parse(&text).map_or(DictionaryValue::Text(text), DictionaryValue::Secret))
    }

    /// A value that must not be shown.
    fn secret(&self, text: &str, key: &str, start: &Cursor<'_>) -> Result<DictionaryValue, ParseError> {
        let secret = match Secret::parse(text) {
            Some(secret) => secret,
            None if text.is_empty() && DictionaryParam::is_secret(key) => Secret::Empty,
            // The server was told to show secrets. Nobody else is.
            None if self.is_stored => Secret::Hidden,
            None => {
                return Err(start.error(ParseErrorKind::PlainSecret { what: key.to_owned() }));
            }
        };
        Ok(DictionaryValue::Secret(secret))
    }
}

/// A word, in capitals.
fn word(cursor: &mut Cursor<'_>, what: &str) -> Result<String, ParseError> {
    Ok(cursor.ident(what)?.as_str().to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::ddl::{ParseContext, parse_object, parse_statement, render_line, render_object_line};

    fn of(source: &str) -> String {
        format!(
            "CREATE DICTIONARY d.d (k UInt64, v String) PRIMARY KEY k SOURCE({source}) LAYOUT(FLAT()) LIFETIME(1)"
        )
    }

    #[track_caller]
    fn reads(sql: &str, expected: &str) {
        let statement = parse_statement(sql, &ParseContext::default()).unwrap();
        assert_eq!(render_line(&statement), expected);
        assert_eq!(
            parse_statement(expected, &ParseContext::default()).unwrap(),
            statement
        );
    }

    #[test]
    fn clauses_come_in_the_order_of_the_server() {
        reads(
            "create or replace dictionary d.d (k Int8 injective default 1, e Int expression (k + 1) hierarchical) \
             primary key (k, e) layout(range_hashed(range_lookup_strategy max)) source(null()) range(max e min k) lifetime(max 5) settings(a = 1) comment 'c'",
            "CREATE OR REPLACE DICTIONARY d.d (k Int8 DEFAULT 1 INJECTIVE, e Int32 EXPRESSION (k + 1) HIERARCHICAL) \
             PRIMARY KEY k, e SOURCE(NULL()) LIFETIME(MIN 0 MAX 5) LAYOUT(RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')) \
             RANGE(MIN k MAX e) SETTINGS(a = 1) COMMENT 'c'",
        );
    }

    #[test]
    fn a_password_that_is_written_out_is_refused_and_not_repeated() {
        for source in [
            "CLICKHOUSE(USER 'u' PASSWORD 'hunter2' TABLE 't')",
            "CLICKHOUSE(USER 'u' password hunter2)",
            "CLICKHOUSE(PASSWORD 12345678 TABLE 't')",
            "HTTP(URL 'http://u:hunter2@h/x' FORMAT 'TSV')",
            "HTTP(URL 'http://h' CREDENTIALS(USER 'u' PASSWORD 'hunter2'))",
            "MONGODB(URI 'mongodb://u:hunter2@h:1/db')",
        ] {
            let error = parse_statement(&of(source), &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains("is written out"), "{text}");
            assert!(!text.contains("hunter2") && !text.contains("12345678"), "{text}");
            // A server that shows its secrets is not repeated either.
            let shown = parse_object(&of(source), &ParseContext::default()).unwrap();
            let text = render_object_line(&shown);
            assert!(text.contains("'[HIDDEN]'") && !text.contains("hunter2"), "{text}");
        }
        for source in [
            "CLICKHOUSE(PASSWORD 'env:PW')",
            "CLICKHOUSE(PASSWORD 'file:a/b')",
            "CLICKHOUSE(PASSWORD '')",
        ] {
            reads(
                &of(source),
                &of(source).replace(
                    "LAYOUT(FLAT()) LIFETIME(1)",
                    "LIFETIME(MIN 0 MAX 1) LAYOUT(FLAT())",
                ),
            );
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| of(&format!("A({}{})", "B(".repeat(depth), ")".repeat(depth)));
        assert!(parse_statement(&nested(16), &ParseContext::default()).is_ok());
        let error = parse_statement(&nested(100_000), &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains("not nested that deep"), "{error}");
    }
}
