//! Rust names for ClickHouse names: every name becomes a valid identifier, and no two become one.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};

/// Names that are taken in one namespace.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken(BTreeSet<String>);

/// Type names that generated code uses itself: `use chx::prelude::*` and Rust's own prelude.
const TYPES: [&str; 66] = [
    "Box",
    "ChColumns",
    "ChDatabase",
    "ChEnum",
    "ChFunction",
    "ChMaterializedView",
    "ChNamedCollection",
    "ChNested",
    "ChQuota",
    "ChRelation",
    "ChResource",
    "ChRole",
    "ChRow",
    "ChRowPolicy",
    "ChSettings",
    "ChSettingsProfile",
    "ChTable",
    "ChTuple",
    "ChType",
    "ChUser",
    "ChVariant",
    "ChView",
    "ChWorkload",
    "ChDictionary",
    "ClientExt",
    "Clone",
    "Copy",
    "Date",
    "Date32",
    "DateTime",
    "DateTime64",
    "Debug",
    "Decimal128",
    "Decimal32",
    "Decimal64",
    "Default",
    "Deserialize",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "FixedString",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "HashMap",
    "Into",
    "Iterator",
    "LowCardinality",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Row",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// What a name in camel case may not be either: because the prelude has it, or because the derives take a type of that name
/// for the one that everybody knows, which is no column.
const MORE_TYPES: [&str; 9] = [
    "Decimal",
    "Duration",
    "Instant",
    "IpAddr",
    "Self",
    "SystemTime",
    "Time",
    "Time64",
    "Value",
];

impl Taken {
    /// With the type names that generated code uses.
    pub(super) fn types() -> Self {
        Self(
            TYPES
                .iter()
                .chain(&MORE_TYPES)
                .map(|name| (*name).to_owned())
                .collect(),
        )
    }

    /// Takes a name, if it and those that come with it are free.
    fn try_take(&mut self, name: &str, suffixes: &[&str]) -> bool {
        let all: Vec<String> = suffixes.iter().map(|suffix| format!("{name}{suffix}")).collect();
        let is_free = !self.0.contains(name) && all.iter().all(|name| !self.0.contains(name));
        if is_free {
            self.0.insert(name.to_owned());
            self.0.extend(all);
        }
        is_free
    }

    /// Takes a name that stands in code already.
    pub(super) fn keep(&mut self, name: &str) {
        self.0.insert(name.to_owned());
    }

    /// The first that is free of the name, the name with the other word behind it, and the name with numbers. The
    /// derives make types with these suffixes beside it.
    pub(super) fn take(&mut self, name: &str, otherwise: &str, suffixes: &[&str]) -> String {
        if self.try_take(name, suffixes) {
            return name.to_owned();
        }
        let is_field = name.starts_with(|c: char| c.is_lowercase() || c == '_');
        let separator = if is_field && !name.ends_with('_') { "_" } else { "" };
        let mut candidate = format!("{name}{separator}{otherwise}");
        let mut number = 2_u32;
        while !self.try_take(&candidate, suffixes) {
            candidate = format!("{name}{separator}{number}");
            number += 1;
        }
        candidate
    }
}

/// A name as the name of a type or variant: `page_view` is `PageView`.
pub(super) fn type_name(name: &str) -> String {
    let name = name.to_pascal_case();
    let name: String = name
        .chars()
        .filter(|c| unicode_ident::is_xid_continue(*c))
        .collect();
    if name.is_empty() {
        return "Unnamed".to_owned();
    }
    if name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("N{name}")
    }
}

/// Is a name the name of a field as it stands: `page_view`, `_offset`, `type`?
pub(super) fn is_field_name(name: &str) -> bool {
    let is_snake = name
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    is_snake && syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok()
}

/// A name as the name of a field: `EventTime` is `event_time`, `type` is `r#type`.
pub(super) fn field_name(name: &str) -> String {
    if is_field_name(name) {
        return as_identifier(name.to_owned());
    }
    let name = name.to_snake_case();
    let name: String = name
        .chars()
        .filter(|c| *c == '_' || unicode_ident::is_xid_continue(*c))
        .collect();
    let name = if name.is_empty() || name.chars().all(|c| c == '_') {
        "unnamed".to_owned()
    } else {
        name
    };
    let name = if name.starts_with(|c: char| c == '_' || unicode_ident::is_xid_start(c)) {
        name
    } else {
        format!("n{name}")
    };
    as_identifier(name)
}

/// What the fields of these columns are called: those that need no other name keep theirs.
pub(super) fn field_names<'t>(columns: impl Iterator<Item = &'t str>) -> BTreeMap<String, String> {
    let mut taken = Taken::default();
    let (kept, changed): (Vec<&str>, Vec<&str>) = columns.partition(|name| is_field_name(name));
    kept.into_iter()
        .chain(changed)
        .map(|name| (name.to_owned(), taken.take(&field_name(name), "2", &[])))
        .collect()
}

/// A name of several as the name of one, where English is regular: `Tags` is `Tag`, `Entries` is `Entry`.
pub(super) fn singular(name: &str) -> String {
    let without = |end: &str| name.strip_suffix(end).filter(|stem| !stem.is_empty());
    let stays = ["ss", "us", "is", "series"];
    if stays.iter().any(|end| name.to_lowercase().ends_with(end)) {
        return name.to_owned();
    }
    if let Some(stem) = without("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let in_es = ["sses", "shes", "ches", "xes"];
    if in_es.iter().any(|end| name.ends_with(end)) {
        return without("es").unwrap_or(name).to_owned();
    }
    without("s").unwrap_or(name).to_owned()
}

/// A name as the name of a module and its file.
pub(super) fn module_name(name: &str) -> String {
    let name = field_name(name);
    match name.strip_prefix("r#") {
        Some(word) => format!("{word}_"),
        None if name == "mod" || name == "main" || name == "lib" => format!("{name}_"),
        None => name,
    }
}

fn as_identifier(name: String) -> String {
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        return name;
    }
    let raw = format!("r#{name}");
    // `self`, `super`, `crate` stay words even so.
    if syn::parse_str::<syn::Ident>(&raw).is_ok() {
        raw
    } else {
        format!("{name}_")
    }
}

/// Would the derive call a column of this field by this name?
pub(super) fn is_named_like(field: &str, column: &str) -> bool {
    field.strip_prefix("r#").unwrap_or(field) == column && column.is_ascii()
}

/// Would the derive call a table of this struct by this name?
pub(super) fn is_snake_of(item: &str, name: &str) -> bool {
    item.to_snake_case() == name && name.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_an_identifier() {
        for (name, field, item) in [
            ("page_view", "page_view", "PageView"),
            ("EventTime", "event_time", "EventTime"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self"),
            ("2nd", "n2nd", "N2nd"),
            ("größe", "größe", "Größe"),
            ("a.b c", "a_b_c", "ABC"),
            ("%", "unnamed", "Unnamed"),
            ("_x", "_x", "X"),
            ("_X", "x", "X"),
            ("😀", "unnamed", "Unnamed"),
            ("IPv4Addr", "i_pv4_addr", "IPv4Addr"),
        ] {
            assert_eq!(field_name(name), field, "{name}");
            assert_eq!(type_name(name), item, "{name}");
            syn::parse_str::<syn::Ident>(&field_name(name)).unwrap();
        }
    }

    #[test]
    fn a_list_is_called_after_what_is_in_it() {
        for (name, one) in [
            ("Tags", "Tag"),
            ("Entries", "Entry"),
            ("Boxes", "Box"),
            ("Addresses", "Address"),
            ("Status", "Status"),
            ("Basis", "Basis"),
            ("Ties", "Tie"),
            ("S", "S"),
            ("Data", "Data"),
            ("TimeSeries", "TimeSeries"),
        ] {
            assert_eq!(singular(name), one);
        }
    }

    #[test]
    fn no_two_names_are_one() {
        let mut taken = Taken::types();
        assert_eq!(taken.take("PageView", "Table", &["Insert"]), "PageView");
        assert_eq!(taken.take("PageView", "Table", &[]), "PageViewTable");
        assert_eq!(taken.take("PageView", "Table", &[]), "PageView2");
        assert_eq!(taken.take("PageViewInsert", "Table", &[]), "PageViewInsertTable");
        assert_eq!(taken.take("Date", "Table", &[]), "DateTable");
        assert_eq!(taken.take("Value", "Table", &[]), "ValueTable");
        let mut fields = Taken::default();
        assert_eq!(fields.take("a_b", "2", &[]), "a_b");
        assert_eq!(fields.take("a_b", "2", &[]), "a_b_2");
        assert_eq!(fields.take("a_b", "2", &[]), "a_b_3");
    }
}
