//! Tokens of a statement, as far as the HTTP interface must understand it: where words, literals and parentheses
//! are, and nothing of their meaning. Follows ClickHouse's lexer: nested comments, heredocs, escapes in quotes.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A bare word: keyword, identifier or number.
    Word,
    /// A string, a quoted identifier or a heredoc.
    Quoted,
    /// Any other single byte.
    Symbol(u8),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

impl Token {
    pub(super) fn is_word(&self, text: &[u8], word: &str) -> bool {
        self.kind == TokenKind::Word && text[self.span.clone()].eq_ignore_ascii_case(word.as_bytes())
    }

    pub(super) fn is_symbol(&self, symbol: u8) -> bool {
        self.kind == TokenKind::Symbol(symbol)
    }
}

/// Reads one token after another. A quote, heredoc or comment that is not closed extends to the end.
pub(super) struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest
                .iter()
                .take_while(|b| b.is_ascii_whitespace() || **b == 0x0b || **b == 0)
                .count();
            self.at += blank;
            let rest = &self.text[self.at..];
            if rest.starts_with(b"--") || rest.starts_with(b"#!") || rest.starts_with(b"# ") {
                self.at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            } else if rest.starts_with(b"/*") {
                self.at += comment_length(rest);
            } else {
                return;
            }
        }
    }
}

/// Length of the comment that the text begins with; comments nest.
fn comment_length(text: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// Length of the quoted text that begins with its quote; a backslash escapes, a doubled quote stands for itself.
fn quoted_length(text: &[u8]) -> usize {
    let quote = text[0];
    let mut at = 1;
    while at < text.len() {
        if text[at] == b'\\' {
            at += 2;
        } else if text[at] != quote {
            at += 1;
        } else if text.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return at + 1;
        }
    }
    text.len()
}

/// Length of `$tag$ ... $tag$`, if the text begins with one.
fn heredoc_length(text: &[u8]) -> Option<usize> {
    let name = text[1..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
        .count();
    if text.get(name + 1) != Some(&b'$') {
        return None;
    }
    let tag = &text[..name + 2];
    let body = &text[tag.len()..];
    let end = body.windows(tag.len()).position(|window| window == tag);
    Some(end.map_or(text.len(), |end| tag.len() + end + tag.len()))
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blank();
        let start = self.at;
        let rest = &self.text[start..];
        let first = *rest.first()?;
        let (kind, length) = match first {
            b'\'' | b'"' | b'`' => (TokenKind::Quoted, quoted_length(rest)),
            b'$' => match heredoc_length(rest) {
                Some(length) => (TokenKind::Quoted, length),
                None => (TokenKind::Symbol(first), 1),
            },
            _ if is_word_byte(first) => (
                TokenKind::Word,
                rest.iter().take_while(|b| is_word_byte(**b)).count(),
            ),
            _ => (TokenKind::Symbol(first), 1),
        };
        self.at = start + length;
        Some(Token {
            kind,
            span: start..self.at,
        })
    }
}
