//! A schema as a script of SQL: the statements that make it, as people write them.
//!
//! Decides the schema that the script leads to. It refuses what it cannot read or carry out, naming the line, all such
//! statements at once; a statement about rows says nothing about a schema and is refused too.

use crate::ddl::{ParseContext, ParseErrorKind, parse_statement};
use crate::diag::{Diagnostic, Place, Severity, code};
use crate::ident::Ident;
use crate::model::Schema;
use crate::sql::split_statements;

/// The schema that a script leads to from nothing. `file` is what findings name; names without a database belong to
/// `database`.
///
/// # Errors
/// A finding for each statement that cannot be read or carried out.
///
/// ```
/// use chx_core::{ident::Ident, script::schema_of_script};
/// let script = "CREATE TABLE hits (id UInt64) ENGINE = MergeTree ORDER BY id;\nCREATE TABEL x;";
/// let findings = schema_of_script(script, "schema.sql", &Ident::new("web")?).unwrap_err();
/// assert_eq!(findings[0].place.as_ref().map(ToString::to_string), Some("schema.sql:2".to_owned()));
/// # Ok::<(), chx_core::ident::IdentError>(())
/// ```
pub fn schema_of_script(text: &str, file: &str, database: &Ident) -> Result<Schema, Vec<Diagnostic>> {
    let place = |line: u32| {
        Some(Place {
            file: file.to_owned(),
            line,
        })
    };
    let script = split_statements(text).map_err(|error| {
        let finding = Diagnostic::new(code::UNREADABLE_SCRIPT, Severity::Error, file, error.to_string());
        vec![finding.at(place(line_of(text, error.at)))]
    })?;
    let mut schema = Schema::default();
    let mut findings = Vec::new();
    for statement in &script.statements {
        let first = line_of(text, statement.at);
        match parse_statement(statement.text, &ParseContext::in_database(database)) {
            Err(error) => {
                let below = u32::try_from(error.position.line.saturating_sub(1)).unwrap_or(0);
                let line = first.saturating_add(below);
                let mut finding =
                    Diagnostic::new(code::UNREADABLE_SCRIPT, Severity::Error, file, error.to_string())
                        .at(place(line));
                if matches!(*error.kind, ParseErrorKind::Expected { .. }) {
                    finding = finding.help(
                        "a script holds CREATE, ALTER, RENAME and DROP statements, with `;` between them",
                    );
                }
                findings.push(finding);
            }
            Ok(parsed) => {
                if let Err(error) = schema.apply(&parsed) {
                    let finding =
                        Diagnostic::new(code::IMPOSSIBLE_SCRIPT, Severity::Error, file, error.to_string());
                    findings.push(finding.at(place(first)));
                }
            }
        }
    }
    if findings.is_empty() {
        Ok(schema)
    } else {
        Err(findings)
    }
}

/// The line, counted from 1, of a byte of a text.
fn line_of(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or(text);
    let breaks = before.matches('\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}
