//! `pull`: Rust for the tables, views and dictionaries of a live database.
//!
//! What the program's own schema says already is left as it stands, down to the last comment. What it does not know is
//! added; what the database has otherwise is changed at its place. Nothing is ever taken away without being said.

mod files;

use std::collections::BTreeMap;

use chx_core::ddl::{ParseContext, parse_object, render_object_line};
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::model::{Database, Object, ObjectId, Schema};
use chx_runtime::drift::{Difference, Drift, compare};
use chx_runtime::introspect::{Live, Scope, introspect};
use chx_runtime::registry::Registry;
use serde::Serialize;

use crate::args::Pull;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{CARE, FAINT, GOOD, NAME, Output, painted};
use crate::pull::{Edit, Pulled, Spread, has_struct, write};
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

impl Found {
    /// How many objects there are that have, or would have, a struct.
    fn objects(&self) -> usize {
        let structs = self.live.schema.objects().filter(|object| has_struct(object));
        structs.count() + self.live.unreadable.len()
    }
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
        .naming(&declared)
        .selecting(selection)
        .without_journal(&context.config.journal_database);
    let mut live = introspect(&session, &scope).await?;
    live.doubt_whole(&session).await?;
    live.doubt_selection(&scope.selection, &declared);
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
    for database in new_databases(&found.live.schema, registry) {
        new.put(database);
    }
    findings.append(&mut places.notes);
    let written = write(Pulled {
        schema: &new,
        columns: &found.live.view_columns,
        spread,
    });
    findings.extend(unsaid(&found.live.schema));
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
            found.objects(),
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

/// What cannot be said in Rust, the comment of the database that every server makes; and what is said as a whole alone.
pub(super) fn unsaid(live: &Schema) -> Vec<Diagnostic> {
    let of_server = live.objects().filter_map(|object| match object {
        Object::Database(database)
            if !database.comment().is_empty() && database.name.as_str() == "default" =>
        {
            let message = "has a comment, which cannot be said in Rust: the server makes this database";
            let finding = Diagnostic::new(code::UNSAID_OBJECT, Severity::Warning, object.id(), message);
            Some(finding.help("keep it as it is: no migration changes it"))
        }
        _ => None,
    });
    let raw = live.objects().filter(|object| matches!(object, Object::Raw(_)));
    let raw = raw.map(|object| {
        let message = "is written as raw (`ChRaw`): chx does not read all of its statement";
        let finding = Diagnostic::new(code::PULLED_RAW, Severity::Note, object.id(), message);
        let why = parse_object(&render_object_line(object), &ParseContext::default()).err();
        match why {
            Some(why) => finding.help(format!(
                "it is compared as a whole; what is not read: {}",
                why.kind
            )),
            None => finding,
        }
    });
    of_server.chain(raw).collect()
}

/// The databases that say something and have no struct yet.
fn new_databases(live: &Schema, registry: Option<&Registry>) -> Vec<Database> {
    let is_declared = |id: &ObjectId| {
        let declared = registry.and_then(|registry| registry.schema().get(id));
        matches!(declared, Some(Object::Database(declared)) if declared.comment.is_some())
    };
    let new = live.iter().filter(|(id, _)| !is_declared(id));
    new.filter_map(|(_, object)| match object {
        Object::Database(database) => Some(database.clone()),
        _ => None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_of_the_servers_own_database_is_told() {
        let of = |sql: &str| -> Vec<String> {
            let object = parse_object(sql, &ParseContext::default()).unwrap();
            let live: Schema = [object].into_iter().collect();
            let findings = unsaid(&live);
            findings.iter().map(|finding| finding.code.to_string()).collect()
        };
        assert_eq!(of("CREATE DATABASE default COMMENT 'mine'"), ["CHX420"]);
        assert!(of("CREATE DATABASE default").is_empty());
        assert!(of("CREATE DATABASE web COMMENT 'has a struct'").is_empty());
    }
}
