//! Why there is no registry.

use chx_core::diag::{Diagnostic, listed};

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
    #[error("the declared schema cannot be ({})\n{}", count(.0), listed(.0))]
    Invalid(
        /// All of them, each with its place.
        Vec<Diagnostic>,
    ),
}

fn count(findings: &[Diagnostic]) -> String {
    match findings.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    }
}
