//! What a quota counts, for whom, and how much of it within which time.

use crate::model::SettingValue;
use crate::model::access::{AccessChange, QuotaInterval, QuotaKey, QuotaLimit};
use crate::sql::Punct;

use super::super::cursor::Cursor;
use super::super::error::ParseError;
use super::clause::{Found, to_clause};
use super::name;

/// A clause of a quota.
pub(super) fn quota_clause(cursor: &mut Cursor<'_>) -> Found {
    if cursor.eat_words("NOT KEYED") {
        return Ok(Some(vec![AccessChange::KeyedBy(QuotaKey::None)]));
    }
    if cursor.eat_words("KEYED BY") || cursor.eat_words("KEY BY") {
        return Ok(Some(vec![AccessChange::KeyedBy(quota_key(cursor)?)]));
    }
    if cursor.eat_words("FOR") {
        let mut intervals = vec![interval(cursor)?];
        while cursor.is_punct(Punct::Comma) && cursor.is_word_at(1, "FOR") {
            cursor.advance();
            cursor.advance();
            intervals.push(interval(cursor)?);
        }
        return Ok(Some(intervals));
    }
    to_clause(cursor)
}

/// What stands behind KEYED BY.
pub(super) fn quota_key(cursor: &mut Cursor<'_>) -> Result<QuotaKey, ParseError> {
    let here = *cursor;
    let mut words = Vec::new();
    loop {
        let word = name(cursor, "quota's key")?;
        words.push(word.as_str().to_ascii_lowercase().replace(' ', "_"));
        if !cursor.eat_punct(Punct::Comma) {
            break;
        }
    }
    let written = words.join("_or_");
    if written == "none" {
        return Ok(QuotaKey::None);
    }
    let is_meant = |key: &QuotaKey| key.as_str().replace(", ", "_or_") == written;
    QuotaKey::KEYS.into_iter().find(is_meant).ok_or_else(|| {
        let known = QuotaKey::KEYS.map(|key| format!("`{}`", key.as_str()));
        here.expected(format!("what the quota is keyed by: one of {}", known.join("; ")))
    })
}

/// The lengths of intervals in seconds, as ClickHouse counts them.
pub(in crate::ddl) const UNITS: [(&str, u64); 8] = [
    ("year", 31_556_952),
    ("quarter", 7_889_238),
    ("month", 2_629_746),
    ("week", 604_800),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
    ("second", 1),
];

/// What stands behind FOR: `RANDOMIZED INTERVAL 1 hour MAX queries = 10`.
pub(super) fn interval(cursor: &mut Cursor<'_>) -> Result<AccessChange, ParseError> {
    let randomized = cursor.eat_words("RANDOMIZED");
    cursor.eat_words("INTERVAL");
    let here = *cursor;
    let number: Option<u64> = cursor.number()?.parse().ok();
    let unit = UNITS
        .iter()
        .find(|(unit, _)| cursor.is_word(unit) || cursor.is_word(&format!("{unit}s")));
    let Some((_, seconds)) = unit else {
        return Err(cursor.expected("a unit of time, such as `hour`"));
    };
    cursor.advance();
    let Some(seconds) = number.and_then(|number| number.checked_mul(*seconds)) else {
        return Err(here.expected("a whole number of the interval's unit"));
    };
    if cursor.eat_words("NO LIMITS") {
        return Ok(AccessChange::Interval(seconds, None));
    }
    let mut interval = QuotaInterval {
        randomized,
        ..QuotaInterval::default()
    };
    if cursor.eat_words("TRACKING ONLY") {
        return Ok(AccessChange::Interval(seconds, Some(interval)));
    }
    let mut says_max = false;
    loop {
        let here = *cursor;
        says_max |= cursor.eat_words("MAX");
        let Some(limit) = limit(cursor) else {
            let known = QuotaLimit::ALL.map(QuotaLimit::as_str);
            return Err(cursor.expected(format!("what is limited: one of {}", known.join(", "))));
        };
        if says_max {
            cursor.eat_punct(Punct::Eq);
        } else {
            // The older form: `queries MAX 10`.
            cursor.expect_words("MAX")?;
        }
        let value = limit_value(cursor)?;
        if interval.limits.insert(limit, value).is_some() {
            return Err(here.twice("limit"));
        }
        if !cursor.is_punct(Punct::Comma) || cursor.is_word_at(1, "FOR") {
            return Ok(AccessChange::Interval(seconds, Some(interval)));
        }
        cursor.advance();
    }
}

fn limit(cursor: &mut Cursor<'_>) -> Option<QuotaLimit> {
    QuotaLimit::ALL
        .into_iter()
        .find(|limit| cursor.eat_words(limit.as_str()) || cursor.eat_words(&limit.as_str().replace('_', " ")))
}

/// A number, also with a suffix in quotes: `'10G'` is 10000000000.
fn limit_value(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let here = *cursor;
    if !cursor.is_string_at(0) {
        return Ok(SettingValue::new(&cursor.number()?).as_str().to_owned());
    }
    let text = cursor.string("a number")?;
    with_suffix(text.trim()).ok_or_else(|| here.expected("a number, such as `10` or `'10G'`"))
}

/// The number that a text with a suffix of size means.
fn with_suffix(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: u128 = match text.get(digits.len()..)? {
        "" => 1,
        "K" | "k" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "T" => 1_000_000_000_000,
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        "Ti" => 1 << 40,
        _ => return None,
    };
    let number: u64 = digits.parse().ok()?;
    Some((u128::from(number) * factor).to_string())
}
