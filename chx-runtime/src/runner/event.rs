//! What the runner tells while it works. It prints nothing itself.

use std::time::Duration;

use chx_core::diag::Diagnostic;
use chx_core::history::MigrationId;
use serde::{Serialize, Serializer};

use super::{Mutation, Progress, Settled, StatementPlace};
use crate::journal::Direction;
use crate::lock::LockEvent;

/// Something that happened. The list is closed: whoever shows events handles all of them. Durations are whole
/// milliseconds in JSON.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Something about the history is worth knowing, and stops nothing.
    Warning {
        /// What.
        finding: Diagnostic,
    },
    /// The lock: somebody holds it, or it was taken from somebody.
    Lock {
        /// What happened.
        lock: LockEvent,
    },
    /// All is done, but the lock could not be given back; the next run takes it over.
    LockLeft {
        /// Why.
        error: String,
    },
    /// A migration begins.
    MigrationStarted {
        /// Its id.
        id: MigrationId,
        /// Which way it runs.
        direction: Direction,
        /// Its number among those of this run, from 1.
        number: usize,
        /// The number of migrations of this run.
        of: usize,
    },
    /// A statement that an earlier try left open was looked up in the database.
    StatementSettled {
        /// Which statement.
        statement: StatementPlace,
        /// What was found.
        settled: Settled,
    },
    /// A statement is sent.
    StatementStarted {
        /// Which statement.
        statement: StatementPlace,
    },
    /// A statement that an earlier try started still runs on the server; its end is waited for.
    StatementRuns {
        /// Which statement.
        statement: StatementPlace,
        /// Its query id.
        query_id: String,
        /// For how long it has been running, in seconds.
        seconds: u64,
    },
    /// A statement has ended, and the mutation that it left has not. Told about once a second.
    Mutation {
        /// Which statement.
        statement: StatementPlace,
        /// How far it is.
        progress: Progress,
        /// The mutation.
        mutation: Mutation,
    },
    /// Something went wrong that may pass; it is tried again.
    Retrying {
        /// Which statement.
        statement: StatementPlace,
        /// After how long.
        #[serde(rename = "pause_ms", serialize_with = "milliseconds")]
        pause: Duration,
        /// What went wrong.
        error: String,
    },
    /// A statement has ended well.
    StatementFinished {
        /// Which statement.
        statement: StatementPlace,
        /// How long it took.
        #[serde(rename = "took_ms", serialize_with = "milliseconds")]
        took: Duration,
    },
    /// A statement has failed. The run ends with an error, unless it is tried again.
    StatementFailed {
        /// Which statement.
        statement: StatementPlace,
        /// How long it took.
        #[serde(rename = "took_ms", serialize_with = "milliseconds")]
        took: Duration,
        /// What the server said.
        error: String,
    },
    /// All statements of a migration ran.
    MigrationFinished {
        /// Its id.
        id: MigrationId,
        /// Which way it ran.
        direction: Direction,
        /// How long it took.
        #[serde(rename = "took_ms", serialize_with = "milliseconds")]
        took: Duration,
    },
    /// The lock is held and it is known what is left to do. Told once, before the first migration.
    RunStarted {
        /// The number of migrations.
        migrations: usize,
        /// The number of statements that are left in them.
        statements: usize,
    },
}

fn milliseconds<S: Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(took.as_millis()).unwrap_or(u64::MAX))
}
