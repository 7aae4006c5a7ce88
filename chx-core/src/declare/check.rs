//! Declared checks of the rows.

use crate::diag::Severity;

/// A query beside a struct that throws where the rows are not what they should be.
#[derive(Debug, Clone, Copy)]
pub struct CheckDeclaration {
    /// What it is called.
    pub name: &'static str,
    /// The query.
    pub sql: &'static str,
    /// How much it matters: an error, or a warning.
    pub severity: Severity,
    /// The line of the attribute, from 1; 0 when it is not known.
    pub line: u32,
}
