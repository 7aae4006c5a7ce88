//! How a command fails: one message, what to do about it, the findings behind it, and the exit code.

use chx_core::diag::{Diagnostic, Place};
use chx_runtime::client::{ConnectError, ServerError};
use chx_runtime::config::ConfigError;
use chx_runtime::drift::DriftError;
use chx_runtime::proof::ProofError;
use chx_runtime::runner::{Endangered, RunError};
use chx_runtime::scratch::ScratchError;
use chx_runtime::store::StoreError;
use serde::Serialize;

use crate::exit::Exit;

/// A command that did not do what it was asked to.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// The exit code.
    #[serde(serialize_with = "exit_code")]
    pub exit_code: Exit,
    /// What went wrong: lower case, no final period.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What was found on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Diagnostic>,
    /// What would be destroyed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Endangered>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The statement that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
}

fn exit_code<S: serde::Serializer>(exit: &Exit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(*exit as u8)
}

impl Failure {
    /// A failure with an exit code and a message.
    pub fn new(exit_code: Exit, message: impl Into<String>) -> Self {
        Self {
            exit_code,
            message: message.into(),
            help: None,
            findings: Vec::new(),
            refused: Vec::new(),
            place: None,
            sql: None,
        }
    }

    /// The operation failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    /// The command line or the configuration is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The findings behind it.
    #[must_use]
    pub fn findings(mut self, findings: Vec<Diagnostic>) -> Self {
        self.findings = findings;
        self
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoFolder(_) | StoreError::Name { .. } => Self::usage(error.to_string()),
            _ => Self::failed(error.to_string()),
        }
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        match &error {
            ConnectError::Password(_) => Self::usage(error.to_string()),
            unreachable if unreachable.is_unreachable() => Self::new(Exit::Unreachable, error.to_string())
                .help("is the address right, and does a server listen there?"),
            _ => Self::failed(error.to_string()),
        }
    }
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        let exit = if error.code().is_none() {
            Exit::Unreachable
        } else {
            Exit::Failed
        };
        Self::new(exit, error.to_string())
    }
}

impl From<ScratchError> for Failure {
    fn from(error: ScratchError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<ProofError> for Failure {
    fn from(error: ProofError) -> Self {
        let message = error.to_string();
        match error {
            ProofError::Scratch(_) => Self::failed(message)
                .help("`chx-migrate engine install` fetches the engine; `--no-verify` writes the plan unproven"),
            ProofError::Before { .. } | ProofError::Statement { .. } => Self::failed(message).help(
                "nothing was written. Change the declaration so that the server takes it; if only this engine refuses \
                 it, `--no-verify` writes the plan unproven",
            ),
            ProofError::Result(findings) => Self::failed(message).findings(findings),
        }
    }
}

impl From<DriftError> for Failure {
    fn from(error: DriftError) -> Self {
        match error {
            DriftError::Read(error) => error.into(),
            other => Self::failed(other.to_string()),
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let message = error.to_string();
        let help = error.way_out().map(str::to_owned);
        let failure = match error {
            RunError::History(findings) => Self::failed(message).findings(findings),
            RunError::Refused(refused) => Self {
                refused,
                ..Self::new(Exit::Refused, message)
            },
            RunError::Statement { sql, place, .. } | RunError::Unknown { sql, place, .. } => Self {
                sql: Some(sql),
                place,
                ..Self::failed(message)
            },
            RunError::Lost { sql, place, .. } => Self {
                sql: Some(sql),
                place,
                ..Self::new(Exit::Unreachable, message)
            },
            RunError::Journal { source, .. } | RunError::Ask(source) if source.code().is_none() => {
                Self::new(Exit::Unreachable, message)
            }
            RunError::Journal { .. } | RunError::Ask(_) | RunError::Scratch(_) => Self::failed(message),
        };
        Self { help, ..failure }
    }
}

/// The message of an error and of all its causes, each once.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let message = error.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        source = error.source();
    }
    text
}
