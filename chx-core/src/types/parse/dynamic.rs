//! Types whose values have types of their own: Dynamic, JSON, and Object before it.

use super::super::error::TypeErrorKind;
use super::super::{DataType, Field, JsonType};
use super::{Literal, Parsed, Parser, small};
use crate::sql::{Punct, TokenKind};

impl Parser<'_, '_> {
    pub(super) fn dynamic(&mut self, at: usize) -> Parsed<DataType> {
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
    pub(super) fn parameter(&mut self) -> Parsed<(Box<str>, (usize, Literal))> {
        let name = self.name("a parameter")?;
        if !self.take(Punct::Eq) {
            return self.expected("`=`");
        }
        Ok((name.into(), self.literal()?))
    }

    pub(super) fn json(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
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
    pub(super) fn path(&mut self) -> Parsed<Box<str>> {
        let mut path = self.name("a path")?.into_owned();
        while self.take(Punct::Dot) {
            path.push('.');
            path.push_str(&self.name("the next part of the path")?);
        }
        Ok(path.into())
    }

    pub(super) fn object(&mut self, at: usize) -> Parsed<DataType> {
        let arguments = self.list(Self::function_parameter)?;
        let [argument] = &*arguments else {
            let (family, takes) = ("Object", "one argument, `'json'`");
            return self.error(at, TypeErrorKind::Arguments { family, takes });
        };
        Ok(DataType::Object(argument.as_sql().into()))
    }
}
