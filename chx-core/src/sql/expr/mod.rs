//! Expressions and queries as text in one canonical form. This is the cheap half of "one meaning, many
//! spellings": it decides what can be decided from tokens alone, and when in doubt it says "different" and
//! leaves the last word to the engine. It refuses text that is no SQL at the level of tokens (literals,
//! comments, brackets), and does not parse any further.

mod calls;
mod keywords;
mod number;
mod print;
mod references;
mod rename;
mod roles;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

use super::brackets::check_balanced;
use super::error::{LexError, LexErrorKind};
use super::lex::lex;
use super::quote::unquote_ident;
use super::token::{Punct, Token, Tokens};
pub(crate) use number::canonical as canonical_number;
pub use references::{Reference, References};
use roles::Role;

/// A SQL expression, list or query in canonical text. Two are equal exactly when their text is.
///
/// Equal are inputs that differ only in
/// - white space and comments;
/// - quotes of identifiers that need none, and the kind of quotes;
/// - the case of words in keyword position (never of names: ClickHouse's are case-sensitive);
/// - the spelling of literals: `'it''s'` is `'it\'s'`, `$$a$$` and `x'61'` are `'a'`, `0x1F` is `31`, `1.50`
///   is `1.5`, `1e3` is `1000.`, `TRUE` is `true`;
/// - `==` for `=`, `<>` for `!=`;
/// - `INTERVAL 90 DAY` for `toIntervalDay(90)` (whole numbers only), `DATE '...'` for `toDate('...')`,
///   `TIMESTAMP '...'` for `toDateTime('...')`.
///
/// Source: what ClickHouse 26.7 stores for each.
///
/// ```
/// use chx_core::sql::Expr;
/// let written = Expr::parse("`ts`+interval 90 day -- keep")?;
/// assert_eq!(written.as_sql(), "ts + toIntervalDay(90)");
/// assert_eq!(written, Expr::parse("ts + toIntervalDay(90)")?);
/// # Ok::<(), chx_core::sql::LexError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expr {
    sql: SmolStr,
}

impl Expr {
    /// Reads an expression, a list of them, or a query.
    ///
    /// # Errors
    /// Text that does not lex, brackets that do not match, nothing at all, or a `;`.
    pub fn parse(sql: &str) -> Result<Self, LexError> {
        let tokens = lex(sql)?;
        Self::from_tokens(&tokens)
    }

    /// The same from tokens.
    ///
    /// # Errors
    /// As [`Expr::parse`], with offsets into the tokens' source.
    pub fn from_tokens(tokens: &Tokens<'_>) -> Result<Self, LexError> {
        refuse_end(tokens, tokens)?;
        check_balanced(tokens)?;
        Self::from_part(tokens, tokens)
    }

    /// The same from some of the `tokens` of a text, whose brackets close within the part.
    pub(crate) fn from_part(tokens: &Tokens<'_>, part: &[Token<'_>]) -> Result<Self, LexError> {
        if let [token] = part
            && let Some(sql) = print::lone(token)
        {
            return Ok(Self { sql: sql.into() });
        }
        refuse_end(tokens, part)?;
        let roles = roles::roles(part);
        let sql = print::print(part, &roles).map_err(|(at, kind)| tokens.error_at(at, kind))?;
        Ok(Self { sql: sql.into() })
    }

    /// Canonical SQL, readable, in ClickHouse's own spacing; it means what the input meant.
    pub fn as_sql(&self) -> &str {
        &self.sql
    }

    /// The columns, tables and the like that it names, in order, repetitions included.
    pub fn references(&self) -> References<'_> {
        References::of(&self.sql)
    }

    /// The name, where the expression is one column and nothing else: `site`, `` `a b` ``. A dotted name is
    /// not plain, because only the table knows whether its first part is a column.
    pub fn is_plain_column(&self) -> Option<Cow<'_, str>> {
        let tokens = lex(&self.sql).ok()?;
        let [token] = &*tokens else { return None };
        if !token.is_name() || roles::roles(&tokens) != [Role::Name] {
            return None;
        }
        // `token` borrows from `tokens`; the text it points to is ours.
        unquote_ident(&self.sql).ok()
    }

    /// Without brackets around the whole: `((a + b))` gives `a + b`. A tuple keeps its own.
    #[must_use]
    pub fn without_outer_parens(&self) -> Self {
        let sql = inside_outer_parens(&self.sql).unwrap_or(&self.sql);
        Self { sql: sql.into() }
    }

    /// The elements of `(a, b)` and of `tuple(a, b)`; of anything else, the expression itself. `()` and
    /// `tuple()` have none.
    pub fn tuple_elements(&self) -> Vec<Self> {
        let elements = lex(&self.sql).ok().and_then(|tokens| {
            let start = match &*tokens {
                [name, open, ..] if name.is_word("tuple") && open.is(Punct::LParen) => 1,
                _ => 0,
            };
            split_group(tokens.get(start..)?)
        });
        let Some(elements) = elements else {
            return vec![self.clone()];
        };
        elements
            .into_iter()
            .map(|(from, to)| Self {
                sql: self.sql[from..to].into(),
            })
            .collect()
    }
}

/// There must be something, and no `;` in it.
fn refuse_end(tokens: &Tokens<'_>, part: &[Token<'_>]) -> Result<(), LexError> {
    if part.is_empty() {
        return Err(tokens.error_at(0, LexErrorKind::Empty));
    }
    match part.iter().find(|token| token.is(Punct::Semicolon)) {
        Some(end) => Err(tokens.error_at(end.at, LexErrorKind::StatementEnd)),
        None => Ok(()),
    }
}

/// The byte ranges of the comma-separated elements, where all tokens together are one bracketed group.
fn split_group(tokens: &[Token<'_>]) -> Option<Vec<(usize, usize)>> {
    let (open, inner) = tokens.split_first()?;
    let (close, inner) = inner.split_last()?;
    if !open.is(Punct::LParen) || !close.is(Punct::RParen) {
        return None;
    }
    let mut elements = Vec::new();
    let mut depth = 0_usize;
    let mut from: Option<usize> = None;
    let mut to = 0;
    for token in inner {
        if let super::TokenKind::Punct(punct) = token.kind {
            if punct.opens() {
                depth += 1;
            } else if punct.closes() {
                depth = depth.checked_sub(1)?;
            } else if punct == Punct::Comma && depth == 0 {
                elements.push((from.take()?, to));
                continue;
            }
        }
        from.get_or_insert(token.at);
        to = token.end();
    }
    // A last comma (`(a,)`) is allowed.
    elements.extend(from.map(|from| (from, to)));
    Some(elements)
}

/// The text inside all round brackets around the whole that are no tuple. One pass, however many there are.
fn inside_outer_parens(sql: &str) -> Option<&str> {
    if !sql.starts_with('(') {
        return None;
    }
    let tokens = lex(sql).ok()?;
    // For each opening bracket: where it closes, and whether a comma makes it a list.
    let mut groups = vec![(0, false); tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let super::TokenKind::Punct(punct) = token.kind else {
            continue;
        };
        if punct.opens() {
            open.push(index);
        } else if punct.closes() {
            groups.get_mut(open.pop()?)?.0 = index;
        } else if punct == Punct::Comma
            && let Some(&group) = open.last()
        {
            groups.get_mut(group)?.1 = true;
        }
    }
    let (mut first, mut last) = (0, tokens.len().checked_sub(1)?);
    while tokens[first].is(Punct::LParen) && groups[first] == (last, false) && first + 1 < last {
        first += 1;
        last -= 1;
    }
    sql.get(tokens[first].at..tokens[last].end())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expr({})", self.sql)
    }
}

impl FromStr for Expr {
    type Err = LexError;

    fn from_str(sql: &str) -> Result<Self, LexError> {
        Self::parse(sql)
    }
}

impl serde::Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.sql)
    }
}

impl<'de> serde::Deserialize<'de> for Expr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sql = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&sql).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
