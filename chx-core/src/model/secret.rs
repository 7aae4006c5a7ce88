//! Values that no file, plan, log or error may show.

use serde::{Deserialize, Serialize};

/// A password or key in a definition. What stands here is where the value comes from, never the value.
///
/// In SQL it is a string: `'env:NAME'` for a variable of the environment, `'file:PATH'` for a file. The value takes
/// its place at the moment when the statement is sent.
///
/// ```
/// use chx_core::model::Secret;
/// assert_eq!(Secret::parse("env:DICT_PASSWORD"), Some(Secret::Env("DICT_PASSWORD".to_owned())));
/// assert_eq!(Secret::parse("hunter2"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// The value of a variable of the environment.
    Env(String),
    /// The text of a file.
    File(String),
    /// The empty value.
    Empty,
    /// `[HIDDEN]`: what a server says instead of a value. It may be any, and is never equal to another.
    Hidden,
}

/// What a server says instead of a secret.
const HIDDEN: &str = "[HIDDEN]";

impl Secret {
    /// Where a text says that a value comes from; `None` for a text that is just a text.
    pub fn parse(text: &str) -> Option<Self> {
        let is_name = |name: &str| {
            !name.is_empty()
                && !name.starts_with(|c: char| c.is_ascii_digit())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if let Some(name) = text.strip_prefix("env:").filter(|name| is_name(name)) {
            return Some(Self::Env(name.to_owned()));
        }
        // `file://...` is an address.
        if let Some(path) = text
            .strip_prefix("file:")
            .filter(|path| !path.is_empty() && !path.starts_with("//"))
        {
            return Some(Self::File(path.to_owned()));
        }
        // A part of an address is hidden too: `mongodb://user:[HIDDEN]@host`.
        text.contains(HIDDEN).then_some(Self::Hidden)
    }

    /// The text that stands for it.
    pub fn text(&self) -> String {
        match self {
            Self::Env(name) => format!("env:{name}"),
            Self::File(path) => format!("file:{path}"),
            Self::Empty => String::new(),
            Self::Hidden => HIDDEN.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_are_secrets() {
        for (text, expected) in [
            ("env:A_1", Some(Secret::Env("A_1".into()))),
            ("file:secrets/pw", Some(Secret::File("secrets/pw".into()))),
            ("[HIDDEN]", Some(Secret::Hidden)),
            ("mongodb://u:[HIDDEN]@h/db", Some(Secret::Hidden)),
            ("env:", None),
            ("env:a b", None),
            ("env:1", None),
            ("file:", None),
            ("file:///etc/x", None),
            ("", None),
        ] {
            assert_eq!(Secret::parse(text), expected, "{text}");
        }
    }
}
