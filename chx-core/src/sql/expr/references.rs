//! Which columns, tables and dictionaries an expression names. It decides by tokens; whether a dotted name
//! is `table.column` or `column.subcolumn` only a schema knows, so compounds stay together.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::lex::lex;
use super::super::quote::unquote_ident;
use super::super::token::{Punct, Token, TokenKind};
use super::roles::{Role, roles};

/// A name in an expression: a word, or words joined by dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// As it stands in [`Expr::as_sql`](super::Expr::as_sql), quotes included: `` a.`b c` ``.
    pub text: &'a str,
    /// Byte offset in that text.
    pub at: usize,
    /// The parts between the dots, without quotes. Never empty.
    pub parts: Vec<Cow<'a, str>>,
}

/// Functions that ClickHouse calls where their name stands alone and is no column, in any case (measured on 26.7, of all
/// functions that it has; before 26.3 it called none). `user`, `database` and `schema`, which it calls too, are left out: they
/// are the names of columns more often than calls.
const WITHOUT_PARENTHESES: [&str; 12] = [
    "current_database",
    "current_date",
    "current_timestamp",
    "current_user",
    "currentDatabase",
    "currentUser",
    "curdate",
    "localtime",
    "localtimestamp",
    "now",
    "session_user",
    "today",
];

impl Reference<'_> {
    /// Does ClickHouse call a function of this name where there is no such column? `CURRENT_TIMESTAMP`, `now`.
    pub fn may_be_call(&self) -> bool {
        let is_call = |name: &str| {
            let mut calls = WITHOUT_PARENTHESES.iter();
            calls.any(|call| call.eq_ignore_ascii_case(name))
        };
        matches!(&self.parts[..], [name] if is_call(name))
    }

    /// The parts joined by dots, without quotes: the name of a column (also of a flattened `Nested`).
    pub fn name(&self) -> String {
        self.parts.join(".")
    }
}

/// The names in an expression, in order: columns, tables, identifiers given as constants. Left out are
/// functions, keywords, literals, types, settings, names that the expression introduces itself (`AS x`,
/// an alias without AS, `WITH x AS`), and lambda parameters inside their lambda.
#[derive(Debug, Clone)]
pub struct References<'a> {
    found: std::vec::IntoIter<Reference<'a>>,
}

impl<'a> Iterator for References<'a> {
    type Item = Reference<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.found.next()
    }
}

/// The lambdas around a place, innermost last, and how often each name is a parameter of one.
#[derive(Default)]
struct Lambdas<'a> {
    /// How deep in brackets each one stands, which only grows, and its parameters.
    open: Vec<(usize, Vec<Cow<'a, str>>)>,
    bound: BTreeMap<Cow<'a, str>, usize>,
}

impl<'a> Lambdas<'a> {
    fn enter(&mut self, depth: usize, names: Vec<Cow<'a, str>>) {
        for name in &names {
            *self.bound.entry(name.clone()).or_default() += 1;
        }
        self.open.push((depth, names));
    }

    /// Leaves those that stand at least so deep.
    fn leave(&mut self, depth: usize) {
        while let Some((_, names)) = self.open.pop_if(|(at, _)| *at >= depth) {
            for name in names {
                if let Some(count) = self.bound.get_mut(&name) {
                    *count -= 1;
                }
            }
        }
    }

    fn bind(&self, name: &str) -> bool {
        self.bound.get(name).is_some_and(|count| *count > 0)
    }
}

impl<'a> References<'a> {
    pub(super) fn of(sql: &'a str) -> Self {
        // The text is canonical, so it lexes.
        let tokens = lex(sql).map(|tokens| tokens.to_vec()).unwrap_or_default();
        let roles = roles(&tokens);
        let lambda_parameters = lambda_parameters(&tokens, &roles);
        let aliases: BTreeSet<Cow<'a, str>> = (0..tokens.len())
            .filter(|index| roles[*index] == Role::Introduced && !lambda_parameters.contains(index))
            .filter_map(|index| unquote_ident(tokens[index].text).ok())
            .collect();

        let mut found = Vec::new();
        let mut lambdas = Lambdas::default();
        let mut pending: Vec<Cow<'a, str>> = Vec::new();
        let mut depth = 0_usize;
        for (index, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Punct(punct) if punct.opens() => depth += 1,
                TokenKind::Punct(punct) if punct.closes() => {
                    lambdas.leave(depth);
                    depth = depth.saturating_sub(1);
                }
                TokenKind::Punct(Punct::Comma) => lambdas.leave(depth),
                TokenKind::Punct(Punct::Arrow) => lambdas.enter(depth, std::mem::take(&mut pending)),
                _ if roles[index] == Role::Function && token.is_word("lambda") => {
                    lambdas.enter(
                        depth,
                        called_parameters(tokens.get(index + 1..).unwrap_or_default()),
                    );
                }
                _ if lambda_parameters.contains(&index) => pending.extend(unquote_ident(token.text).ok()),
                _ if roles[index] == Role::Name => {
                    let reference = compound(sql, &tokens, &roles, index);
                    let is_bound = reference
                        .parts
                        .first()
                        .is_some_and(|first| aliases.contains(first) || lambdas.bind(first));
                    if !is_bound {
                        found.push(reference);
                    }
                }
                _ => {}
            }
        }
        Self {
            found: found.into_iter(),
        }
    }
}

/// The indices of the names before each `->`, in order.
fn lambda_parameters(tokens: &[Token<'_>], roles: &[Role]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for arrow in (1..tokens.len()).filter(|index| tokens[*index].is(Punct::Arrow)) {
        let in_brackets = tokens[arrow - 1].is(Punct::RParen);
        for index in (0..arrow - usize::from(in_brackets)).rev() {
            if roles[index] == Role::Introduced {
                found.insert(index);
            } else if !tokens[index].is(Punct::Comma) {
                break;
            }
            if !in_brackets {
                break;
            }
        }
    }
    found
}

/// The parameters of a lambda that is written as a call, `lambda(tuple(a, b), a + b)`, from its bracket on.
fn called_parameters<'a>(tokens: &[Token<'a>]) -> Vec<Cow<'a, str>> {
    let list = match tokens {
        [open, tuple, inner, list @ ..]
            if open.is(Punct::LParen) && tuple.is_word("tuple") && inner.is(Punct::LParen) =>
        {
            list
        }
        [open, inner, list @ ..] if open.is(Punct::LParen) && inner.is(Punct::LParen) => list,
        _ => return Vec::new(),
    };
    let names = list.iter().take_while(|token| !token.is(Punct::RParen));
    let names = names.filter(|token| token.is_name());
    names.filter_map(|token| unquote_ident(token.text).ok()).collect()
}

/// The name at `index` with the dotted parts after it.
fn compound<'a>(sql: &'a str, tokens: &[Token<'a>], roles: &[Role], index: usize) -> Reference<'a> {
    let first = &tokens[index];
    let mut parts = vec![unquote_ident(first.text).unwrap_or(Cow::Borrowed(first.text))];
    let mut end = first.end();
    let mut next = index + 1;
    while let (Some(dot), Some(part)) = (tokens.get(next), tokens.get(next + 1)) {
        if !dot.is(Punct::Dot) || roles[next + 1] != Role::Part {
            break;
        }
        parts.push(unquote_ident(part.text).unwrap_or(Cow::Borrowed(part.text)));
        end = part.end();
        next += 2;
    }
    Reference {
        text: &sql[first.at..end],
        at: first.at,
        parts,
    }
}
