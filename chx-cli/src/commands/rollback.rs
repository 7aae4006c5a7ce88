//! `rollback`: take migrations back, the last one first.

use std::sync::atomic::Ordering;

use chx_core::history::{Loss, MigrationId};
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::runner::{BackTo, Outcome, Pending, Run, Settings};
use serde::Serialize;

use super::migrate::{consent, failure, interrupt_flag, show_event, words};
use crate::args::Rollback;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, FAINT, GOOD, Indented, NAME, Output, painted};

#[derive(Serialize)]
struct Document {
    reverted: Vec<MigrationId>,
    statements: usize,
    stopped: bool,
    pending: Vec<PendingDocument>,
}

#[derive(Serialize)]
struct PendingDocument {
    id: MigrationId,
    /// What is lost although no statement says so.
    loses: Vec<Loss>,
    statements: Vec<StatementDocument>,
}

#[derive(Serialize)]
struct StatementDocument {
    number: usize,
    summary: String,
    sql: String,
    destroys: Vec<Loss>,
    /// Was it started by a run that did not write down its end?
    unknown: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Rollback, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let environment = context.config.environment()?;
    let to = match (&args.to, args.steps) {
        (Some(name), _) => {
            BackTo::Name(MigrationId::new(name.as_str()).map_err(|error| Failure::usage(error.to_string()))?)
        }
        (None, steps) => BackTo::Steps(steps.map_or(0, |steps| steps as usize)),
    };
    let files = context.store().read()?;
    let (history, _) = Context::history(&files)?;
    if !args.plan {
        context.confirm()?;
    }
    context.block_on(async {
        let session = context.session().await?.patient(context.config.run.retry);
        let database = &context.config.journal_database;
        if args.plan {
            let state = Journal::new(&session, database, Runner::of_process())
                .read()
                .await?;
            let pending = Pending::find_back(&history, &state, &to)?;
            if pending.is_empty() {
                output.line("nothing to do: nothing came after that");
            }
            show(&pending, output);
            output.document(|| document(&pending, &Outcome::default()));
            return Ok(Exit::Done);
        }
        let consent = consent(&environment, &args.allow_destructive);
        let interrupted = interrupt_flag();
        let run = Run {
            session: &session,
            database,
            history: &history,
            root: &context.config.root,
            settings: Settings {
                detach: args.run.detach,
                ..context.config.run
            },
            stop: &|| interrupted.load(Ordering::Relaxed),
            events: &mut |event| show_event(&event),
        };
        let outcome = run
            .rollback(&to, &consent)
            .await
            .map_err(|error| failure(error, "rollback", &consent))?;
        output.document(|| document(&outcome.left, &outcome));
        if outcome == Outcome::default() {
            output.line("nothing to do: nothing came after that");
            return Ok(Exit::Done);
        }
        for id in &outcome.reverted {
            output.line(format_args!("{} {id}", painted("took back", GOOD)));
        }
        if outcome.stopped {
            Output::say("stopped between two statements; run the same `rollback` again to go on");
            return Ok(Exit::Interrupted);
        }
        Ok(Exit::Done)
    })
}

/// What would run.
fn show(pending: &Pending, output: Output) {
    for migration in &pending.migrations {
        output.line("");
        output.line(format_args!("{}, back", painted(&migration.id, NAME)));
        for loss in &migration.losses {
            output.line(format_args!(
                "     {} {}: {}",
                painted("loses", BAD),
                loss.name,
                loss.what
            ));
        }
        for statement in &migration.statements {
            output.line(format_args!(
                "{:>3}. {}",
                statement.index + 1,
                words(&statement.effect)
            ));
            output.line(painted(Indented(&statement.sql, 5), FAINT));
            for loss in &statement.losses {
                output.line(format_args!(
                    "     {} {}: {}",
                    painted("destroys", BAD),
                    loss.name,
                    loss.what
                ));
            }
        }
    }
}

fn document(pending: &Pending, outcome: &Outcome) -> Document {
    let statements = |statement: &chx_runtime::runner::PendingStatement| StatementDocument {
        number: statement.index + 1,
        summary: words(&statement.effect),
        sql: statement.sql.clone(),
        destroys: statement.losses.clone(),
        unknown: statement.unknown.is_some(),
    };
    let migrations = pending.migrations.iter().map(|migration| PendingDocument {
        id: migration.id.clone(),
        loses: migration.losses.clone(),
        statements: migration.statements.iter().map(statements).collect(),
    });
    Document {
        reverted: outcome.reverted.clone(),
        statements: outcome.statements,
        stopped: outcome.stopped,
        pending: migrations.collect(),
    }
}
