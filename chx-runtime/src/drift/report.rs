//! The report on drift that scripts, pull requests and people get. One shape for all of them.

use std::fmt::Write as _;

use chx_core::ddl::{render, render_object_line};
use chx_core::diag::{Diagnostic, Severity};
use chx_core::model::ObjectId;
use chx_core::model::access::AccessId;
use chx_core::plan::{Plan, Rebuild};
use serde::Serialize;

use super::{Difference, Drift};

/// The version of the report's shape. Fields may be added to a version; none is renamed, taken away or given another
/// meaning.
pub const REPORT_VERSION: u32 = 1;

/// The report: everything as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of the shape: [`REPORT_VERSION`].
    pub report: u32,
    /// What the database was compared with: `history` or `registry`.
    pub against: String,
    /// How many objects were looked at.
    pub objects: usize,
    /// The differences, by object.
    pub differences: Vec<DifferenceReport>,
    /// The statements that make the database what it should be, in order.
    pub repair: Vec<String>,
    /// The statements that make the declared schema what the database is: the migration that accepts the drift.
    pub accept: Vec<String>,
    /// Objects that no statement repairs, with the reasons and the way by hand.
    pub unrepairable: Vec<Unrepairable>,
    /// What else is worth knowing: secrets, unreadable databases.
    pub findings: Vec<Diagnostic>,
}

/// How one object differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceReport {
    /// The full name.
    pub object: String,
    /// What it is and its name, for people: `table web.visit`, `resource disks`.
    #[serde(skip)]
    pub named: String,
    /// How it came: `missing`, `extra`, `changed`, `unknown`.
    pub kind: &'static str,
    /// What the object is: `table`, `view`, ...; absent where that is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_kind: Option<&'static str>,
    /// How much it matters.
    pub severity: Severity,
    /// The pieces that differ, for a changed object.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeReport>,
    /// Its definition as it should be, on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Its definition as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
    /// Why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One piece of an object that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttributeReport {
    /// Which piece: `column ts: codec`.
    pub attribute: String,
    /// How it came: `missing`, `extra`, `changed`.
    pub kind: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Its value as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Its value as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
}

/// An object that no statement repairs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unrepairable {
    /// The full name.
    pub object: String,
    /// Why.
    pub reasons: Vec<String>,
    /// How a person does it by hand.
    pub recipe: Vec<String>,
}

/// What an object is and its name. What belongs to the server says its kind itself.
fn named(id: &ObjectId, kind: Option<&str>) -> String {
    match id {
        ObjectId::Database(_) | ObjectId::Relation(_) => format!("{} {id}", kind.unwrap_or("object")),
        ObjectId::Access(AccessId::Grantee(name)) => format!("{} {name}", kind.unwrap_or("grantee")),
        ObjectId::Access(_)
        | ObjectId::Function(_)
        | ObjectId::NamedCollection(_)
        | ObjectId::Resource(_)
        | ObjectId::Workload(_) => id.to_string(),
    }
}

impl Report {
    /// The report on what was found.
    pub fn of(drift: &Drift, against: &str) -> Self {
        let differences = drift.differences.iter().map(|(id, difference)| {
            let line = |object| Some(render_object_line(object));
            let mut report = DifferenceReport {
                object: id.to_string(),
                named: String::new(),
                kind: difference.word(),
                object_kind: None,
                severity: difference.severity(),
                attributes: Vec::new(),
                expected: None,
                live: None,
                reason: None,
            };
            match difference {
                Difference::Missing(object) => {
                    report.object_kind = Some(object.kind().noun());
                    report.expected = line(object);
                }
                Difference::Extra(object) => {
                    report.object_kind = Some(object.kind().noun());
                    report.live = line(object);
                }
                Difference::Changed {
                    expected,
                    live,
                    attributes,
                } => {
                    report.object_kind = Some(live.kind().noun());
                    (report.expected, report.live) = (line(expected), line(live));
                    report.attributes = attributes
                        .iter()
                        .map(|change| AttributeReport {
                            attribute: change.attribute.clone(),
                            kind: match (&change.after, &change.before) {
                                (Some(_), None) => "missing",
                                (None, Some(_)) => "extra",
                                _ => "changed",
                            },
                            severity: change.severity,
                            expected: change.after.clone(),
                            live: change.before.clone(),
                        })
                        .collect();
                }
                Difference::Unknown(reason) => report.reason = Some(reason.clone()),
            }
            report.named = named(id, report.object_kind);
            report
        });
        let sql = |plan: &Plan| plan.steps.iter().map(|step| render(&step.statement)).collect();
        let unrepairable = |rebuild: &Rebuild| Unrepairable {
            object: rebuild.object.to_string(),
            reasons: rebuild.reasons.iter().map(ToString::to_string).collect(),
            recipe: rebuild.recipe.clone(),
        };
        Self {
            report: REPORT_VERSION,
            against: against.to_owned(),
            objects: drift.objects,
            differences: differences.collect(),
            repair: sql(&drift.repair),
            accept: sql(&drift.accept),
            unrepairable: drift.repair.rebuilds.iter().map(unrepairable).collect(),
            findings: drift.findings.clone(),
        }
    }

    /// The report for a pull request or a ticket.
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("# Drift\n\n");
        // Writing to a String cannot fail.
        let _ = match self.differences.len() {
            0 => writeln!(
                out,
                "None: the database is what the {} says ({} objects).",
                self.against, self.objects
            ),
            count => writeln!(
                out,
                "{count} of {} objects {} not what the {} says.",
                self.objects,
                if count == 1 { "is" } else { "are" },
                self.against
            ),
        };
        if !self.differences.is_empty() {
            out.push_str(
                "\n| object | piece | how | severity | expected | live |\n|---|---|---|---|---|---|\n",
            );
        }
        for difference in &self.differences {
            if difference.attributes.is_empty() {
                let expected = difference.expected.as_deref().or(difference.reason.as_deref());
                row(&mut out, difference, None, expected, difference.live.as_deref());
            }
            for attribute in &difference.attributes {
                let (expected, live) = (attribute.expected.as_deref(), attribute.live.as_deref());
                row(&mut out, difference, Some(attribute), expected, live);
            }
        }
        for (title, statements) in [
            ("Bring the database back", &self.repair),
            ("Or accept it: the migration", &self.accept),
        ] {
            if !statements.is_empty() {
                let _ = write!(out, "\n## {title}\n\n```sql\n");
                for sql in statements {
                    let _ = writeln!(out, "{sql};");
                }
                out.push_str("```\n");
            }
        }
        for object in &self.unrepairable {
            let _ = write!(out, "\n## `{}` cannot be altered back\n\n", object.object);
            for reason in &object.reasons {
                let _ = writeln!(out, "- {reason}");
            }
        }
        if !self.findings.is_empty() {
            out.push_str("\n## Also\n\n");
        }
        for finding in &self.findings {
            let _ = writeln!(
                out,
                "- {}: `{}` {}",
                finding.severity, finding.subject, finding.message
            );
        }
        out
    }
}

fn row(
    out: &mut String,
    difference: &DifferenceReport,
    attribute: Option<&AttributeReport>,
    expected: Option<&str>,
    live: Option<&str>,
) {
    let kind = attribute.map_or(difference.kind, |attribute| attribute.kind);
    let severity = attribute.map_or(difference.severity, |attribute| attribute.severity);
    let piece = attribute.map_or("", |attribute| attribute.attribute.as_str());
    let _ = writeln!(
        out,
        "| {} | {} | {kind} | {severity} | {} | {} |",
        code(Some(&difference.object)),
        cell(piece),
        code(expected),
        code(live)
    );
}

/// Text in a cell: what Markdown would read as its own is escaped.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('`', "\\`")
        .replace('\n', " ")
}

/// SQL in a cell, between as many backticks as it takes.
fn code(text: Option<&str>) -> String {
    let Some(text) = text else { return String::new() };
    let text = text.replace('|', "\\|").replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
