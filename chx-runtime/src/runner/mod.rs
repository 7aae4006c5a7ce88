//! Applies pending migrations, statement by statement, with the journal telling the truth at every moment.
//!
//! Decides what runs and when it is written down: a statement that starts is in the journal before it is sent, and its
//! end is there before the next one starts. A statement whose end nobody wrote down is looked up in the database and
//! then repeated, skipped or refused, never guessed. What destroys something runs only with consent by its name. One
//! runner works on a database at a time: what is left to do is decided under the lock, and a runner that lost it stops
//! before its next statement. The runner prints nothing; it tells events.

mod demand;
mod event;
pub mod mutations;
mod pending;
mod query_log;
mod repair;
mod retry;
mod rollback;
mod row;
mod secrets;
mod settle;
mod together;
mod work;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use chx_core::diag::{Diagnostic, Place, Severity};
use chx_core::history::{History, MigrationId};
use chx_core::ident::Ident;
use serde::Serialize;

use crate::client::{ErrorClass, Retry, ServerError, Session};
use crate::journal::{Direction, Journal, Runner};
use crate::lock::{Lock, LockError, Owner, Terms};
use crate::scratch::ScratchError;
use crate::verify::verify;

pub use demand::demands;
pub use event::Event;
pub use mutations::{Mutation, Progress};
pub(crate) use pending::objects_of;
pub use pending::{Endangered, Pending, PendingMigration, PendingStatement};
pub use repair::{Claim, Repaired};
pub use rollback::BackTo;
pub use settle::Settled;

use query_log::QueryLog;
use secrets::Secrets;
use work::Work;

/// What the person who runs it agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consent {
    /// Does the policy of the environment allow destroying anything at all?
    pub policy: bool,
    /// The names of what may be destroyed.
    pub names: BTreeSet<String>,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The migrations that are applied now and were not before.
    pub applied: Vec<MigrationId>,
    /// The migrations that were taken back.
    pub reverted: Vec<MigrationId>,
    /// The number of statements that were sent.
    pub statements: usize,
    /// Was it stopped before the end, between two statements?
    pub stopped: bool,
    /// What is left to do.
    pub left: Pending,
}

/// Why a run ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The history does not allow it.
    #[error("the history cannot be applied")]
    History(Vec<Diagnostic>),
    /// There is no lock, or no longer. Nothing was run without it.
    #[error(transparent)]
    Lock(LockError),
    /// Something would be destroyed without consent. Nothing was run.
    #[error("{} without consent; nothing was run", would_destroy(.0.len()))]
    Refused(Vec<Endangered>),
    /// The database is not what pending migrations expect. Nothing of the first of them was run.
    #[error("{} of what `{}` expects does not hold here; nothing of it was run", .0.len(), first_subject(.0))]
    Unmet(Vec<Diagnostic>),
    /// The value of a secret cannot be had. Nothing was run.
    #[error("{0} needs a secret: {1}; nothing was run")]
    Secret(Box<StatementPlace>, String),
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
    /// There was no answer to a statement, or none that says whether it ran.
    #[error("whether {0} ran is not known: {1}")]
    Lost(Box<StatementPlace>, #[source] ServerError),
    /// A statement of an earlier run has no known end, and the database does not show it, for this reason.
    #[error("whether {0} ran cannot be known: {1}")]
    Unknown(Box<StatementPlace>, String),
    /// The mutation that a statement left fails on the data, and will fail each time.
    #[error("the mutation that {place} left is stuck: {}", why_stuck(mutation))]
    Stuck {
        /// Which statement.
        place: Box<StatementPlace>,
        /// The mutation.
        mutation: Box<Mutation>,
        /// The statement that gives the columns back the types that they had.
        back: Option<String>,
    },
    /// The run was asked to end while a mutation was waited for.
    #[error("stopped while the mutation that {place} left was running")]
    Left {
        /// Which statement.
        place: Box<StatementPlace>,
        /// The mutation.
        mutation: Box<Mutation>,
    },
    /// The database cannot be asked about a statement of an earlier run.
    #[error("the database cannot be asked about a statement of an earlier run: {0}")]
    Ask(#[source] ServerError),
    /// A migration cannot be taken back, for this reason. Nothing was run.
    #[error("`{0}` {1}")]
    NoWayBack(MigrationId, String),
    /// The database does not show what a person claims of a migration. Nothing was changed.
    #[error("`{0}`: {1}")]
    Disproven(MigrationId, String),
    /// A savepoint of this name is there already. Nothing was run.
    #[error("there is a savepoint `{0}` already; nothing was run")]
    SavepointExists(MigrationId),
    /// The database cannot be asked what pending migrations expect of it. Nothing was run without that.
    #[error("the database cannot be asked whether it is what the pending migrations expect: {0}")]
    Verify(#[source] ServerError),
    /// The scratch engine that compares definitions failed.
    #[error(transparent)]
    Scratch(ScratchError),
}

fn why_stuck(mutation: &Mutation) -> String {
    format!(
        "it fails on part `{}` of `{}.{}`, each time that the server tries: {}",
        mutation.failed_part,
        mutation.database,
        mutation.table,
        ServerError::from_text(&mutation.reason)
    )
}

fn first_subject(findings: &[Diagnostic]) -> &str {
    findings.first().map_or("", |finding| &finding.subject)
}

fn would_destroy(count: usize) -> String {
    if count == 1 {
        "1 thing would be destroyed".to_owned()
    } else {
        format!("{count} things would be destroyed")
    }
}

/// One statement of the history, to be shown to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementPlace {
    /// The migration.
    pub migration: MigrationId,
    /// Which way it runs.
    pub direction: Direction,
    /// Where the statement stands.
    pub place: Option<Place>,
    /// Its number, from 1.
    pub number: usize,
    /// The number of statements in the migration.
    pub of: usize,
    /// The statement.
    pub sql: String,
}

impl StatementPlace {
    fn of(migration: &PendingMigration, statement: &PendingStatement) -> Self {
        Self {
            migration: migration.id.clone(),
            direction: migration.direction,
            place: statement.place.clone(),
            number: statement.index + 1,
            of: migration.of,
            sql: statement.sql.clone(),
        }
    }
}

impl fmt::Display for StatementPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let back = match self.direction {
            Direction::Up => "",
            Direction::Down => " of the way back",
        };
        write!(
            f,
            "statement {} of {}{back} in `{}`",
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
    pub fn way_out(&self) -> Option<String> {
        let first = match self {
            Self::Statement(_, error)
            | Self::Lost(_, error)
            | Self::Ask(error)
            | Self::Journal { source: error, .. }
            | Self::Lock(LockError::Server { source: error, .. }) => out_of_refusal(error),
            _ => None,
        };
        match (first, self.next()) {
            (Some(first), Some(next)) => Some(format!("{first}. {next}")),
            (first, next) => first.map(str::to_owned).or(next),
        }
    }

    fn next(&self) -> Option<String> {
        let words = match self {
            Self::Stuck { mutation, back, .. } => return Some(out_of_stuck(mutation, back.as_deref())),
            Self::Statement(at, _) => {
                return Some(out_of_failed(at));
            }
            Self::Lost(..) => Some(
                "run `migrate` again when the server is back: it looks the statement up in the database, and repeats \
                 it only if it did not run",
            ),
            Self::Unknown(..) => Some(
                "look at the object: bring it to the state before or after the statement, and run `migrate` again; or \
                 finish it or take it back by hand, and run `chx-migrate repair --mark-applied` or `--mark-reverted`",
            ),
            Self::NoWayBack(..) => Some(
                "nothing was run. Take it back by hand and run `chx-migrate repair --mark-reverted`, or write what has \
                 to change as a new migration",
            ),
            Self::Disproven(..) => Some("nothing was changed; `chx-migrate drift` shows the difference"),
            Self::SavepointExists(_) => Some("take another name"),
            Self::Journal { source, .. } if source.class() == ErrorClass::Permanent => Some(
                "nothing that is not in the journal was run. Is its table one that chx made? If not, name another \
                 database in `[journal]`; then run `migrate` again",
            ),
            Self::Journal { .. } | Self::Ask(_) | Self::Verify(_) => {
                Some("nothing that is not in the journal was run; run `migrate` again")
            }
            Self::Lock(LockError::Held { .. }) => Some(
                "run it again when that run has ended, or wait longer with `--wait`. A dead owner is found out by \
                 itself; if you know that it is dead, `chx-migrate unlock` takes the lock away from it",
            ),
            Self::Lock(LockError::Lost(_)) => Some(
                "this run stopped before its next statement; what it did is in the journal, and whoever holds the lock \
                 goes on from there",
            ),
            Self::Lock(LockError::Foreign { .. }) => {
                Some("look at the table; if nobody needs it, drop it and run `migrate` again")
            }
            Self::Lock(LockError::Server { .. }) => Some("nothing was run; run `migrate` again"),
            Self::Left { .. } => Some("it goes on by itself; run `migrate` again to wait for it and go on"),
            Self::Secret(..) => Some("set the variable or write the file, and run `migrate` again"),
            Self::Unmet(_) => Some("`chx-migrate verify` asks again, and changes nothing"),
            Self::Lock(LockError::Stopped) | Self::History(_) | Self::Refused(_) | Self::Scratch(_) => None,
        };
        words.map(str::to_owned)
    }
}

/// What a person has to do at the server before anything else helps.
fn out_of_refusal(error: &ServerError) -> Option<&'static str> {
    match error.class() {
        ErrorClass::Access => Some(
            "the user of this connection may not do that, or may only read: use one that may, or change its rights or \
             `readonly` in its profile (`status` and plans need `readonly` 0 or 2)",
        ),
        ErrorClass::Full => Some("the server has no room left on its disk: free some or add some"),
        _ => None,
    }
}

fn out_of_failed(at: &StatementPlace) -> String {
    let id = &at.migration;
    match at.direction {
        Direction::Up => format!(
            "what ran before it stays and is written down. There are three ways on. resume: correct what the server \
             complains about, in the database or in this statement and those after it, and run `migrate` again. \
             rollback: `chx-migrate rollback --steps 1` takes back what ran of it. repair: bring the database there by \
             hand, and run `chx-migrate repair --mark-applied {id}` or `--mark-reverted {id}`, which looks whether it is so"
        ),
        Direction::Down => format!(
            "what ran before it is written down. Correct what the server complains about and run the same `rollback` \
             again; or go back by hand, and run `chx-migrate repair --mark-reverted {id}`, which looks whether it is so"
        ),
    }
}

fn out_of_stuck(mutation: &Mutation, back: Option<&str>) -> String {
    let kill = mutation.kill();
    match back {
        Some(back) => format!(
            "`{back}` frees it and makes the column readable again; then mend the data or the migration, and run \
             `migrate` again. `{kill}` only takes the mutation away, and leaves the column as the statement has left it"
        ),
        None => {
            format!("`{kill}` takes it away; then mend the data or the migration, and run `migrate` again")
        }
    }
}

/// How a run goes about its work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// How long to wait for the lock, and when its owner is dead.
    pub lock: Terms,
    /// How often to try again.
    pub retry: Retry,
    /// The most that the server may spend on one statement (`max_execution_time`). Mutations are not counted.
    pub timeout: Option<Duration>,
    /// Leave mutations running instead of waiting for them.
    pub detach: bool,
}

/// Everything that a run needs.
pub struct Run<'a> {
    /// The connection.
    pub session: &'a Session,
    /// The database of the journal and the lock.
    pub database: &'a Ident,
    /// The history.
    pub history: &'a History,
    /// The folder that relative paths of secrets start from.
    pub root: &'a Path,
    /// How to go about it.
    pub settings: Settings,
    /// Asked before every statement: should the run end here?
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Is told what happens.
    pub events: &'a mut (dyn FnMut(Event) + Send),
}

/// What a run is to reach.
#[derive(Debug, Clone, Copy)]
enum Goal<'g> {
    /// Everything up to and including a migration is applied, with a savepoint before it.
    Applied {
        to: Option<&'g MigrationId>,
        savepoint: Option<&'g MigrationId>,
    },
    /// What came later is taken back.
    Back(&'g BackTo),
}

impl Run<'_> {
    /// Applies what is pending, up to and including the migration `to`. Does nothing when nothing is pending, and then
    /// asks for no lock.
    pub async fn migrate(self, to: Option<&MigrationId>, consent: &Consent) -> Result<Outcome, RunError> {
        let savepoint = None;
        self.reach(Goal::Applied { to, savepoint }, consent).await
    }

    /// As [`migrate`](Self::migrate), and writes down under this name where the database stands before it.
    pub async fn migrate_from(
        self,
        savepoint: &MigrationId,
        to: Option<&MigrationId>,
        consent: &Consent,
    ) -> Result<Outcome, RunError> {
        let savepoint = Some(savepoint);
        self.reach(Goal::Applied { to, savepoint }, consent).await
    }

    /// Takes migrations back, the last one first. Does nothing when there is nothing to take back.
    pub async fn rollback(self, to: &BackTo, consent: &Consent) -> Result<Outcome, RunError> {
        self.reach(Goal::Back(to), consent).await
    }

    async fn reach(mut self, goal: Goal<'_>, consent: &Consent) -> Result<Outcome, RunError> {
        let runner = Runner::of_process();
        let mut journal = Journal::new(self.session, self.database, runner.clone());
        let pending = self.pending(&mut journal, goal).await?;
        for finding in &pending.warnings {
            (self.events)(Event::Warning {
                finding: finding.clone(),
            });
        }
        let has_savepoint = matches!(
            goal,
            Goal::Applied {
                savepoint: Some(_),
                ..
            }
        );
        if pending.is_empty() && !has_savepoint {
            return Ok(Outcome::default());
        }
        pending.refuse_without(consent)?;
        Secrets::read(&pending, self.root)?;
        let lock = self.lock(runner).await?;
        let result = self
            .under(&lock, journal.fenced(lock.fence()), goal, consent)
            .await;
        self.give_back(lock).await;
        result
    }

    // By `&mut`: listeners are `Send`, but need not be `Sync`.
    async fn pending(&mut self, journal: &mut Journal<'_>, goal: Goal<'_>) -> Result<Pending, RunError> {
        let state = journal.read().await.map_err(|source| RunError::Journal {
            action: "read",
            source,
        })?;
        let (to, savepoint) = match goal {
            Goal::Applied { to, savepoint } => (to, savepoint),
            Goal::Back(to) => return Pending::find_back(self.history, &state, to),
        };
        if let Some(name) = savepoint.filter(|name| state.savepoints.contains_key(*name)) {
            return Err(RunError::SavepointExists(name.clone()));
        }
        let mut pending = Pending::find(self.history, &state, to).map_err(RunError::History)?;
        let demands = demands(self.session, self.history, &pending).await?;
        if demands.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(RunError::History(demands));
        }
        pending.warnings.extend(demands);
        Ok(pending)
    }

    async fn lock(&mut self, runner: Runner) -> Result<Lock, RunError> {
        let events = &mut *self.events;
        let mut told = |lock| events(Event::Lock { lock });
        let owner = Owner::of_process(runner);
        Lock::take(
            self.session,
            self.database,
            &owner,
            self.settings.lock,
            self.stop,
            &mut told,
        )
        .await
        .map_err(RunError::Lock)
    }

    /// What is done is done: a lock that cannot be given back is taken over by the next run.
    async fn give_back(&mut self, lock: Lock) {
        let error = match tokio::time::timeout(PATIENCE, lock.release()).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer from the server".to_owned(),
        };
        (self.events)(Event::LockLeft { error });
    }

    /// Decides anew what is left, because another run may have ended meanwhile, and does it.
    async fn under(
        &mut self,
        lock: &Lock,
        mut journal: Journal<'_>,
        goal: Goal<'_>,
        consent: &Consent,
    ) -> Result<Outcome, RunError> {
        let pending = self.pending(&mut journal, goal).await?;
        pending.refuse_without(consent)?;
        let verified = verify(self.session, self.database, self.history, &pending)
            .await
            .map_err(RunError::Verify)?;
        let unmet: Vec<Diagnostic> = verified.unmet().cloned().collect();
        if !unmet.is_empty() {
            return Err(RunError::Unmet(unmet));
        }
        let secrets = Secrets::read(&pending, self.root)?;
        let session = secrets.guard(self.session);
        if let Goal::Applied {
            savepoint: Some(name),
            ..
        } = goal
        {
            journal
                .savepoint(name)
                .await
                .map_err(|source| RunError::Journal {
                    action: "written",
                    source,
                })?;
        }
        let work = Work {
            session: &session,
            secrets: &secrets,
            history: self.history,
            lock,
            journal,
            stop: self.stop,
            events: &mut *self.events,
            retry: self.settings.retry,
            timeout: self.settings.timeout,
            detach: self.settings.detach,
            rows: Vec::new(),
            announced: VecDeque::new(),
            is_long: false,
            query_log: QueryLog::default(),
            written: Instant::now(),
            took: Duration::ZERO,
            outcome: Outcome::default(),
        };
        let mut outcome = work.run(&pending.migrations).await?;
        outcome.left.migrations = pending.migrations;
        let done = |id: &MigrationId| outcome.applied.contains(id) || outcome.reverted.contains(id);
        outcome.left.migrations.retain(|migration| !done(&migration.id));
        Ok(outcome)
    }
}

/// How long to wait for an answer that changes nothing.
const PATIENCE: Duration = Duration::from_secs(5);
