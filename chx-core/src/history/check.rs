//! Queries that are asked about rows: those of a migration (`checks.sql` of a folder), and those that belong to the schema.
//!
//! Decides what a check is: a SELECT that throws where something is wrong. It refuses any other statement.

use std::fmt::Display;

use crate::diag::{Diagnostic, Place, Severity, code};
use crate::sql::split_statements;

use super::files::SourceFile;
use super::{DataEffect, Effect};

/// A query that throws where the rows are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The comment above it; empty where there is none.
    pub title: String,
    /// The query.
    pub sql: String,
    /// How much it matters: an error, or a warning (`-- chx:severity warning` above it).
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
}

impl Check {
    /// What is wrong with a query that is to be a check.
    pub const FORM: &str = "a check is a SELECT that throws where something is wrong: `SELECT throwIf(...)`";

    /// Is the statement a query, and one that changes nothing?
    pub fn is_query(sql: &str) -> bool {
        let word = sql.split_whitespace().next().unwrap_or_default();
        let asks = ["SELECT", "WITH"]
            .iter()
            .any(|keyword| word.eq_ignore_ascii_case(keyword));
        asks && matches!(Effect::of(sql), Ok(Effect::Data(DataEffect::Keeps)))
    }
}

/// Reads the file; finds everything in it that is no check. The findings are about `subject`.
///
/// # Errors
/// A finding for each statement that is no check, or one where the file is not SQL.
pub fn read_checks(subject: &dyn Display, file: &SourceFile) -> Result<Vec<Check>, Vec<Diagnostic>> {
    let finding = |line: u32, message: String| {
        Diagnostic::new(code::HEADER, Severity::Error, subject, message).at(Some(Place {
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
        if !Check::is_query(statement.text) {
            let message = Check::FORM;
            findings.push(finding(line, message.to_owned()));
            continue;
        }
        let mut titles = Vec::new();
        let mut severity = Severity::Error;
        for comment in &statement.comments {
            match comment.body().trim().strip_prefix("chx:severity") {
                None => titles.push(comment.body()),
                Some(word) => match word.trim() {
                    "error" => severity = Severity::Error,
                    "warning" => severity = Severity::Warning,
                    other => {
                        let message =
                            format!("`{other}` is no severity of a check: it is `error` or `warning`");
                        findings.push(finding(line, message));
                    }
                },
            }
        }
        checks.push(Check {
            title: titles.join(" "),
            severity,
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
