//! The REFRESH clause of a materialized view.

use std::collections::BTreeSet;

use crate::model::{Period, Refresh, Schedule, Settings};
use crate::sql::{Punct, TokenKind};

use super::Reader;
use super::cursor::Cursor;
use super::error::ParseError;
use super::storage::settings;

/// Behind the word REFRESH.
pub(super) fn refresh(cursor: &mut Cursor<'_>, reader: &Reader<'_>) -> Result<Refresh, ParseError> {
    let schedule = if cursor.eat_words("EVERY") {
        let every = period(cursor)?;
        let offset = cursor.eat_words("OFFSET").then(|| period(cursor)).transpose()?;
        Schedule::Every {
            period: every,
            offset,
        }
    } else if cursor.eat_words("AFTER") {
        Schedule::After(period(cursor)?)
    } else if cursor.is_words("DEPENDS ON") {
        Schedule::AfterOthers
    } else {
        return Err(cursor.expected("`EVERY`, `AFTER` or `DEPENDS ON`"));
    };
    let randomize = cursor
        .eat_words("RANDOMIZE FOR")
        .then(|| period(cursor))
        .transpose()?;
    let mut depends_on = BTreeSet::new();
    if cursor.eat_words("DEPENDS ON") {
        loop {
            depends_on.insert(reader.name(cursor, "a refreshable materialized view")?);
            if !cursor.eat_punct(Punct::Comma) {
                break;
            }
        }
    }
    let settings = if cursor.eat_words("SETTINGS") {
        settings(cursor)?
    } else {
        Settings::default()
    };
    Ok(Refresh {
        schedule,
        randomize,
        depends_on,
        settings,
        append: cursor.eat_words("APPEND"),
    })
}

/// `1 DAY 12 HOUR`: the sum of its parts.
fn period(cursor: &mut Cursor<'_>) -> Result<Period, ParseError> {
    let mut sum: Option<Period> = None;
    while let Some(number) = cursor.peek().filter(|token| token.kind == TokenKind::Number) {
        let here = *cursor;
        cursor.advance();
        let part = cursor
            .peek()
            .zip(number.text.parse().ok())
            .and_then(|(unit, count)| Period::of(count, unit.text));
        let total = part.and_then(|part| sum.unwrap_or(Period::ZERO).checked_add(part));
        let Some(total) = total else {
            return Err(here.expected("a whole number and a unit of time, such as `1 HOUR`"));
        };
        sum = Some(total);
        cursor.advance();
    }
    sum.ok_or_else(|| cursor.expected("a length of time, such as `1 HOUR`"))
}
