//! Members of a table besides columns: skipping indexes, projections, constraints.

use crate::model::{Constraint, ConstraintKind, Expr, Index, IndexType, Projection, Settings};
use crate::sql::TokenKind;

use super::column::call;
use super::cursor::Cursor;
use super::error::{ParseError, ParseErrorKind};
use super::storage::settings;

/// `name expr TYPE type(args) [GRANULARITY n]`, behind `INDEX`.
pub(super) fn index(cursor: &mut Cursor<'_>) -> Result<Index, ParseError> {
    let name = cursor.ident("the name of the index")?;
    let expr = cursor.expr("what the index is about")?;
    cursor.expect_words("TYPE")?;
    let index_type = index_type(cursor)?;
    let granularity = if cursor.eat_words("GRANULARITY") {
        Some(unsigned(cursor)?)
    } else {
        None
    };
    Ok(Index {
        name,
        expr,
        index_type,
        granularity,
    })
}

/// `bloom_filter(0.01)`.
pub(super) fn index_type(cursor: &mut Cursor<'_>) -> Result<IndexType, ParseError> {
    let (name, args) = call(cursor, "the type of the index")?;
    Ok(IndexType { name, args })
}

fn unsigned(cursor: &mut Cursor<'_>) -> Result<u64, ParseError> {
    let number = cursor
        .peek()
        .filter(|token| token.kind == TokenKind::Number)
        .and_then(|token| token.text.parse().ok())
        .ok_or_else(|| cursor.expected("a whole number"))?;
    cursor.advance();
    Ok(number)
}

/// `name (SELECT ...) [WITH SETTINGS (...)]` or `name INDEX expr TYPE type`, behind `PROJECTION`.
pub(super) fn projection(cursor: &mut Cursor<'_>) -> Result<Projection, ParseError> {
    let name = cursor.ident("the name of the projection")?;
    let body = if cursor.is_word("INDEX") {
        index_body(cursor)?
    } else {
        let mut inside = cursor.group("the projection's query in parentheses, or `INDEX`")?;
        let body = query_body(&mut inside)?;
        inside.expect_end("`)`")?;
        body
    };
    let mut projection = Projection {
        name,
        body,
        settings: Settings::default(),
    };
    if cursor.eat_words("WITH SETTINGS") {
        let mut inside = cursor.group("settings in parentheses")?;
        projection.settings = settings(&mut inside)?;
        inside.expect_end("`,` or `)`")?;
    }
    Ok(projection)
}

/// What a projection holds, without parentheses around it.
pub(super) fn projection_body(cursor: &mut Cursor<'_>) -> Result<Expr, ParseError> {
    if cursor.is_word("INDEX") {
        index_body(cursor)
    } else {
        query_body(cursor)
    }
}

fn query_body(cursor: &mut Cursor<'_>) -> Result<Expr, ParseError> {
    if !cursor.is_word("SELECT") && !cursor.is_word("WITH") {
        return Err(cursor.expected("`SELECT` or `WITH`"));
    }
    cursor.rest("a query")
}

/// `INDEX expr TYPE type`: kept as one text, with the keywords in upper case.
fn index_body(cursor: &mut Cursor<'_>) -> Result<Expr, ParseError> {
    let start = *cursor;
    cursor.expect_words("INDEX")?;
    let expr = cursor.expr("what the projection's index is about")?;
    cursor.expect_words("TYPE")?;
    let index_type = crate::ddl::render_index_type(&index_type(cursor)?);
    Expr::parse(&format!("INDEX {expr} TYPE {index_type}"))
        .map_err(|error| start.error(ParseErrorKind::Lex(error.kind)))
}

/// `name CHECK expr` or `name ASSUME expr`, behind `CONSTRAINT`.
pub(super) fn constraint(cursor: &mut Cursor<'_>) -> Result<Constraint, ParseError> {
    let name = cursor.ident("the name of the constraint")?;
    let kind = [ConstraintKind::Check, ConstraintKind::Assume]
        .into_iter()
        .find(|kind| cursor.eat_words(kind.keyword()))
        .ok_or_else(|| cursor.expected("`CHECK` or `ASSUME`"))?;
    Ok(Constraint {
        name,
        kind,
        expr: cursor.expr("the condition")?,
    })
}

/// What kind of member begins here? `INDEX`, `PROJECTION` and `CONSTRAINT` may be names of columns too where
/// they stand in quotes; without quotes the server takes them for the keywords, and so does chx.
pub(super) fn member_kind(cursor: &Cursor<'_>) -> MemberKind {
    if cursor.is_word("INDEX") {
        MemberKind::Index
    } else if cursor.is_word("PROJECTION") {
        MemberKind::Projection
    } else if cursor.is_word("CONSTRAINT") {
        MemberKind::Constraint
    } else if cursor.is_words("PRIMARY KEY") {
        MemberKind::PrimaryKey
    } else if cursor.is_words("FOREIGN KEY") {
        MemberKind::ForeignKey
    } else {
        MemberKind::Column
    }
}

/// The kinds of elements in the list of a CREATE TABLE.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberKind {
    Column,
    Index,
    Projection,
    Constraint,
    PrimaryKey,
    ForeignKey,
}
