//! The types of aggregation: a function, its parameters, the types of its arguments.

use super::super::error::TypeErrorKind;
use super::super::{AggregateFunction, DataType, SimpleAggregateFunction};
use super::{Parsed, Parser, whole};
use crate::sql::{Expr, Punct, TokenKind};

impl Parser<'_, '_> {
    pub(super) fn aggregate_function(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
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

    pub(super) fn simple_aggregate_function(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
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
    pub(super) fn function(
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
        Ok((name.into(), parameters, arguments.into_iter().flatten().collect()))
    }

    /// A literal in the brackets of an aggregate function: everything up to the next `,` or `)`.
    pub(super) fn function_parameter(&mut self) -> Parsed<Expr> {
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
}
