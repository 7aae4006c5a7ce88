//! The lexer of ClickHouse SQL. It decides where tokens and comments start and end, exactly as the server's
//! own lexer does (every rule below was measured on 26.7), and refuses what the server's lexer refuses. What
//! a word means is not decided here.
//!
//! It borrows, takes linear time, does not recurse and does not panic, whatever the bytes.
//!
//! One deliberate difference: an unquoted word of the form `$a$...` whose second `$a$` never comes is an
//! identifier to the server; here it is an unclosed heredoc, because that is what it is in practice.

use super::byte_class::{DOLLAR, LETTER, SPACE, WORD, is, is_word_byte};
use super::error::{LexError, LexErrorKind};
use super::token::{Comment, Punct, Token, TokenKind, Tokens};

/// Splits SQL text into tokens and comments.
///
/// # Errors
/// The first place where the text is no SQL. Brackets are not looked at: see [`check_balanced`](super::check_balanced).
///
/// ```
/// use chx_core::sql::{lex, Punct};
/// let tokens = lex("a /* note */ == 1")?;
/// assert_eq!(tokens.len(), 3);
/// assert!(tokens[1].is(Punct::Eq));
/// assert_eq!(tokens.comments()[0].body(), "note");
/// # Ok::<(), chx_core::sql::LexError>(())
/// ```
pub fn lex(sql: &str) -> Result<Tokens<'_>, LexError> {
    // Measured over real DDL: about one token in four bytes.
    let mut list = Vec::with_capacity(sql.len() / 4 + 4);
    let mut comments = Vec::new();
    let mut lexer = Lexer::new(sql);
    while let Some(token) = lexer.next(&mut comments)? {
        list.push(token);
    }
    Ok(Tokens {
        source: sql,
        list,
        comments,
    })
}

/// A walk over the tokens of a text.
pub(super) struct Lexer<'a> {
    sql: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The kind of the token in front, which decides what a `.` is.
    before: Option<TokenKind>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(sql: &'a str) -> Self {
        Self {
            sql,
            bytes: sql.as_bytes(),
            at: 0,
            before: None,
        }
    }

    /// The byte `ahead` bytes further, 0 at the end (a NUL in the text is refused as an unexpected
    /// character before it could be taken for the end).
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn error(&self, at: usize, kind: LexErrorKind) -> LexError {
        LexError::new(self.sql, at, kind)
    }

    /// The next token; the comments in front of it go to `comments`.
    #[inline]
    pub(super) fn next(&mut self, comments: &mut Vec<Comment<'a>>) -> Result<Option<Token<'a>>, LexError> {
        loop {
            while is(SPACE, self.peek(0)) {
                self.at += 1;
            }
            let start = self.at;
            let Some(&first) = self.bytes.get(start) else {
                return Ok(None);
            };
            let kind = match first {
                b'b' | b'B' | b'x' | b'X' => self.word_or_prefixed_string(first)?,
                _ if is(LETTER, first) => self.word(),
                b'(' => self.mark(Punct::LParen),
                b')' => self.mark(Punct::RParen),
                b',' => self.mark(Punct::Comma),
                _ => match self.rarer(first, comments)? {
                    Some(kind) => kind,
                    None => continue,
                },
            };
            self.before = Some(kind);
            return Ok(Some(Token {
                kind,
                text: &self.sql[start..self.at],
                at: start,
            }));
        }
    }

    fn mark(&mut self, punct: Punct) -> TokenKind {
        self.at += 1;
        TokenKind::Punct(punct)
    }

    /// The tokens that are not many; `None` for a comment or white space, which are no tokens.
    fn rarer(&mut self, first: u8, comments: &mut Vec<Comment<'a>>) -> Result<Option<TokenKind>, LexError> {
        let kind = match first {
            b'0'..=b'9' => self.number()?,
            b'\'' => self.quoted(b'\'', LexErrorKind::UnclosedString, TokenKind::String)?,
            b'`' => self.quoted(
                b'`',
                LexErrorKind::UnclosedIdentifier('`'),
                TokenKind::QuotedIdent,
            )?,
            b'"' => self.quoted(
                b'"',
                LexErrorKind::UnclosedIdentifier('"'),
                TokenKind::QuotedIdent,
            )?,
            b'.' => self.dot_or_number()?,
            b'$' => self.heredoc_or_word()?,
            b'{' if self.opens_map() => self.mark(Punct::LBrace),
            b'}' => self.mark(Punct::RBrace),
            b'{' => self.parameter()?,
            b'-' if self.peek(1) == b'-' => return Ok(self.line_comment(comments)),
            b'/' if self.peek(1) == b'/' => return Ok(self.line_comment(comments)),
            b'#' if matches!(self.peek(1), b' ' | b'!') => return Ok(self.line_comment(comments)),
            b'/' if self.peek(1) == b'*' => {
                self.block_comment(comments)?;
                return Ok(None);
            }
            0x80.. if self.skip_unicode_space() => return Ok(None),
            _ => self.punct_or_unicode(first)?,
        };
        Ok(Some(kind))
    }

    /// White space as the server sees it: ASCII, and the Unicode spaces that word processors leave behind.
    fn skip_white_space(&mut self) {
        loop {
            if is(SPACE, self.peek(0)) {
                self.at += 1;
            } else if !self.skip_unicode_space() {
                return;
            }
        }
    }

    fn skip_unicode_space(&mut self) -> bool {
        match self.sql[self.at..].chars().next() {
            Some(space) if is_unicode_space(space) => {
                self.at += space.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn word(&mut self) -> TokenKind {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|byte| !is(WORD | DOLLAR, *byte));
        self.at += end.unwrap_or(rest.len());
        TokenKind::Word
    }

    fn word_or_prefixed_string(&mut self, first: u8) -> Result<TokenKind, LexError> {
        let digit: fn(&u8) -> bool = match first {
            b'x' | b'X' => u8::is_ascii_hexdigit,
            b'b' | b'B' => |byte| matches!(byte, b'0' | b'1'),
            _ => return Ok(self.word()),
        };
        if self.peek(1) != b'\'' {
            return Ok(self.word());
        }
        let start = self.at;
        let rest = &self.bytes[start + 2..];
        let digits = rest.iter().take_while(|byte| digit(byte)).count();
        if rest.get(digits) != Some(&b'\'') {
            return Err(self.error(start, LexErrorKind::UnclosedString));
        }
        self.at = start + 2 + digits + 1;
        Ok(TokenKind::String)
    }

    /// Digits with single `_` between them; a `_` may not start the block.
    fn digits(&mut self, is_digit: fn(&u8) -> bool) {
        let mut start_of_block = true;
        loop {
            let here = self.peek(0);
            if is_digit(&here) || (here == b'_' && !start_of_block && is_digit(&self.peek(1))) {
                self.at += 1;
                start_of_block = false;
            } else {
                return;
            }
        }
    }

    fn number(&mut self) -> Result<TokenKind, LexError> {
        let start = self.at;
        if self.before == Some(TokenKind::Punct(Punct::Dot)) {
            // `x.1.1` is two tuple accesses, not `x` and `.1.1`.
            self.digits(u8::is_ascii_digit);
        } else {
            let hex = self.peek(0) == b'0'
                && matches!(self.peek(1), b'x' | b'X')
                && self.peek(2).is_ascii_hexdigit();
            let binary = self.peek(0) == b'0'
                && matches!(self.peek(1), b'b' | b'B')
                && matches!(self.peek(2), b'0' | b'1');
            let is_digit = if hex {
                u8::is_ascii_hexdigit
            } else {
                u8::is_ascii_digit
            };
            if hex || binary {
                self.at += 2;
            }
            self.digits(is_digit);
            if self.peek(0) == b'.' {
                self.at += 1;
                self.digits(is_digit);
            }
            self.exponent(start, if hex { *b"pP" } else { *b"eE" })?;
        }
        if is_word_byte(self.peek(0)) || (self.peek(0) == b'$') {
            // `1st` is a word, `1.5st` is nothing.
            self.word();
            let text = &self.sql[start..self.at];
            if text.bytes().all(|byte| is_word_byte(byte) || byte == b'$') {
                return Ok(TokenKind::Word);
            }
            return Err(self.error(start, LexErrorKind::BadNumber(text.to_owned())));
        }
        Ok(TokenKind::Number)
    }

    fn exponent(&mut self, start: usize, marks: [u8; 2]) -> Result<(), LexError> {
        if !marks.contains(&self.peek(0)) {
            return Ok(());
        }
        let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
        if self.peek(1 + sign).is_ascii_digit() {
            self.at += 1 + sign;
            self.digits(u8::is_ascii_digit);
        } else if sign == 1 {
            let text = &self.sql[start..self.at + 2];
            return Err(self.error(start, LexErrorKind::BadNumber(text.to_owned())));
        }
        // A mark alone is left to the caller: `1em` is a word.
        Ok(())
    }

    fn dot_or_number(&mut self) -> Result<TokenKind, LexError> {
        let after_value = self.before.is_some_and(|kind| match kind {
            TokenKind::Word | TokenKind::QuotedIdent | TokenKind::Number => true,
            TokenKind::Punct(punct) => punct.closes(),
            _ => false,
        });
        if after_value || !self.peek(1).is_ascii_digit() {
            self.at += 1;
            return Ok(TokenKind::Punct(Punct::Dot));
        }
        let start = self.at;
        self.at += 1;
        self.digits(u8::is_ascii_digit);
        self.exponent(start, *b"eE")?;
        if is_word_byte(self.peek(0)) {
            self.word();
            return Err(self.error(
                start,
                LexErrorKind::BadNumber(self.sql[start..self.at].to_owned()),
            ));
        }
        Ok(TokenKind::Number)
    }

    fn quoted(&mut self, quote: u8, unclosed: LexErrorKind, kind: TokenKind) -> Result<TokenKind, LexError> {
        let start = self.at;
        let mut at = start + 1;
        while let Some(&byte) = self.bytes.get(at) {
            if byte == b'\\' {
                at += 2;
            } else if byte != quote {
                at += 1;
            } else if self.bytes.get(at + 1) == Some(&quote) {
                at += 2;
            } else {
                self.at = at + 1;
                return Ok(kind);
            }
        }
        Err(self.error(start, unclosed))
    }

    fn heredoc_or_word(&mut self) -> Result<TokenKind, LexError> {
        let start = self.at;
        let tag_bytes = self.bytes[start + 1..]
            .iter()
            .take_while(|byte| is_word_byte(**byte))
            .count();
        if self.bytes.get(start + 1 + tag_bytes) != Some(&b'$') {
            return Ok(self.word());
        }
        let tag = &self.sql[start..start + tag_bytes + 2];
        let body = start + tag.len();
        match self.sql[body..].find(tag) {
            Some(length) => {
                self.at = body + length + tag.len();
                Ok(TokenKind::Heredoc)
            }
            None => Err(self.error(start, LexErrorKind::UnclosedHeredoc(tag.to_owned()))),
        }
    }

    /// Does the `{` here open a map (`{'a': 'b'}`), and no parameter? A name follows in a parameter, a literal or
    /// nothing in a map.
    fn opens_map(&self) -> bool {
        let mut inside = Self::new(self.sql);
        inside.at = self.at + 1;
        inside.skip_white_space();
        match inside.peek(0) {
            b'\'' | b'"' | b'}' | b'(' | b'[' | b'{' | b'-' | b'$' => true,
            b'0'..=b'9' => {
                let start = inside.at;
                inside.word();
                self.sql[start..inside.at]
                    .bytes()
                    .all(|byte| byte.is_ascii_digit())
            }
            b'x' | b'X' | b'b' | b'B' => inside.peek(1) == b'\'',
            _ => false,
        }
    }

    /// `{name:Type}`.
    fn parameter(&mut self) -> Result<TokenKind, LexError> {
        let start = self.at;
        let bad = |lexer: &Self| Err(lexer.error(start, LexErrorKind::BadParameter));
        self.at += 1;
        self.skip_white_space();
        let name = self.at;
        self.word();
        if self.at == name {
            return bad(self);
        }
        self.skip_white_space();
        if self.peek(0) != b':' {
            return bad(self);
        }
        self.at += 1;
        let mut empty = true;
        loop {
            self.skip_white_space();
            match self.peek(0) {
                b'}' if !empty => {
                    self.at += 1;
                    return Ok(TokenKind::Parameter);
                }
                b'\'' => _ = self.quoted(b'\'', LexErrorKind::UnclosedString, TokenKind::String)?,
                b'`' => {
                    self.quoted(
                        b'`',
                        LexErrorKind::UnclosedIdentifier('`'),
                        TokenKind::QuotedIdent,
                    )?;
                }
                b'"' => {
                    self.quoted(
                        b'"',
                        LexErrorKind::UnclosedIdentifier('"'),
                        TokenKind::QuotedIdent,
                    )?;
                }
                byte if is_word_byte(byte) => _ = self.word(),
                b'(' | b')' | b',' | b'=' | b'-' | b'.' => self.at += 1,
                _ => return bad(self),
            }
            empty = false;
        }
    }

    fn line_comment(&mut self, comments: &mut Vec<Comment<'a>>) -> Option<TokenKind> {
        let start = self.at;
        let rest = &self.sql[start..];
        let length = rest.find('\n').unwrap_or(rest.len());
        self.at = start + length;
        comments.push(Comment {
            text: rest[..length].trim_end_matches('\r'),
            at: start,
        });
        None
    }

    fn block_comment(&mut self, comments: &mut Vec<Comment<'a>>) -> Result<(), LexError> {
        let start = self.at;
        let mut at = start + 2;
        let mut depth = 1_usize;
        while let Some(pair) = self.bytes.get(at..at + 2) {
            match pair {
                b"/*" => depth += 1,
                b"*/" => depth -= 1,
                _ => {
                    at += 1;
                    continue;
                }
            }
            at += 2;
            if depth == 0 {
                self.at = at;
                comments.push(Comment {
                    text: &self.sql[start..at],
                    at: start,
                });
                return Ok(());
            }
        }
        Err(self.error(start, LexErrorKind::UnclosedComment))
    }

    fn punct_or_unicode(&mut self, first: u8) -> Result<TokenKind, LexError> {
        let (punct, length) = match (first, self.peek(1), self.peek(2)) {
            (b'(', ..) => (Punct::LParen, 1),
            (b')', ..) => (Punct::RParen, 1),
            (b'[', ..) => (Punct::LBracket, 1),
            (b']', ..) => (Punct::RBracket, 1),
            (b',', ..) => (Punct::Comma, 1),
            (b';', ..) => (Punct::Semicolon, 1),
            (b':', b':', _) => (Punct::DoubleColon, 2),
            (b':', ..) => (Punct::Colon, 1),
            (b'+', ..) => (Punct::Plus, 1),
            (b'-', b'>', _) => (Punct::Arrow, 2),
            (b'-', ..) => (Punct::Minus, 1),
            (b'*', ..) => (Punct::Star, 1),
            (b'/', ..) => (Punct::Slash, 1),
            (b'%', ..) => (Punct::Percent, 1),
            (b'=', b'=', _) => (Punct::Eq, 2),
            (b'=', ..) => (Punct::Eq, 1),
            (b'!', b'=', _) => (Punct::NotEq, 2),
            (b'<', b'=', b'>') => (Punct::NullSafeEq, 3),
            (b'<', b'=', _) => (Punct::LessEq, 2),
            (b'<', b'>', _) => (Punct::NotEq, 2),
            (b'<', ..) => (Punct::Less, 1),
            (b'>', b'=', _) => (Punct::GreaterEq, 2),
            (b'>', ..) => (Punct::Greater, 1),
            (b'?', ..) => (Punct::Question, 1),
            (b'^', ..) => (Punct::Caret, 1),
            (b'|', b'|', _) => (Punct::Concat, 2),
            (b'|', ..) => (Punct::Pipe, 1),
            (b'@', b'@', _) => (Punct::DoubleAt, 2),
            (b'@', ..) => (Punct::At, 1),
            (b'\\', b'G', _) => (Punct::VerticalOutput, 2),
            _ => return self.unicode(),
        };
        self.at += length;
        Ok(TokenKind::Punct(punct))
    }

    /// The typographic minus and quotes, which the server takes for their plain forms.
    fn unicode(&mut self) -> Result<TokenKind, LexError> {
        let start = self.at;
        let rest = &self.sql[start..];
        let (close, unclosed, kind) = match rest.chars().next() {
            Some('\u{2212}') => {
                self.at += '\u{2212}'.len_utf8();
                return Ok(TokenKind::Punct(Punct::Minus));
            }
            Some('‘') => ('’', LexErrorKind::UnclosedString, TokenKind::String),
            Some('“') => ('”', LexErrorKind::UnclosedIdentifier('”'), TokenKind::QuotedIdent),
            Some(other) => return Err(self.error(start, LexErrorKind::UnexpectedCharacter(other))),
            // Unreachable: the caller has seen a byte here.
            None => return Err(self.error(start, LexErrorKind::Empty)),
        };
        match rest.find(close) {
            Some(length) => {
                self.at = start + length + close.len_utf8();
                Ok(kind)
            }
            None => Err(self.error(start, unclosed)),
        }
    }
}

/// Measured on 26.7, character by character.
const fn is_unicode_space(character: char) -> bool {
    matches!(
        character,
        '\u{85}' | '\u{a0}' | '\u{180e}' | '\u{2000}'
            ..='\u{200d}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{2060}'
                | '\u{3000}'
                | '\u{feff}'
    )
}

#[cfg(test)]
mod tests;
