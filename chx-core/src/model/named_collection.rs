//! Named collections.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::written_out::{is_secret_setting, says_password};
use super::{Ident, Secret};

/// A named collection: keys and values that engines, table functions and sources of dictionaries take by its name.
///
/// A server shows no value unless it is told to, so of a collection that was read from one they are [`Secret::Hidden`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCollection {
    /// The name, which no other collection of the server has.
    pub name: Ident,
    /// The entries by key. Case matters; order does not, the server sorts them.
    pub entries: BTreeMap<Ident, CollectionEntry>,
}

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionEntry {
    /// The value.
    pub value: CollectionValue,
    /// `OVERRIDABLE`, `NOT OVERRIDABLE`: may whoever takes the collection say another value? `None` leaves it to a setting of
    /// the server.
    pub overridable: Option<bool>,
}

/// A value. The server keeps text: `5` and `'5'` are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionValue {
    /// A text.
    Text(String),
    /// A value that is not shown.
    Secret(Secret),
}

impl CollectionValue {
    /// The value that a text stands for: a place, or the text itself.
    pub fn of_text(text: String) -> Self {
        match Secret::parse(&text) {
            Some(secret) => Self::Secret(secret),
            None => Self::Text(text),
        }
    }

    /// Is it a value that a server does not show?
    pub fn is_hidden(&self) -> bool {
        match self {
            Self::Secret(secret) => *secret == Secret::Hidden,
            Self::Text(_) => false,
        }
    }
}

impl CollectionEntry {
    /// Is this a secret that is written out: a text behind a key that asks for one, or an address with a password in it?
    pub fn is_written_out(&self, key: &Ident) -> bool {
        match &self.value {
            CollectionValue::Text(text) => {
                !text.is_empty()
                    && (is_secret_key(key.as_str()) || says_password(text) || text.contains("AccountKey="))
            }
            CollectionValue::Secret(_) => false,
        }
    }
}

/// Does a key ask for a value that must not be shown?
fn is_secret_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let parts = ["passphrase", "credential", "connection_string"];
    let ends = [
        "private_key",
        "account_key",
        "access_key",
        "api_key",
        "encryption_key",
    ];
    is_secret_setting(&key)
        || ["key", "token"].contains(&key.as_str())
        || parts.iter().any(|part| key.contains(part))
        || ends.iter().any(|end| key.ends_with(end))
}
