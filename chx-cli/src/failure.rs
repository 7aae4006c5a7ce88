//! How a command fails: one message, what to do about it, the findings behind it, and the exit code.

use chx_core::diag::{Diagnostic, Place};
use chx_core::plan::PlanError;
use chx_runtime::client::{ConnectError, ErrorClass, ServerError};
use chx_runtime::config::ConfigError;
use chx_runtime::diff::DiffError;
use chx_runtime::drift::DriftError;
use chx_runtime::lock::LockError;
use chx_runtime::proof::ProofError;
use chx_runtime::runner::{Endangered, RunError};
use chx_runtime::scratch::ScratchError;
use chx_runtime::store::StoreError;
use serde::Serialize;

use crate::exit::Exit;

/// A command that did not do what it was asked to.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    /// The exit code.
    #[serde(serialize_with = "exit_code")]
    pub(crate) exit_code: Exit,
    /// What went wrong: lower case, no final period.
    pub(crate) message: String,
    /// What more there is to say.
    #[serde(flatten)]
    pub(crate) details: Box<Details>,
}

/// What more there is to say about a failure.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Details {
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<String>,
    /// What was found on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<Diagnostic>,
    /// What would be destroyed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<Endangered>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    /// The statement that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sql: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn exit_code<S: serde::Serializer>(exit: &Exit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(*exit as u8)
}

impl Failure {
    /// A failure with an exit code and a message.
    pub(crate) fn new(exit_code: Exit, message: impl Into<String>) -> Self {
        Self {
            exit_code,
            message: message.into(),
            details: Box::default(),
        }
    }

    /// The operation failed.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    /// The command line or the configuration is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Where it is.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.details.place = Some(place);
        self
    }

    /// What to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.details.help = Some(help.into());
        self
    }

    /// The findings behind it.
    #[must_use]
    pub(crate) fn findings(mut self, findings: Vec<Diagnostic>) -> Self {
        self.details.findings = findings;
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
            ConnectError::Old { finding, .. } => {
                Self::failed(error.to_string()).findings(vec![Diagnostic::clone(finding)])
            }
            unreachable if unreachable.is_unreachable() => Self::new(Exit::Unreachable, error.to_string())
                .help("is the address right, and does a server listen there?"),
            _ => Self::failed(error.to_string()),
        }
    }
}

impl From<ServerError> for Failure {
    fn from(error: ServerError) -> Self {
        let exit = match error {
            ServerError::Network(_) => Exit::Unreachable,
            ServerError::Exception(_) | ServerError::Answer(_) => Exit::Failed,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<DiffError> for Failure {
    fn from(error: DiffError) -> Self {
        match error {
            DiffError::Plan(error) => error.into(),
            DiffError::Scratch(error) => error.into(),
            DiffError::Proof(error) => error.into(),
        }
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
            DriftError::Scratch(error) => error.into(),
        }
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        Self::from(RunError::Lock(error))
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let message = error.to_string();
        let help = error.way_out();
        let mut details = Details {
            help,
            ..Details::default()
        };
        let exit_code = match error {
            RunError::History(findings) => {
                details.findings = findings;
                Exit::Failed
            }
            RunError::Unmet(findings) => {
                details.findings = findings;
                Exit::Failed
            }
            RunError::Lock(LockError::Held { .. }) => Exit::Locked,
            RunError::Lock(LockError::Stopped) => Exit::Interrupted,
            RunError::Lock(LockError::Server { source, .. }) if source.code().is_none() => Exit::Unreachable,
            RunError::Lock(_) => Exit::Failed,
            RunError::Refused(refused) => {
                details.refused = refused;
                Exit::Refused
            }
            RunError::Secret(at, _) => {
                details.place = at.place;
                Exit::Usage
            }
            RunError::Statement(at, _) | RunError::Unknown(at, _) => {
                (details.sql, details.place) = (Some(at.sql), at.place);
                Exit::Failed
            }
            RunError::Stuck { place: at, .. } => {
                (details.sql, details.place) = (Some(at.sql), at.place);
                Exit::Failed
            }
            RunError::Left { .. } => Exit::Interrupted,
            RunError::NoWayBack(..) => Exit::Refused,
            RunError::Disproven(..) => Exit::Drift,
            RunError::SavepointExists(_) => Exit::Usage,
            RunError::Lost(at, source) => {
                (details.sql, details.place) = (Some(at.sql), at.place);
                if source.class() == ErrorClass::Full {
                    Exit::Failed
                } else {
                    Exit::Unreachable
                }
            }
            RunError::Journal { source, .. } | RunError::Ask(source) | RunError::Verify(source)
                if source.code().is_none() =>
            {
                Exit::Unreachable
            }
            RunError::Journal { .. } | RunError::Ask(_) | RunError::Verify(_) | RunError::Scratch(_) => {
                Exit::Failed
            }
        };
        Self {
            exit_code,
            message,
            details: Box::new(details),
        }
    }
}
