//! Databases.

use serde::{Deserialize, Serialize};

use super::{Engine, Ident};

/// A database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// The name.
    pub name: Ident,
    /// The engine; `None` leaves it to the server (Atomic, or what its configuration says).
    pub engine: Option<Engine>,
    /// The comment; empty when there is none.
    pub comment: String,
}

impl Database {
    /// A database with the server's default engine.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            engine: None,
            comment: String::new(),
        }
    }
}
