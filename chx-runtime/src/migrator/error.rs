//! Why an application is not migrated: each error says everything that the command line would print.

use std::fmt::Write as _;

use chx_core::diag::{Diagnostic, listed};

use crate::client::ConnectError;
use crate::config::ConfigError;
use crate::migrations::HistoryError;
use crate::runner::{Endangered, RunError};

/// Why it did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigratorError {
    /// A name that cannot be one.
    #[error(
        "`{0}` cannot be a name here: a name has at least one character, and an id only letters, digits, `_` and `-`"
    )]
    Name(String),
    /// There is no tokio runtime to work in.
    #[error("migrations need a tokio runtime: call this in a function under `#[tokio::main]`")]
    NoRuntime,
    /// Nothing says which server is meant.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The files of the migrations cannot be read. Nothing was run.
    #[error(transparent)]
    Files(#[from] HistoryError),
    /// The history is not sound. Nothing was run.
    #[error("the history of the migrations is not sound\n{}", listed(.0))]
    Unsound(Vec<Diagnostic>),
    /// The history is not what was applied to this database. Nothing was run.
    #[error("the history is not what was applied to this database\n{}", listed(.0))]
    History(Vec<Diagnostic>),
    /// The environment wants to be confirmed. Nothing was run.
    #[error(
        "`{0}` wants to be confirmed before it is changed (`policy.confirm` in chx.toml), so nothing was run\n  help: load the configuration with `Flags {{ confirm: Some(name), .. }}`"
    )]
    Unconfirmed(String),
    /// Something would be destroyed without consent. Nothing was run.
    #[error("{}", refused(.0))]
    Refused(Vec<Endangered>),
    /// The run ended early; the journal says how far it got.
    #[error("{}{}", .0, way_out(.0))]
    Run(#[source] RunError),
    /// The runtime ended, and the run with it. The next run asks the server how far it got.
    #[error("the run ended with its runtime; the next run asks the server how far it got")]
    Aborted,
}

impl From<RunError> for MigratorError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::History(findings) => Self::History(findings),
            RunError::Refused(refused) => Self::Refused(refused),
            other => Self::Run(other),
        }
    }
}

fn refused(endangered: &[Endangered]) -> String {
    let mut text = String::from("something would be destroyed without consent, so nothing was run");
    for endangered in endangered {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n  statement {} of `{}` destroys {}: {}",
            endangered.statement, endangered.migration, endangered.loss.name, endangered.loss.what
        );
    }
    text.push_str(
        "\n  help: if that is what you want, say both: `.policy(Destructive::Flag)`, or the policy in chx.toml, and \
         `.allow_destructive([...])` with these names",
    );
    text
}

fn way_out(error: &RunError) -> String {
    error
        .way_out()
        .map(|help| format!("\n  help: {help}"))
        .unwrap_or_default()
}
