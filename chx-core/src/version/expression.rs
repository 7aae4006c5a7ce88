//! The facts about expressions: forms that servers came to read later.
//!
//! Decides by the tokens of an expression wherever it stands: in a clause of a table, in a query, in the body of a function.
//! A word that only looks like one of these forms (a column called `at`) is told apart by what stands around it.

use crate::diag::code;
use crate::model::Table;
use crate::sql::{Expr, Punct, Token, TokenKind, lex};

use super::ServerVersion;
use super::fact::{Fact, Status};
use super::piece::{Clause, Piece};

use Status::{Becomes, Unknown, Works};

const fn v(year: u16, release: u16) -> ServerVersion {
    ServerVersion::new(year, release)
}

/// Everything that is known of expressions, by code.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        code: code::SUBCOLUMN,
        what: "a subcolumn in a clause of a table",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "take the element with a function: `tupleElement(t, 'a')`, `isNull(n)`, `length(a)`, `mapKeys(m)`",
        source: "measured on 24.8 (47), 25.5 and newer",
        is_about: |piece| {
            matches!(piece, Piece::Expression { expr, table: Some(table), clause: Clause::Other }
                if reads_subcolumn(expr, table))
        },
    },
    Fact {
        code: code::IS_DISTINCT_FROM,
        what: "IS DISTINCT FROM",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "write `NOT (a <=> b)`",
        source: "measured on 24.8, 25.5, 25.8 (syntax error), 26.1 and newer",
        is_about: |piece| has_words(piece, &["IS", "DISTINCT", "FROM"]),
    },
    Fact {
        code: code::LIKE_ESCAPE,
        what: "LIKE with ESCAPE",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "escape with a backslash, which LIKE knows by itself",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| {
            has(piece, |tokens| {
                let of_pattern = |pair: &[Token<'_>]| {
                    pair[0].is_word("ESCAPE")
                        && matches!(pair[1].kind, TokenKind::String | TokenKind::Heredoc)
                };
                tokens
                    .iter()
                    .any(|token| token.is_word("LIKE") || token.is_word("ILIKE"))
                    && tokens.windows(2).any(of_pattern)
            })
        },
    },
    Fact {
        code: code::AT_TIME_ZONE,
        what: "AT TIME ZONE",
        statuses: &[(v(26, 6), Unknown), (v(26, 7), Works)],
        instead: "write `toTimeZone(t, 'zone')`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3, 26.5 (syntax error), 26.7 and 26.9",
        is_about: |piece| has_words(piece, &["AT", "TIME", "ZONE"]),
    },
    Fact {
        code: code::TRIM_CHARACTERS,
        what: "trim of other characters than blanks, as a call",
        statuses: &[(v(25, 9), Unknown), (v(26, 1), Works)],
        instead: "write `TRIM(BOTH 'x' FROM s)`, with LEADING for `ltrim` and TRAILING for `rtrim`",
        source: "measured on 24.8, 25.5, 25.8 (syntax error), 26.1 and newer",
        is_about: |piece| {
            has(piece, |tokens| {
                calls(tokens, &["trim", "ltrim", "rtrim"]).any(|arguments| {
                    !arguments.iter().any(|token| token.is_word("FROM")) && has_comma(arguments)
                })
            })
        },
    },
    Fact {
        code: code::TRIM_WORDS,
        what: "TRIM with BOTH, LEADING or TRAILING",
        statuses: &[
            (
                v(0, 0),
                Becomes("a call of `replaceRegexpOne` or `replaceRegexpAll`"),
            ),
            (v(24, 9), Unknown),
            (v(25, 5), Works),
        ],
        instead: "write what it is stored as",
        source: "measured on 24.8, 25.5 and newer",
        is_about: |piece| {
            has(piece, |tokens| {
                calls(tokens, &["trim"]).any(|arguments| {
                    let word = |word: &str| arguments.first().is_some_and(|token| token.is_word(word));
                    word("BOTH") || word("LEADING") || word("TRAILING")
                })
            })
        },
    },
    Fact {
        code: code::OVERLAY_PLACING,
        what: "overlay with PLACING",
        statuses: &[(v(26, 4), Unknown), (v(26, 5), Works)],
        instead: "write `overlay(s, 'x', 1)`",
        source: "measured on 24.8, 25.5, 25.8, 26.1, 26.3 (syntax error), 26.5 and newer",
        is_about: |piece| {
            has(piece, |tokens| {
                calls(tokens, &["overlay"])
                    .any(|arguments| arguments.iter().any(|token| token.is_word("PLACING")))
            })
        },
    },
    Fact {
        code: code::CALL_WITHOUT_PARENTHESES,
        what: "a function without parentheses, such as `CURRENT_TIMESTAMP` or `now`",
        statuses: &[(v(26, 2), Unknown), (v(26, 3), Works)],
        instead: "write the parentheses: `now()`, `today()`",
        source: "measured on 24.8, 25.5, 25.8, 26.1 (47), 26.3 and newer",
        is_about: is_call_without_parentheses,
    },
    Fact {
        code: code::PROJECTION_PART_OFFSET,
        what: "`_part_offset` in a projection",
        statuses: &[(v(24, 9), Unknown), (v(25, 5), Works)],
        instead: "leave the column out",
        source: "measured on 24.8 (47), 25.5 and newer",
        is_about: |piece| {
            matches!(piece, Piece::Projection(projection)
                if !projection.is_index() && projection.body.reads_column("_part_offset"))
        },
    },
];

/// Does the expression name a part of a column? A member of a flattened Nested is a column.
fn reads_subcolumn(expr: &Expr, table: &Table) -> bool {
    let is_column = |name: &str| table.column(name).is_some();
    // `(touch[1]).source`: a named element of what is no column.
    let of_value = |three: &[Token<'_>]| {
        (three[0].is(Punct::RBracket) || three[0].is(Punct::RParen))
            && three[1].is(Punct::Dot)
            && three[2].is_name()
    };
    if lex(expr.as_sql()).is_ok_and(|tokens| tokens.windows(3).any(of_value)) {
        return true;
    }
    expr.references().any(|reference| {
        let of_json = || {
            let behind = expr.as_sql().get(reference.at + reference.text.len()..);
            behind.is_some_and(|behind| behind.starts_with(".^"))
        };
        let first = reference.parts.first().map(AsRef::as_ref).unwrap_or_default();
        is_column(first) && (of_json() || (reference.parts.len() > 1 && !is_column(&reference.name())))
    })
}

fn is_call_without_parentheses(piece: &Piece<'_>) -> bool {
    // In a query such a name is mostly that of a column.
    let Piece::Expression {
        expr,
        table: Some(table),
        ..
    } = piece
    else {
        return false;
    };
    let is_column = |name: &str| table.column(name).is_some();
    expr.references()
        .any(|reference| reference.may_be_call() && !is_column(&reference.name()))
}

/// Does this hold for the tokens of the piece, if it is an expression?
fn has(piece: &Piece<'_>, holds: impl Fn(&[Token<'_>]) -> bool) -> bool {
    matches!(piece, Piece::Expression { expr, .. } if lex(expr.as_sql()).is_ok_and(|tokens| holds(&tokens)))
}

/// Do these words stand one behind the other?
fn has_words(piece: &Piece<'_>, words: &[&str]) -> bool {
    has(piece, |tokens| {
        tokens
            .windows(words.len())
            .any(|window| window.iter().zip(words).all(|(token, word)| token.is_word(word)))
    })
}

/// The arguments of the calls of these functions, without the brackets.
fn calls<'t, 'a>(tokens: &'t [Token<'a>], names: &'t [&str]) -> impl Iterator<Item = &'t [Token<'a>]> {
    tokens.windows(2).enumerate().filter_map(move |(at, pair)| {
        let is_one = pair[1].is(Punct::LParen) && names.iter().any(|name| pair[0].is_word(name));
        let arguments = tokens.get(at + 2..)?;
        is_one.then(|| arguments.get(..end(arguments)).unwrap_or_default())
    })
}

/// Where the bracket closes that these tokens stand behind.
fn end(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => match depth.checked_sub(1) {
                Some(left) => depth = left,
                None => return index,
            },
            _ => {}
        }
    }
    tokens.len()
}

/// Are there several arguments?
fn has_comma(arguments: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    arguments.iter().any(|token| {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.is(Punct::Comma)
    })
}
