//! What happens in a run, as a line for people.

use std::fmt::Write as _;

use chx_runtime::lock::{Death, LockEvent};
use chx_runtime::runner::{Event, Settled, StatementPlace};

use crate::output::{BAD, CARE, FAINT, Finding, NAME, painted};
use crate::summary;

/// The line of an event, if it has one. What is redrawn anyway (`is_live`) needs no line.
pub(super) fn of_event(event: &Event, is_live: bool) -> Option<String> {
    Some(match event {
        Event::Warning { finding } => Finding(finding).to_string(),
        Event::Lock {
            lock: LockEvent::Waiting(owner),
        } => format!("waiting: {owner} is migrating this database"),
        Event::Lock {
            lock: LockEvent::TakenOver(owner, death),
        } => {
            let why = match death {
                Death::Ended => "its process has ended",
                Death::Silent => "it gave no sign of life",
            };
            format!("took the lock over from {owner}: {why}")
        }
        Event::LockLeft { error } => format!(
            "{}: the lock could not be given back; the next run takes it over ({error})",
            painted("warning", CARE)
        ),
        Event::MigrationStarted { id, number, of, .. } => {
            format!("{} ({number} of {of})", painted(id, NAME))
        }
        Event::StatementSettled { statement, settled } => {
            let found = match settled {
                Settled::Done => "an earlier run started it; the database shows that it ran",
                Settled::NotDone => "an earlier run started it; the database shows that it did not run",
                Settled::Unknown(_) => "an earlier run started it; the database does not show whether it ran",
            };
            at(statement, found)
        }
        Event::StatementRuns {
            statement, seconds, ..
        } => at(
            statement,
            &format!("it still runs on the server, for {seconds} s; waiting for its end"),
        ),
        Event::Mutation {
            statement,
            progress,
            mutation,
        } if !is_live => at(statement, &summary::of_mutation(mutation, *progress)),
        Event::Retrying {
            statement,
            pause,
            error,
        } => at(
            statement,
            &format!("{error}; trying again in {} ms", pause.as_millis()),
        ),
        Event::RunStarted { .. }
        | Event::StatementStarted { .. }
        | Event::MigrationFinished { .. }
        | Event::Mutation { .. } => return None,
        Event::StatementFinished { statement, took } => {
            let mut line = at(statement, &first_line(&statement.sql));
            let took = format!("{} ms", took.as_millis());
            let _ = write!(line, "  {}", painted(took, FAINT));
            line
        }
        Event::StatementFailed { statement, .. } => {
            let mut line = at(statement, &first_line(&statement.sql));
            let _ = write!(line, "  {}", painted("failed", BAD));
            line
        }
    })
}

fn at(statement: &StatementPlace, words: &str) -> String {
    format!("  {} of {}: {words}", statement.number, statement.of)
}

/// The first line of a statement, shortened.
pub(super) fn first_line(sql: &str) -> String {
    const WIDTH: usize = 72;
    let line = sql.lines().next().unwrap_or_default();
    if line.chars().count() <= WIDTH && line.len() == sql.len() {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(WIDTH).collect();
    short.push('…');
    short
}
