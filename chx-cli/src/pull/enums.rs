//! Rust enums for Enum columns, with names for the values that a person would give.

use std::fmt::Write as _;

use chx_core::types::EnumValues;
use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase};

use super::layout::{Entry, attribute};
use super::literal::string;
use super::names::{Taken, type_name};

/// Makes the name of a value from the name of a variant.
type Case = fn(&str) -> String;

/// The cases of `rename_all`, as the derive makes them; the first is its default.
const CASES: [(&str, Case); 8] = [
    ("snake_case", |name| name.to_snake_case()),
    ("lowercase", |name| name.to_lowercase()),
    ("UPPERCASE", |name| name.to_uppercase()),
    ("PascalCase", |name| name.to_pascal_case()),
    ("camelCase", |name| name.to_lower_camel_case()),
    ("SCREAMING_SNAKE_CASE", |name| name.to_shouty_snake_case()),
    ("kebab-case", |name| name.to_kebab_case()),
    ("SCREAMING-KEBAB-CASE", |name| name.to_shouty_kebab_case()),
];

/// The enum of a set of values.
pub(super) fn code(name: &str, values: &EnumValues, is_wide: bool) -> String {
    let mut taken = Taken::default();
    taken.keep("Self");
    let variants: Vec<(String, &str, i16)> = values
        .iter()
        .map(|(value, number)| {
            let wanted = if value.is_empty() {
                "Empty".to_owned()
            } else {
                type_name(value)
            };
            (taken.take(&wanted, "Value", &[]), value, number)
        })
        .collect();
    let fits = |case: Case| {
        variants
            .iter()
            .filter(|(name, value, _)| case(name) == *value)
            .count()
    };
    // The case that names most of them; of equals, the first.
    let best = CASES
        .iter()
        .rev()
        .max_by_key(|(_, case)| fits(*case))
        .unwrap_or(&CASES[0]);
    let mut out = String::from("#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]\n");
    if is_wide {
        out.push_str("#[repr(i16)]\n");
    }
    if best.0 != "snake_case" {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "#[ch(rename_all = \"{}\")]", best.0);
    }
    let _ = writeln!(out, "pub enum {name} {{");
    for (variant, value, number) in &variants {
        if (best.1)(variant) != *value
            && let Some(renamed) = attribute("ch", &[Entry::value("name", string(value))], 4)
        {
            let _ = writeln!(out, "    {renamed}");
        }
        let _ = writeln!(out, "    {variant} = {number},");
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use chx_core::types::DataType;

    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let code = match DataType::parse(sql).unwrap() {
            DataType::Enum8(values) => code("TaskStatus", &values, false),
            DataType::Enum16(values) => code("TaskStatus", &values, values.fit_enum8()),
            other => unreachable!("{other} is no Enum"),
        };
        assert_eq!(code, expected);
        syn::parse_str::<syn::ItemEnum>(&code).unwrap();
    }

    #[test]
    fn enums_are_named_as_their_values_are() {
        check(
            "Enum8('new' = 1, 'in_progress' = 2)",
            "#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]\npub enum TaskStatus {\n    New = 1,\n    InProgress = 2,\n}\n",
        );
        check(
            "Enum16('GET' = 1, 'NOT_FOUND' = 2, '' = 3)",
            "#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]\n#[repr(i16)]\n#[ch(rename_all = \"SCREAMING_SNAKE_CASE\")]\n\
             pub enum TaskStatus {\n    Get = 1,\n    NotFound = 2,\n    #[ch(name = \"\")]\n    Empty = 3,\n}\n",
        );
        check(
            "Enum8('a b' = -1, 'a-b' = 1, '2xx' = 2)",
            "#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]\npub enum TaskStatus {\n    \
             #[ch(name = \"a b\")]\n    AB = -1,\n    #[ch(name = \"a-b\")]\n    ABValue = 1,\n    #[ch(name = \"2xx\")]\n    N2xx = 2,\n}\n",
        );
    }
}
