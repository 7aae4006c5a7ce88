//! Declared objects that chx does not read all of.

use super::Heading;

/// An object declared by the statement that creates it.
#[derive(Debug, Clone, Copy)]
pub struct RawDeclaration {
    /// Its name, as the statement says it, and origin.
    pub heading: Heading,
    /// Does it belong to the server, as a function does, and to no database?
    pub is_of_server: bool,
    /// The statement.
    pub sql: &'static str,
}
