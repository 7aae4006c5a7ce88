//! What each check found, and whether the gate is open.

use std::fmt;

use chx_core::diag::{Diagnostic, Severity};
use chx_runtime::config::CheckLevel;
use serde::Serialize;

use crate::exit::Exit;
use crate::output::{BAD, CARE, FAINT, Finding, GOOD, painted};

/// What is checked, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Is the Rust schema sound?
    Schema,
    /// Does ClickHouse take all of it?
    Engine,
    /// Are the migrations as they were written?
    History,
    /// Is all of the Rust schema in the migrations?
    Generate,
    /// What does the change endanger?
    Hazards,
    /// Are the migrations applied?
    Pending,
    /// Is the database what the applied migrations made of it?
    Drift,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Engine => "engine",
            Self::History => "history",
            Self::Generate => "generate",
            Self::Hazards => "hazards",
            Self::Pending => "pending",
            Self::Drift => "drift",
        }
    }

    /// How a run ends that fails for this.
    fn exit(self) -> Exit {
        match self {
            Self::Schema => Exit::Usage,
            Self::Engine | Self::History => Exit::Failed,
            Self::Hazards => Exit::Refused,
            Self::Drift => Exit::Drift,
            Self::Generate | Self::Pending => Exit::Pending,
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Passed,
    Warned,
    Failed,
    Skipped,
}

/// One check.
#[derive(Debug, Serialize)]
pub(super) struct Checked {
    pub(super) check: Kind,
    pub(super) state: State,
    /// Why it was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
    pub(super) findings: Vec<Diagnostic>,
}

/// All checks.
#[derive(Debug, Default, Serialize)]
pub(super) struct Gate {
    checks: Vec<Checked>,
}

impl Gate {
    /// The result of a check that no policy softens.
    pub(super) fn put(&mut self, check: Kind, findings: Vec<Diagnostic>) {
        self.put_as(check, CheckLevel::Error, findings);
    }

    /// The result of a check, as the policy takes it.
    pub(super) fn put_as(&mut self, check: Kind, level: CheckLevel, findings: Vec<Diagnostic>) {
        let is_clean = findings.iter().all(|finding| finding.severity == Severity::Note);
        let state = match level {
            CheckLevel::Off => return self.skip(check, "it is off in `[check]`"),
            _ if is_clean => State::Passed,
            CheckLevel::Error => State::Failed,
            CheckLevel::Warning => State::Warned,
        };
        self.insert(Checked {
            check,
            state,
            because: None,
            findings,
        });
    }

    /// A check that was not made.
    pub(super) fn skip(&mut self, check: Kind, because: &'static str) {
        self.insert(Checked {
            check,
            state: State::Skipped,
            because: Some(because),
            findings: Vec::new(),
        });
    }

    fn insert(&mut self, checked: Checked) {
        self.checks.push(checked);
        self.checks.sort_by_key(|checked| checked.check);
    }

    pub(super) fn checks(&self) -> &[Checked] {
        &self.checks
    }

    /// How the run ends: as its first failed check says, in the order schema, engine, history, hazards, drift, and what
    /// is only left to do.
    pub(super) fn exit(&self) -> Exit {
        let failed = self
            .checks
            .iter()
            .filter(|checked| checked.state == State::Failed);
        let order = |kind: Kind| match kind {
            Kind::Generate | Kind::Pending => 1,
            _ => 0,
        };
        failed
            .map(|checked| checked.check)
            .min_by_key(|kind| (order(*kind), *kind))
            .map_or(Exit::Done, Kind::exit)
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, style) = match self.state {
            State::Passed => ("passed", GOOD),
            State::Warned => ("warned", CARE),
            State::Failed => ("failed", BAD),
            State::Skipped => ("skipped", FAINT),
        };
        write!(
            f,
            "{}{:width$} {}",
            painted(word, style),
            "",
            self.check.word(),
            width = 8 - word.len()
        )?;
        if let Some(because) = self.because {
            write!(f, ": {because}")?;
        }
        for finding in &self.findings {
            write!(f, "\n{}", Finding(finding))?;
        }
        Ok(())
    }
}
