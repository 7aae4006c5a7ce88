//! `rollback`: take migrations back, the last one first.

use chx_core::history::{Loss, MigrationId};
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::runner::{BackTo, Outcome, Pending};
use serde::Serialize;

use super::running::{self, Goal, StatementDocument, consent, show_losses, show_statement};
use crate::args::Rollback;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, NAME, Output, painted};

#[derive(Serialize)]
struct Document<'a> {
    reverted: Vec<MigrationId>,
    statements: usize,
    stopped: bool,
    pending: Vec<PendingDocument<'a>>,
}

#[derive(Serialize)]
struct PendingDocument<'a> {
    id: MigrationId,
    /// What is lost although no statement says so.
    loses: &'a [Loss],
    statements: Vec<StatementDocument<'a>>,
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
        let goal = Goal::Back(&to);
        let outcome = running::run(context, &session, &history, goal, &consent, args.run.detach).await?;
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
        show_losses("loses", &migration.losses, output);
        for statement in &migration.statements {
            show_statement(statement, "", output);
        }
    }
}

fn document<'a>(pending: &'a Pending, outcome: &Outcome) -> Document<'a> {
    let migrations = pending.migrations.iter().map(|migration| PendingDocument {
        id: migration.id.clone(),
        loses: &migration.losses,
        statements: migration.statements.iter().map(StatementDocument::of).collect(),
    });
    Document {
        reverted: outcome.reverted.clone(),
        statements: outcome.statements,
        stopped: outcome.stopped,
        pending: migrations.collect(),
    }
}
