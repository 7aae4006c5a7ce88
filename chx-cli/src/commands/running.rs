//! What `migrate` and `rollback` have in common: consent, a run that is shown and can be interrupted, and statements as
//! they are planned.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use chx_core::history::{Effect, History, Loss, MigrationId};
use chx_runtime::client::Session;
use chx_runtime::config::{Destructive, Environment};
use chx_runtime::runner::{BackTo, Consent, Endangered, Outcome, PendingStatement, Run, RunError, Settings};
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{BAD, FAINT, Indented, Output, painted};
use crate::summary;
use crate::view::View;

/// What a run is to reach.
pub(super) enum Goal<'a> {
    /// What is pending is applied, up to and including a migration, with a savepoint before it.
    Applied {
        to: Option<&'a MigrationId>,
        savepoint: Option<&'a MigrationId>,
    },
    /// What came later is taken back.
    Back(&'a BackTo),
}

/// Runs, shows what happens, and stops between two statements at the first Ctrl-C.
pub(super) async fn run(
    context: &Context,
    session: &Session,
    history: &History,
    goal: Goal<'_>,
    consent: &Consent,
    detach: bool,
) -> Result<Outcome, Failure> {
    let view = View::of(context.output);
    let interrupted = interrupt_flag(&view, context.output);
    let run = Run {
        session,
        database: &context.config.journal_database,
        history,
        root: &context.config.root,
        settings: Settings {
            detach,
            ..context.config.run
        },
        stop: &|| interrupted.load(Ordering::Relaxed),
        events: &mut |event| view.show(&event),
    };
    let outcome = match goal {
        Goal::Applied { to, savepoint: None } => run.migrate(to, consent).await,
        Goal::Applied {
            to,
            savepoint: Some(name),
        } => run.migrate_from(name, to, consent).await,
        Goal::Back(to) => run.rollback(to, consent).await,
    };
    view.end();
    outcome.map_err(|error| failure(error, context.output.command, consent))
}

/// What may be destroyed: what the policy of the environment allows and a flag names.
pub(super) fn consent(environment: &Environment, names: &[String]) -> Consent {
    Consent {
        policy: environment.policy.destructive == Destructive::Flag,
        names: names.iter().cloned().collect(),
    }
}

/// Set by the first Ctrl-C; the statement that runs ends first. The second one ends the process.
fn interrupt_flag(view: &View, output: Output) -> &'static AtomicBool {
    static INTERRUPTED: AtomicBool = AtomicBool::new(false);
    let view = view.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                view.end();
                output.failure(
                    &Failure::new(Exit::Interrupted, "ended in the middle of a statement").help(
                        "the journal says that it was started; the next run looks it up in the database",
                    ),
                );
                #[expect(
                    clippy::exit,
                    reason = "the second Ctrl-C means now; the journal keeps the open statement"
                )]
                std::process::exit(Exit::Interrupted as i32);
            }
            view.say("stopping after this statement; Ctrl-C again ends at once");
        }
    });
    &INTERRUPTED
}

/// A statement as JSON shows it.
#[derive(Serialize)]
pub(super) struct StatementDocument<'a> {
    number: usize,
    summary: String,
    sql: &'a str,
    destroys: &'a [Loss],
    /// Was it started by a run that did not write down its end?
    unknown: bool,
}

impl<'a> StatementDocument<'a> {
    pub(super) fn of(statement: &'a PendingStatement) -> Self {
        Self {
            number: statement.index + 1,
            summary: words(&statement.effect),
            sql: &statement.sql,
            destroys: &statement.losses,
            unknown: statement.unknown.is_some(),
        }
    }
}

/// A statement that would run, for people: what it does, a remark, its SQL and what it destroys.
pub(super) fn show_statement(statement: &PendingStatement, remark: &str, output: Output) {
    output.line(format_args!(
        "{:>3}. {}{remark}",
        statement.index + 1,
        words(&statement.effect)
    ));
    output.line(painted(Indented(&statement.sql, 5), FAINT));
    show_losses("destroys", &statement.losses, output);
}

/// What is lost, and the names that consent is given by.
pub(super) fn show_losses(verb: &str, losses: &[Loss], output: Output) {
    for loss in losses {
        output.line(format_args!(
            "     {} {}: {}",
            painted(verb, BAD),
            loss.name,
            loss.what
        ));
    }
}

fn words(effect: &Effect) -> String {
    match effect {
        Effect::Schema(statement) => summary::of_statement(statement),
        Effect::Several(statements) => {
            let each: Vec<String> = statements.iter().map(summary::of_statement).collect();
            each.join(", ")
        }
        Effect::Recorded(_) => "a statement that chx does not understand".to_owned(),
        Effect::Data(_) => "change or read rows".to_owned(),
    }
}

fn failure(error: RunError, command: &str, consent: &Consent) -> Failure {
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
