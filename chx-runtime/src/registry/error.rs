//! Why there is no registry.

use std::fmt;

use chx_core::diag::Diagnostic;

/// A registry that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// Nothing is declared, or the crate that declares it is not linked.
    #[error(
        "no table is declared: the registry is empty\n  \
         a crate that stands in `Cargo.toml` but is named nowhere in the source is not linked, and registers nothing\n  \
         help: name the crate with the schema in the program that reads it: `use my_schema as _;`"
    )]
    Empty,
    /// Declarations that cannot be.
    #[error("{}", Listed(.0))]
    Invalid(
        /// All of them, each with its place.
        Vec<Diagnostic>,
    ),
}

/// Findings, one after the other.
struct Listed<'a>(&'a [Diagnostic]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(
            f,
            "the declared schema cannot be ({count} {})",
            if count == 1 { "finding" } else { "findings" }
        )?;
        for (index, finding) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}
