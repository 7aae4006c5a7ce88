//! Calls that are operators: `plus(a, 1)` is `a + 1`, `array(a)` is `[a]`, `tupleElement(t, 1)` is `t.1`.
//!
//! Servers before 26.1 store the operator, whatever was written; later ones keep the call. Decides from tokens alone, and
//! leaves what it is not sure of. Only for comparisons, as is the grouping of parentheses.

use std::borrow::Cow;

use super::lex::lex;
use super::token::{Punct, Token, TokenKind, Tokens};

/// How a call is written as an operator.
#[derive(Clone, Copy)]
enum Form {
    /// Between two operands.
    Infix(&'static str),
    /// Between two operands or more.
    Chain(&'static str),
    /// Before its operand.
    Prefix(&'static str),
    /// Behind its operand.
    Suffix(&'static str),
    /// Around all operands.
    Around(&'static str, &'static str),
    /// `t.1`
    Element,
    /// `a[1]`
    Subscript,
    /// `x -> y`
    Lambda,
}

/// The functions, by name; these names are case-sensitive.
const FORMS: [(&str, Form); 27] = [
    ("and", Form::Chain("AND")),
    ("array", Form::Around("[", "]")),
    ("arrayElement", Form::Subscript),
    ("divide", Form::Infix("/")),
    ("equals", Form::Infix("=")),
    ("greater", Form::Infix(">")),
    ("greaterOrEquals", Form::Infix(">=")),
    ("ilike", Form::Infix("ILIKE")),
    ("in", Form::Infix("IN")),
    ("isNotNull", Form::Suffix("IS NOT NULL")),
    ("isNull", Form::Suffix("IS NULL")),
    ("lambda", Form::Lambda),
    ("less", Form::Infix("<")),
    ("lessOrEquals", Form::Infix("<=")),
    ("like", Form::Infix("LIKE")),
    ("minus", Form::Infix("-")),
    ("modulo", Form::Infix("%")),
    ("multiply", Form::Infix("*")),
    ("negate", Form::Prefix("-")),
    ("notEquals", Form::Infix("!=")),
    ("notILike", Form::Infix("NOT ILIKE")),
    ("notIn", Form::Infix("NOT IN")),
    ("notLike", Form::Infix("NOT LIKE")),
    ("or", Form::Chain("OR")),
    ("plus", Form::Infix("+")),
    ("tuple", Form::Around("(", ")")),
    ("tupleElement", Form::Element),
];

/// The text with operators in the place of such calls; each in parentheses of its own, in which it stands for itself.
pub(super) fn with_operators(sql: &str) -> Cow<'_, str> {
    let Ok(tokens) = lex(sql) else {
        return Cow::Borrowed(sql);
    };
    if !tokens
        .iter()
        .enumerate()
        .any(|(at, _)| form(&tokens, at).is_some())
    {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len());
    write(sql, &tokens, &mut out);
    Cow::Owned(out)
}

/// The form of the call that begins here.
fn form(tokens: &[Token<'_>], at: usize) -> Option<Form> {
    let name = tokens.get(at)?;
    let is_call = name.kind == TokenKind::Word && tokens.get(at + 1)?.is(Punct::LParen);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    // A column, a table function, a common table expression and the operators AND, OR, NOT, IN before a bracket.
    let is_other = before.is_some_and(|before| before.is(Punct::Dot) || before.is_name())
        || before.is_none_or(|before| closes(before)) && at > 0;
    if !is_call || is_other && !before.is_some_and(begins_operand) {
        return None;
    }
    let at = FORMS.binary_search_by(|(known, _)| known.cmp(&name.text)).ok()?;
    FORMS.get(at).map(|(_, form)| *form)
}

fn closes(token: &Token<'_>) -> bool {
    matches!(token.kind, TokenKind::Punct(punct) if punct.closes())
}

/// Words behind which an operand begins.
fn begins_operand(token: &Token<'_>) -> bool {
    [
        "AND", "BETWEEN", "BY", "DISTINCT", "ELSE", "HAVING", "IN", "LIKE", "NOT", "ON", "OR", "PREWHERE",
        "QUALIFY", "SELECT", "THEN", "WHEN", "WHERE", "WITH",
    ]
    .iter()
    .any(|word| token.is_word(word))
}

/// Writes the tokens as they stand in `sql`, with operators in the place of calls.
fn write(sql: &str, tokens: &[Token<'_>], out: &mut String) {
    let mut at = 0;
    let mut copied = tokens.first().map_or(0, |token| token.at);
    while at < tokens.len() {
        let call = form(tokens, at).and_then(|form| {
            let close = closing(tokens, at + 1)?;
            let text = operator(sql, form, tokens.get(at + 2..close)?)?;
            Some((text, close))
        });
        if let (Some((text, close)), Some(name)) = (call, tokens.get(at)) {
            out.push_str(sql.get(copied..name.at).unwrap_or_default());
            out.push_str(&text);
            copied = tokens.get(close).map_or(copied, Token::end);
            at = close;
        }
        at += 1;
    }
    let end = tokens.last().map_or(copied, Token::end);
    out.push_str(sql.get(copied..end).unwrap_or_default());
}

/// The bracket that closes the one that stands here.
fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().enumerate().skip(open).find_map(|(at, token)| {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// An argument: its text, and does it need parentheses beside an operator?
struct Operand {
    text: String,
    is_single: bool,
}

impl Operand {
    fn of(sql: &str, tokens: &[Token<'_>]) -> Self {
        let mut text = String::new();
        write(sql, tokens, &mut text);
        let is_single = lex(&text).is_ok_and(|tokens| is_single(&tokens));
        Self { text, is_single }
    }

    fn beside_operator(&self) -> String {
        if self.is_single {
            self.text.clone()
        } else {
            format!("({})", self.text)
        }
    }
}

/// A name, a literal, a call, something in brackets: nothing that an operator beside it could take apart.
fn is_single(tokens: &Tokens<'_>) -> bool {
    let mut depth = 0_usize;
    tokens.iter().enumerate().all(|(at, token)| match token.kind {
        TokenKind::Punct(punct) if punct.opens() => {
            depth += 1;
            true
        }
        TokenKind::Punct(punct) if punct.closes() => {
            depth = depth.saturating_sub(1);
            true
        }
        TokenKind::Punct(Punct::Dot) => true,
        TokenKind::Punct(_) => depth > 0,
        // Two words beside each other are an operator's.
        _ => depth > 0 || at == 0 || tokens.get(at - 1).is_some_and(|before| before.is(Punct::Dot)),
    })
}

fn operator(sql: &str, form: Form, arguments: &[Token<'_>]) -> Option<String> {
    let parts = split(arguments);
    let operands: Vec<Operand> = parts.iter().map(|part| Operand::of(sql, part)).collect();
    let texts = |between: &str| {
        let texts: Vec<String> = operands.iter().map(Operand::beside_operator).collect();
        texts.join(between)
    };
    let is_number = |operand: &Operand| operand.text.bytes().all(|byte| byte.is_ascii_digit());
    match (form, operands.as_slice()) {
        (Form::Infix(word), [_, _]) => Some(format!("({})", texts(&format!(" {word} ")))),
        (Form::Chain(word), [_, _, ..]) => Some(format!("({})", texts(&format!(" {word} ")))),
        (Form::Prefix(word), [operand]) => Some(format!("({word}{})", operand.beside_operator())),
        (Form::Suffix(word), [operand]) => Some(format!("({} {word})", operand.beside_operator())),
        // `(a)` is no tuple.
        (Form::Around("(", _), [] | [_]) => None,
        (Form::Around(open, close), operands) => {
            let texts: Vec<&str> = operands.iter().map(|operand| operand.text.as_str()).collect();
            Some(format!("{open}{}{close}", texts.join(", ")))
        }
        (Form::Element, [tuple, index]) if is_number(index) => {
            Some(format!("({}.{})", tuple.beside_operator(), index.text))
        }
        (Form::Subscript, [array, index]) => Some(format!("({}[{}])", array.beside_operator(), index.text)),
        (Form::Lambda, [names, body]) => {
            let names = names
                .text
                .strip_prefix("tuple(")
                .and_then(|names| names.strip_suffix(')'))
                .unwrap_or(&names.text);
            Some(format!("{names} -> ({})", body.text))
        }
        _ => None,
    }
}

/// The arguments of a call; none of them is empty.
fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut depth = 0_usize;
    let parts = tokens.split(|token| {
        match token.kind {
            TokenKind::Punct(punct) if punct.opens() => depth += 1,
            TokenKind::Punct(punct) if punct.closes() => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.is(Punct::Comma)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Expr;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        let (a, b) = (Expr::parse(one).unwrap(), Expr::parse(other).unwrap());
        assert_eq!(
            a.is_grouped_like(&b),
            same,
            "{one}: {}\n{other}: {}",
            with_operators(one),
            with_operators(other)
        );
        assert_eq!(b.is_grouped_like(&a), same, "{other} and {one}");
    }

    #[test]
    fn names_are_found() {
        assert!(FORMS.is_sorted_by(|one, next| one.0 < next.0));
    }

    #[test]
    fn a_call_is_the_operator_that_older_servers_store() {
        for (call, operator) in [
            ("plus(k, 1)", "k + 1"),
            ("plus(k * 2, minus(k, 1))", "(k * 2) + (k - 1)"),
            ("multiply(plus(a, b), c)", "(a + b) * c"),
            ("equals(k, 1)", "k = 1"),
            ("or(k, 1, equals(a, 2))", "k OR 1 OR (a = 2)"),
            ("f(isNull(n))", "f(n IS NULL)"),
            (
                "if(isNull(prev) OR (v < prev), 0, 1)",
                "if((prev IS NULL) OR (v < prev), 0, 1)",
            ),
            ("tupleElement((k, s), 1)", "(k, s).1"),
            ("arrayElement(f(x), 3)", "f(x)[3]"),
            ("arrayElement(f(x), 3) / 2", "(f(x)[3]) / 2"),
            ("array(k)", "[k]"),
            ("tuple(k, s)", "(k, s)"),
            ("argMax(tuple(a, b), day)", "argMax((a, b), day)"),
            (
                "arrayMap(lambda(tuple(y), y + 1), [k])",
                "arrayMap(y -> (y + 1), [k])",
            ),
            (
                "SELECT plus(a, 1) AS b FROM t WHERE equals(a, b)",
                "SELECT a + 1 AS b FROM t WHERE a = b",
            ),
        ] {
            check(call, operator, true);
        }
    }

    #[test]
    fn what_is_no_such_call_stays() {
        for (one, other) in [
            ("plus(a, b) * c", "a + b * c"),
            ("tuple(k)", "(k)"),
            ("tupleElement(t, 'a')", "t.a"),
            ("a.plus(k, 1)", "a.k + 1"),
            ("plus(k)", "+k"),
            ("Plus(k, 1)", "k + 1"),
            ("a AND (b, c)", "a AND b AND c"),
            ("a NOT IN (b, c)", "a NOT b IN c"),
            ("minus(a, minus(b, c))", "(a - b) - c"),
        ] {
            check(one, other, false);
        }
    }
}
