//! Rust enums for Enum columns: one for each set of values in a file, with names that a person would give.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chx_core::types::{DataType, EnumValues};
use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase};

use super::layout::{Entry, attribute};
use super::literal::string;
use super::names::{Taken, type_name};

/// The enums of one file.
#[derive(Debug, Default)]
pub(super) struct FileEnums {
    names: BTreeMap<DataType, String>,
    /// In the order of their first use.
    made: Vec<(String, DataType)>,
}

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

impl FileEnums {
    /// The enum of a type; one that is new is called after the column, or after table and column.
    pub(super) fn name(
        &mut self,
        data_type: &DataType,
        table: &str,
        column: &str,
        taken: &mut Taken,
    ) -> String {
        if let Some(name) = self.names.get(data_type) {
            return name.clone();
        }
        let column = type_name(column.rsplit('.').next().unwrap_or(column));
        // A column called `type` or `kind` says little without its table.
        let says_little = matches!(
            column.as_str(),
            "Type" | "Kind" | "Status" | "State" | "Level" | "Value" | "Mode"
        );
        let long = format!("{table}{column}");
        let name = if says_little {
            taken.take(&long, "Enum", &[])
        } else {
            taken.take(&column, "Kind", &[])
        };
        self.names.insert(data_type.clone(), name.clone());
        self.made.push((name.clone(), data_type.clone()));
        name
    }

    /// Takes the enums that were made since the last time, as code.
    pub(super) fn take_code(&mut self) -> Vec<String> {
        let made = std::mem::take(&mut self.made);
        let code = made.iter().filter_map(|(name, data_type)| match data_type {
            DataType::Enum8(values) => Some(code(name, values, false)),
            DataType::Enum16(values) => Some(code(name, values, values.fit_enum8())),
            _ => None,
        });
        code.collect()
    }
}

fn code(name: &str, values: &EnumValues, is_wide: bool) -> String {
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
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        let mut enums = FileEnums::default();
        let mut taken = Taken::types();
        let data_type = DataType::parse(sql).unwrap();
        enums.name(&data_type, "Task", "status", &mut taken);
        let code = enums.take_code().join("\n");
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
