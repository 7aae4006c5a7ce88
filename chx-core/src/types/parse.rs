//! Reads types from SQL, with every spelling that the server reads. What it checks itself: names, numbers of
//! arguments, ranges, and which type may stand inside which.

mod container;
mod dynamic;
mod function;
mod scalar;

use std::borrow::Cow;

use super::aliases::{Family, family, goes_on, nearest, with_sign};
use super::error::{TypeError, TypeErrorKind};
use super::{DataType, MAX_DEPTH};
use crate::sql::{LexErrorKind, Punct, Token, TokenKind, Tokens, lex, unquote_string};

impl DataType {
    /// Reads a type.
    ///
    /// # Errors
    /// Text that is no type, a type that no server has or accepts; with the place and a way out.
    ///
    /// ```
    /// use chx_core::types::DataType;
    /// assert_eq!(DataType::parse("enum('b', 'a')")?.to_string(), "Enum8('b' = 1, 'a' = 2)");
    /// assert_eq!(DataType::parse("BIGINT(20) UNSIGNED")?, DataType::UInt64);
    /// let error = DataType::parse("Array(string)").unwrap_err();
    /// assert_eq!(error.kind.to_string(), "ClickHouse has no type `string`; did you mean `String`?");
    /// assert_eq!(error.at, 6);
    /// # Ok::<(), chx_core::types::TypeError>(())
    /// ```
    pub fn parse(sql: &str) -> Result<Self, TypeError> {
        let tokens = lex(sql)?;
        let (data_type, next) = Self::parse_at(&tokens, 0)?;
        match tokens.get(next) {
            None => Ok(data_type),
            Some(token) => Err(TypeError::new(
                sql,
                token.at,
                TypeErrorKind::Trailing(quoted(token)),
            )),
        }
    }

    /// Reads the type that starts at the token `at`, and gives the index of the token after it. In a column
    /// declaration the modifiers (`NULL`, `DEFAULT`, ...) follow there.
    ///
    /// # Errors
    /// As [`DataType::parse`], with offsets into the tokens' source.
    pub fn parse_at(tokens: &Tokens<'_>, at: usize) -> Result<(Self, usize), TypeError> {
        let mut parser = Parser { tokens, at };
        let data_type = parser.data_type(1)?;
        Ok((data_type, parser.at))
    }
}

impl std::str::FromStr for DataType {
    type Err = TypeError;

    fn from_str(sql: &str) -> Result<Self, TypeError> {
        Self::parse(sql)
    }
}

fn quoted(token: &Token<'_>) -> String {
    format!("`{}`", token.text)
}

/// An argument of a simple family.
enum Literal {
    Whole(i64),
    Text(Box<str>),
    /// A number with a fraction or out of range, as written.
    Other(String),
}

/// The name of a type and what it stands for.
struct Head<'a> {
    at: usize,
    name: Cow<'a, str>,
    family: Family,
}

struct Parser<'t, 'a> {
    tokens: &'t Tokens<'a>,
    at: usize,
}

type Parsed<T> = Result<T, TypeError>;

impl<'t, 'a> Parser<'t, 'a> {
    fn token(&self, ahead: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    /// Byte offset of the next token, or of the end.
    fn offset(&self) -> usize {
        self.token(0).map_or(self.tokens.source().len(), |token| token.at)
    }

    fn error<T>(&self, at: usize, kind: TypeErrorKind) -> Parsed<T> {
        Err(TypeError::new(self.tokens.source(), at, kind))
    }

    /// Gives an error its place.
    fn placed<T>(&self, at: usize, result: Result<T, TypeErrorKind>) -> Parsed<T> {
        result.or_else(|kind| self.error(at, kind))
    }

    fn expected<T>(&self, expected: &'static str) -> Parsed<T> {
        let found = self.token(0).map_or_else(|| "the end".to_owned(), quoted);
        self.error(self.offset(), TypeErrorKind::Expected { expected, found })
    }

    fn take(&mut self, punct: Punct) -> bool {
        let is_there = self.token(0).is_some_and(|token| token.is(punct));
        self.at += usize::from(is_there);
        is_there
    }

    fn is_word(&self, word: &str) -> bool {
        self.token(0).is_some_and(|token| token.is_word(word))
    }

    /// A name: a word or a quoted identifier.
    fn name(&mut self, expected: &'static str) -> Parsed<Cow<'a, str>> {
        let Some(token) = self.token(0) else {
            return self.expected(expected);
        };
        match self.placed(token.at, token.name().map_err(TypeErrorKind::Lex))? {
            Some(name) if !name.is_empty() => {
                self.at += 1;
                Ok(name)
            }
            _ => self.expected(expected),
        }
    }

    /// `(a, b)`, also nothing and `()`. A last comma is allowed, as on the server.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        if !self.take(Punct::LParen) {
            return Ok(items);
        }
        while !self.take(Punct::RParen) {
            items.push(item(self)?);
            if !self.take(Punct::Comma) && !self.token(0).is_some_and(|token| token.is(Punct::RParen)) {
                return self.expected("`,` or `)`");
            }
        }
        Ok(items)
    }

    fn data_type(&mut self, depth: usize) -> Parsed<DataType> {
        let head = self.head(depth)?;
        let data_type = match head.family {
            Family::Json => self.json(head.at, depth)?,
            Family::AggregateFunction => self.aggregate_function(head.at, depth)?,
            Family::SimpleAggregateFunction => self.simple_aggregate_function(head.at, depth)?,
            Family::QBit => self.qbit(head.at, depth)?,
            Family::Tuple => self.tuple(head.at, depth)?,
            Family::Nested => self.nested(head.at, depth)?,
            Family::Array | Family::Nullable | Family::LowCardinality | Family::Map | Family::Variant => {
                self.container(head.at, head.family, depth)?
            }
            _ => return self.leaf(&head),
        };
        self.checked(head.at, data_type)
    }

    fn checked(&self, at: usize, data_type: DataType) -> Parsed<DataType> {
        self.placed(at, data_type.check_here().map(|()| data_type))
    }

    /// The name of a type, and its family. Kept apart from [`Parser::data_type`], which calls itself, so that
    /// deep types need little stack.
    fn head(&mut self, depth: usize) -> Parsed<Head<'a>> {
        let at = self.offset();
        if depth > MAX_DEPTH {
            return self.error(at, TypeErrorKind::TooDeep);
        }
        let first_is_word = self.token(0).is_some_and(|token| token.kind == TokenKind::Word);
        let mut name = self.name("a data type")?;
        while let Some(next) = self.token(0).filter(|token| token.kind == TokenKind::Word) {
            if !first_is_word || !goes_on(&name) {
                break;
            }
            let longer = format!("{name} {}", next.text);
            if family(&longer).is_none() && !goes_on(&longer) {
                break;
            }
            name = longer.into();
            self.at += 1;
        }
        match family(&name) {
            Some(family) => Ok(Head { at, name, family }),
            None => {
                let suggestion = nearest(&name).map(ToOwned::to_owned);
                self.error(
                    at,
                    TypeErrorKind::Unknown {
                        name: name.into_owned(),
                        suggestion,
                    },
                )
            }
        }
    }

    /// A type without types inside.
    fn leaf(&mut self, head: &Head<'_>) -> Parsed<DataType> {
        let at = head.at;
        let data_type = match head.family {
            Family::Plain(plain) => {
                self.no_arguments(at, plain.data_type().family())?;
                plain.data_type()
            }
            Family::Number(plain) => self.number(at, plain.data_type())?,
            Family::Enum | Family::Enum8 | Family::Enum16 => self.enumeration(at, head.family)?,
            Family::Dynamic => self.dynamic(at)?,
            Family::Object => self.object(at)?,
            _ => self.scalar(at, head.family)?,
        };
        for sign in ["UNSIGNED", "SIGNED"] {
            if self.is_word(sign) {
                let Some(Family::Number(plain)) = with_sign(&head.name, sign) else {
                    let kind = TypeErrorKind::NoSignedForm(head.name.to_string(), sign);
                    return self.error(self.offset(), kind);
                };
                self.at += 1;
                return Ok(plain.data_type());
            }
        }
        Ok(data_type)
    }

    fn literal(&mut self) -> Parsed<(usize, Literal)> {
        let at = self.offset();
        let negative = self.take(Punct::Minus);
        let signed = negative || self.take(Punct::Plus);
        let Some(token) = self.token(0) else {
            return self.expected("a number or a string");
        };
        let literal = match token.kind {
            TokenKind::Number => match whole(token.text) {
                Some(value) => Literal::Whole(if negative { -value } else { value }),
                None => Literal::Other(token.text.to_owned()),
            },
            TokenKind::String | TokenKind::Heredoc if !signed => Literal::Text(self.text(token)?),
            _ => return self.expected("a number or a string"),
        };
        self.at += 1;
        Ok((at, literal))
    }

    fn text(&self, token: &Token<'a>) -> Parsed<Box<str>> {
        let value = unquote_string(token.text).and_then(|text| text.ok_or(LexErrorKind::BadEscape));
        self.placed(token.at, value.map(Into::into).map_err(TypeErrorKind::Lex))
    }

    fn in_range(
        &self,
        (at, literal): &(usize, Literal),
        family: &'static str,
        what: &'static str,
        from: i64,
        to: i64,
    ) -> Parsed<i64> {
        let found = match literal {
            Literal::Whole(value) if (from..=to).contains(value) => return Ok(*value),
            Literal::Whole(value) => value.to_string(),
            Literal::Text(text) => crate::sql::quote_string(text),
            Literal::Other(text) => text.clone(),
        };
        self.error(
            *at,
            TypeErrorKind::OutOfRange {
                family,
                what,
                from,
                to,
                found,
            },
        )
    }
}

/// A number that [`Parser::in_range`] has found to fit.
fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// The value of a whole number in any notation.
fn whole(text: &str) -> Option<i64> {
    crate::sql::canonical_number(text)?.parse().ok()
}
