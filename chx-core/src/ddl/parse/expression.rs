//! Where an expression ends.
//!
//! Expressions are not parsed, they are cut out: step by step it is known whether an operand or an operator may
//! stand next, as in the server's own parser, and the expression ends at the first token that cannot go on with
//! it. So a column may be called `comment` or `ttl` (`DEFAULT comment COMMENT 'x'`), a clause ends an expression
//! without a list of clauses, and a misspelt clause is an error instead of a part of the expression.

use crate::sql::{Punct, Token, TokenKind};

use super::cursor::Cursor;
use super::error::ParseError;

/// Steps over one expression. The cursor stays where it is if none begins here.
pub(super) fn advance_over(cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
    let mut scan = Scan {
        needs_operand: true,
        open_cases: 0,
        interval: false,
        cast: false,
    };
    let start = *cursor;
    while let Some(token) = cursor.peek() {
        let goes_on = if scan.needs_operand {
            scan.operand(cursor, token)
        } else {
            scan.operator(cursor, token)
        };
        if !goes_on {
            break;
        }
    }
    let moved = cursor.len() != start.len();
    if moved && scan.needs_operand {
        return Err(cursor.expected("the rest of the expression"));
    }
    if scan.open_cases > 0 {
        return Err(cursor.expected("`END` of `CASE`"));
    }
    Ok(())
}

struct Scan {
    /// Must an operand come next? Otherwise an operator may.
    needs_operand: bool,
    /// How many `CASE` wait for their `END`.
    open_cases: usize,
    /// Is the operand the number of an INTERVAL, so that a unit may follow?
    interval: bool,
    /// Is the operand the type behind `::`, so that `PRECISION` and the like may follow?
    cast: bool,
}

impl Scan {
    fn operand(&mut self, cursor: &mut Cursor<'_>, token: Token<'_>) -> bool {
        match token.kind {
            TokenKind::Punct(Punct::Minus | Punct::Plus | Punct::At | Punct::DoubleAt) => cursor.advance(),
            TokenKind::Punct(punct) if punct.opens() => {
                cursor.advance_over_group();
                self.needs_operand = false;
            }
            TokenKind::Punct(Punct::Star) => {
                cursor.advance();
                self.needs_operand = false;
            }
            TokenKind::Punct(_) => return false,
            TokenKind::Word => self.operand_word(cursor, token),
            TokenKind::QuotedIdent
            | TokenKind::String
            | TokenKind::Heredoc
            | TokenKind::Number
            | TokenKind::Parameter => {
                cursor.advance();
                self.needs_operand = false;
            }
        }
        true
    }

    fn operand_word(&mut self, cursor: &mut Cursor<'_>, token: Token<'_>) {
        cursor.advance();
        if token.is_word("NOT") {
            return;
        }
        if token.is_word("CASE") && begins_operand(cursor) {
            self.open_cases += 1;
            cursor.eat_words("WHEN");
            return;
        }
        if token.is_word("INTERVAL") && begins_number_of_units(cursor) {
            self.interval = true;
            return;
        }
        if (token.is_word("DATE") || token.is_word("TIMESTAMP")) && cursor.is_string_at(0) {
            cursor.advance();
        }
        self.needs_operand = false;
    }

    fn operator(&mut self, cursor: &mut Cursor<'_>, token: Token<'_>) -> bool {
        match token.kind {
            TokenKind::Punct(Punct::LBrace) => false,
            TokenKind::Punct(punct) if punct.opens() => {
                // A call, its second group (`quantile(0.9)(x)`), or an index into an array.
                cursor.advance_over_group();
                true
            }
            TokenKind::Punct(Punct::Dot) => {
                cursor.advance();
                // Subcolumns of JSON: `j.a.:Int64`, `j.^a`.
                let _ = cursor.eat_punct(Punct::Colon) || cursor.eat_punct(Punct::Caret);
                self.needs_operand = true;
                true
            }
            TokenKind::Punct(Punct::Comma | Punct::Semicolon | Punct::VerticalOutput) => false,
            TokenKind::Punct(punct) if punct.closes() => false,
            TokenKind::Punct(punct) => {
                cursor.advance();
                self.needs_operand = true;
                self.interval = false;
                self.cast = punct == Punct::DoubleColon;
                true
            }
            TokenKind::Word => self.operator_word(cursor, token),
            _ => false,
        }
    }

    fn operator_word(&mut self, cursor: &mut Cursor<'_>, token: Token<'_>) -> bool {
        let word = |words: &[&str]| words.iter().any(|word| token.is_word(word));
        if self.interval && is_interval_unit(token.text) {
            cursor.advance();
            self.interval = false;
            return true;
        }
        if self.cast && word(&["PRECISION", "VARYING", "LARGE", "OBJECT", "SIGNED", "UNSIGNED"]) {
            cursor.advance();
            return true;
        }
        if self.open_cases > 0 && word(&["WHEN", "THEN", "ELSE", "END"]) {
            cursor.advance();
            let ends = token.is_word("END");
            self.open_cases -= usize::from(ends);
            self.needs_operand = !ends;
            return true;
        }
        if token.is_word("IS") {
            cursor.advance();
            cursor.eat_words("NOT");
            self.needs_operand = true;
            cursor.eat_words("DISTINCT FROM");
            return true;
        }
        if cursor.eat_words("RESPECT NULLS") || cursor.eat_words("IGNORE NULLS") {
            return true;
        }
        let negated = usize::from(token.is_word("NOT"));
        let global = usize::from(token.is_word("GLOBAL"));
        let binary: &[&str] = match (negated, global) {
            (0, 0) => &[
                "AND", "OR", "IN", "LIKE", "ILIKE", "REGEXP", "RLIKE", "BETWEEN", "DIV", "MOD", "ESCAPE",
                "OVER", "FILTER",
            ],
            (1, _) => &["IN", "LIKE", "ILIKE", "REGEXP", "RLIKE", "BETWEEN"],
            _ => &["IN", "NOT"],
        };
        let at_time_zone = cursor.eat_words("AT TIME ZONE");
        if !at_time_zone {
            if !binary
                .iter()
                .any(|word| cursor.is_word_at(negated + global, word))
            {
                return false;
            }
            for _ in 0..=negated + global {
                cursor.advance();
            }
            if global == 1 {
                cursor.eat_words("IN");
            }
        }
        self.needs_operand = true;
        self.interval = false;
        self.cast = false;
        true
    }
}

/// May what stands here be an operand? What else could stand behind `CASE` or `INTERVAL` says that the word is a
/// name: an operator, a comma, a bracket, the end.
fn begins_operand(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|token| match token.kind {
        TokenKind::Punct(punct) => punct.opens() || punct == Punct::Minus,
        TokenKind::Word => !["AND", "OR", "IN", "IS", "LIKE", "BETWEEN", "DIV", "MOD"]
            .iter()
            .any(|word| token.is_word(word)),
        _ => true,
    })
}

/// Is `INTERVAL` the keyword here, and not a name? A number, or a name with its unit, follows the keyword.
fn begins_number_of_units(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|token| match token.kind {
        TokenKind::Number | TokenKind::String | TokenKind::Parameter => true,
        TokenKind::Punct(punct) => matches!(punct, Punct::LParen | Punct::Minus),
        TokenKind::Word | TokenKind::QuotedIdent => cursor.peek_at(1).is_some_and(|next| {
            next.is(Punct::LParen)
                || next.is(Punct::Dot)
                || (next.kind == TokenKind::Word && is_interval_unit(next.text))
        }),
        TokenKind::Heredoc => false,
    })
}

/// The units of `INTERVAL n UNIT`, with the plural and SQL_TSI forms that ClickHouse takes.
fn is_interval_unit(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    let name = word.strip_prefix("SQL_TSI_").unwrap_or(&word);
    let name = name
        .strip_suffix('S')
        .filter(|name| name.len() > 2)
        .unwrap_or(name);
    matches!(
        name,
        "NANOSECOND"
            | "NS"
            | "MICROSECOND"
            | "MCS"
            | "MILLISECOND"
            | "MS"
            | "SECOND"
            | "S"
            | "SS"
            | "MINUTE"
            | "MI"
            | "N"
            | "HOUR"
            | "H"
            | "HH"
            | "DAY"
            | "D"
            | "DD"
            | "WEEK"
            | "WK"
            | "WW"
            | "MONTH"
            | "MM"
            | "M"
            | "QUARTER"
            | "QQ"
            | "Q"
            | "YEAR"
            | "YYYY"
            | "YY"
            | "DECADE"
            | "CENTURY"
            | "MILLENNIUM"
    )
}
