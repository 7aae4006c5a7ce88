//! SQL in string literals: lexed and balance-checked at compile time.
//!
//! Decides where an error inside a literal is shown: at the very characters where the compiler allows it, else at
//! the literal, with the place said in words.

use std::fmt::Display;
use std::ops::Range;

use chx_core::ddl::{ParseError, may_hold_secret, secret_in_query};
use chx_core::sql::Expr;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::LitStr;

use super::entry;

use crate::diag::Diag;

/// A piece of SQL and where it stands.
#[derive(Clone)]
pub(crate) struct Sql {
    /// The text.
    pub(crate) text: String,
    literal: Option<LitStr>,
    span: Span,
    /// Is it `raw("...")`: taken as it is, whatever it names and says?
    pub(crate) is_raw: bool,
}

/// A string literal, or one in `raw(...)`.
pub(crate) struct Written {
    literal: LitStr,
    is_raw: bool,
}

impl Written {
    /// A literal that is there already.
    pub(crate) fn of(literal: LitStr) -> Self {
        Self {
            literal,
            is_raw: false,
        }
    }

    /// Reads `"..."` or `raw("...")`.
    pub(crate) fn read(value: &TokenStream) -> Option<Self> {
        if let Ok(literal) = syn::parse2(value.clone()) {
            return Some(Self {
                literal,
                is_raw: false,
            });
        }
        let mut tokens = value.clone().into_iter();
        match tokens.next() {
            Some(TokenTree::Ident(word)) if word == "raw" => {
                let group = entry::single_group(&tokens.collect())?;
                let literal = syn::parse2(group.stream()).ok()?;
                Some(Self {
                    literal,
                    is_raw: true,
                })
            }
            _ => None,
        }
    }
}

impl Sql {
    /// Text that is SQL already, such as a number or a quoted name.
    pub(crate) fn verbatim(text: String, span: Span) -> Self {
        Self {
            text,
            literal: None,
            span,
            is_raw: false,
        }
    }

    /// The text of a literal, taken as it is.
    pub(crate) fn unchecked(written: &Written) -> Self {
        Self {
            text: written.literal.value(),
            literal: Some(written.literal.clone()),
            span: written.literal.span(),
            is_raw: written.is_raw,
        }
    }

    /// The text of a literal, if it is one expression or query.
    pub(crate) fn checked(diag: &Diag, written: &Written) -> Option<Self> {
        let sql = Self::unchecked(written);
        match Expr::parse(&sql.text) {
            Ok(expr) => match secret_in_query(&expr) {
                None => Some(sql),
                Some(message) => {
                    diag.keep_secret();
                    diag.error(sql.span, message);
                    None
                }
            },
            Err(error) if may_hold_secret(&sql.text) => {
                diag.keep_secret();
                diag.error(
                    sql.span,
                    format!("{} (at {})", error.kind, sql.character(error.at)),
                );
                None
            }
            Err(error) => {
                diag.error(
                    sql.span_of(error.at..error.at + 1),
                    format!("{}{}", error.kind, sql.place(error.at)),
                );
                None
            }
        }
    }

    /// The text of a literal, if `parse` takes it.
    pub(crate) fn parsed<T>(
        diag: &Diag,
        written: &Written,
        parse: impl FnOnce(&str) -> Result<T, ParseError>,
    ) -> Option<(Self, T)> {
        let sql = Self::unchecked(written);
        let value = parse(&sql.text).map_err(|error| sql.report_parse(diag, &error));
        Some((sql, value.ok()?))
    }

    /// [`parsed`](Self::parsed), of a text that holds secrets: nothing of it is shown.
    pub(crate) fn parsed_in_secret<T>(
        diag: &Diag,
        written: &Written,
        parse: impl FnOnce(&str) -> Result<T, ParseError>,
    ) -> Option<(Self, T)> {
        let sql = Self::unchecked(written);
        let value = parse(&sql.text).map_err(|error| sql.report_in_secret(diag, &error));
        Some((sql, value.ok()?))
    }

    /// Reports what a parser says of the text.
    pub(crate) fn report_parse(&self, diag: &Diag, error: &ParseError) {
        if error.kind.is_about_secret() || may_hold_secret(&self.text) {
            self.report_in_secret(diag, error);
        } else {
            self.report(diag, error.at, &error.kind);
        }
    }

    fn report_in_secret(&self, diag: &Diag, error: &ParseError) {
        diag.keep_secret();
        let message = format!("{} (at {})", error.kind.without_text(), self.character(error.at));
        diag.error(self.span, message);
    }

    /// A place in words.
    pub(crate) fn character(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(&self.text);
        format!("character {}", before.chars().count() + 1)
    }

    /// Reports something about one place in the text.
    pub(crate) fn report(&self, diag: &Diag, at: usize, message: &dyn Display) {
        diag.error(self.span_of(at..at + 1), format!("{message}{}", self.place(at)));
    }

    /// Where a name stands in the text as written, as a word of its own; the whole where it does not.
    pub(crate) fn span_of_name(&self, name: &str) -> Span {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let found = self.text.match_indices(name).map(|(at, _)| at).find(|at| {
            let before = self.text[..*at].chars().next_back();
            let after = self.text[at + name.len()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        });
        found.map_or(self.span, |at| self.span_of(at..at + name.len()))
    }

    /// Where the whole stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The span of some bytes of the text: the bytes themselves where the compiler can point into a literal and
    /// the literal has no escapes, else the literal.
    pub(crate) fn span_of(&self, bytes: Range<usize>) -> Span {
        let inner = self.literal.as_ref().and_then(|literal| {
            let token = literal.token();
            let written = token.to_string();
            let start = written.find('"')? + 1;
            let plain = written.get(start..start + self.text.len())? == self.text;
            let end = bytes.end.min(self.text.len()).max(bytes.start);
            plain.then(|| token.subspan(start + bytes.start..start + end))?
        });
        inner.unwrap_or(self.span)
    }

    /// ` (at character 3: ...)`, for messages whose span is only the literal. A value that may be a secret is not repeated.
    fn place(&self, at: usize) -> String {
        let at = (0..=at.min(self.text.len()))
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(0);
        let (before, rest) = self.text.split_at(at);
        let mut near: String = rest.chars().take(16).collect();
        let mut more = if rest.chars().nth(16).is_some() { "..." } else { "" };
        let lower = near.to_ascii_lowercase();
        let names_secret = ["password", "secret", "token", "key"]
            .iter()
            .any(|word| lower.contains(word));
        if let Some(value) = near.find('\'')
            && names_secret
        {
            near.truncate(value);
            more = "...";
        }
        let character = before.chars().count() + 1;
        if near.is_empty() {
            format!(" (at the end of {:?})", self.text)
        } else {
            format!(" (at character {character}: `{near}{more}`)")
        }
    }
}
