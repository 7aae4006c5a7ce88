//! The facts about what only the text of a statement shows: how a JOIN compares, and clauses that chx does not read.
//!
//! Decides by tokens. A condition counts as one of both tables where it names two of them by name; one that names columns
//! alone is not seen.

use std::collections::BTreeSet;

use crate::diag::code;
use crate::sql::{Punct, Token, TokenKind, lex};

use super::ServerVersion;
use super::fact::{Fact, Status};
use super::piece::Piece;

use Status::{Becomes, Needs, Unknown, Works};

const fn v(year: u16, release: u16) -> ServerVersion {
    ServerVersion::new(year, release)
}

/// Everything of this kind that is known, by code.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        code: code::JOIN_CONDITION,
        what: "a condition of a JOIN that compares both tables and is no equality",
        statuses: &[
            (v(24, 8), Needs("allow_experimental_join_condition")),
            (v(25, 5), Works),
        ],
        instead: "put the condition into WHERE, for an INNER JOIN",
        source: "measured on 24.8 (403 without the setting), 25.5 and newer",
        is_about: |piece| {
            matches!(piece, Piece::Expression { expr, .. }
                if lex(expr.as_sql()).is_ok_and(|tokens| has_unequal_join(&tokens)))
        },
    },
    Fact {
        code: code::UNIQUE_KEY,
        what: "UNIQUE KEY",
        statuses: &[(v(26, 4), Unknown), (v(26, 5), Works)],
        instead: "use ReplacingMergeTree, and read with FINAL",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3 (syntax error), 26.5, 26.7 and 26.9",
        is_about: |piece| {
            let says = |tokens: &[Token<'_>]| {
                tokens
                    .windows(2)
                    .any(|pair| pair[0].is_word("UNIQUE") && pair[1].is_word("KEY"))
            };
            match piece {
                Piece::Table(table) => !table.storage.unique_key.is_empty(),
                Piece::Raw(raw) => lex(&raw.text).is_ok_and(|tokens| says(&tokens)),
                _ => false,
            }
        },
    },
    Fact {
        code: code::SELECT_COLUMN,
        what: "a part of an expression that begins with a column called `select` and `+` or `-`",
        statuses: &[
            (v(0, 0), Becomes("a subquery")),
            (v(26, 2), Unknown),
            (v(26, 3), Works),
        ],
        instead: "put the column last, or rename it",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3 and newer",
        is_about: |piece| {
            matches!(piece, Piece::Expression { expr, table: Some(_), .. }
                if lex(expr.as_sql()).is_ok_and(|tokens| becomes_subquery(&tokens)))
        },
    },
];

/// What a condition ends at.
const ENDS: [&str; 22] = [
    "WHERE",
    "PREWHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "QUALIFY",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "SETTINGS",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "JOIN",
    "INNER",
    "LEFT",
    "RIGHT",
    "FULL",
    "CROSS",
    "GLOBAL",
    "ARRAY",
    "PASTE",
];

fn has_unequal_join(tokens: &[Token<'_>]) -> bool {
    let mut is_asof = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_word("JOIN") {
            // ASOF stands before or behind LEFT.
            is_asof = tokens[at.saturating_sub(3)..at]
                .iter()
                .any(|word| word.is_word("ASOF"));
        }
        if token.is_word("ON") && !is_asof && is_unequal(condition(&tokens[at + 1..])) {
            return true;
        }
    }
    false
}

/// The tokens up to the end of the condition that they begin with.
fn condition<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut depth = 0_usize;
    let end = tokens.iter().position(|token| {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => match depth.checked_sub(1) {
                Some(left) => depth = left,
                None => return true,
            },
            _ => {}
        }
        depth == 0 && (token.is(Punct::Comma) || ENDS.iter().any(|word| token.is_word(word)))
    });
    &tokens[..end.unwrap_or(tokens.len())]
}

/// Is there a part between AND and OR, however deep, that names both tables and is no equality?
fn is_unequal(condition: &[Token<'_>]) -> bool {
    let is_equality = |token: &Token<'_>| token.is(Punct::Eq) || token.is(Punct::NullSafeEq);
    condition
        .split(|token| token.is_word("AND") || token.is_word("OR"))
        .any(|part| !part.iter().any(is_equality) && tables(part).len() > 1)
}

/// Does a sum that the server puts into brackets begin with such a column? It leaves out brackets around the whole of an
/// expression and around an argument.
fn becomes_subquery(tokens: &[Token<'_>]) -> bool {
    let is_sum = |token: &Token<'_>| token.is(Punct::Plus) || token.is(Punct::Minus);
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let is_select =
            pair[0].kind == TokenKind::QuotedIdent && pair[0].text.eq_ignore_ascii_case("`select`");
        if !is_select || !is_sum(&pair[1]) {
            return false;
        }
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        match before.map(|token| token.kind) {
            None | Some(TokenKind::Punct(Punct::Comma | Punct::LBracket)) => is_followed(&tokens[at + 2..]),
            Some(TokenKind::Punct(Punct::LParen)) => {
                let is_call = at >= 2 && tokens[at - 2].is_name();
                !is_call || is_followed(&tokens[at + 2..])
            }
            Some(TokenKind::Punct(punct)) => compares(punct),
            Some(_) => before.is_some_and(joins),
        }
    })
}

/// Comes another operator, before the brackets or the argument end?
fn is_followed(tokens: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => match depth.checked_sub(1) {
                Some(left) => depth = left,
                None => return false,
            },
            TokenKind::Punct(Punct::Comma) if depth == 0 => return false,
            TokenKind::Punct(Punct::Plus | Punct::Minus) if depth == 0 => return true,
            TokenKind::Punct(punct) if depth == 0 && compares(punct) => return true,
            TokenKind::Word if depth == 0 && joins(token) => return true,
            _ => {}
        }
    }
    false
}

fn compares(punct: Punct) -> bool {
    matches!(
        punct,
        Punct::Eq | Punct::NotEq | Punct::Less | Punct::LessEq | Punct::Greater | Punct::GreaterEq
    )
}

fn joins(token: &Token<'_>) -> bool {
    ["AND", "OR", "NOT"].iter().any(|word| token.is_word(word))
}

/// The first parts of names with several.
fn tables<'t>(tokens: &'t [Token<'_>]) -> BTreeSet<&'t str> {
    let mut before = None;
    let mut found = BTreeSet::new();
    for pair in tokens.windows(2) {
        if pair[0].is_name() && pair[1].is(Punct::Dot) && before != Some(TokenKind::Punct(Punct::Dot)) {
            found.insert(pair[0].text);
        }
        before = Some(pair[0].kind);
    }
    found
}
