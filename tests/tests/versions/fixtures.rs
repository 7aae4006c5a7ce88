//! The databases of `tests/live`: made on the server, read, and compared with the Rust that `pull` wrote for them; then
//! adopted, and compared with the history that this makes.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use chx_core::ddl::{Fill, ParseContext, Statement, parse_statement_or_raw, render, secrets_of};
use chx_core::model::{ObjectId, Schema};
use chx_core::plan::relations_of;
use chx_tests::engine::Engine;
use chx_tests::live::{all, statements};
use serde_json::Value;

use crate::prediction::{Attempt, Prediction, Target, short};
use crate::server::Server;

/// What became of the databases.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fixtures {
    pub(crate) objects: usize,
    /// The server has them, and they are what the Rust says.
    pub(crate) equal: usize,
    /// Refused, and chx says so beforehand.
    pub(crate) predicted: usize,
    /// Not made because something that they read was refused. Old servers make some of them, which then read nothing.
    pub(crate) without_source: usize,
    /// Refused, because this build lacks something that is no matter of its version.
    pub(crate) not_built: usize,
    pub(crate) refused: Vec<String>,
    pub(crate) not_refused: Vec<String>,
    /// What drift finds between the Rust and the server, apart from what the server does not have.
    pub(crate) different: Vec<String>,
    /// What drift finds behind `baseline`.
    pub(crate) not_adopted: Vec<String>,
}

pub(crate) fn run(engine: &Engine, target: &Target, server: &Server) -> Result<Fixtures, String> {
    let mut fixtures = Fixtures::default();
    let mut schema = Schema::default();
    // What the server does not have, for whatever reason.
    let mut absent: BTreeSet<ObjectId> = BTreeSet::new();
    let mut otherwise: BTreeSet<String> = BTreeSet::new();
    for name in all()? {
        for sql in statements(&name)? {
            let statement = parse_statement_or_raw(&sql, &ParseContext::default()).ok();
            let prediction = statement
                .as_ref()
                .map(|statement| Prediction::of(target, statement, &schema))
                .unwrap_or_default();
            fixtures.objects += 1;
            let id = statement.as_ref().map(Statement::object);
            let on_one_line = || sql.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown = id.as_ref().map_or_else(on_one_line, ToString::to_string);
            if statement
                .as_ref()
                .is_some_and(|statement| reads(statement, &absent))
            {
                fixtures.without_source += 1;
                absent.extend(id);
                continue;
            }
            // As chx writes it, where it can: it knows the form that all versions take.
            let text = match &statement {
                Some(statement) if secrets_of(statement).is_empty() => render(&waiting(statement.clone())),
                _ => sql.clone(),
            };
            match prediction.attempt(|settings| engine.run_allowing(&text, settings)) {
                Attempt::Taken(()) | Attempt::Allowed(()) => {
                    if let Some(statement) = &statement {
                        // What cannot be followed is not there to predict from.
                        let _ = schema.apply(statement);
                    }
                    continue;
                }
                Attempt::Predicted => {
                    fixtures.predicted += 1;
                    // It may be there, as something else.
                    otherwise.insert(format!("`{shown}` "));
                }
                Attempt::NotRefused(codes) => fixtures.not_refused.push(format!("`{shown}` ({codes:?})")),
                Attempt::Refused(_)
                    if statement
                        .as_ref()
                        .is_some_and(|statement| target.is_built_without(statement)) =>
                {
                    fixtures.not_built += 1;
                }
                Attempt::Refused(error) => {
                    let error = short(&error);
                    // UNKNOWN_TABLE is here always one that was refused before.
                    if error.starts_with("60,") {
                        fixtures.without_source += 1;
                    } else {
                        fixtures.refused.push(format!("`{shown}` ({error})"));
                    }
                }
            }
            absent.extend(id);
        }
    }

    let project = server.folder().join("project");
    std::fs::create_dir_all(&project).map_err(|error| error.to_string())?;
    std::fs::write(
        project.join("Cargo.toml"),
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n",
    )
    .map_err(|error| error.to_string())?;
    let call = |program: &str, args: &[&str]| call(program, args, &project, &server.url);
    let (pulled, nothing) = (
        env!("CARGO_BIN_EXE_migrate-pulled"),
        env!("CARGO_BIN_EXE_migrate-nothing"),
    );
    let report = call(
        pulled,
        &["drift", "--against", "registry", "--everything", "--json"],
    )?;
    let (missing, mut different) = differences(&report);
    fixtures.equal = fixtures.objects - missing - different.len();
    different.retain(|line| !otherwise.iter().any(|shown| line.starts_with(shown.as_str())));
    fixtures.different = different;

    call(nothing, &["init"])?;
    if let Err(error) = call(nothing, &["baseline", "--json"]) {
        let reason = error
            .lines()
            .find(|line| line.starts_with("error: "))
            .unwrap_or(&error);
        fixtures.not_adopted.push(reason.to_owned());
        return Ok(fixtures);
    }
    let (missing, different) = differences(&call(nothing, &["drift", "--json"])?);
    if missing > 0 {
        fixtures
            .not_adopted
            .push(format!("{missing} objects are missing behind the adoption"));
    }
    fixtures.not_adopted.extend(different);
    Ok(fixtures)
}

/// The statement, such that a view that runs by the clock does not run at once, which nothing here is about: in an embedded 24.8
/// its first run never ends, and DROP waits for it.
fn waiting(mut statement: Statement) -> Statement {
    if let Statement::CreateMaterializedView(create) = &mut statement
        && create.view.refresh.is_some()
    {
        create.fill = Fill::Empty;
    }
    statement
}

/// Does it need something that the server does not have?
fn reads(statement: &Statement, absent: &BTreeSet<ObjectId>) -> bool {
    let mut after = Schema::default();
    let object = after
        .apply(statement)
        .ok()
        .and_then(|()| after.get(&statement.object()));
    let relations = object.map(relations_of).into_iter().flatten();
    let id = statement.object();
    let database = id.database().cloned().map(ObjectId::Database);
    relations
        .map(ObjectId::Relation)
        .chain(database)
        .any(|id| absent.contains(&id))
}

/// Runs a program of chx against the server and gives the document that it prints.
fn call(program: &str, args: &[&str], project: &Path, url: &str) -> Result<Value, String> {
    let mut command = Command::new(program);
    command.args(args).current_dir(project);
    if args != ["init"] {
        command.args(["--url", url]);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let out = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(0) if args == ["init"] => Ok(Value::Null),
        Some(0 | 5) => serde_json::from_str(&out).map_err(|error| format!("{args:?}: {error}\n{out}")),
        _ => Err(format!(
            "{args:?} failed\n{out}\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// How many objects are missing, and what else a report says.
fn differences(report: &Value) -> (usize, Vec<String>) {
    let (mut missing, mut lines) = (0, Vec::new());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for difference in report["differences"].as_array().into_iter().flatten() {
        let kind = text(&difference["kind"]);
        if kind == "missing" {
            missing += 1;
            continue;
        }
        let attributes = difference["attributes"].as_array().into_iter().flatten();
        let pieces: Vec<String> = attributes
            .map(|piece| {
                format!(
                    "{} is `{}` and not `{}`",
                    text(&piece["attribute"]),
                    text(&piece["live"]),
                    text(&piece["expected"])
                )
            })
            .collect();
        let reason = text(&difference["reason"]);
        lines.push(format!(
            "`{}` {kind}: {reason}{}",
            text(&difference["object"]),
            pieces.join("; ")
        ));
    }
    (missing, lines)
}
