//! Applies pending migrations, statement by statement, with the journal telling the truth at every moment.
//!
//! Decides what runs and when it is written down: a statement that starts is in the journal before it is sent, and its
//! end is there before the next one starts. A statement whose end nobody wrote down is looked up in the database and
//! then repeated, skipped or refused, never guessed. What destroys something runs only with consent by its name. The
//! runner prints nothing; it tells events.

mod event;
mod pending;
mod settle;

use std::collections::BTreeSet;
use std::fmt;
use std::time::{Duration, Instant};

use chx_core::diag::{Diagnostic, Place};
use chx_core::history::{Checksum, Entry, History, MigrationId};

use crate::client::{ServerError, Session};
use crate::journal::{Direction, Event as JournalEvent, Journal, Record};
use crate::scratch::ScratchError;

pub use event::{Event, StatementRef};
pub use pending::{Endangered, Pending, PendingMigration, PendingStatement};
pub use settle::Settled;

/// What the person who runs it agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consent {
    /// Does the policy of the environment allow destroying anything at all?
    pub policy: bool,
    /// The names of what may be destroyed.
    pub names: BTreeSet<String>,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The migrations that are applied now and were not before.
    pub applied: Vec<MigrationId>,
    /// The number of statements that were sent.
    pub statements: usize,
    /// Was it stopped before the end, between two statements?
    pub stopped: bool,
}

/// Why a run ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The history does not allow it.
    #[error("the history cannot be applied")]
    History(Vec<Diagnostic>),
    /// Something would be destroyed without consent. Nothing was run.
    #[error("{} without consent; nothing was run", would_destroy(.0.len()))]
    Refused(Vec<Endangered>),
    /// The journal cannot be read or written. The statement that it is about was not sent.
    #[error("the journal cannot be {action}: {source}")]
    Journal {
        /// `read` or `written`.
        action: &'static str,
        /// What the server said.
        source: ServerError,
    },
    /// The server refused a statement.
    #[error("{0} failed: {1}")]
    Statement(Box<StatementPlace>, #[source] ServerError),
    /// The connection broke while a statement ran.
    #[error("the connection broke during {0}, so whether it ran is not known: {1}")]
    Lost(Box<StatementPlace>, #[source] ServerError),
    /// A statement of an earlier run has no known end, and the database does not show it, for this reason.
    #[error("whether {0} ran cannot be known: {1}")]
    Unknown(Box<StatementPlace>, String),
    /// The database cannot be asked about a statement of an earlier run.
    #[error("the database cannot be asked about a statement of an earlier run: {0}")]
    Ask(#[source] ServerError),
    /// The scratch engine that compares definitions failed.
    #[error(transparent)]
    Scratch(ScratchError),
}

fn would_destroy(count: usize) -> String {
    if count == 1 {
        "1 thing would be destroyed".to_owned()
    } else {
        format!("{count} things would be destroyed")
    }
}

/// One statement of the history, to be shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPlace {
    /// The migration.
    pub migration: MigrationId,
    /// Where the statement stands.
    pub place: Option<Place>,
    /// Its number, from 1.
    pub number: usize,
    /// The number of statements in the migration.
    pub of: usize,
    /// The statement.
    pub sql: String,
}

impl fmt::Display for StatementPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "statement {} of {} in `{}`",
            self.number, self.of, self.migration
        )?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

impl RunError {
    /// What to do now.
    pub fn way_out(&self) -> Option<&'static str> {
        match self {
            Self::Statement(..) => Some(
                "the statements before it stay applied and are written down. Correct what the server complains about, \
                 in the database or in this statement and those after it, and run `migrate` again: it goes on with \
                 this statement",
            ),
            Self::Lost(..) => Some(
                "run `migrate` again when the server is back: it looks the statement up in the database, and repeats \
                 it only if it did not run",
            ),
            Self::Unknown(..) => Some(
                "look at the object: bring it to the state before or after the statement, and run `migrate` again",
            ),
            Self::Journal { .. } | Self::Ask(_) => {
                Some("nothing that is not in the journal was run; run `migrate` again")
            }
            Self::History(_) | Self::Refused(_) | Self::Scratch(_) => None,
        }
    }
}

/// Everything that a run needs.
pub struct Run<'a> {
    /// The connection.
    pub session: &'a Session,
    /// The journal, read before.
    pub journal: Journal<'a>,
    /// The history.
    pub history: &'a History,
    /// What to do.
    pub pending: &'a Pending,
    /// What may be destroyed.
    pub consent: &'a Consent,
    /// Asked before every statement: should the run end here?
    pub stop: &'a dyn Fn() -> bool,
    /// Is told what happens.
    pub events: &'a mut dyn FnMut(Event<'_>),
}

/// A row of the journal that waits for the next request.
struct Row {
    entry: usize,
    statement: usize,
    event: JournalEvent,
    query_id: String,
    took: Duration,
    error: String,
}

impl Run<'_> {
    /// Applies what is pending. Does nothing when nothing is.
    pub async fn apply(mut self) -> Result<Outcome, RunError> {
        self.refuse_without_consent()?;
        let mut outcome = Outcome::default();
        // Ends wait for the next start, so that a statement costs two requests and not three.
        let mut rows: Vec<Row> = Vec::new();
        match self.migrations(&mut outcome, &mut rows).await {
            Ok(()) => {
                self.write(&mut rows).await?;
                Ok(outcome)
            }
            // The journal itself does not answer: what it holds is true, if not all.
            Err(error @ RunError::Journal { .. }) => Err(error),
            Err(error) => {
                // If this fails as well, the journal says that an end is not known, and that is true too.
                let _ = self.write(&mut rows).await;
                Err(error)
            }
        }
    }

    async fn migrations(&mut self, outcome: &mut Outcome, rows: &mut Vec<Row>) -> Result<(), RunError> {
        let count = self.pending.migrations.len();
        for (at, migration) in self.pending.migrations.iter().enumerate() {
            if (self.stop)() {
                outcome.stopped = true;
                return Ok(());
            }
            let entry = &self.history.entries()[migration.entry];
            let began = Instant::now();
            (self.events)(Event::MigrationStarted {
                id: entry.id(),
                number: at + 1,
                of: count,
            });
            rows.push(Row::whole(migration.entry, JournalEvent::Started, Duration::ZERO));
            for statement in &migration.statements {
                if (self.stop)() {
                    outcome.stopped = true;
                    return Ok(());
                }
                if self.statement(entry, migration.entry, statement, rows).await? {
                    outcome.statements += 1;
                }
            }
            rows.push(Row::whole(
                migration.entry,
                JournalEvent::Finished,
                began.elapsed(),
            ));
            outcome.applied.push(entry.id().clone());
            (self.events)(Event::MigrationFinished {
                id: entry.id(),
                took: began.elapsed(),
            });
        }
        Ok(())
    }

    fn refuse_without_consent(&self) -> Result<(), RunError> {
        let agreed = |loss: &Endangered| self.consent.policy && self.consent.names.contains(&loss.loss.name);
        let refused: Vec<Endangered> = self.pending.endangered().filter(|loss| !agreed(loss)).collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(RunError::Refused(refused))
        }
    }

    /// Runs one statement, unless the database shows that it ran. Says whether it was sent.
    async fn statement(
        &mut self,
        entry: &Entry,
        at: usize,
        pending: &PendingStatement,
        rows: &mut Vec<Row>,
    ) -> Result<bool, RunError> {
        let sql = &entry.parsed.migration.up[pending.index].sql;
        let number = pending.index + 1;
        let of = entry.parsed.migration.up.len();
        let named = StatementRef {
            migration: entry.id(),
            number,
            of,
            sql,
        };
        let place = || {
            Box::new(StatementPlace {
                migration: entry.id().clone(),
                place: entry.up_place(pending.index),
                number,
                of,
                sql: sql.clone(),
            })
        };
        let row = |event, query_id: &str, took, error: &str| Row {
            entry: at,
            statement: number,
            event,
            query_id: query_id.to_owned(),
            took,
            error: error.to_owned(),
        };
        if let Some(query_id) = &pending.unknown {
            let settled = settle::settle(self.session, self.history, at, pending).await?;
            (self.events)(Event::StatementSettled {
                statement: named,
                settled: &settled,
            });
            match settled {
                Settled::Done => {
                    rows.push(row(JournalEvent::FoundDone, query_id, Duration::ZERO, ""));
                    return Ok(false);
                }
                Settled::NotDone => rows.push(row(JournalEvent::FoundUndone, query_id, Duration::ZERO, "")),
                Settled::Unknown(reason) => {
                    return Err(RunError::Unknown(place(), reason));
                }
            }
        }
        let query_id = self.journal.query_id();
        rows.push(row(JournalEvent::Started, &query_id, Duration::ZERO, ""));
        self.write(rows).await?;
        (self.events)(Event::StatementStarted { statement: named });
        let began = Instant::now();
        let result = self.session.execute(sql, Some(&query_id)).await;
        let took = began.elapsed();
        match result {
            Ok(()) => {
                rows.push(row(JournalEvent::Finished, &query_id, took, ""));
                (self.events)(Event::StatementFinished {
                    statement: named,
                    took,
                });
                Ok(true)
            }
            Err(error) => {
                (self.events)(Event::StatementFailed {
                    statement: named,
                    took,
                    error: &error,
                });
                if error.may_have_run() {
                    // The journal keeps the start without an end: that is the truth.
                    return Err(RunError::Lost(place(), error));
                }
                let words = self.session.redact(&error.to_string());
                rows.push(row(JournalEvent::Failed, &query_id, took, &words));
                rows.push(Row {
                    error: words,
                    ..Row::whole(at, JournalEvent::Failed, took)
                });
                Err(RunError::Statement(place(), error))
            }
        }
    }

    async fn write(&mut self, rows: &mut Vec<Row>) -> Result<(), RunError> {
        let records: Vec<Record<'_>> = rows
            .iter()
            .map(|row| {
                let entry = &self.history.entries()[row.entry];
                let statement_checksum = match row.statement {
                    0 => entry.checksum,
                    number => Checksum::of(entry.parsed.migration.up[number - 1].sql.as_bytes()),
                };
                Record {
                    migration: entry.id(),
                    direction: Direction::Up,
                    statement: row.statement,
                    event: row.event,
                    checksum: entry.checksum,
                    statement_checksum,
                    query_id: &row.query_id,
                    duration_ms: u64::try_from(row.took.as_millis()).unwrap_or(u64::MAX),
                    error: &row.error,
                }
            })
            .collect();
        self.journal
            .append(&records)
            .await
            .map_err(|source| RunError::Journal {
                action: "written",
                source,
            })?;
        rows.clear();
        Ok(())
    }
}

impl Row {
    fn whole(entry: usize, event: JournalEvent, took: Duration) -> Self {
        Self {
            entry,
            statement: 0,
            event,
            query_id: String::new(),
            took,
            error: String::new(),
        }
    }
}
