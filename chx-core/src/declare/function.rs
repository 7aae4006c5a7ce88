//! Declared SQL functions.

use super::Heading;

/// A declared SQL function.
#[derive(Debug, Clone, Copy)]
pub struct FunctionDeclaration {
    /// Its name and origin: a function has no comment and no database.
    pub heading: Heading,
    /// The parameters and the body: `(x, y) -> x + y`.
    pub lambda: &'static str,
}
