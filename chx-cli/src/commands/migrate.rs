//! `migrate`: apply what the database has not seen.

use chx_core::history::{Effect, History, MigrationId};
use chx_core::pair::Pair;
use chx_core::plan::{Hazard, Impact, Reader, Risk, Size, assess};
use chx_runtime::client::Session;
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::runner::{Outcome, Pending, RunError, demands};
use serde::Serialize;

use super::running::{self, Goal, StatementDocument, consent, show_statement};
use crate::args::Migrate;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{GOOD, Indented, NAME, Output, painted};
use crate::plan_view::impact_in_words;
use crate::sight::Sight;

#[derive(Serialize)]
struct Document<'a> {
    applied: Vec<MigrationId>,
    statements: usize,
    stopped: bool,
    pending: Vec<PendingDocument<'a>>,
}

#[derive(Serialize)]
struct PendingDocument<'a> {
    id: MigrationId,
    statements: Vec<ForeseenDocument<'a>>,
}

#[derive(Serialize)]
struct ForeseenDocument<'a> {
    #[serde(flatten)]
    statement: StatementDocument<'a>,
    /// What it endangers.
    hazards: Vec<&'a Hazard>,
    /// What reads what it changes.
    readers: &'a [Reader],
    /// How much there is to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'a Size>,
}

/// Runs the command.
pub(crate) fn run(args: &Migrate, context: &Context) -> Result<Exit, Failure> {
    let output = context.output;
    let environment = context.config.environment()?;
    let files = context.store().read()?;
    let (history, _) = Context::history(&files)?;
    let savepoint = args.savepoint.as_deref().map(MigrationId::new).transpose();
    let savepoint = savepoint.map_err(|error| Failure::usage(error.to_string()))?;
    if let Some(name) = savepoint
        .as_ref()
        .filter(|name| history.entries().iter().any(|entry| entry.id() == *name))
    {
        return Err(Failure::usage(format!(
            "`{name}` is the id of a migration: a savepoint needs a name of its own"
        )));
    }
    let to = args.to.as_deref().map(MigrationId::new).transpose();
    let to = to.map_err(|error| Failure::usage(error.to_string()))?;
    if history.entries().is_empty() {
        output.line("nothing to do: there are no migrations");
        let nothing = Pending::default();
        output.document(|| document(&nothing, None, &Outcome::default()));
        return Ok(Exit::Done);
    }
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
            let pending = Pending::find(&history, &state, to.as_ref()).map_err(RunError::History)?;
            pending.warnings.iter().for_each(Output::finding);
            let demands = demands(&session, &history, &pending).await?;
            demands.iter().for_each(Output::finding);
            if pending.is_empty() {
                output.line(nothing_to_do(&session));
            }
            let foreseen = Foreseen::of(&history, &pending, &session).await;
            show(&history, &pending, &foreseen, output);
            output.document(|| document(&pending, Some(&foreseen), &Outcome::default()));
            return Ok(Exit::Done);
        }
        let consent = consent(&environment, &args.allow_destructive);
        let goal = Goal::Applied {
            to: to.as_ref(),
            savepoint: savepoint.as_ref(),
        };
        let outcome = running::run(context, &session, &history, goal, &consent, args.run.detach).await?;
        output.document(|| document(&outcome.left, None, &outcome));
        if let Some(name) = &savepoint {
            output.line(format_args!("{} {name}", painted("savepoint", GOOD)));
        }
        if outcome == Outcome::default() {
            output.line(nothing_to_do(&session));
            return Ok(Exit::Done);
        }
        let count = outcome.applied.len();
        let migrations = if count == 1 { "migration" } else { "migrations" };
        output.line(format_args!(
            "{} {count} {migrations} to {}",
            painted("applied", GOOD),
            session.address()
        ));
        if outcome.stopped {
            Output::say("stopped between two statements; run `migrate` again to go on");
            return Ok(Exit::Interrupted);
        }
        Ok(Exit::Done)
    })
}

fn nothing_to_do(session: &Session) -> String {
    format!("nothing to do: {} has all migrations", session.address())
}

/// What would run.
fn show(history: &History, pending: &Pending, foreseen: &Foreseen, output: Output) {
    for migration in &pending.migrations {
        let entry = &history.entries()[migration.entry];
        output.line("");
        output.line(format_args!("{} ({})", painted(&migration.id, NAME), entry.path));
        for statement in &migration.statements {
            let label = entry.parsed.migration.up[statement.index].label.as_ref();
            let risk = if statement.losses.is_empty() {
                label.map_or("", |label| label.risk.word())
            } else {
                Risk::Destructive.word()
            };
            let open = if statement.unknown.is_some() {
                ", started by an earlier run"
            } else {
                ""
            };
            show_statement(statement, &format!("  [{risk}{open}]"), output);
            if let Some(impact) = foreseen.impact(migration.entry, statement.index) {
                for line in impact_in_words(impact) {
                    output.line(Indented(&line, 5));
                }
            }
        }
    }
    if !foreseen.sight.hazards.is_empty() {
        output.line("");
    }
    for hazard in &foreseen.sight.hazards {
        Output::finding(&hazard.finding);
    }
    if !pending.is_empty() {
        foreseen.sight.say_unknown();
    }
}

/// What is known about the statements that are pending, looked at as one plan.
#[derive(Default)]
struct Foreseen {
    /// The entry and statement of the history that each step of the plan is.
    steps: Vec<(usize, usize)>,
    sight: Sight,
}

impl Foreseen {
    async fn of(history: &History, pending: &Pending, session: &Session) -> Self {
        let mut steps = Vec::new();
        let mut statements = Vec::new();
        for migration in &pending.migrations {
            for statement in &migration.statements {
                if let Effect::Schema(parsed) = &statement.effect {
                    steps.push((migration.entry, statement.index));
                    statements.push((**parsed).clone());
                }
            }
        }
        let before = match steps.first() {
            Some((entry, index)) => history.around(*entry, *index).map(|schemas| schemas.before),
            None => return Self::default(),
        };
        // The history has been replayed: what fails here has been reported there.
        let Ok(before) = before else {
            return Self::default();
        };
        let Ok((plan, after)) = assess(&before, &statements) else {
            return Self::default();
        };
        let schemas = Pair {
            before: &before,
            after: &after,
        };
        Self {
            steps,
            sight: Sight::of_database(&plan, schemas, session).await,
        }
    }

    fn step(&self, entry: usize, statement: usize) -> Option<usize> {
        self.steps.iter().position(|step| *step == (entry, statement))
    }

    fn impact(&self, entry: usize, statement: usize) -> Option<&Impact> {
        self.sight.impacts.get(self.step(entry, statement)?)
    }

    fn hazards(&self, entry: usize, statement: usize) -> Vec<&Hazard> {
        let step = self.step(entry, statement).map(|step| step + 1);
        let hazards = self.sight.hazards.iter();
        hazards.filter(|hazard| Some(hazard.step) == step).collect()
    }
}

fn document<'a>(pending: &'a Pending, foreseen: Option<&'a Foreseen>, outcome: &Outcome) -> Document<'a> {
    let impact = |entry, statement| foreseen?.impact(entry, statement);
    let pending = pending
        .migrations
        .iter()
        .map(|migration| PendingDocument {
            id: migration.id.clone(),
            statements: migration
                .statements
                .iter()
                .map(|statement| ForeseenDocument {
                    statement: StatementDocument::of(statement),
                    hazards: foreseen.map_or_else(Vec::new, |foreseen| {
                        foreseen.hazards(migration.entry, statement.index)
                    }),
                    readers: impact(migration.entry, statement.index).map_or(&[], |impact| &impact.readers),
                    size: impact(migration.entry, statement.index).and_then(|impact| impact.size.as_ref()),
                })
                .collect(),
        })
        .collect();
    Document {
        applied: outcome.applied.clone(),
        statements: outcome.statements,
        stopped: outcome.stopped,
        pending,
    }
}
