//! Types without types inside: numbers, text, times, enums. Their arguments are literals.

use super::super::aliases::Family;
use super::super::enums::{Element, number};
use super::super::error::TypeErrorKind;
use super::super::{DataType, EnumValues};
use super::{Literal, Parsed, Parser, small};
use crate::sql::{Punct, TokenKind};

impl Parser<'_, '_> {
    /// Numbers take a display width (floats two), which means nothing.
    pub(super) fn number(&mut self, at: usize, data_type: DataType) -> Parsed<DataType> {
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

    pub(super) fn no_arguments(&mut self, at: usize, family: &'static str) -> Parsed<()> {
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
    pub(super) fn width(&mut self) -> Parsed<()> {
        match self.token(0) {
            Some(token) if token.kind == TokenKind::Number => {
                self.at += 1;
                Ok(())
            }
            _ => self.expected("a number"),
        }
    }

    /// Families whose arguments are numbers and strings.
    pub(super) fn scalar(&mut self, at: usize, found: Family) -> Parsed<DataType> {
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

    pub(super) fn enumeration(&mut self, at: usize, found: Family) -> Parsed<DataType> {
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
}
