//! Reads types from SQL, with every spelling that the server reads. What it checks itself: names, numbers of
//! arguments, ranges, and which type may stand inside which.

use super::aliases::{Family, family, goes_on, nearest, with_sign};
use super::enums::{Element, number};
use super::error::{TypeError, TypeErrorKind};
use super::{
    AggregateFunction, DataType, EnumValues, Field, JsonType, MAX_DEPTH, SimpleAggregateFunction, TupleType,
    VariantTypes,
};
use crate::sql::{Expr, LexErrorKind, Punct, Token, TokenKind, Tokens, lex, unquote_string};

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
struct Head {
    at: usize,
    name: Box<str>,
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
    fn name(&mut self, expected: &'static str) -> Parsed<Box<str>> {
        let Some(token) = self.token(0) else {
            return self.expected(expected);
        };
        match self.placed(token.at, token.name().map_err(TypeErrorKind::Lex))? {
            Some(name) if !name.is_empty() => {
                self.at += 1;
                Ok(name.into())
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
    fn head(&mut self, depth: usize) -> Parsed<Head> {
        let at = self.offset();
        if depth > MAX_DEPTH {
            return self.error(at, TypeErrorKind::TooDeep);
        }
        let first_is_word = self.token(0).is_some_and(|token| token.kind == TokenKind::Word);
        let mut name = self.name("a data type")?;
        while first_is_word && goes_on(&name) {
            let Some(next) = self.token(0).filter(|token| token.kind == TokenKind::Word) else {
                break;
            };
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
                        name: name.into(),
                        suggestion,
                    },
                )
            }
        }
    }

    /// A type without types inside.
    fn leaf(&mut self, head: &Head) -> Parsed<DataType> {
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

    /// Numbers take a display width (floats two), which means nothing.
    fn number(&mut self, at: usize, data_type: DataType) -> Parsed<DataType> {
        let is_float = matches!(
            data_type,
            DataType::Float32 | DataType::Float64 | DataType::BFloat16
        );
        let (most, takes) = if is_float {
            (2, "no arguments")
        } else {
            (1, "no arguments but a display width")
        };
        if self.list(Self::width)?.len() > most {
            return self.error(
                at,
                TypeErrorKind::Arguments {
                    family: data_type.family(),
                    takes,
                },
            );
        }
        Ok(data_type)
    }

    fn no_arguments(&mut self, at: usize, family: &'static str) -> Parsed<()> {
        if self.take(Punct::LParen) && !self.take(Punct::RParen) {
            return self.error(
                at,
                TypeErrorKind::Arguments {
                    family,
                    takes: "no arguments",
                },
            );
        }
        Ok(())
    }

    /// A display width, which means nothing.
    fn width(&mut self) -> Parsed<()> {
        match self.token(0) {
            Some(token) if token.kind == TokenKind::Number => {
                self.at += 1;
                Ok(())
            }
            _ => self.expected("a number"),
        }
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

    /// Families whose arguments are numbers and strings.
    fn scalar(&mut self, at: usize, found: Family) -> Parsed<DataType> {
        let arguments = self.list(Self::literal)?;
        let wrong = |family, takes| self.error(at, TypeErrorKind::Arguments { family, takes });
        let zone = |zone: &str| (!zone.is_empty()).then(|| Box::from(zone));
        match (found, &*arguments) {
            (Family::String, []) => Ok(DataType::String),
            (Family::String, [length]) => {
                self.in_range(length, "String", "the length", 0, i64::MAX)?;
                Ok(DataType::String)
            }
            (Family::String, _) => wrong("String", "no arguments but a length"),

            (Family::FixedString, [length]) => {
                let length = self.in_range(length, "FixedString", "the length", 1, 0xff_ffff)?;
                Ok(DataType::FixedString(u32::try_from(length).unwrap_or(0)))
            }
            (Family::FixedString, _) => wrong("FixedString", "one argument, the length in bytes"),

            (Family::Decimal, []) => Ok(DataType::Decimal {
                precision: 10,
                scale: 0,
            }),
            (Family::Decimal, [precision, rest @ ..]) if rest.len() < 2 => {
                let precision = self.in_range(precision, "Decimal", "the precision", 1, 76)?;
                let scale = match rest {
                    [scale] => self.in_range(scale, "Decimal", "the scale", 0, precision)?,
                    _ => 0,
                };
                Ok(DataType::Decimal {
                    precision: small(precision),
                    scale: small(scale),
                })
            }
            (Family::Decimal, _) => wrong("Decimal", "a precision and a scale, as in `Decimal(18, 4)`"),

            (Family::DecimalOf(precision), [scale]) => {
                let scale = self.in_range(scale, "Decimal", "the scale", 0, i64::from(precision))?;
                Ok(DataType::Decimal {
                    precision,
                    scale: small(scale),
                })
            }
            (Family::DecimalOf(_), _) => wrong("Decimal32", "one argument, the scale"),

            (Family::DateTime | Family::DateTime32, []) => Ok(DataType::DateTime { timezone: None }),
            (Family::DateTime | Family::DateTime32, [(_, Literal::Text(name))]) => {
                Ok(DataType::DateTime { timezone: zone(name) })
            }
            (Family::DateTime32, _) => wrong("DateTime32", "no arguments but a time zone"),
            (Family::DateTime, [(_, Literal::Whole(0))]) => Ok(DataType::DateTime { timezone: None }),
            (Family::DateTime64, []) => Ok(DataType::DateTime64 {
                precision: 3,
                timezone: None,
            }),
            (Family::DateTime | Family::DateTime64, [precision]) => {
                let precision = self.in_range(precision, "DateTime64", "the precision", 0, 9)?;
                Ok(DataType::DateTime64 {
                    precision: small(precision),
                    timezone: None,
                })
            }
            (Family::DateTime | Family::DateTime64, [precision, (_, Literal::Text(name))]) => {
                let precision = self.in_range(precision, "DateTime64", "the precision", 0, 9)?;
                Ok(DataType::DateTime64 {
                    precision: small(precision),
                    timezone: zone(name),
                })
            }
            (Family::DateTime | Family::DateTime64, _) => wrong(
                "DateTime64",
                "a precision and a time zone, as in `DateTime64(3, 'UTC')`",
            ),

            (Family::Time, [] | [(_, Literal::Whole(0))]) => Ok(DataType::Time),
            (Family::Time64, []) => Ok(DataType::Time64 { precision: 3 }),
            (_, [precision]) => {
                let precision = self.in_range(precision, "Time64", "the precision", 0, 9)?;
                Ok(DataType::Time64 {
                    precision: small(precision),
                })
            }
            (_, _) => wrong("Time64", "one argument, the precision"),
        }
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

    fn enumeration(&mut self, at: usize, found: Family) -> Parsed<DataType> {
        let elements = self.list(|parser| {
            let Some(token) = parser.token(0) else {
                return parser.expected("the name of an element");
            };
            if !matches!(token.kind, TokenKind::String | TokenKind::Heredoc) {
                return parser.expected("the name of an element in single quotes");
            }
            let name = parser.text(token)?;
            parser.at += 1;
            let mut value = None;
            if parser.take(Punct::Eq) {
                value = match parser.literal()? {
                    (_, Literal::Whole(value)) => Some(value),
                    (at, _) => {
                        let found = parser.tokens.source()[at..parser.offset()].trim().to_owned();
                        let expected = "a whole number";
                        return parser.error(
                            at,
                            TypeErrorKind::Expected {
                                expected,
                                found: format!("`{found}`"),
                            },
                        );
                    }
                };
            }
            Ok(Element { name, value })
        })?;
        let numbered = self.placed(at, number(elements))?;
        let (family, what, from, to) = match found {
            Family::Enum8 => ("Enum8", "a value", i64::from(i8::MIN), i64::from(i8::MAX)),
            _ => ("Enum16", "a value", i64::from(i16::MIN), i64::from(i16::MAX)),
        };
        let mut values = Vec::with_capacity(numbered.len());
        for (name, value) in numbered {
            let (true, Ok(narrow)) = ((from..=to).contains(&value), i16::try_from(value)) else {
                let found = format!("{value} of {}", crate::sql::quote_string(&name));
                return self.error(
                    at,
                    TypeErrorKind::OutOfRange {
                        family,
                        what,
                        from,
                        to,
                        found,
                    },
                );
            };
            values.push((name, narrow));
        }
        let values = self.placed(at, EnumValues::new(values))?;
        Ok(match found {
            Family::Enum16 => DataType::Enum16(values),
            _ if values.fit_enum8() => DataType::Enum8(values),
            _ => DataType::Enum16(values),
        })
    }

    /// Families whose arguments are types.
    fn container(&mut self, at: usize, found: Family, depth: usize) -> Parsed<DataType> {
        let types = self.list(|parser| parser.data_type(depth + 1))?;
        let wrong = |family, takes| self.error(at, TypeErrorKind::Arguments { family, takes });
        if found == Family::Variant {
            return self.placed(at, VariantTypes::new(types).map(DataType::Variant));
        }
        if found == Family::Map {
            return match <[DataType; 2]>::try_from(types) {
                Ok([key, value]) => Ok(DataType::Map(Box::new(key), Box::new(value))),
                Err(_) => wrong("Map", "two types, the key's and the value's"),
            };
        }
        let Ok([inner]) = <[DataType; 1]>::try_from(types) else {
            let takes = "one type, that of its values";
            return match found {
                Family::Array => wrong("Array", takes),
                Family::Nullable => wrong("Nullable", takes),
                _ => wrong("LowCardinality", takes),
            };
        };
        let inner = Box::new(inner);
        Ok(match found {
            Family::Array => DataType::Array(inner),
            Family::Nullable => DataType::Nullable(inner),
            _ => DataType::LowCardinality(inner),
        })
    }

    fn nested(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let fields = self.list(|parser| parser.field(depth))?;
        if fields.is_empty() {
            return self.error(at, TypeErrorKind::EmptyNested);
        }
        self.placed(at, check_names(&fields).map(|()| DataType::Nested(fields)))
    }

    /// `name Type`.
    fn field(&mut self, depth: usize) -> Parsed<Field> {
        let name = self.name("the name of an element")?;
        let data_type = self.data_type(depth + 1)?;
        Ok(Field { name, data_type })
    }

    fn tuple(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let elements = self.list(|parser| {
            // `INT UNSIGNED` is a name and a type to the server too.
            let has_name = parser.token(1).is_some_and(Token::is_name);
            if has_name {
                parser
                    .field(depth)
                    .map(|field| (Some(field.name), field.data_type))
            } else {
                parser.data_type(depth + 1).map(|data_type| (None, data_type))
            }
        })?;
        let named = elements.iter().filter(|(name, _)| name.is_some()).count();
        if named == 0 {
            let types = elements.into_iter().map(|(_, data_type)| data_type).collect();
            return Ok(DataType::Tuple(TupleType::Unnamed(types)));
        }
        if named != elements.len() {
            return self.error(at, TypeErrorKind::MixedTuple);
        }
        let fields: Vec<Field> = elements
            .into_iter()
            .filter_map(|(name, data_type)| {
                Some(Field {
                    name: name?,
                    data_type,
                })
            })
            .collect();
        self.placed(at, check_names(&fields))?;
        Ok(DataType::Tuple(TupleType::Named(fields)))
    }

    fn dynamic(&mut self, at: usize) -> Parsed<DataType> {
        let parameters = self.list(|parser| {
            let (name, value) = parser.parameter()?;
            if &*name != "max_types" {
                let takes = "`max_types`";
                let kind = TypeErrorKind::UnknownParameter {
                    family: "Dynamic",
                    name: name.into(),
                    takes,
                };
                return parser.error(at, kind);
            }
            parser.in_range(&value, "Dynamic", "max_types", 0, 254)
        })?;
        match *parameters {
            [] => Ok(DataType::Dynamic { max_types: 32 }),
            [max_types] => Ok(DataType::Dynamic {
                max_types: small(max_types),
            }),
            _ => self.error(
                at,
                TypeErrorKind::Arguments {
                    family: "Dynamic",
                    takes: "`max_types = N` once",
                },
            ),
        }
    }

    /// `name = number`.
    fn parameter(&mut self) -> Parsed<(Box<str>, (usize, Literal))> {
        let name = self.name("a parameter")?;
        if !self.take(Punct::Eq) {
            return self.expected("`=`");
        }
        Ok((name, self.literal()?))
    }

    fn json(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let mut max_types = i64::from(JsonType::DEFAULT_TYPES);
        let mut max_paths = i64::from(JsonType::DEFAULT_PATHS);
        let mut typed = Vec::new();
        let mut skip = Vec::new();
        let mut skip_regexp = Vec::new();
        self.list(|parser| {
            if parser.is_word("SKIP") {
                parser.at += 1;
                if !parser.is_word("REGEXP") {
                    skip.push(parser.path()?);
                    return Ok(());
                }
                parser.at += 1;
                let literal = parser
                    .token(0)
                    .filter(|token| matches!(token.kind, TokenKind::String | TokenKind::Heredoc));
                let Some(token) = literal else {
                    return parser.expected("a regular expression in quotes");
                };
                skip_regexp.push(parser.text(token)?);
                parser.at += 1;
                return Ok(());
            }
            if parser.token(1).is_some_and(|token| token.is(Punct::Eq)) {
                let name_at = parser.offset();
                let (name, value) = parser.parameter()?;
                let (limit, most) = match &*name {
                    "max_dynamic_types" => (&mut max_types, i64::from(JsonType::MOST_TYPES)),
                    "max_dynamic_paths" => (&mut max_paths, i64::from(JsonType::MOST_PATHS)),
                    _ => {
                        let takes = "`max_dynamic_types` and `max_dynamic_paths`";
                        let kind = TypeErrorKind::UnknownParameter {
                            family: "JSON",
                            name: name.into(),
                            takes,
                        };
                        return parser.error(name_at, kind);
                    }
                };
                let what = if most == 254 {
                    "max_dynamic_types"
                } else {
                    "max_dynamic_paths"
                };
                *limit = parser.in_range(&value, "JSON", what, 0, most)?;
                return Ok(());
            }
            let name = parser.path()?;
            let data_type = parser.data_type(depth + 1)?;
            typed.push(Field { name, data_type });
            Ok(())
        })?;
        let max_paths = u16::try_from(max_paths).unwrap_or(JsonType::MOST_PATHS);
        let json = JsonType::new(small(max_types), max_paths, typed, skip, skip_regexp);
        Ok(DataType::Json(Box::new(self.placed(at, json)?)))
    }

    /// `a.b.c`; the server keeps a path as one name.
    fn path(&mut self) -> Parsed<Box<str>> {
        let mut path = self.name("a path")?.into_string();
        while self.take(Punct::Dot) {
            path.push('.');
            path.push_str(&self.name("the next part of the path")?);
        }
        Ok(path.into())
    }

    fn aggregate_function(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let mut version = None;
        if self.token(0).is_some_and(|token| token.is(Punct::LParen))
            && let Some(token) = self.token(1).filter(|token| token.kind == TokenKind::Number)
        {
            let Some(number) = whole(token.text).and_then(|number| u64::try_from(number).ok()) else {
                self.at += 1;
                return self.expected("a version or the name of an aggregate function");
            };
            version = Some(number);
        }
        let skip_version = version.is_some();
        let (name, parameters, arguments) = self.function(at, "AggregateFunction", skip_version, depth)?;
        let function = AggregateFunction::new(version, &name, parameters, arguments);
        Ok(DataType::AggregateFunction(Box::new(function)))
    }

    fn simple_aggregate_function(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let family = "SimpleAggregateFunction";
        let (name, parameters, arguments) = self.function(at, family, false, depth)?;
        let Ok([data_type]) = <[DataType; 1]>::try_from(arguments) else {
            return self.error(
                at,
                TypeErrorKind::Arguments {
                    family,
                    takes: "a function and one type",
                },
            );
        };
        let function = self.placed(at, SimpleAggregateFunction::new(&name, parameters, data_type))?;
        Ok(DataType::SimpleAggregateFunction(Box::new(function)))
    }

    /// `([version,] name[(parameters)], types...)`.
    fn function(
        &mut self,
        at: usize,
        family: &'static str,
        skip_version: bool,
        depth: usize,
    ) -> Parsed<(Box<str>, Vec<Expr>, Vec<DataType>)> {
        let mut name = None;
        let mut parameters = Vec::new();
        let mut skip_version = skip_version;
        let arguments = self.list(|parser| {
            if skip_version {
                parser.at += 1;
                skip_version = false;
                return Ok(None);
            }
            if name.is_some() {
                return parser.data_type(depth + 1).map(Some);
            }
            name = Some(parser.name("the name of an aggregate function")?);
            parameters = parser.list(Self::function_parameter)?;
            Ok(None)
        })?;
        let Some(name) = name else {
            let takes = "the name of an aggregate function and the types of its arguments";
            return self.error(at, TypeErrorKind::Arguments { family, takes });
        };
        Ok((name, parameters, arguments.into_iter().flatten().collect()))
    }

    /// A literal in the brackets of an aggregate function: everything up to the next `,` or `)`.
    fn function_parameter(&mut self) -> Parsed<Expr> {
        let from = self.offset();
        let mut to = from;
        let mut open = 0_usize;
        while let Some(token) = self.token(0) {
            match token.kind {
                TokenKind::Punct(punct) if punct.opens() => open += 1,
                TokenKind::Punct(punct) if punct.closes() => match open.checked_sub(1) {
                    Some(less) => open = less,
                    None => break,
                },
                TokenKind::Punct(Punct::Comma) if open == 0 => break,
                _ => {}
            }
            to = token.end();
            self.at += 1;
        }
        let parsed = Expr::parse(&self.tokens.source()[from..to]);
        parsed.or_else(|error| self.error(from + error.at, TypeErrorKind::Lex(error.kind)))
    }

    fn object(&mut self, at: usize) -> Parsed<DataType> {
        let arguments = self.list(Self::function_parameter)?;
        let [argument] = &*arguments else {
            let (family, takes) = ("Object", "one argument, `'json'`");
            return self.error(at, TypeErrorKind::Arguments { family, takes });
        };
        Ok(DataType::Object(argument.as_sql().into()))
    }

    fn qbit(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        // Each bit plane is a FixedString, whose length limits the number of elements.
        const MOST: i64 = 0xff_ffff * 8;
        let mut element = None;
        let numbers = self.list(|parser| {
            if element.is_none() {
                element = Some(parser.data_type(depth + 1)?);
                return Ok(None);
            }
            let literal = parser.literal()?;
            parser.in_range(&literal, "QBit", "a number", 1, MOST).map(Some)
        })?;
        let numbers: Vec<i64> = numbers.into_iter().flatten().collect();
        let (Some(element), [dimension, stride @ ..]) = (element, &*numbers) else {
            let takes = "a type and a number of elements, as in `QBit(Float32, 768)`";
            return self.error(
                at,
                TypeErrorKind::Arguments {
                    family: "QBit",
                    takes,
                },
            );
        };
        let stride = match stride {
            [] => None,
            [stride] if stride == dimension => None,
            [stride] if dimension % stride == 0 && stride % 8 == 0 => u32::try_from(*stride).ok(),
            _ => {
                let takes = "a stride that divides the number of elements and is a multiple of 8";
                return self.error(
                    at,
                    TypeErrorKind::Arguments {
                        family: "QBit",
                        takes,
                    },
                );
            }
        };
        let dimension = u32::try_from(*dimension).unwrap_or(u32::MAX);
        Ok(DataType::QBit {
            element: Box::new(element),
            dimension,
            stride,
        })
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

/// Names of a Tuple or Nested: each once, none `null`.
fn check_names(fields: &[Field]) -> Result<(), TypeErrorKind> {
    let mut names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    if names.contains(&"null") {
        return Err(TypeErrorKind::ReservedName);
    }
    names.sort_unstable();
    match names.array_windows().find(|[left, right]| left == right) {
        Some([name, _]) => Err(TypeErrorKind::DuplicateName((*name).to_owned())),
        None => Ok(()),
    }
}
