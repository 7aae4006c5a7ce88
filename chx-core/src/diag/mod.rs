//! Findings: what chx has to say about a schema, a plan, a history or a live database.
//!
//! A finding is data, has a code, and never stops the search for the next one. An operation that failed is an
//! error and has a type of its own in its module. Every code is defined once, in [`code`].

use std::fmt;

use serde::Serialize;

pub mod code;

pub use code::{Code, Rule};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing needs to be done.
    Note,
    /// Probably not meant; work goes on.
    Warning,
    /// Cannot work; whatever was asked for is refused.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place in a source file: where the user has to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file, as the compiler or the user named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Which kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: an object, or a column of one.
    pub subject: String,
    /// What is wrong, in one sentence: lower case, no final period.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it stands, if it stands in a file.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// A finding without help and place.
    pub fn new(
        code: Code,
        severity: Severity,
        subject: impl fmt::Display,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            subject: subject.to_string(),
            message: message.into(),
            help: None,
            place: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds where it stands.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {}: {}",
            self.severity, self.code, self.subject, self.message
        )?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// Findings as one text, one below the other: the end of an error message that has to carry all of them.
pub fn listed(findings: &[Diagnostic]) -> String {
    findings
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}
