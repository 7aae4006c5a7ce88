//! Databases.

use serde::{Deserialize, Serialize};

use super::{Engine, Ident, Settings};

/// A database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// The name.
    pub name: Ident,
    /// The engine; `None` is the server's own: Atomic, or what its configuration says.
    pub engine: Option<Engine>,
    /// `SETTINGS` behind the engine; none without one, because a server takes them for settings of the statement then.
    #[serde(default, skip_serializing_if = "Settings::is_empty")]
    pub settings: Settings,
    /// The comment, empty when there is none. `None` where nobody says: a table only implies that its database is there,
    /// and any comment is right.
    pub comment: Option<String>,
}

/// Engines that know no `ALTER DATABASE ... MODIFY COMMENT` (error 48; measured for Dictionary, Filesystem, S3, URL).
const COMMENT_STAYS: [&str; 7] = [
    "Backup",
    "DataLakeCatalog",
    "Dictionary",
    "Filesystem",
    "HDFS",
    "S3",
    "URL",
];

impl Database {
    /// Those whose databases show what lives elsewhere. A server that is asked for all its tables asks such a place for its list, and
    /// fails or waits where that does not answer.
    pub const ELSEWHERE: [&'static str; 15] = [
        "Backup",
        "DataLakeCatalog",
        "Dictionary",
        "Filesystem",
        "HDFS",
        "MaterializeMySQL",
        "MaterializedMySQL",
        "MaterializedPostgreSQL",
        "MySQL",
        "PostgreSQL",
        "Remote",
        "RemoteSecure",
        "S3",
        "SQLite",
        "URL",
    ];

    /// The engines that are known by name.
    pub const ENGINES: [&'static str; 19] = [
        "Atomic",
        "Backup",
        "DataLakeCatalog",
        "Dictionary",
        "Filesystem",
        "HDFS",
        "Lazy",
        "MaterializedPostgreSQL",
        "Memory",
        "MySQL",
        "Ordinary",
        "PostgreSQL",
        "Remote",
        "RemoteSecure",
        "Replicated",
        "S3",
        "SQLite",
        "Shared",
        "URL",
    ];

    /// A database of which nothing is said but that it is there.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            engine: None,
            settings: Settings::default(),
            comment: None,
        }
    }

    /// The comment; empty where there is none or nobody says.
    pub fn comment(&self) -> &str {
        self.comment.as_deref().unwrap_or_default()
    }

    /// Is there something to say about it besides its name?
    pub fn says_something(&self) -> bool {
        self.engine.is_some() || !self.comment().is_empty()
    }

    /// Does it show the objects of another place, which are no part of a schema? Such a place may not even answer.
    pub fn is_elsewhere(&self) -> bool {
        self.engine
            .as_ref()
            .is_some_and(|engine| Self::ELSEWHERE.contains(&engine.name.as_str()))
    }

    /// Can its comment be changed?
    pub fn alters_comment(&self) -> bool {
        !self
            .engine
            .as_ref()
            .is_some_and(|engine| COMMENT_STAYS.contains(&engine.name.as_str()))
    }
}
