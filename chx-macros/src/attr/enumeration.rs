//! `#[ch(...)]` on an enum with `ChEnum` and on its variants.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase};
use syn::{Attribute, LitStr, Path};

use super::entry::{self, Entry};
use super::fragment;
use super::keys;
use super::named;
use super::slot::Slot;
use crate::diag::Diag;

/// An enum as written.
#[derive(Default)]
pub(crate) struct Enumeration {
    /// `rename_all = "..."`.
    pub(crate) rename_all: Slot<Case>,
    /// `serde = false`: the user writes `Serialize` and `Deserialize`.
    pub(crate) serde: Slot<bool>,
    /// `crate = path`.
    pub(crate) krate: Slot<Path>,
}

/// How the names of variants become names of values, in the words of serde.
#[derive(Clone, Copy, Default)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    #[default]
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The name in this case.
    pub(crate) fn apply(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Pascal => name.to_pascal_case(),
            Self::Camel => name.to_lower_camel_case(),
            Self::Snake => name.to_snake_case(),
            Self::ScreamingSnake => name.to_shouty_snake_case(),
            Self::Kebab => name.to_kebab_case(),
            Self::ScreamingKebab => name.to_shouty_kebab_case(),
        }
    }
}

impl Enumeration {
    /// Reads the attributes of an enum.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut enumeration = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "rename_all" => enumeration.rename_all.set(diag, &entry, case(diag, &entry)),
                "serde" => enumeration.serde.set(diag, &entry, entry.flag(diag)),
                "crate" => enumeration.krate.set(diag, &entry, named::path(diag, &entry)),
                _ => entry.report_unknown(diag, &keys::ENUM),
            }
        }
        enumeration
    }
}

fn case(diag: &Diag, entry: &Entry) -> Option<Case> {
    let literal = fragment::text(diag, entry, "takes a case, such as `\"snake_case\"`")?;
    let written = literal.value();
    if let Some((_, case)) = CASES.iter().find(|(name, _)| *name == written) {
        return Some(*case);
    }
    let names: Vec<String> = CASES.iter().map(|(name, _)| format!("`{name}`")).collect();
    diag.error(
        literal.span(),
        format!("no case `{written}`; the cases are {}", names.join(", ")),
    );
    None
}

/// A variant as written.
#[derive(Default)]
pub(crate) struct Variant {
    /// `name = "..."`.
    pub(crate) name: Slot<LitStr>,
}

impl Variant {
    /// Reads the attributes of a variant.
    pub(crate) fn read(diag: &Diag, attrs: &[Attribute]) -> Self {
        let mut variant = Self::default();
        for entry in entry::read(diag, attrs) {
            match entry.key.as_str() {
                "name" => {
                    let name = fragment::text(diag, &entry, "takes the value's name in quotes");
                    variant.name.set(diag, &entry, name);
                }
                _ => entry.report_unknown(diag, &keys::ENUM_VALUE),
            }
        }
        variant
    }
}
