//! Parentheses that group what stands alone anyway: `WHERE (a = 1)`, `count((x))`, `SELECT (a + b) AS c`.
//!
//! Decides from tokens alone, and in doubt leaves them. Servers from 26.5 on store them as they were written, so two stored
//! texts of one meaning differ by them. Only for comparisons: a statement is never written without them.

use super::brackets::pair_brackets;
use super::expr::Expr;
use super::lex::lex;
use super::operators::with_operators;
use super::token::{Punct, Token, TokenKind};

/// Words behind which an expression begins.
const BEFORE: [&str; 9] = [
    "BY", "ELSE", "HAVING", "ON", "PREWHERE", "QUALIFY", "SELECT", "THEN", "WHERE",
];

/// Words with which an expression has ended. No operators: behind `(a) AND`, the parentheses belong to an operand.
const AFTER: [&str; 30] = [
    "ALL",
    "ANTI",
    "ANY",
    "ARRAY",
    "AS",
    "ASC",
    "ASOF",
    "CROSS",
    "DESC",
    "ELSE",
    "END",
    "EXCEPT",
    "FORMAT",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "INNER",
    "INTERSECT",
    "JOIN",
    "LEFT",
    "LIMIT",
    "ORDER",
    "PREWHERE",
    "QUALIFY",
    "SETTINGS",
    "THEN",
    "UNION",
    "WHERE",
    "WINDOW",
];

impl Expr {
    /// Are the two the same but for parentheses that group what stands alone anyway, and calls that are operators?
    ///
    /// ```
    /// use chx_core::sql::Expr;
    /// let read = |sql| Expr::parse(sql).unwrap();
    /// assert!(read("SELECT a FROM t WHERE (a = 1)").is_grouped_like(&read("SELECT a FROM t WHERE a = 1")));
    /// assert!(!read("(a + b) * c").is_grouped_like(&read("a + b * c")));
    /// assert!(read("plus(a, b) * c").is_grouped_like(&read("(a + b) * c")));
    /// ```
    #[must_use]
    pub fn is_grouped_like(&self, other: &Self) -> bool {
        self == other
            || is_ungrouped_like(self.as_sql(), other.as_sql())
            || is_ungrouped_like(&with_operators(self.as_sql()), &with_operators(other.as_sql()))
    }
}

fn is_ungrouped_like(one: &str, other: &str) -> bool {
    match (ungrouped(one), ungrouped(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// The texts of the tokens without such parentheses.
fn ungrouped(sql: &str) -> Option<Vec<&str>> {
    let tokens = lex(sql).ok()?;
    let mut goes = vec![false; tokens.len()];
    pair_brackets(&tokens, |open, close| {
        if groups_in_vain(&tokens, open, close) {
            for index in [open, close] {
                if let Some(goes) = goes.get_mut(index) {
                    *goes = true;
                }
            }
        }
    })
    .ok()?;
    let kept = tokens.iter().zip(goes).filter(|(_, goes)| !goes);
    Some(kept.map(|(token, _)| token.text).collect())
}

fn groups_in_vain(tokens: &[Token<'_>], open: usize, close: usize) -> bool {
    let at = |index: usize| tokens.get(index);
    let is_round = at(open).is_some_and(|token| token.is(Punct::LParen));
    let before = open.checked_sub(1).and_then(at);
    let begins = before.is_none_or(|token| {
        is_word_of(token, &BEFORE)
            || [Punct::LParen, Punct::LBracket, Punct::Comma, Punct::Arrow]
                .iter()
                .any(|punct| token.is(*punct))
    });
    let ends = at(close + 1).is_none_or(|token| {
        is_word_of(token, &AFTER)
            || [Punct::RParen, Punct::RBracket, Punct::Comma]
                .iter()
                .any(|punct| token.is(*punct))
    });
    is_round && begins && ends && tokens.get(open + 1..close).is_some_and(is_one_expression)
}

fn is_word_of(token: &Token<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| token.is_word(word))
}

/// One expression: no tuple, nothing empty, no query.
fn is_one_expression(inside: &[Token<'_>]) -> bool {
    let Some(first) = inside.first() else { return false };
    if first.is_word("SELECT") || first.is_word("WITH") || first.is_word("FROM") {
        return false;
    }
    let mut depth = 0_usize;
    for token in inside {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            TokenKind::Punct(Punct::Comma) if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        let (a, b) = (Expr::parse(one).unwrap(), Expr::parse(other).unwrap());
        assert_eq!(a.is_grouped_like(&b), same, "{one} and {other}");
        assert_eq!(b.is_grouped_like(&a), same, "{other} and {one}");
    }

    #[test]
    fn what_stands_alone_needs_no_parentheses() {
        for (one, other) in [
            ("SELECT a FROM t WHERE (a = 1)", "SELECT a FROM t WHERE a = 1"),
            (
                "SELECT a FROM t WHERE ((a = 1)) GROUP BY (a)",
                "SELECT a FROM t WHERE a = 1 GROUP BY a",
            ),
            (
                "SELECT (a + b) AS c, countIf((d = 2)) FROM t",
                "SELECT a + b AS c, countIf(d = 2) FROM t",
            ),
            (
                "SELECT a FROM t INNER JOIN u ON (t.a = u.a) WHERE b",
                "SELECT a FROM t INNER JOIN u ON t.a = u.a WHERE b",
            ),
            ("[(a), ((b))]", "[a, b]"),
            ("(a + b)", "a + b"),
            ("arrayMap(x -> (x + 1), y)", "arrayMap(x -> x + 1, (y))"),
        ] {
            check(one, other, true);
        }
    }

    #[test]
    fn an_operand_a_tuple_a_call_and_a_query_keep_theirs() {
        for (one, other) in [
            ("(a + b) * c", "a + b * c"),
            ("(a, b)", "a, b"),
            ("a IN (1)", "a IN 1"),
            ("count()", "count"),
            ("f(())", "f()"),
            ("f((SELECT 1))", "f(SELECT 1)"),
            ("SELECT a FROM (t) WHERE a", "SELECT a FROM t WHERE a"),
            ("(a).1", "a.1"),
            ("NOT (a)", "NOT a"),
            ("(a = 1) AND b", "a = 1 AND b"),
            ("(x) -> x", "x -> x"),
            ("t.* EXCEPT (a)", "t.* EXCEPT a"),
        ] {
            check(one, other, false);
        }
    }
}
