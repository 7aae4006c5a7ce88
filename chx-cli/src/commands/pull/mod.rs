//! `pull`: Rust for the tables, views and dictionaries of a live database.
//!
//! What the program's own schema says already is left as it stands, down to the last comment. What it does not know is
//! added; what the database has otherwise is changed at its place. Nothing is ever taken away without being said.

mod files;

use std::collections::BTreeMap;

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::model::{Object, ObjectId, Schema};
use chx_runtime::drift::{Difference, Drift, compare};
use chx_runtime::introspect::{Live, Scope, introspect};
use chx_runtime::registry::Registry;
use serde::Serialize;

use crate::args::Pull;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{CARE, FAINT, GOOD, NAME, Output, painted};
use crate::pull::{Edit, Pulled, Spread, Written, write};
use crate::secrets::Places;
use files::Files;

#[derive(Serialize)]
struct Document {
    /// Paths of files that were written, or would be.
    created: Vec<String>,
    changed: Vec<String>,
    /// Objects that are new in the code.
    objects: usize,
    findings: Vec<Diagnostic>,
}

/// Runs the command.
pub(crate) fn run(args: &Pull, context: &Context) -> Result<Exit, Failure> {
    let registry = context.registry_if_any()?;
    let (pulled, findings) = context.block_on(look(args, context, registry.as_ref()))?;
    let mut files = Files::open(context.directory.join(&args.out), &args.out, args.plan)?;
    put(args, context, &pulled, registry.as_ref(), findings, &mut files)
}

/// What is live, and how it differs from what the program declares.
struct Found {
    live: Live,
    drift: Drift,
}

async fn look(
    args: &Pull,
    context: &Context,
    registry: Option<&Registry>,
) -> Result<(Found, Vec<Diagnostic>), Failure> {
    let selection = context.selection(&args.choose);
    let declared = registry.map_or_else(Schema::default, |registry| {
        selection.of(registry.schema().clone())
    });
    let session = context.session().await?;
    let scope = Scope::everything()
        .selecting(selection)
        .without_journal(&context.config.journal_database);
    let live = introspect(&session, &scope).await?;
    let mut findings = live.findings.clone();
    findings.extend(live.unreadable.values().cloned());
    let drift = compare(live.clone(), declared).await?;
    Ok((Found { live, drift }, findings))
}

fn put(
    args: &Pull,
    context: &Context,
    found: &Found,
    registry: Option<&Registry>,
    mut findings: Vec<Diagnostic>,
    files: &mut Files,
) -> Result<Exit, Failure> {
    let output = context.output;
    let spread = if args.files {
        Spread::Objects
    } else {
        Spread::Databases
    };
    let empty = Schema::default();
    let mut places = Places::besides(registry.map_or(&empty, Registry::schema));
    let mut new = Schema::default();
    let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for (id, difference) in &found.drift.differences {
        match difference {
            Difference::Extra(object) => {
                new.put(places.place((**object).clone(), None));
            }
            Difference::Missing(object) => {
                let message = format!(
                    "this {} is declared, but the database does not have it; its struct stays",
                    object.kind()
                );
                let finding = Diagnostic::new(code::ONLY_DECLARED, Severity::Note, id, message);
                findings.push(finding.at(registry.and_then(|registry| registry.place(id)).cloned()));
            }
            Difference::Changed { expected, live, .. } => {
                let Some(place) = registry.and_then(|registry| registry.place(id)) else {
                    continue;
                };
                let columns = id.relation().and_then(|name| found.live.view_columns.get(name));
                edits.entry(place.file.clone()).or_default().push(Edit {
                    line: place.line,
                    declared: (**expected).clone(),
                    live: places.place((**live).clone(), Some(expected)),
                    columns: columns.cloned().unwrap_or_default(),
                });
            }
            Difference::Unknown(reason) => {
                let message = format!("is left as it stands: {reason}");
                findings.push(Diagnostic::new(
                    code::CODE_BY_HAND,
                    Severity::Warning,
                    id,
                    message,
                ));
            }
        }
    }
    findings.append(&mut places.notes);
    let written = write(Pulled {
        schema: &new,
        columns: &found.live.view_columns,
        spread,
    });
    findings.extend(unsaid(&found.live.schema, &written));
    files.add(&written)?;
    for (file, edits) in edits {
        findings.extend(files.edit(&context.directory, &file, edits)?);
    }
    let (created, changed) = files.finish()?;

    for finding in &findings {
        Output::finding(finding);
    }
    let done = |word: &'static str, otherwise: &'static str| if args.plan { otherwise } else { word };
    for path in &created {
        output.line(format_args!(
            "{} {path}",
            painted(done("created", "would create"), GOOD)
        ));
    }
    for path in &changed {
        output.line(format_args!(
            "{} {path}",
            painted(done("changed", "would change"), CARE)
        ));
    }
    if created.is_empty() && changed.is_empty() {
        output.line("nothing to do: the Rust code says what the database is");
    } else {
        output.line(format_args!(
            "\n{} of {} objects {} new",
            written.objects,
            found.drift.objects,
            if args.plan { "would be" } else { "are" }
        ));
        advise(context, files, registry.is_some());
    }
    output.document(|| Document {
        created,
        changed,
        objects: written.objects,
        findings,
    });
    Ok(Exit::Done)
}

/// What cannot be said in Rust: objects, and what the CREATE of a database says besides its name.
pub(super) fn unsaid(live: &Schema, written: &Written) -> Vec<Diagnostic> {
    let objects = written.unsaid.iter().map(|(id, reason)| {
        let message = format!("cannot be said in Rust: {reason}");
        let finding = Diagnostic::new(code::UNSAID_OBJECT, Severity::Warning, id, message);
        finding.help("keep it in a migration that is written by hand (`generate --empty`)")
    });
    unsaid_databases(live).into_iter().chain(objects).collect()
}

/// There is no derive for a database: what its CREATE says besides the name is lost.
fn unsaid_databases(live: &Schema) -> Vec<Diagnostic> {
    let said = |object: &Object| {
        let Object::Database(database) = object else {
            return None;
        };
        let engine = database.engine.as_ref().filter(|engine| engine.name != "Atomic");
        let comment = (!database.comment.is_empty()).then(|| "its comment".to_owned());
        let parts = engine.map(|engine| format!("its engine `{}`", engine.name));
        let parts: Vec<String> = parts.into_iter().chain(comment).collect();
        let message = format!(
            "{} cannot be said in Rust: chx has no derive for a database yet",
            parts.join(" and ")
        );
        let finding = Diagnostic::new(code::UNSAID_OBJECT, Severity::Warning, object.id(), message);
        (!parts.is_empty()).then(|| {
            finding.help(
                "create it in a migration that is written by hand (`generate --empty`), before its tables",
            )
        })
    };
    let holds = |id: &ObjectId| {
        live.iter()
            .any(|(other, _)| other.relation().is_some() && other.database() == id.database())
    };
    live.iter()
        .filter(|(id, _)| holds(id))
        .filter_map(|(_, object)| said(object))
        .collect()
}

fn advise(context: &Context, files: &Files, has_schema: bool) {
    let output = context.output;
    let text = files.new_text();
    if has_schema && text.is_empty() {
        return;
    }
    output.line(format_args!("\n{}", painted("what is left to do", NAME)));
    if !has_schema {
        output.line("  src/lib.rs:\n    pub mod schema;");
    }
    output.line(format_args!(
        "  Cargo.toml:\n    {}",
        painted("[dependencies]", FAINT)
    ));
    output.line(dependencies(&text));
    output.line("  then, in this order:\n    chx-migrate baseline     # adopts the database as it is\n    chx-migrate drift --against registry");
}

/// What the code needs in `Cargo.toml`.
pub(super) fn dependencies(code: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let chx = if code.contains("uuid::Uuid") {
        format!("    chx = {{ version = \"{version}\", features = [\"uuid\"] }}\n    uuid = \"1\"")
    } else {
        format!("    chx = \"{version}\"")
    };
    format!("{chx}\n    clickhouse = \"0.15\"\n    serde = {{ version = \"1\", features = [\"derive\"] }}")
}
