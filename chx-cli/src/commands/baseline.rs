//! `baseline`: a live database adopted as the start of the history.
//!
//! The first migration says what is there; a scratch engine proves that it makes just that, and the database, read once
//! more, that it is what the migration says. Then the journal takes it as applied. Nothing in the database is changed but
//! the journal.

use chx_core::diag::Diagnostic;
use chx_core::history::{Migration, MigrationId};
use chx_core::model::{ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames, plan};
use chx_runtime::introspect::{Live, Scope, introspect};
use chx_runtime::proof::prove;
use chx_runtime::runner::{Claim, Run};
use chx_runtime::scratch::Scratch;
use serde::Serialize;

use super::generate::next_id;
use crate::args::Baseline;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Output, painted};
use crate::view::View;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    migration: Option<&'a MigrationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    objects: usize,
    proven: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Baseline, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let store = context.store();
    let lock = store.lock()?;
    let files = store.read()?;
    let (history, _) = Context::history(&files)?;
    if let Some(first) = history.entries().first() {
        let message = format!(
            "the history begins already, with `{}`; a baseline is the first migration",
            first.id()
        );
        return Err(Failure::failed(message).help(
            "`chx-migrate drift` says what the database has otherwise; `repair --mark-applied` tells the journal of a \
             database that has it already",
        ));
    }
    let selection = context.selection(&args.choose);
    let scope = Scope::everything()
        .selecting(selection)
        .without_journal(&context.config.journal_database);
    context.block_on(async {
        let session = context.session().await?;
        let schema = adoptable(introspect(&session, &scope).await?)?;
        let empty = Schema::default();
        let schemas = Pair {
            before: &empty,
            after: &schema,
        };
        let planned = plan(schemas, &Renames::default())?;
        if !args.no_verify {
            for note in prove(&Scratch::open().await?, schemas, &planned).await? {
                Output::finding(&note);
            }
        }
        let id = next_id(&history, "baseline")?;
        let objects = schema.iter().filter(|(id, _)| id.relation().is_some()).count();
        if args.plan {
            return Ok(only_planned(context, &planned, objects, !args.no_verify));
        }
        let text = Migration::of_plan(id.clone(), schemas, &planned).to_sql();
        let path = lock.add(&files, &id, &text)?;
        output.line(format_args!(
            "{} {path} ({objects} objects)",
            painted("wrote", GOOD)
        ));

        let (history, _) = Context::history(&store.read()?)?;
        let run = Run {
            session: &session,
            database: &context.config.journal_database,
            history: &history,
            root: &context.config.root,
            settings: context.config.run,
            stop: &|| false,
            events: &mut |event| View::Lines.show(&event),
        };
        run.repair(&id, Claim::Applied).await?;
        output.line(format_args!(
            "{} the database: it is what the history says, and the journal takes the migration as applied",
            painted("adopted", GOOD)
        ));
        output.document(|| Document {
            migration: Some(&id),
            path: Some(&path),
            objects,
            proven: !args.no_verify,
        });
        Ok(Exit::Done)
    })
}

fn only_planned(context: &Context, planned: &Plan, objects: usize, proven: bool) -> Exit {
    crate::plan_view::print(planned, &crate::sight::Sight::default(), context.output);
    context.output.document(|| Document {
        migration: None,
        path: None,
        objects,
        proven,
    });
    Exit::Done
}

/// What of a live database can begin a history: everything that was chosen, or nothing.
fn adoptable(live: Live) -> Result<Schema, Failure> {
    for finding in &live.findings {
        Output::finding(finding);
    }
    if !live.unreadable.is_empty() {
        let findings: Vec<Diagnostic> = live.unreadable.into_values().collect();
        return Err(Failure::failed("nothing was written: not every object can be read")
            .findings(findings)
            .help("leave what cannot be read out: `--exclude NAME`, or `scope.exclude` in chx.toml, which `drift` follows too"));
    }
    if let Some(id) = live.secrets.iter().next() {
        let message = format!("nothing was written: `{id}` has a secret, which the server does not show");
        return Err(Failure::failed(message).help(
            "leave it out (`--exclude`), and write a migration for it by hand, with the secret from the environment",
        ));
    }
    let mut schema = live.schema;
    // A database without anything that was chosen is where others live; `default` is on every server.
    let empty: Vec<ObjectId> = schema
        .iter()
        .map(|(id, _)| id)
        .filter(|id| id.relation().is_none())
        .filter(|id| {
            let has_objects = schema
                .iter()
                .any(|(other, _)| other.relation().is_some() && other.database() == id.database());
            !has_objects || id.database().as_str() == "default"
        })
        .cloned()
        .collect();
    for id in empty {
        schema.remove(&id);
    }
    if schema.is_empty() {
        return Err(Failure::failed(
            "there is nothing to adopt: the database has no tables or views that are chosen",
        )
        .help("is it the right one? `--url` and `--env` say which is meant, `--include` what is chosen"));
    }
    Ok(schema)
}
