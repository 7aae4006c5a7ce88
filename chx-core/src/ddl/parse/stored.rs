//! What servers of other versions leave out when they store a statement.
//!
//! A column called `select` (up to 26.1) or `from` (up to 26.3) stands without quotes in the expressions of its table, where
//! it would be a keyword to everybody else. Servers write keywords in capitals, so a word in other letters is the name, as
//! far as the list of columns has that name, which is always in quotes. One called `FROM` cannot be told apart.

use std::borrow::Cow;

use crate::sql::{TokenKind, lex};

const UNQUOTED: [&str; 2] = ["`from`", "`select`"];

/// The text with quotes around such names.
pub(super) fn with_quoted_names(sql: &str) -> Cow<'_, str> {
    let names: Vec<&str> = sql
        .match_indices('`')
        .flat_map(|(at, _)| UNQUOTED.map(|quoted| sql.get(at..at + quoted.len()).map(|name| (name, quoted))))
        .flatten()
        .filter(|(name, quoted)| name.eq_ignore_ascii_case(quoted))
        .map(|(name, _)| name.trim_matches('`'))
        .filter(|name| name.bytes().any(|byte| byte.is_ascii_lowercase()))
        .collect();
    // Text that does not lex is refused by whoever reads it.
    let Some(tokens) = (!names.is_empty()).then(|| lex(sql).ok()).flatten() else {
        return Cow::Borrowed(sql);
    };
    let mut quoted = String::with_capacity(sql.len() + 16);
    let mut done = 0;
    for token in &*tokens {
        if token.kind == TokenKind::Word && names.contains(&token.text) {
            quoted.push_str(&sql[done..token.at]);
            quoted.push('`');
            quoted.push_str(token.text);
            quoted.push('`');
            done = token.end();
        }
    }
    quoted.push_str(&sql[done..]);
    Cow::Owned(quoted)
}
