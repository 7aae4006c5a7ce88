//! The statements of a run, one after the other, each between its two rows of the journal.

use std::time::{Duration, Instant};

use chx_core::history::{Checksum, Entry, History};

use super::{Event, Outcome, PendingMigration, PendingStatement, RunError, Settled, StatementPlace, settle};
use crate::client::Session;
use crate::journal::{Direction, Event as JournalEvent, Journal, Record};
use crate::lock::{Lock, LockError};

/// A run that holds the lock.
pub(super) struct Work<'a> {
    pub(super) session: &'a Session,
    pub(super) history: &'a History,
    pub(super) lock: &'a Lock,
    pub(super) journal: Journal<'a>,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
    pub(super) events: &'a mut (dyn FnMut(Event) + Send),
    /// Rows of the journal that wait for the next request: ends wait for the next start, so that a statement costs two
    /// requests and not three.
    pub(super) rows: Vec<Row>,
    pub(super) outcome: Outcome,
}

/// A row of the journal that is not written yet.
pub(super) struct Row {
    entry: usize,
    direction: Direction,
    /// Counted from 1; 0 is the migration as a whole.
    statement: usize,
    event: JournalEvent,
    query_id: String,
    took: Duration,
    error: String,
}

impl Work<'_> {
    /// Does the work.
    pub(super) async fn run(mut self, migrations: &[PendingMigration]) -> Result<Outcome, RunError> {
        match self.migrations(migrations).await {
            Ok(()) => {
                self.write().await?;
                Ok(self.outcome)
            }
            // The journal itself does not answer, or may not be written any more: what it holds is true, if not all.
            Err(error @ (RunError::Journal { .. } | RunError::Lock(_))) => Err(error),
            Err(error) => {
                // If this fails as well, the journal says that an end is not known, and that is true too.
                let _ = self.write().await;
                Err(error)
            }
        }
    }

    async fn migrations(&mut self, migrations: &[PendingMigration]) -> Result<(), RunError> {
        let history = self.history;
        for (at, migration) in migrations.iter().enumerate() {
            let entry = &history.entries()[migration.entry];
            if self.is_stopped() {
                return Ok(());
            }
            let began = Instant::now();
            (self.events)(Event::MigrationStarted {
                id: entry.id().clone(),
                direction: migration.direction,
                number: at + 1,
                of: migrations.len(),
            });
            self.rows
                .push(Row::whole(migration, JournalEvent::Started, Duration::ZERO));
            for statement in &migration.statements {
                if self.is_stopped() {
                    return Ok(());
                }
                if self.statement(entry, migration, statement).await? {
                    self.outcome.statements += 1;
                }
            }
            let took = began.elapsed();
            self.rows
                .push(Row::whole(migration, JournalEvent::Finished, took));
            self.outcome.applied.push(entry.id().clone());
            (self.events)(Event::MigrationFinished {
                id: entry.id().clone(),
                direction: migration.direction,
                took,
            });
        }
        Ok(())
    }

    fn is_stopped(&mut self) -> bool {
        self.outcome.stopped = self.outcome.stopped || (self.stop)();
        self.outcome.stopped
    }

    /// Runs one statement, unless the database shows that it ran. Says whether it was sent.
    async fn statement(
        &mut self,
        entry: &Entry,
        migration: &PendingMigration,
        pending: &PendingStatement,
    ) -> Result<bool, RunError> {
        let statement = StatementPlace::of(entry, migration.direction, pending.index);
        let row = |event, query_id: &str, took, error: &str| Row {
            entry: migration.entry,
            direction: migration.direction,
            statement: statement.number,
            event,
            query_id: query_id.to_owned(),
            took,
            error: error.to_owned(),
        };
        let place = || Box::new(statement.clone());
        if let Some(query_id) = &pending.unknown {
            let settled = settle::settle(self.session, self.history, migration.entry, pending).await?;
            (self.events)(Event::StatementSettled {
                statement: statement.clone(),
                settled: settled.clone(),
            });
            match settled {
                Settled::Done => {
                    self.rows
                        .push(row(JournalEvent::FoundDone, query_id, Duration::ZERO, ""));
                    return Ok(false);
                }
                Settled::NotDone => {
                    self.rows
                        .push(row(JournalEvent::FoundUndone, query_id, Duration::ZERO, ""));
                }
                Settled::Unknown(reason) => return Err(RunError::Unknown(place(), reason)),
            }
        }
        let query_id = self.journal.query_id();
        self.rows
            .push(row(JournalEvent::Started, &query_id, Duration::ZERO, ""));
        self.write().await?;
        (self.events)(Event::StatementStarted {
            statement: statement.clone(),
        });
        let began = Instant::now();
        let result = self.session.execute(&statement.sql, Some(&query_id)).await;
        let took = began.elapsed();
        let Err(error) = result else {
            self.rows.push(row(JournalEvent::Finished, &query_id, took, ""));
            (self.events)(Event::StatementFinished { statement, took });
            return Ok(true);
        };
        let words = self.session.redact(&error.to_string());
        (self.events)(Event::StatementFailed {
            statement: statement.clone(),
            took,
            error: words.clone(),
        });
        if error.may_have_run() {
            // The journal keeps the start without an end: that is the truth.
            return Err(RunError::Lost(place(), error));
        }
        self.rows.push(row(JournalEvent::Failed, &query_id, took, &words));
        self.rows.push(Row {
            error: words,
            ..Row::whole(migration, JournalEvent::Failed, took)
        });
        Err(RunError::Statement(place(), error))
    }

    /// Writes the rows that wait. The server takes them only while this run holds the lock.
    async fn write(&mut self) -> Result<(), RunError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.lock.check().await.map_err(RunError::Lock)?;
        let records: Vec<Record<'_>> = self.rows.iter().map(|row| row.record(self.history)).collect();
        if let Err(source) = self.journal.append(&records).await {
            // Was it refused because of the lock?
            if source.code().is_some()
                && let Err(lost @ LockError::Lost(_)) = self.lock.verify().await
            {
                return Err(RunError::Lock(lost));
            }
            return Err(RunError::Journal {
                action: "written",
                source,
            });
        }
        self.rows.clear();
        Ok(())
    }
}

impl Row {
    fn whole(migration: &PendingMigration, event: JournalEvent, took: Duration) -> Self {
        Self {
            entry: migration.entry,
            direction: migration.direction,
            statement: 0,
            event,
            query_id: String::new(),
            took,
            error: String::new(),
        }
    }

    fn record<'r>(&'r self, history: &'r History) -> Record<'r> {
        let entry = &history.entries()[self.entry];
        let statement_checksum = match self.statement {
            0 => entry.checksum,
            number => Checksum::of(self.direction.steps(entry)[number - 1].sql.as_bytes()),
        };
        Record {
            migration: entry.id(),
            direction: self.direction,
            statement: self.statement,
            event: self.event,
            checksum: entry.checksum,
            statement_checksum,
            query_id: &self.query_id,
            duration_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            error: &self.error,
        }
    }
}
