//! `migrate`: apply what the database has not seen.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use chx_core::history::{Effect, History, Loss, MigrationId};
use chx_core::pair::Pair;
use chx_core::plan::{Hazard, Impact, Reader, Risk, Size, assess};
use chx_runtime::client::Session;
use chx_runtime::config::{Destructive, Environment};
use chx_runtime::journal::{Journal, Runner};
use chx_runtime::lock::{Death, LockEvent};
use chx_runtime::runner::{
    Consent, Endangered, Event, Outcome, Pending, Run, RunError, Settings, Settled, demands,
};
use serde::Serialize;

use crate::args::Migrate;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, CARE, FAINT, GOOD, Indented, NAME, Output, painted};
use crate::plan_view::impact_in_words;
use crate::sight::Sight;
use crate::summary;

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
    statements: Vec<StatementDocument<'a>>,
}

#[derive(Serialize)]
struct StatementDocument<'a> {
    number: usize,
    summary: String,
    sql: String,
    destroys: Vec<Loss>,
    /// Was it started by a run that did not write down its end?
    unknown: bool,
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
        output.document(|| document(&history, &Pending::default(), None, &Outcome::default()));
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
            output.document(|| document(&history, &pending, Some(&foreseen), &Outcome::default()));
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
        let outcome = match &savepoint {
            Some(name) => run.migrate_from(name, to.as_ref(), &consent).await,
            None => run.migrate(to.as_ref(), &consent).await,
        };
        let outcome = outcome.map_err(|error| failure(error, "migrate", &consent))?;
        output.document(|| document(&history, &outcome.left, None, &outcome));
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

/// What may be destroyed: what the policy of the environment allows and a flag names.
pub(super) fn consent(environment: &Environment, names: &[String]) -> Consent {
    Consent {
        policy: environment.policy.destructive == Destructive::Flag,
        names: names.iter().cloned().collect(),
    }
}

fn nothing_to_do(session: &Session) -> String {
    format!("nothing to do: {} has all migrations", session.address())
}

/// Set by the first Ctrl-C; the statement that runs ends first. The second one ends the process.
pub(super) fn interrupt_flag() -> &'static AtomicBool {
    static INTERRUPTED: AtomicBool = AtomicBool::new(false);
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                #[expect(
                    clippy::exit,
                    reason = "the second Ctrl-C means now; the journal keeps the open statement"
                )]
                std::process::exit(Exit::Interrupted as i32);
            }
            Output::say("stopping after this statement; Ctrl-C again ends at once");
        }
    });
    &INTERRUPTED
}

/// What would run.
fn show(history: &History, pending: &Pending, foreseen: &Foreseen, output: Output) {
    for migration in &pending.migrations {
        let entry = &history.entries()[migration.entry];
        output.line("");
        output.line(format_args!("{} ({})", painted(&migration.id, NAME), entry.path));
        for statement in &migration.statements {
            let sql = &entry.parsed.migration.up[statement.index].sql;
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
            output.line(format_args!(
                "{:>3}. {}  [{risk}{open}]",
                statement.index + 1,
                words(&statement.effect)
            ));
            output.line(painted(Indented(sql, 5), FAINT));
            for loss in &statement.losses {
                output.line(format_args!(
                    "     {} {}: {}",
                    painted("destroys", BAD),
                    loss.name,
                    loss.what
                ));
            }
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

pub(super) fn words(effect: &Effect) -> String {
    match effect {
        Effect::Schema(statement) => summary::of_statement(statement),
        Effect::Data(_) => "change or read rows".to_owned(),
    }
}

pub(super) fn show_event(event: &Event) {
    match event {
        Event::Warning { finding } => Output::finding(finding),
        Event::Lock {
            lock: LockEvent::Waiting(owner),
        } => Output::say(format_args!("waiting: {owner} is migrating this database")),
        Event::Lock {
            lock: LockEvent::TakenOver(owner, death),
        } => {
            let why = match death {
                Death::Ended => "its process has ended",
                Death::Silent => "it gave no sign of life",
            };
            Output::say(format_args!("took the lock over from {owner}: {why}"));
        }
        Event::LockLeft { error } => Output::say(format_args!(
            "{}: the lock could not be given back; the next run takes it over ({error})",
            painted("warning", CARE)
        )),
        Event::MigrationStarted { id, number, of, .. } => {
            Output::say(format_args!("{} ({number} of {of})", painted(id, NAME)));
        }
        Event::StatementSettled { statement, settled } => {
            let found = match settled {
                Settled::Done => "an earlier run started it; the database shows that it ran",
                Settled::NotDone => "an earlier run started it; the database shows that it did not run",
                Settled::Unknown(_) => "an earlier run started it; the database does not show whether it ran",
            };
            Output::say(format_args!(
                "  {} of {}: {found}",
                statement.number, statement.of
            ));
        }
        Event::StatementRuns {
            statement, seconds, ..
        } => Output::say(format_args!(
            "  {} of {}: it still runs on the server, for {seconds} s; waiting for its end",
            statement.number, statement.of
        )),
        Event::Mutation {
            statement,
            progress,
            mutation,
        } => Output::say(format_args!(
            "  {} of {}: {}",
            statement.number,
            statement.of,
            summary::of_mutation(mutation, *progress)
        )),
        Event::Retrying {
            statement,
            pause,
            error,
        } => Output::say(format_args!(
            "  {} of {}: {error}; trying again in {} ms",
            statement.number,
            statement.of,
            pause.as_millis()
        )),
        Event::StatementStarted { .. } | Event::MigrationFinished { .. } => {}
        Event::StatementFinished { statement, took } => {
            let line = first_line(&statement.sql);
            let took = format!("{} ms", took.as_millis());
            Output::say(format_args!(
                "  {} of {}: {line}  {}",
                statement.number,
                statement.of,
                painted(took, FAINT)
            ));
        }
        Event::StatementFailed { statement, .. } => {
            let line = first_line(&statement.sql);
            Output::say(format_args!(
                "  {} of {}: {line}  {}",
                statement.number,
                statement.of,
                painted("failed", BAD)
            ));
        }
    }
}

/// The first line of a statement, shortened.
fn first_line(sql: &str) -> String {
    const WIDTH: usize = 72;
    let line = sql.lines().next().unwrap_or_default();
    if line.chars().count() <= WIDTH && line.len() == sql.len() {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(WIDTH).collect();
    short.push('…');
    short
}

pub(super) fn failure(error: RunError, command: &str, consent: &Consent) -> Failure {
    let help = match &error {
        RunError::Refused(refused) => Some(consent_help(refused, command, consent)),
        _ => None,
    };
    let failure = Failure::from(error);
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// How to say yes to everything, ready to be copied.
fn consent_help(refused: &[Endangered], command: &str, consent: &Consent) -> String {
    let mut names: BTreeSet<&str> = consent.names.iter().map(String::as_str).collect();
    names.extend(refused.iter().map(|endangered| endangered.loss.name.as_str()));
    let flags: Vec<String> = names
        .iter()
        .map(|name| format!("--allow-destructive '{name}'"))
        .collect();
    let flags = format!("run `{command} {}`", flags.join(" "));
    if consent.policy {
        format!("if that is what you want, {flags}")
    } else {
        format!(
            "if that is what you want, set `policy.destructive = \"flag\"` for this environment in chx.toml, and {flags}"
        )
    }
}

fn document<'a>(
    history: &History,
    pending: &Pending,
    foreseen: Option<&'a Foreseen>,
    outcome: &Outcome,
) -> Document<'a> {
    let impact = |entry, statement| foreseen?.impact(entry, statement);
    let pending = pending
        .migrations
        .iter()
        .map(|migration| PendingDocument {
            id: migration.id.clone(),
            statements: migration
                .statements
                .iter()
                .map(|statement| StatementDocument {
                    number: statement.index + 1,
                    summary: words(&statement.effect),
                    sql: history.entries()[migration.entry].parsed.migration.up[statement.index]
                        .sql
                        .clone(),
                    destroys: statement.losses.clone(),
                    unknown: statement.unknown.is_some(),
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
