//! The name of a migration: `20261121T201500_create_page_view`.
//!
//! Decides which names are ids (what can be a file name on every system and a word in `chx.sum`) and how one is
//! made from a time and a title. The time is given; nothing here asks a clock.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a migration, also the stem of its file.
///
/// ```
/// use chx_core::history::MigrationId;
/// let id = MigrationId::compose("20261121T201500", "Create page view")?;
/// assert_eq!(id.as_str(), "20261121T201500_create_page_view");
/// # Ok::<(), chx_core::history::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MigrationId(Box<str>);

/// Why a text cannot be the name of a migration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing is left of the name.
    #[error("a migration needs a name with at least one letter or digit")]
    Empty,
    /// A character that not every file system takes.
    #[error("`{id}` cannot name a migration: {character:?} is not a letter, digit, `_` or `-`")]
    Character {
        /// The text.
        id: String,
        /// Its first character that cannot stand.
        character: char,
    },
    /// Longer than [`MigrationId::MAX_LEN`].
    #[error("`{0}` cannot name a migration: it is longer than {max} characters", max = MigrationId::MAX_LEN)]
    TooLong(String),
}

impl MigrationId {
    /// The longest id; with its extension it stays below the 255 bytes that file systems allow.
    pub const MAX_LEN: usize = 200;

    /// The longest part that [`compose`](Self::compose) takes from a title; longer ones are cut at a word.
    const MAX_TITLE: usize = 60;

    /// Takes an id as it is.
    pub fn new(id: impl Into<String>) -> Result<Self, IdError> {
        let id = id.into();
        if id.is_empty() {
            return Err(IdError::Empty);
        }
        if let Some(character) = id
            .chars()
            .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        {
            return Err(IdError::Character { id, character });
        }
        if id.len() > Self::MAX_LEN {
            return Err(IdError::TooLong(id));
        }
        Ok(Self(id.into_boxed_str()))
    }

    /// Makes an id from a time (`20261121T201500`, UTC) and a title in free words.
    pub fn compose(stamp: &str, title: &str) -> Result<Self, IdError> {
        let mut name = String::new();
        for word in title
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            if !name.is_empty() {
                if name.len() + word.len() >= Self::MAX_TITLE {
                    break;
                }
                name.push('_');
            }
            name.push_str(&word.to_ascii_lowercase());
        }
        if name.is_empty() {
            return Err(IdError::Empty);
        }
        Self::new(format!("{stamp}_{name}"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the migration's file: the id and `.sql`.
    pub fn file_name(&self) -> String {
        format!("{}.sql", self.0)
    }

    /// The time in front, if the id starts with one: `20261121T201500`.
    pub fn stamp(&self) -> Option<&str> {
        let (stamp, _) = self.0.split_once('_')?;
        let shaped = stamp.len() == 15
            && stamp
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 8 { b == b'T' } else { b.is_ascii_digit() });
        shaped.then_some(stamp)
    }
}

impl fmt::Display for MigrationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MigrationId {
    type Error = IdError;
    fn try_from(id: String) -> Result<Self, IdError> {
        Self::new(id)
    }
}

impl From<MigrationId> for String {
    fn from(id: MigrationId) -> Self {
        id.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        let id = |title: &str| MigrationId::compose("20261121T201500", title).map(String::from);
        assert_eq!(
            id("  Add `user`, drop x ").unwrap(),
            "20261121T201500_add_user_drop_x"
        );
        assert_eq!(id("größe"), Ok("20261121T201500_gr_e".into()));
        assert_eq!(id("../../etc"), Ok("20261121T201500_etc".into()));
        assert_eq!(id("…"), Err(IdError::Empty));
        assert!(id(&"word ".repeat(100)).unwrap().len() < 90);
        assert!(matches!(id(&"w".repeat(300)), Err(IdError::TooLong(_))));
    }

    #[test]
    fn ids_are_checked() {
        assert_eq!(MigrationId::new("0001_init").unwrap().stamp(), None);
        assert_eq!(
            MigrationId::new("20261121T201500_x").unwrap().stamp(),
            Some("20261121T201500")
        );
        assert_eq!(
            MigrationId::new("a/b"),
            Err(IdError::Character {
                id: "a/b".into(),
                character: '/'
            })
        );
    }
}
