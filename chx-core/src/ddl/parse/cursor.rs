//! A place in the tokens of a statement, and the few moves that all parsers are made of.
//!
//! Brackets are matched once for the whole text, so that a group is stepped over in one move, parsing is linear
//! and nothing here recurses, however deep the text is nested.

use crate::ident::{Ident, QualifiedName};
use crate::model::Expr;
use crate::sql::{Punct, Token, TokenKind, Tokens, lex, pair_brackets, unquote_string};
use crate::types::DataType;

use super::error::{ParseError, ParseErrorKind};
use super::expression;

/// A lexed text with its brackets matched.
pub(super) struct Source<'a> {
    tokens: Tokens<'a>,
    /// For the index of an opening bracket, the index of its closing one.
    closes: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(sql: &'a str) -> Result<Self, ParseError> {
        let tokens = lex(sql).map_err(|error| ParseError::lex(sql, 0, error))?;
        let mut closes = vec![0; tokens.len()];
        pair_brackets(&tokens, |open, close| closes[open] = close)
            .map_err(|error| ParseError::lex(sql, 0, error))?;
        Ok(Self { tokens, closes })
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor {
            source: self,
            at: 0,
            end: self.tokens.len(),
        }
    }
}

/// A place in a text, and where the part that is being read ends.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    source: &'a Source<'a>,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    // Looking.

    pub(super) fn peek(&self) -> Option<Token<'a>> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<Token<'a>> {
        self.token(ahead).copied()
    }

    #[inline]
    fn token(&self, ahead: usize) -> Option<&'a Token<'a>> {
        let index = self.at + ahead;
        if index < self.end {
            self.source.tokens.get(index)
        } else {
            None
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.end
    }

    #[inline]
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    #[inline]
    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.token(ahead).is_some_and(|token| token.is_word(word))
    }

    /// Do these words, separated by one space each, stand here?
    pub(super) fn is_words(&self, words: &str) -> bool {
        self.count_words(words).is_some()
    }

    /// The number of these words, if all of them stand here.
    ///
    /// The tokens cut the words, not the spaces between them: most questions end at the first token, and every
    /// clause asks many.
    #[inline]
    fn count_words(&self, words: &str) -> Option<usize> {
        let (token, word) = (self.token(0)?.text.as_bytes(), words.as_bytes());
        let same_letter = token
            .first()
            .zip(word.first())
            .is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        if same_letter {
            self.count_all_words(words)
        } else {
            None
        }
    }

    fn count_all_words(&self, words: &str) -> Option<usize> {
        let mut rest = words;
        for count in 1.. {
            let token = self.token(count - 1)?;
            let (word, behind) = rest.split_at_checked(token.text.len())?;
            if !token.is_word(word) {
                return None;
            }
            if behind.is_empty() {
                return Some(count);
            }
            rest = behind.strip_prefix(' ')?;
        }
        None
    }

    pub(super) fn is_punct(&self, punct: Punct) -> bool {
        self.is_punct_at(0, punct)
    }

    #[inline]
    pub(super) fn is_punct_at(&self, ahead: usize, punct: Punct) -> bool {
        self.token(ahead).is_some_and(|token| token.is(punct))
    }

    pub(super) fn is_string_at(&self, ahead: usize) -> bool {
        self.peek_at(ahead)
            .is_some_and(|token| matches!(token.kind, TokenKind::String | TokenKind::Heredoc))
    }

    // Moving.

    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.end);
    }

    /// Steps over one token, or over a whole bracketed group.
    pub(super) fn advance_over_group(&mut self) {
        let opens = self
            .peek()
            .is_some_and(|token| matches!(token.kind, TokenKind::Punct(punct) if punct.opens()));
        if opens && let Some(close) = self.source.closes.get(self.at) {
            self.at = (*close).min(self.end);
        }
        self.advance();
    }

    pub(super) fn eat_words(&mut self, words: &str) -> bool {
        let found = self.count_words(words);
        self.at += found.unwrap_or(0);
        found.is_some()
    }

    pub(super) fn eat_punct(&mut self, punct: Punct) -> bool {
        let found = self.is_punct(punct);
        if found {
            self.at += 1;
        }
        found
    }

    pub(super) fn expect_words(&mut self, words: &str) -> Result<(), ParseError> {
        if self.eat_words(words) {
            Ok(())
        } else {
            Err(self.expected(format!("`{words}`")))
        }
    }

    pub(super) fn expect_punct(&mut self, punct: Punct) -> Result<(), ParseError> {
        if self.eat_punct(punct) {
            Ok(())
        } else {
            Err(self.expected(format!("`{}`", punct.as_str())))
        }
    }

    /// Nothing may be left of the part that is being read.
    pub(super) fn expect_end(&self, what: &str) -> Result<(), ParseError> {
        if self.is_at_end() {
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    /// What follows the statement: nothing, or one `;`.
    pub(super) fn finish(&mut self) -> Result<(), ParseError> {
        if self.is_words("ON CLUSTER") {
            return Err(self.unsupported("ON CLUSTER"));
        }
        if self.is_word("SETTINGS") {
            return Err(self.unsupported("SETTINGS of the query"));
        }
        if self.is_word("FORMAT") {
            return Err(self.unsupported("FORMAT"));
        }
        if self.is_words("INTO OUTFILE") {
            return Err(self.unsupported("INTO OUTFILE"));
        }
        if self.is_words("PARALLEL WITH") {
            return Err(self.unsupported("PARALLEL WITH"));
        }
        self.eat_punct(Punct::Semicolon);
        self.expect_end("the end of the statement")
    }

    /// Steps over a group in round brackets and gives its inside.
    pub(super) fn group(&mut self, what: &str) -> Result<Cursor<'a>, ParseError> {
        if !self.is_punct(Punct::LParen) {
            return Err(self.expected(what));
        }
        let inside = self.at + 1;
        self.advance_over_group();
        Ok(Cursor {
            source: self.source,
            at: inside,
            end: self.at - 1,
        })
    }

    /// Cuts the part that is being read at its commas. A comma at the very end is allowed, as in ClickHouse.
    pub(super) fn split_commas(&self) -> Result<Vec<Cursor<'a>>, ParseError> {
        let mut parts = Vec::with_capacity(2);
        let mut walker = *self;
        while !walker.is_at_end() {
            let start = walker.at;
            while !walker.is_at_end() && !walker.is_punct(Punct::Comma) {
                walker.advance_over_group();
            }
            if walker.at == start {
                return Err(walker.expected("an element in front of this comma"));
            }
            parts.push(Cursor {
                source: self.source,
                at: start,
                end: walker.at,
            });
            walker.advance();
        }
        Ok(parts)
    }

    // Reading.

    /// A name of one part.
    pub(super) fn ident(&mut self, what: &str) -> Result<Ident, ParseError> {
        let Some(token) = self.peek().filter(Token::is_name) else {
            return Err(self.expected(what));
        };
        let name = match token.name() {
            Ok(Some(name)) => name,
            Ok(None) => return Err(self.expected(what)),
            Err(kind) => return Err(self.error(ParseErrorKind::Lex(kind))),
        };
        let ident = Ident::new(name).map_err(|error| self.error(ParseErrorKind::Name(error)))?;
        self.advance();
        Ok(ident)
    }

    /// A column's name as ALTER takes it: `n.a` and `` `n`.`a` `` are the name `n.a`.
    pub(super) fn compound_ident(&mut self, what: &str) -> Result<Ident, ParseError> {
        let mut ident = self.ident(what)?;
        while self.eat_punct(Punct::Dot) {
            let here = *self;
            let part = self.ident("the rest of the name")?;
            ident = Ident::new(format!("{ident}.{part}"))
                .map_err(|error| here.error(ParseErrorKind::Name(error)))?;
        }
        Ok(ident)
    }

    /// `database.name`, or a name in the default database.
    pub(super) fn qualified_name(
        &mut self,
        what: &str,
        default_database: Option<&Ident>,
    ) -> Result<QualifiedName, ParseError> {
        let here = *self;
        if self
            .peek()
            .is_some_and(|token| token.kind == TokenKind::Parameter)
        {
            return Err(self.unsupported("a query parameter as a name"));
        }
        let first = self.ident(what)?;
        if self.eat_punct(Punct::Dot) {
            let name = self.ident("the name behind the database")?;
            return Ok(QualifiedName {
                database: first,
                name,
            });
        }
        match default_database {
            Some(database) => Ok(QualifiedName {
                database: database.clone(),
                name: first,
            }),
            None => Err(here.error(ParseErrorKind::NoDatabase {
                name: first.to_string(),
            })),
        }
    }

    /// A string literal's text.
    pub(super) fn string(&mut self, what: &str) -> Result<String, ParseError> {
        let Some(token) = self.peek().filter(|_| self.is_string_at(0)) else {
            return Err(self.expected(what));
        };
        match unquote_string(token.text) {
            Ok(Some(text)) => {
                self.advance();
                Ok(text.into_owned())
            }
            Ok(None) => Err(self.error(ParseErrorKind::NotText)),
            Err(kind) => Err(self.error(ParseErrorKind::Lex(kind))),
        }
    }

    /// A number with its sign, in the one spelling of its value.
    pub(super) fn number(&mut self) -> Result<String, ParseError> {
        let start = *self;
        let signed = self.eat_punct(Punct::Minus) || self.eat_punct(Punct::Plus);
        if !self.peek().is_some_and(|token| token.kind == TokenKind::Number) {
            let place = if signed { *self } else { start };
            return Err(place.expected("a number"));
        }
        self.advance();
        let number = self.since(&start).rest("a number")?;
        Ok(number.as_sql().trim_start_matches('+').trim_start().to_owned())
    }

    /// A data type.
    pub(super) fn data_type(&mut self) -> Result<DataType, ParseError> {
        let tokens = &self.source.tokens;
        if !self.peek().is_some_and(|token| token.is_name()) {
            return Err(self.expected("a data type"));
        }
        let (data_type, next) = DataType::parse_at(tokens, self.at)
            .map_err(|error| ParseError::of_type(tokens.source(), error))?;
        self.at = next.min(self.end);
        Ok(data_type)
    }

    /// One expression; it ends where the text cannot go on with it.
    pub(super) fn expr(&mut self, what: &str) -> Result<Expr, ParseError> {
        let start = *self;
        self.skip_expr(what)?;
        self.expr_of(start.at, self.at)
    }

    /// Steps over one expression.
    pub(super) fn skip_expr(&mut self, what: &str) -> Result<(), ParseError> {
        let start = self.at;
        expression::advance_over(self)?;
        if self.at == start {
            Err(self.expected(what))
        } else {
            Ok(())
        }
    }

    /// All that is left, as one expression or query.
    pub(super) fn rest(&mut self, what: &str) -> Result<Expr, ParseError> {
        let start = self.at;
        if self.is_at_end() {
            return Err(self.expected(what));
        }
        self.at = self.end;
        self.expr_of(start, self.end)
    }

    fn expr_of(&self, from: usize, to: usize) -> Result<Expr, ParseError> {
        let tokens = &self.source.tokens;
        Expr::from_part(tokens, tokens.get(from..to).unwrap_or_default())
            .map_err(|error| ParseError::lex(tokens.source(), 0, error))
    }

    /// The part from another place up to this one.
    pub(super) fn since(&self, start: &Self) -> Cursor<'a> {
        Cursor {
            source: self.source,
            at: start.at,
            end: self.at,
        }
    }

    /// The text of the part.
    pub(super) fn text(&self) -> &'a str {
        let tokens = &self.source.tokens;
        let part = tokens.get(self.at..self.end).unwrap_or_default();
        let bounds = part.first().zip(part.last());
        let text = bounds.and_then(|(first, last)| tokens.source().get(first.at..last.end()));
        text.unwrap_or_default()
    }

    /// The part without its last `count` tokens.
    pub(super) fn without_last(&self, count: usize) -> Cursor<'a> {
        Cursor {
            source: self.source,
            at: self.at,
            end: self.end.saturating_sub(count).max(self.at),
        }
    }

    /// The last `count` tokens of the part.
    pub(super) fn last(&self, count: usize) -> Cursor<'a> {
        Cursor {
            source: self.source,
            at: self.end.saturating_sub(count).max(self.at),
            end: self.end,
        }
    }

    /// The token `back` places before the end of the part.
    pub(super) fn peek_back(&self, back: usize) -> Option<Token<'a>> {
        let index = self.end.checked_sub(back + 1)?;
        if index >= self.at {
            self.source.tokens.get(index).copied()
        } else {
            None
        }
    }

    /// The number of tokens left.
    pub(super) fn len(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    // Complaining.

    /// The byte offset of this place.
    fn offset(&self) -> usize {
        let tokens = &self.source.tokens;
        match tokens.get(self.at) {
            Some(token) => token.at,
            None => tokens.last().map_or(0, Token::end),
        }
    }

    pub(super) fn error(&self, kind: ParseErrorKind) -> ParseError {
        ParseError::new(self.source.tokens.source(), self.offset(), kind)
    }

    pub(super) fn expected(&self, what: impl Into<String>) -> ParseError {
        // The token behind the part is what the reader sees there, such as the bracket that closes it.
        let found = match self.source.tokens.get(self.at) {
            None => "the end of the text".to_owned(),
            // It may be a secret.
            Some(token) if token.kind == TokenKind::String => "a string".to_owned(),
            Some(token) => {
                let mut text: String = token.text.chars().take(40).collect();
                if text.len() < token.text.len() {
                    text.push_str("...");
                }
                format!("`{text}`")
            }
        };
        self.error(ParseErrorKind::Expected {
            what: what.into(),
            found,
        })
    }

    pub(super) fn unsupported(&self, clause: impl Into<String>) -> ParseError {
        self.error(ParseErrorKind::Unsupported {
            clause: clause.into(),
        })
    }

    pub(super) fn instead(&self, clause: impl Into<String>, instead: &'static str) -> ParseError {
        self.error(ParseErrorKind::Instead {
            clause: clause.into(),
            instead,
        })
    }

    pub(super) fn twice(&self, clause: &'static str) -> ParseError {
        self.error(ParseErrorKind::Twice { clause })
    }
}
