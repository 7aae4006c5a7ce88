//! Types that hold other types.

use super::super::aliases::Family;
use super::super::error::TypeErrorKind;
use super::super::{DataType, Field, TupleType, VariantTypes};
use super::{Parsed, Parser};
use crate::sql::Token;

impl Parser<'_, '_> {
    /// Families whose arguments are types.
    pub(super) fn container(&mut self, at: usize, found: Family, depth: usize) -> Parsed<DataType> {
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

    pub(super) fn nested(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
        let fields = self.list(|parser| parser.field(depth))?;
        if fields.is_empty() {
            return self.error(at, TypeErrorKind::EmptyNested);
        }
        self.placed(at, check_names(&fields).map(|()| DataType::Nested(fields)))
    }

    /// `name Type`.
    pub(super) fn field(&mut self, depth: usize) -> Parsed<Field> {
        let name = self.name("the name of an element")?;
        let data_type = self.data_type(depth + 1)?;
        Ok(Field {
            name: name.into(),
            data_type,
        })
    }

    pub(super) fn tuple(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
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

    pub(super) fn qbit(&mut self, at: usize, depth: usize) -> Parsed<DataType> {
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
