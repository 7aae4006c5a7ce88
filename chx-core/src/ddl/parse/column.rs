//! Columns: `name [type] [NULL] [DEFAULT e] [COMMENT s] [CODEC(...)] [STATISTICS(...)] [TTL e] [PRIMARY KEY]
//! [SETTINGS (...)]`.
//!
//! The parts have this order, which servers up to 26.7 demand; 26.9 takes others, and stores this one. A part that stands
//! elsewhere, or twice, is refused.

use crate::ident::Ident;
use crate::model::{Codec, CodecStage, Column, ColumnDefault, DataType, DefaultKind, Expr, Settings};
use crate::sql::{Punct, TokenKind, lex};

use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::storage::settings;

/// What may stand behind the name of a column, in CREATE and in ALTER alike.
#[derive(Default)]
pub(super) struct ColumnClauses {
    pub(super) data_type: Option<DataType>,
    pub(super) default: Option<ColumnDefault>,
    pub(super) codec: Option<Codec>,
    pub(super) statistics: Option<Vec<Expr>>,
    pub(super) ttl: Option<Expr>,
    pub(super) settings: Option<Settings>,
    pub(super) comment: Option<String>,
    pub(super) is_primary_key: bool,
}

/// A column of a CREATE TABLE, and whether `PRIMARY KEY` stands on it.
pub(super) fn column(cursor: &mut Cursor<'_>) -> Result<(Column, bool), ParseError> {
    let name = cursor.ident("a column")?;
    if cursor.is_punct(Punct::Dot) {
        return Err(cursor.expected("the type of the column (a name with a dot in it needs backticks)"));
    }
    column_named(name, cursor)
}

/// The rest of a column whose name has been read.
pub(super) fn column_named(name: Ident, cursor: &mut Cursor<'_>) -> Result<(Column, bool), ParseError> {
    let start = *cursor;
    let mut clauses = column_clauses(cursor)?;
    let declared = clauses.data_type.take();
    let implied = || {
        clauses
            .default
            .as_ref()
            .and_then(|default| default.expr.as_ref())
            .and_then(type_of_literal)
    };
    let Some(data_type) = declared.or_else(implied) else {
        return Err(match clauses.default {
            Some(_) => start.error(ParseErrorKind::NoType {
                column: name.to_string(),
            }),
            None => start.expected(format!("the type of the column `{name}`")),
        });
    };
    let column = Column {
        name,
        data_type,
        default: clauses.default,
        codec: clauses.codec,
        statistics: clauses.statistics.unwrap_or_default(),
        ttl: clauses.ttl,
        settings: clauses.settings.unwrap_or_default(),
        comment: clauses.comment.unwrap_or_default(),
    };
    Ok((column, clauses.is_primary_key))
}

pub(super) fn column_clauses(cursor: &mut Cursor<'_>) -> Result<ColumnClauses, ParseError> {
    let mut clauses = ColumnClauses::default();
    if !begins_clause(cursor) && !cursor.is_at_end() && !cursor.is_punct(Punct::Comma) {
        clauses.data_type = Some(cursor.data_type()?);
    }
    let mut nullable: Option<(bool, Cursor<'_>)> = None;
    let mut last: Option<usize> = None;
    while !cursor.is_at_end() && !cursor.is_punct(Punct::Comma) {
        let here = *cursor;
        keep_order(cursor, &mut last)?;
        if cursor.eat_words("NOT NULL") || cursor.eat_words("NULL") {
            let is_null = here.is_word("NULL");
            if nullable.replace((is_null, here)).is_some() {
                return Err(here.twice("NULL"));
            }
        } else if cursor.eat_words("COLLATE") {
            // ClickHouse reads it, does nothing with it and does not store it.
            cursor.ident("a collation")?;
        } else if let Some(kind) = default_kind(cursor) {
            cursor.advance();
            set(
                &mut clauses.default,
                ColumnDefault {
                    kind,
                    expr: default_expr(kind, cursor)?,
                },
                &here,
                kind.keyword(),
            )?;
        } else if cursor.eat_words("COMMENT") {
            set(
                &mut clauses.comment,
                cursor.string("the comment, as a string")?,
                &here,
                "COMMENT",
            )?;
        } else if cursor.is_word("CODEC") {
            set(&mut clauses.codec, codec(cursor)?, &here, "CODEC")?;
        } else if cursor.eat_words("STATISTICS") {
            let kinds = cursor.group("the kinds of statistics, in parentheses")?;
            let kinds = whole_exprs(kinds, "a kind of statistics")?;
            set(&mut clauses.statistics, kinds, &here, "STATISTICS")?;
        } else if cursor.eat_words("TTL") {
            set(
                &mut clauses.ttl,
                cursor.expr("the moment at which the value expires")?,
                &here,
                "TTL",
            )?;
        } else if cursor.eat_words("PRIMARY KEY") {
            if clauses.is_primary_key {
                return Err(here.twice("PRIMARY KEY"));
            }
            clauses.is_primary_key = true;
        } else if cursor.is_word("SETTINGS") && cursor.is_punct_at(1, Punct::LParen) {
            cursor.advance();
            let mut inside = cursor.group("settings in parentheses")?;
            let parsed = settings(&mut inside)?;
            inside.expect_end("`,` or `)`")?;
            set(&mut clauses.settings, parsed, &here, "SETTINGS")?;
        } else if cursor.is_word("AUTO_INCREMENT") {
            return Err(cursor.unsupported("AUTO_INCREMENT"));
        } else {
            break;
        }
    }
    if let Some((is_null, here)) = nullable {
        let Some(data_type) = clauses.data_type.take() else {
            return Err(here.expected("a type in front of `NULL` or `NOT NULL`"));
        };
        clauses.data_type = Some(if is_null {
            data_type
                .nullable()
                .map_err(|kind| here.error(ParseErrorKind::Type(kind)))?
        } else {
            data_type
        });
    }
    Ok(clauses)
}

/// The parts behind the type, in their order. NULL may stand behind the default too.
const ORDER: [&str; 10] = [
    "COLLATE",
    "DEFAULT",
    "MATERIALIZED",
    "ALIAS",
    "EPHEMERAL",
    "COMMENT",
    "CODEC",
    "STATISTICS",
    "TTL",
    "PRIMARY KEY",
];

/// Refuses the part that begins here behind one that has to follow it; `last` is the place of the last one.
fn keep_order(cursor: &Cursor<'_>, last: &mut Option<usize>) -> Result<(), ParseError> {
    let is_settings = cursor.is_word("SETTINGS") && cursor.is_punct_at(1, Punct::LParen);
    let of_null = ["NULL", "NOT NULL"].iter().find(|words| cursor.is_words(words));
    let place = match of_null {
        // The four kinds of defaults follow COLLATE.
        Some(_) if last.is_none_or(|last| last <= 4) => return Ok(()),
        Some(_) => Some(0),
        None if is_settings => Some(ORDER.len()),
        None => ORDER.iter().position(|words| cursor.is_words(words)),
    };
    let Some(place) = place else { return Ok(()) };
    match last.filter(|last| place < *last) {
        // Two kinds of defaults are one too many wherever they stand.
        Some(last) if !(1..=4).contains(&last) || of_null.is_some() || place == 0 => {
            let clause = of_null.copied().or_else(|| ORDER.get(place).copied());
            Err(cursor.error(ParseErrorKind::Order {
                clause: clause.unwrap_or("SETTINGS"),
                before: ORDER.get(last).copied().unwrap_or("SETTINGS"),
            }))
        }
        _ => {
            *last = Some(place);
            Ok(())
        }
    }
}

/// Puts a clause in its place, once.
pub(super) fn set<T>(
    place: &mut Option<T>,
    value: T,
    here: &Cursor<'_>,
    clause: &'static str,
) -> Result<(), ParseError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(here.twice(clause)),
    }
}

fn default_kind(cursor: &Cursor<'_>) -> Option<DefaultKind> {
    [
        DefaultKind::Default,
        DefaultKind::Materialized,
        DefaultKind::Alias,
        DefaultKind::Ephemeral,
    ]
    .into_iter()
    .find(|kind| cursor.is_word(kind.keyword()))
}

/// The expression behind a kind of default. EPHEMERAL may go without: then a comment may follow, or the end. The
/// server takes any other word for the beginning of an expression, but stores `EPHEMERAL CODEC(...)` and the like
/// itself and cannot read it again; no function has such a name, so that they are clauses here. `EPHEMERAL FIRST`
/// reads a column called `FIRST`, as on the server.
fn default_expr(kind: DefaultKind, cursor: &mut Cursor<'_>) -> Result<Option<Expr>, ParseError> {
    if kind != DefaultKind::Ephemeral {
        return cursor.expr("the default expression").map(Some);
    }
    if cursor.is_at_end() || cursor.is_punct(Punct::Comma) || begins_comment_or_list(cursor) {
        return Ok(None);
    }
    let start = *cursor;
    let expr = cursor.expr("the default expression")?;
    // `EPHEMERAL ttl` reads a column; in `EPHEMERAL TTL d` nothing could follow that column.
    let is_clause = start.is_word("TTL")
        && cursor.since(&start).len() == 1
        && !cursor.is_at_end()
        && !cursor.is_punct(Punct::Comma)
        && !begins_clause(cursor)
        && !cursor.is_word("FIRST")
        && !cursor.is_word("AFTER");
    if is_clause {
        *cursor = start;
        return Ok(None);
    }
    Ok(Some(expr))
}

/// Does a clause begin here, and not a type? A word alone does not say: a column may be called `ttl`.
fn begins_clause(cursor: &Cursor<'_>) -> bool {
    // Most columns begin with their type.
    CLAUSE_WORDS.iter().any(|word| cursor.is_word(word)) && certainly_begins_clause(cursor)
}

/// The words that may begin a clause.
const CLAUSE_WORDS: [&str; 14] = [
    "DEFAULT",
    "MATERIALIZED",
    "ALIAS",
    "EPHEMERAL",
    "COMMENT",
    "CODEC",
    "STATISTICS",
    "SETTINGS",
    "TTL",
    "NULL",
    "NOT",
    "PRIMARY",
    "COLLATE",
    "AUTO_INCREMENT",
];

fn certainly_begins_clause(cursor: &Cursor<'_>) -> bool {
    default_kind(cursor).is_some_and(|kind| kind == DefaultKind::Ephemeral || next_is_operand(cursor))
        || begins_comment_or_list(cursor)
        || (cursor.is_word("TTL") && next_is_operand(cursor))
        || ["NULL", "NOT NULL", "PRIMARY KEY", "COLLATE", "AUTO_INCREMENT"]
            .iter()
            .any(|words| cursor.is_words(words))
}

/// `COMMENT 'text'`, `CODEC(...)`, `STATISTICS(...)`, `SETTINGS (...)`: what can be nothing but a clause.
fn begins_comment_or_list(cursor: &Cursor<'_>) -> bool {
    (cursor.is_word("COMMENT") && cursor.is_string_at(1))
        || (["CODEC", "STATISTICS", "SETTINGS"]
            .iter()
            .any(|word| cursor.is_word(word))
            && cursor.is_punct_at(1, Punct::LParen))
}

/// May the token behind this one be an operand, so that this one is a keyword and no name?
fn next_is_operand(cursor: &Cursor<'_>) -> bool {
    cursor.peek_at(1).is_some_and(|next| match next.kind {
        TokenKind::Punct(punct) => punct.opens() || punct == Punct::Minus,
        _ => true,
    })
}

/// `CODEC(Delta, ZSTD(3))`.
pub(super) fn codec(cursor: &mut Cursor<'_>) -> Result<Codec, ParseError> {
    cursor.expect_words("CODEC")?;
    let inside = cursor.group("the stages of the codec, in parentheses")?;
    codec_stages(inside)
}

/// The inside of `CODEC(...)`.
pub(super) fn codec_stages(inside: Cursor<'_>) -> Result<Codec, ParseError> {
    let parts = inside.split_commas()?;
    let mut stages = Vec::with_capacity(parts.len());
    for mut part in parts {
        let (name, args) = call(&mut part, "a codec")?;
        part.expect_end("`,` or `)`")?;
        stages.push(CodecStage { name, args });
    }
    if stages.is_empty() {
        return Err(inside.expected("a codec"));
    }
    Ok(Codec { stages })
}

/// A name, and arguments in parentheses where there are some: engines, codecs, types of indexes.
pub(super) fn call(cursor: &mut Cursor<'_>, what: &str) -> Result<(String, Vec<Expr>), ParseError> {
    let name = cursor.ident(what)?;
    let mut args = Vec::new();
    if cursor.is_punct(Punct::LParen) {
        args = whole_exprs(cursor.group(what)?, "an argument")?;
    }
    Ok((name.into(), args))
}

/// Expressions between commas.
pub(super) fn whole_exprs(list: Cursor<'_>, what: &str) -> Result<Vec<Expr>, ParseError> {
    let parts = list.split_commas()?;
    // Each list stays as long as its table does, so it gets no room to grow.
    let mut exprs = Vec::with_capacity(parts.len());
    for mut part in parts {
        exprs.push(part.expr(what)?);
        part.expect_end("`,` or `)`")?;
    }
    Ok(exprs)
}

/// `1.5`, `1000.`, `1e-9`.
fn is_fraction(digits: &str) -> bool {
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.contains(['.', 'e'])
        && lex(digits).is_ok_and(|tokens| matches!(&*tokens, [token] if token.kind == TokenKind::Number))
}

/// The type of a default that is nothing but a literal, as the server finds it (measured on 26.7): the smallest
/// integer type that holds the number, Float64, String, Bool.
fn type_of_literal(expr: &Expr) -> Option<DataType> {
    let sql = expr.as_sql();
    let name = match sql {
        "true" | "false" => "Bool",
        _ if lex(sql).is_ok_and(|tokens| matches!(&*tokens, [token] if token.kind == TokenKind::String)) => {
            "String"
        }
        _ => {
            let digits = sql.strip_prefix('-').unwrap_or(sql);
            if is_fraction(digits) {
                return DataType::parse("Float64").ok();
            }
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            match (sql.parse::<u64>(), sql.parse::<i64>()) {
                (Ok(0..=0xff), _) => "UInt8",
                (Ok(0x100..=0xffff), _) => "UInt16",
                (Ok(0x1_0000..=0xffff_ffff), _) => "UInt32",
                (Ok(_), _) => "UInt64",
                (_, Ok(-128..)) => "Int8",
                (_, Ok(-32_768..)) => "Int16",
                (_, Ok(-2_147_483_648..)) => "Int32",
                (_, Ok(_)) => "Int64",
                _ => return None,
            }
        }
    };
    DataType::parse(name).ok()
}
