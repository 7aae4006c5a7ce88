//! Names of ClickHouse objects and columns, and how they are quoted.
//!
//! Decides what may be a name (anything but the empty string and text with a NUL byte) and which names need
//! backticks. Nothing else in chx quotes identifiers. Names are case-sensitive, as ClickHouse's are.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A name of one part: a database, a table, a column, an index.
///
/// A flattened Nested column (`n.a`) is one name with a dot in it, as in `system.columns`.
///
/// ```
/// use chx_core::ident::Ident;
/// let id = Ident::new("page view")?;
/// assert_eq!(id.as_str(), "page view");
/// assert_eq!(id.sql().to_string(), "`page view`");
/// # Ok::<(), chx_core::ident::IdentError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ident(SmolStr);

/// Why a text cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentError {
    /// The text is empty.
    #[error("a name must not be empty")]
    Empty,
    /// The text holds a NUL byte, which no ClickHouse client can send in a name.
    #[error("the name {0:?} holds a NUL byte")]
    Nul(String),
}

impl Ident {
    /// Takes a name as it is meant, without quotes.
    pub fn new(name: impl AsRef<str>) -> Result<Self, IdentError> {
        let name = name.as_ref();
        if name.is_empty() {
            return Err(IdentError::Empty);
        }
        if name.bytes().any(|byte| byte == 0) {
            return Err(IdentError::Nul(name.to_owned()));
        }
        Ok(Self(SmolStr::new(name)))
    }

    /// The name as it is meant, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as SQL, with backticks only where ClickHouse needs them.
    pub fn sql(&self) -> impl fmt::Display + '_ {
        quoted(&self.0)
    }

    /// The name as SQL, always in backticks: how ClickHouse prints columns.
    pub fn backticked(&self) -> impl fmt::Display + '_ {
        Quoted {
            name: &self.0,
            always: true,
        }
    }
}

/// A name as SQL, with backticks only where ClickHouse needs them. For names that are no [`Ident`]: engines,
/// codecs, settings.
pub(crate) fn quoted(name: &str) -> impl fmt::Display + '_ {
    Quoted { name, always: false }
}

struct Quoted<'a> {
    name: &'a str,
    always: bool,
}

/// Words that need backticks as a name. `INDEX`, `PROJECTION` and `CONSTRAINT` begin an element of a table where a
/// column could stand; with the others ClickHouse's own writer is careful. All other keywords may be bare wherever
/// chx writes a name (each was tried in each place, on 26.7).
const RESERVED: [&str; 13] = [
    "all",
    "as",
    "constraint",
    "distinct",
    "foreign",
    "from",
    "index",
    "null",
    "primary",
    "projection",
    "select",
    "table",
    "where",
];

/// Does this name stand for itself without backticks?
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts = bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    starts
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !RESERVED.iter().any(|word| name.eq_ignore_ascii_case(word))
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.always && is_plain(self.name) {
            return f.write_str(self.name);
        }
        f.write_str("`")?;
        for c in self.name.chars() {
            match c {
                '`' => f.write_str("\\`")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                '\r' => f.write_str("\\r")?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("`")
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

impl TryFrom<String> for Ident {
    type Error = IdentError;
    fn try_from(name: String) -> Result<Self, IdentError> {
        Self::new(name)
    }
}

impl TryFrom<&str> for Ident {
    type Error = IdentError;
    fn try_from(name: &str) -> Result<Self, IdentError> {
        Self::new(name)
    }
}

impl From<Ident> for String {
    fn from(name: Ident) -> Self {
        name.0.into()
    }
}

impl std::borrow::Borrow<str> for Ident {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The full name of a table, view or dictionary: `database.name`.
///
/// ```
/// use chx_core::ident::QualifiedName;
/// let name = QualifiedName::new("web", "page view")?;
/// assert_eq!(name.sql().to_string(), "web.`page view`");
/// assert_eq!(name.to_string(), "web.page view");
/// # Ok::<(), chx_core::ident::IdentError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QualifiedName {
    /// The database.
    pub database: Ident,
    /// The name within the database.
    pub name: Ident,
}

impl QualifiedName {
    /// Puts a full name together from two names without quotes.
    pub fn new(database: impl AsRef<str>, name: impl AsRef<str>) -> Result<Self, IdentError> {
        Ok(Self {
            database: Ident::new(database)?,
            name: Ident::new(name)?,
        })
    }

    /// The name as SQL, with backticks only where ClickHouse needs them.
    pub fn sql(&self) -> impl fmt::Display + '_ {
        QuotedPair(self)
    }
}

struct QuotedPair<'a>(&'a QualifiedName);

impl fmt::Display for QuotedPair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0.database.sql(), self.0.name.sql())
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.database, self.name)
    }
}

impl fmt::Debug for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn sql(name: &str, expected: &str) {
        assert_eq!(Ident::new(name).unwrap().sql().to_string(), expected);
    }

    #[test]
    fn names_are_quoted_only_where_needed() {
        sql("page_view", "page_view");
        sql("_x1", "_x1");
        sql("1x", "`1x`");
        sql("my-db", "`my-db`");
        sql("Select", "`Select`");
        sql("n.a", "`n.a`");
        sql("größe", "`größe`");
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        sql("a`b", "`a\\`b`");
        sql("a\\b", "`a\\\\b`");
        sql("a\nb", "`a\\nb`");
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        assert_eq!(Ident::new(""), Err(IdentError::Empty));
        assert_eq!(Ident::new("a\0b"), Err(IdentError::Nul("a\0b".into())));
    }
}
