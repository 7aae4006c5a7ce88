//! Which server a schema is for: what its version refuses, understands otherwise, or takes only with a setting.
//!
//! Decides from one table of facts ([`Fact::all`]), each measured on engines of that version or taken from ClickHouse's
//! changelog, whether a statement can run on a server. A version between two that were measured is unknown, and is said
//! to be. It refuses nothing itself: what it finds are diagnostics, before anything runs.

mod change;
mod expression;
mod fact;
mod late_settings;
mod of_server;
mod piece;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeSet;
use std::fmt;

use crate::ddl::Statement;
use crate::diag::{Diagnostic, Severity, code};
use crate::ident::Ident;
use crate::model::{Object, ObjectId, Schema};

pub use fact::{Fact, Status};
use piece::{Piece, Subject};

/// The version of a server, as far as it decides what the server understands: year and release.
///
/// ```
/// use chx_core::version::ServerVersion;
/// let version: ServerVersion = "25.8.16.34".parse().unwrap();
/// assert_eq!(version, ServerVersion::new(25, 8));
/// assert!(version < ServerVersion::new(25, 12));
/// assert!("latest".parse::<ServerVersion>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerVersion {
    year: u16,
    release: u16,
}

/// A text that is no version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version of ClickHouse, such as `25.8`")]
pub struct VersionError(
    /// The text.
    pub String,
);

impl ServerVersion {
    /// `25.8` is `new(25, 8)`.
    pub const fn new(year: u16, release: u16) -> Self {
        Self { year, release }
    }
}

impl std::str::FromStr for ServerVersion {
    type Err = VersionError;

    /// Reads `25.8`, and of `25.8.16.34-lts` what stands before the second point.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let mut parts = text.trim().split(['.', '-']);
        let mut number = || parts.next()?.parse::<u16>().ok();
        match (number(), number()) {
            (Some(year), Some(release)) => Ok(Self { year, release }),
            _ => Err(VersionError(text.to_owned())),
        }
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.year, self.release)
    }
}

/// The oldest version that chx was made for and is run on.
pub const OLDEST: ServerVersion = ServerVersion::new(24, 8);

/// What there is to say of a server that is older than [`OLDEST`], in the place of everything else.
pub fn unsupported(server: impl fmt::Display, version: ServerVersion) -> Option<Diagnostic> {
    (version < OLDEST).then(|| {
        let message = format!("is ClickHouse {version}, and chx supports {OLDEST} and later");
        Diagnostic::new(code::UNSUPPORTED_SERVER, Severity::Error, server, message).help("update the server")
    })
}

/// A server as far as it decides what it understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its version.
    pub version: ServerVersion,
    /// The settings of [`settings`] that are on there; `None` where nobody has asked.
    pub enabled: Option<BTreeSet<String>>,
}

/// The settings of a session without which some server refuses something.
pub fn settings() -> BTreeSet<&'static str> {
    let of = |fact: &Fact| {
        fact.statuses
            .iter()
            .map(|(_, status)| *status)
            .collect::<Vec<_>>()
    };
    Fact::all()
        .flat_map(of)
        .filter_map(|status| match status {
            Status::Needs(setting) => Some(setting),
            _ => None,
        })
        .collect()
}

/// Something that a server does not take as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The object that it is about.
    pub object: ObjectId,
    /// The column, if it is about one.
    pub column: Option<Ident>,
    /// What is wrong.
    pub finding: Diagnostic,
}

/// What the server does not take of a schema, by object.
pub fn check_schema(schema: &Schema, server: &Server) -> Vec<Demand> {
    let mut demands = Vec::new();
    for object in schema.objects() {
        check_object(object, server, &mut demands);
    }
    demands
}

/// What the server does not take of a statement that is carried out on the schema `before`.
pub fn check_statement(statement: &Statement, before: &Schema, server: &Server) -> Vec<Demand> {
    let mut demands = Vec::new();
    piece::of_statement(statement, before, &mut |subject, piece| {
        check(subject, &piece, server, &mut demands);
    });
    demands
}

fn check_object(object: &Object, server: &Server, demands: &mut Vec<Demand>) {
    piece::of_object(object, &mut |subject, piece| {
        check(subject, &piece, server, demands);
    });
}

fn check(subject: &Subject<'_>, piece: &Piece<'_>, server: &Server, demands: &mut Vec<Demand>) {
    let late = late_settings::check(piece, &subject.object, server.version);
    demands.extend(late.into_iter().map(|finding| Demand {
        object: subject.object.clone(),
        column: None,
        finding,
    }));
    for fact in Fact::all().filter(|fact| (fact.is_about)(piece)) {
        let Some((severity, message, help)) = verdict(fact, piece, server) else {
            continue;
        };
        let shown = match subject.column {
            Some(column) => format!("{}.{column}", subject.object),
            None => subject.object.to_string(),
        };
        demands.push(Demand {
            object: subject.object.clone(),
            column: subject.column.cloned(),
            finding: Diagnostic::new(fact.code, severity, shown, message).help(help),
        });
    }
}

fn verdict(fact: &Fact, piece: &Piece<'_>, server: &Server) -> Option<(Severity, String, String)> {
    let (what, version) = (fact.what, server.version);
    let works = fact
        .statuses
        .iter()
        .rev()
        .find(|(_, status)| *status == Status::Works);
    let update = match works {
        Some((since, _)) if *since > version => format!("it works from {since} on"),
        _ => fact.instead.to_owned(),
    };
    match fact.status(version) {
        Status::Works => None,
        Status::Refused => Some((
            Severity::Error,
            format!("{what} is refused by ClickHouse {version}"),
            update,
        )),
        Status::Unknown => Some((
            Severity::Warning,
            format!("{what} may be refused by ClickHouse {version}, which was not measured"),
            update,
        )),
        Status::Becomes(other) => Some((
            Severity::Error,
            format!("{what} is stored as {other} by ClickHouse {version}"),
            update,
        )),
        // Whether there are such rows is not known here.
        Status::Fails(when) => Some((
            Severity::Warning,
            format!("{what} {when} on ClickHouse {version}"),
            fact.instead.to_owned(),
        )),
        Status::Needs(setting) => {
            let severity = match &server.enabled {
                Some(enabled) if enabled.contains(setting) => return None,
                Some(_) => Severity::Error,
                None => Severity::Warning,
            };
            let help = format!("give the user `{setting} = 1` in its settings profile; {update}");
            Some((
                severity,
                format!("{what} needs the setting `{setting}` on ClickHouse {version}"),
                help,
            ))
        }
        Status::NeedsOnTable(setting) => {
            let is_set = piece
                .setting(setting)
                .is_some_and(|value| value.to_string() == "1");
            (!is_set).then(|| {
                let help = format!("write `{setting} = 1` into the settings of the table; {update}");
                (
                    Severity::Error,
                    format!("{what} needs the setting `{setting}` of the table on ClickHouse {version}"),
                    help,
                )
            })
        }
    }
}
