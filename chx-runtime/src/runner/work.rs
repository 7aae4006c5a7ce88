//! The statements of a run, one after the other, each between its two rows of the journal.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use chx_core::ddl::{AlterCommand, AlterTable, ColumnChange, Statement, render_line};
use chx_core::history::{DataEffect, Effect, History, mutated_table};
use chx_core::ident::QualifiedName;

use super::mutations::{Progress, unfinished};
use super::query_log::{Logged, QueryLog};
use super::row::Row;
use super::secrets::Secrets;
use super::{Event, Outcome, PendingMigration, PendingStatement, RunError, Settled, StatementPlace, settle};
use crate::client::{ErrorClass, Retry, ServerError, Session};
use crate::journal::{Direction, Event as JournalEvent, Journal, Record};
use crate::lock::{Lock, LockError};
use crate::verify::verify_rows;

/// A run that holds the lock.
pub(super) struct Work<'a> {
    pub(super) session: &'a Session,
    pub(super) secrets: &'a Secrets,
    pub(super) history: &'a History,
    pub(super) lock: &'a Lock,
    pub(super) journal: Journal<'a>,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
    pub(super) events: &'a mut (dyn FnMut(Event) + Send),
    pub(super) retry: Retry,
    /// The most that a statement may take.
    pub(super) timeout: Option<Duration>,
    /// Are mutations left running?
    pub(super) detach: bool,
    /// Rows of the journal that wait for the next request: ends wait for the next start, so that a statement costs two
    /// requests and not three.
    pub(super) rows: Vec<Row>,
    /// The statements that are announced and were not sent yet, in order.
    pub(super) announced: VecDeque<Announced>,
    /// Is it a run so long that statements are announced together?
    pub(super) is_long: bool,
    pub(super) query_log: QueryLog,
    /// When rows were last written.
    pub(super) written: Instant,
    /// How long the statement took that was sent last.
    pub(super) took: Duration,
    pub(super) outcome: Outcome,
}

/// A statement that stands in the journal and was not sent yet.
pub(super) struct Announced {
    row: Row,
    /// Is it the first one of its migration? Then nothing of the migration has begun.
    is_first: bool,
}

/// What follows in a run, the statement itself first.
type Ahead<'a> = &'a [(&'a PendingMigration, &'a PendingStatement)];

/// A statement that is tried.
struct Attempt<'a> {
    migration: &'a PendingMigration,
    pending: &'a PendingStatement,
    /// What follows, this one first.
    ahead: Ahead<'a>,
    place: StatementPlace,
    /// Was it sent, by this run or an earlier one, and its end is not known?
    unknown: Option<String>,
    was_sent: bool,
}

impl Attempt<'_> {
    /// The table in which it leaves a mutation.
    fn table(&self) -> Option<QualifiedName> {
        mutated_table(&self.pending.effect, &self.place.sql)
    }

    fn row(&self, event: JournalEvent, query_id: &str) -> Row {
        Row::of(self.migration, self.pending, event, query_id)
    }
}

impl Work<'_> {
    /// Does the work.
    pub(super) async fn run(mut self, migrations: &[PendingMigration]) -> Result<Outcome, RunError> {
        self.is_long = migrations
            .iter()
            .map(|migration| migration.statements.len())
            .sum::<usize>()
            > SHORT;
        match self.migrations(migrations).await {
            Ok(()) => {
                self.withdraw();
                let mut pauses = self.retry.pauses();
                while let Err(error) = self.write().await {
                    let Some(pause) = error.may_pass().then(|| pauses.next()).flatten() else {
                        return Err(error);
                    };
                    tokio::time::sleep(pause).await;
                }
                Ok(self.outcome)
            }
            // The journal itself does not answer, or may not be written any more: what it holds is true, if not all.
            Err(error @ (RunError::Journal { .. } | RunError::Lock(_))) => Err(error),
            Err(error) => {
                self.withdraw();
                // If this fails as well, the journal says that an end is not known, and that is true too.
                let _ = self.write().await;
                Err(error)
            }
        }
    }

    async fn migrations(&mut self, migrations: &[PendingMigration]) -> Result<(), RunError> {
        let history = self.history;
        (self.events)(Event::RunStarted {
            migrations: migrations.len(),
            statements: migrations
                .iter()
                .map(|migration| migration.statements.len())
                .sum(),
        });
        let all: Vec<(&PendingMigration, &PendingStatement)> = migrations
            .iter()
            .flat_map(|migration| {
                migration
                    .statements
                    .iter()
                    .map(move |statement| (migration, statement))
            })
            .collect();
        let mut ahead = &all[..];
        for (at, migration) in migrations.iter().enumerate() {
            let entry = &history.entries()[migration.entry];
            if self.is_stopped() {
                return Ok(());
            }
            // Of the first one it was asked under the lock a moment ago.
            if at > 0 && migration.direction == Direction::Up && migration.statements.len() == migration.of {
                let unmet = verify_rows(self.session, entry).await.map_err(RunError::Verify)?;
                if !unmet.is_empty() {
                    return Err(RunError::Unmet(unmet));
                }
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
            for _ in &migration.statements {
                if self.is_stopped() {
                    return Ok(());
                }
                if self.statement(ahead).await? {
                    self.outcome.statements += 1;
                }
                ahead = ahead.get(1..).unwrap_or_default();
            }
            let took = began.elapsed();
            self.rows
                .push(Row::whole(migration, JournalEvent::Finished, took));
            match migration.direction {
                Direction::Up => self.outcome.applied.push(entry.id().clone()),
                Direction::Down => self.outcome.reverted.push(entry.id().clone()),
            }
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
    async fn statement(&mut self, ahead: Ahead<'_>) -> Result<bool, RunError> {
        let Some((migration, pending)) = ahead.first().copied() else {
            return Ok(false);
        };
        let mut at = Attempt {
            migration,
            pending,
            ahead,
            place: StatementPlace::of(migration, pending),
            unknown: pending.unknown.clone(),
            was_sent: false,
        };
        let mut pauses = self.retry.pauses();
        loop {
            let error = match self.attempt(&mut at).await {
                Ok(()) => return Ok(at.was_sent),
                Err(error) => error,
            };
            let Some(pause) = error.may_pass().then(|| pauses.next()).flatten() else {
                return Err(error);
            };
            (self.events)(Event::Retrying {
                statement: at.place.clone(),
                pause,
                error: self.session.redact(&error.to_string()),
            });
            tokio::time::sleep(pause).await;
            if (self.stop)() {
                return Err(error);
            }
        }
    }

    /// Tries to run a statement once. What an earlier try left open is looked up first.
    async fn attempt(&mut self, at: &mut Attempt<'_>) -> Result<(), RunError> {
        if let Some(query_id) = at.unknown.clone() {
            let settled = self.settle(at, &query_id).await?;
            (self.events)(Event::StatementSettled {
                statement: at.place.clone(),
                settled: settled.clone(),
            });
            match settled {
                Settled::Done => {
                    self.wait_for_mutation(at).await?;
                    self.rows.push(at.row(JournalEvent::FoundDone, &query_id));
                    return Ok(());
                }
                Settled::NotDone => {
                    self.rows.push(at.row(JournalEvent::FoundUndone, &query_id));
                    at.unknown = None;
                }
                Settled::Unknown(reason) => {
                    return Err(RunError::Unknown(Box::new(at.place.clone()), reason));
                }
            }
        }
        let query_id = self.announce(at).await?;
        (self.events)(Event::StatementStarted {
            statement: at.place.clone(),
        });
        let began = Instant::now();
        at.was_sent = true;
        let result = self.send(at, &query_id).await;
        let took = began.elapsed();
        self.took = took;
        let Err(error) = result else {
            let table = self.wait_for_mutation(at).await?;
            let event = if self.detach && table {
                JournalEvent::Detached
            } else {
                JournalEvent::Finished
            };
            let took = began.elapsed();
            self.took = took;
            self.rows.push(Row {
                took,
                ..at.row(event, &query_id)
            });
            (self.events)(Event::StatementFinished {
                statement: at.place.clone(),
                took,
            });
            return Ok(());
        };
        let words = self.session.redact(&error.to_string());
        (self.events)(Event::StatementFailed {
            statement: at.place.clone(),
            took,
            error: words.clone(),
        });
        let adds = matches!(at.pending.effect, Effect::Data(DataEffect::Adds));
        if error.may_have_run() || (adds && matches!(error.class(), ErrorClass::Busy | ErrorClass::Full)) {
            // The journal keeps the start without an end: that is the truth.
            at.unknown = Some(query_id);
            self.query_log.is_behind();
            return Err(RunError::Lost(Box::new(at.place.clone()), error));
        }
        self.rows.push(Row {
            took,
            error: words.clone(),
            ..at.row(JournalEvent::Failed, &query_id)
        });
        self.rows.push(Row {
            error: words,
            ..Row::whole(at.migration, JournalEvent::Failed, took)
        });
        Err(RunError::Statement(Box::new(at.place.clone()), error))
    }

    /// Sees to it that the statement stands in the journal and that the lock is held. Gives its query id.
    async fn announce(&mut self, at: &Attempt<'_>) -> Result<String, RunError> {
        let is_next = |announced: &&Announced| announced.row.is_about(at.migration, at.pending);
        if let Some(query_id) = self
            .announced
            .front()
            .filter(is_next)
            .map(|next| next.row.query_id.clone())
        {
            if !self.rows.is_empty() && self.written.elapsed() > STALE {
                self.write().await?;
            }
            let age = if self.took > QUICK { Duration::ZERO } else { FRESH };
            self.lock.check_within(age).await.map_err(RunError::Lock)?;
            self.announced.pop_front();
            return Ok(query_id);
        }
        let waiting = self.rows.len();
        let query_id = self.journal.query_id(waiting);
        self.rows.push(at.row(JournalEvent::Started, &query_id));
        // Behind a second try those that were announced with the first one still wait.
        let others = at
            .ahead
            .iter()
            .skip(1)
            .take_while(|(_, other)| other.joins && other.unknown.is_none());
        let mut announced = VecDeque::new();
        for (migration, pending) in others.take(TOGETHER - 1) {
            if !self.is_long || !self.announced.is_empty() {
                break;
            }
            let query_id = self.journal.query_id(self.rows.len());
            let row = Row::of(migration, pending, JournalEvent::Announced, &query_id);
            announced.push_back(Announced {
                row: row.clone(),
                is_first: pending.index == 0,
            });
            self.rows.push(row);
        }
        if let Err(error) = self.write().await {
            // It is not sent, so it is not started; the others still wait.
            self.rows.truncate(waiting);
            return Err(error);
        }
        self.announced.append(&mut announced);
        Ok(query_id)
    }

    /// What is announced will not be sent.
    fn withdraw(&mut self) {
        let announced: Vec<Announced> = self.announced.drain(..).collect();
        for Announced { row, is_first } in announced {
            let whole = is_first.then(|| Row {
                statement: 0,
                sum: None,
                query_id: String::new(),
                event: JournalEvent::Withdrawn,
                ..row.clone()
            });
            self.rows.push(Row {
                event: JournalEvent::Withdrawn,
                ..row
            });
            self.rows.extend(whole);
        }
    }

    // By `&mut`: listeners are `Send`, but need not be `Sync`.
    async fn send(&mut self, at: &Attempt<'_>, query_id: &str) -> Result<(), ServerError> {
        let mut settings = Vec::new();
        if at.table().is_some() {
            // It is waited for outside of the statement, with progress, and no connection has to live so long.
            // An ALTER of metadata waits for its mutation by `alter_sync`, UPDATE and DELETE by `mutations_sync`.
            settings.push(("mutations_sync", "0".to_owned()));
            settings.push(("alter_sync", "0".to_owned()));
        }
        if let Some(limit) = self.timeout {
            settings.push(("max_execution_time", limit.as_secs().to_string()));
        }
        let sql = self.secrets.reveal(&at.place.sql, at.pending);
        self.session.execute_with(&sql, Some(query_id), &settings).await
    }

    /// Waits until the server no longer runs the statement, and asks what has become of it.
    async fn settle(&mut self, at: &Attempt<'_>, query_id: &str) -> Result<Settled, RunError> {
        let mut told = false;
        while let Some(seconds) = settle::running(self.session, query_id)
            .await
            .map_err(RunError::Ask)?
        {
            if (self.stop)() {
                return Ok(Settled::Unknown(format!(
                    "it is still running on the server, for {seconds} s (query `{query_id}`)"
                )));
            }
            if !told {
                (self.events)(Event::StatementRuns {
                    statement: at.place.clone(),
                    query_id: query_id.to_owned(),
                    seconds,
                });
                told = true;
            }
            tokio::time::sleep(POLL).await;
        }
        let since = self.journal.started_at(query_id);
        let logged = self.query_log.ask(self.session, query_id, &since).await;
        match logged.map_err(RunError::Ask)? {
            Logged::Ran => return Ok(Settled::Done),
            Logged::NeverBegan => return Ok(Settled::NotDone),
            Logged::Nothing => {}
        }
        let question = settle::Question {
            session: self.session,
            history: self.history,
            migration: at.migration,
            statement: at.pending,
            since: &since,
            later: at
                .ahead
                .iter()
                .skip(1)
                .take_while(|(_, other)| other.unknown.is_some())
                .map(|(_, other)| &other.effect)
                .collect(),
        };
        question.settle().await
    }

    /// Waits until the mutation that a statement leaves has ended, unless nobody wants to wait. Says whether the
    /// statement is one that leaves a mutation.
    async fn wait_for_mutation(&mut self, at: &Attempt<'_>) -> Result<bool, RunError> {
        let Some(table) = at.table() else {
            return Ok(false);
        };
        if self.detach {
            return Ok(true);
        }
        let tables = [table];
        let mut pause = Duration::from_millis(5);
        let mut most = 0;
        loop {
            let open = unfinished(self.session, &tables).await.map_err(RunError::Ask)?;
            if let Some(mutation) = open.iter().find(|mutation| mutation.is_stuck()) {
                return Err(RunError::Stuck {
                    place: Box::new(at.place.clone()),
                    mutation: Box::new(mutation.clone()),
                    back: way_back(self.history, at),
                });
            }
            let Some(last) = open.last() else {
                return Ok(true);
            };
            most = most.max(last.parts_to_do);
            if pause >= POLL {
                (self.events)(Event::Mutation {
                    statement: at.place.clone(),
                    progress: Progress::of(last, most),
                    mutation: last.clone(),
                });
            }
            if (self.stop)() {
                return Err(RunError::Left {
                    place: Box::new(at.place.clone()),
                    mutation: Box::new(last.clone()),
                });
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    /// Writes the rows that wait. The server takes them only while this run holds the lock.
    async fn write(&mut self) -> Result<(), RunError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.lock.check().await.map_err(RunError::Lock)?;
        let sent = Instant::now();
        let records: Vec<Record<'_>> = self.rows.iter().map(|row| row.record(self.history)).collect();
        let first = self.journal.next();
        if let Err(source) = self.journal.append(&records).await {
            if source.may_have_run() && self.journal.holds(first).await.unwrap_or(false) {
                self.rows.clear();
                return Ok(());
            }
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
        self.lock.was_held(sent);
        self.written = Instant::now();
        Ok(())
    }
}

/// A run of more statements than this announces those together that may be.
const SHORT: usize = 32;

/// The most statements that one write announces.
const TOGETHER: usize = 100;

/// Ends wait no longer than this for the next announcement.
const STALE: Duration = Duration::from_secs(1);

/// A statement that was announced earlier is sent only if the lock was seen to be held as short ago as this, while the
/// statements are quick.
const FRESH: Duration = Duration::from_millis(100);

/// Behind a statement that took longer than this, the lock is asked for in any case: much may have happened meanwhile, and
/// the question costs little beside it.
const QUICK: Duration = Duration::from_millis(25);

/// How often something that goes on by itself is looked at, in the beginning.
const POLL: Duration = Duration::from_millis(300);

/// The statement that gives columns back the types that they had before this one.
fn way_back(history: &History, at: &Attempt<'_>) -> Option<String> {
    let Effect::Schema(statement) = &at.pending.effect else {
        return None;
    };
    let (Statement::AlterTable(alter), Direction::Up) = (statement.as_ref(), at.migration.direction) else {
        return None;
    };
    let before = history.around(at.migration.entry, at.pending.index).ok()?.before;
    let table = before.table(&alter.name)?;
    let commands: Vec<AlterCommand> = alter
        .commands
        .iter()
        .filter_map(|command| match command {
            AlterCommand::ModifyColumn(change) if change.data_type.is_some() => {
                let mut back = ColumnChange::new(change.name.clone());
                back.data_type = Some(table.column(change.name.as_str())?.data_type.clone());
                Some(AlterCommand::ModifyColumn(Box::new(back)))
            }
            _ => None,
        })
        .collect();
    let name = alter.name.clone();
    (!commands.is_empty()).then(|| render_line(&Statement::AlterTable(AlterTable { name, commands })))
}
