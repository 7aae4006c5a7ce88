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

/// Engines whose databases show what lives elsewhere.
const ELSEWHERE: [&str; 12] = [
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
    "S3",
    "SQLite",
];

/// Engines that know no `ALTER DATABASE ... MODIFY COMMENT` (error 48; measured for Dictionary, Filesystem, S3).
const COMMENT_STAYS: [&str; 6] = [
    "Backup",
    "DataLakeCatalog",
    "Dictionary",
    "Filesystem",
    "HDFS",
    "S3",
];

impl Database {
    /// The engines that are known by name.
    pub const ENGINES: [&'static str; 16] = [
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
        "Replicated",
        "S3",
        "SQLite",
        "Shared",
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
            .is_some_and(|engine| ELSEWHERE.contains(&engine.name.as_str()))
    }

    /// Can its comment be changed?
    pub fn alters_comment(&self) -> bool {
        !self
            .engine
            .as_ref()
            .is_some_and(|engine| COMMENT_STAYS.contains(&engine.name.as_str()))
    }
}
