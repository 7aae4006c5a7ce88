//! Databases for tests: every test of a program gets its own, in one embedded engine of the process.
//!
//! Decides how tests stay out of each other's way. A test has a database of its own name, which its client takes
//! for the default one, so that what names no database lands there. Names that are written down (`web.page_view` in a
//! struct, a migration or a query) stay what they are, because they stand in the text of the program too, where
//! nothing could replace them: tests of one process that use a database of the same name take turns with it. Programs
//! have engines of their own and never meet.
//!
//! A database goes when its test has passed and stays when it has failed, under a name that is told. It refuses nothing
//! of its own; a schema that the engine refuses is the test's failure, with the statement and its place.

mod around;
mod bed;
mod database;
mod schema;
mod turns;

use chx_core::diag::{Diagnostic, Place};
use chx_core::ident::{Ident, IdentError};

use crate::client::{ConnectError, ServerError};
use crate::migrations::{HistoryError, Migrations};
use crate::registry::RegistryError;

pub use database::{Ground, Kept, TestDatabase};

/// One test, as its attribute describes it.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The folder of its package.
    pub package: &'static str,
    /// Its path: `my_app::visits::counts`.
    pub name: &'static str,
    /// What stands in the database before it begins.
    pub schema: Schema,
    /// The name of the default database; one of the test's own where it is `None`.
    pub database: Option<&'static str>,
    /// Databases that the test makes itself.
    pub databases: &'static [&'static str],
}

/// What stands in the database before a test begins.
#[derive(Debug, Clone)]
pub enum Schema {
    /// Nothing.
    Empty,
    /// Everything that the linked crates declare.
    Registry,
    /// What these migrations make.
    Migrations(Migrations),
}

/// Why a test cannot begin, or not be cleared away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestError {
    /// There is no engine. Every test of the program says the same.
    #[error("there is no ClickHouse to test on: {0}")]
    Engine(&'static str),
    /// A name that cannot be that of a database.
    #[error("`{name}` cannot be the name of a database: {source}")]
    Name {
        /// The name.
        name: String,
        /// Why.
        source: IdentError,
    },
    /// The declared schema cannot be.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// No order in which the declared objects can be created.
    #[error(transparent)]
    Order(#[from] chx_core::plan::PlanError),
    /// The files of the migrations cannot be read.
    #[error(transparent)]
    Files(#[from] HistoryError),
    /// The history is not sound.
    #[error("the history of the migrations is not sound\n{}", chx_core::diag::listed(.0))]
    Unsound(Vec<Diagnostic>),
    /// The engine does not answer.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The engine refuses a statement of the schema.
    #[error("the schema cannot be applied{}: {error}\n    {sql}", at(.place.as_ref()))]
    Statement {
        /// Where it stands.
        place: Option<Place>,
        /// The statement.
        sql: String,
        /// What the engine said.
        error: ServerError,
    },
    /// A database cannot be made, dropped or set aside.
    #[error("the engine refuses what the test needs around it: {0}")]
    Around(String),
}

fn at(place: Option<&Place>) -> String {
    place.map(|place| format!(" ({place})")).unwrap_or_default()
}

fn ident(name: &str) -> Result<Ident, TestError> {
    Ident::new(name).map_err(|source| TestError::Name {
        name: name.to_owned(),
        source,
    })
}
