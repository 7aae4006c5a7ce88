//! The queries that are asked once a migration is applied: `checks.sql` of a folder.
//!
//! Decides what a check is: a SELECT that throws where something is wrong. It refuses any other statement.

use crate::diag::{Diagnostic, Place, Severity, code};
use crate::sql::split_statements;

use super::files::SourceFile;
use super::{DataEffect, Effect, MigrationId};

/// A query that throws where the rows are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The comment above it; empty where there is none.
    pub title: String,
    /// The query.
    pub sql: String,
    /// Where it stands.
    pub place: Place,
}

/// Reads the file; finds everything in it that is no check.
pub(super) fn read_checks(id: &MigrationId, file: &SourceFile) -> Result<Vec<Check>, Vec<Diagnostic>> {
    let finding = |line: u32, message: String| {
        Diagnostic::new(code::HEADER, Severity::Error, id, message).at(Some(Place {
            file: file.path.clone(),
            line,
        }))
    };
    let script = split_statements(&file.text).map_err(|error| {
        let line = u32::try_from(error.position.line).unwrap_or(u32::MAX);
        vec![finding(line, error.kind.to_string())]
    })?;
    let mut checks = Vec::new();
    let mut findings = Vec::new();
    for statement in &script.statements {
        let before = file.text.get(..statement.at).unwrap_or_default();
        let breaks = before.matches('\n').count();
        let line = u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1);
        let word = statement.text.split_whitespace().next().unwrap_or_default();
        let asks = ["SELECT", "WITH"]
            .iter()
            .any(|keyword| word.eq_ignore_ascii_case(keyword));
        if !(asks && matches!(Effect::of(statement.text), Ok(Effect::Data(DataEffect::Keeps)))) {
            let message = "a check is a SELECT that throws where something is wrong: `SELECT throwIf(...)`";
            findings.push(finding(line, message.to_owned()));
            continue;
        }
        let titles: Vec<&str> = statement.comments.iter().map(crate::sql::Comment::body).collect();
        checks.push(Check {
            title: titles.join(" "),
            sql: statement.text.to_owned(),
            place: Place {
                file: file.path.clone(),
                line,
            },
        });
    }
    if findings.is_empty() {
        Ok(checks)
    } else {
        Err(findings)
    }
}
