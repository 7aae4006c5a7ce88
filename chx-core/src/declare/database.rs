//! Declared databases.

use super::Heading;

/// A declared database.
#[derive(Debug, Clone, Copy)]
pub struct DatabaseDeclaration {
    /// Its name, comment and origin.
    pub heading: Heading,
    /// The engine with its arguments; `None` is the server's own.
    pub engine: Option<&'static str>,
    /// `SETTINGS`: names and values, without quotes.
    pub settings: &'static [(&'static str, &'static str)],
}
