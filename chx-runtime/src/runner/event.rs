//! What the runner tells while it works. It prints nothing itself.

use std::time::Duration;

use chx_core::history::MigrationId;

use super::Settled;
use crate::client::ServerError;

/// Something that happened. The list is closed: whoever shows events handles all of them.
#[derive(Debug)]
pub enum Event<'a> {
    /// A migration begins.
    MigrationStarted {
        /// Its id.
        id: &'a MigrationId,
        /// Its number among those of this run, from 1.
        number: usize,
        /// The number of migrations of this run.
        of: usize,
    },
    /// A statement that an earlier run left open was looked up in the database.
    StatementSettled {
        /// Which statement.
        statement: StatementRef<'a>,
        /// What was found.
        settled: &'a Settled,
    },
    /// A statement is sent.
    StatementStarted {
        /// Which statement.
        statement: StatementRef<'a>,
    },
    /// A statement has ended well.
    StatementFinished {
        /// Which statement.
        statement: StatementRef<'a>,
        /// How long it took.
        took: Duration,
    },
    /// A statement has failed. The run ends with an error.
    StatementFailed {
        /// Which statement.
        statement: StatementRef<'a>,
        /// How long it took.
        took: Duration,
        /// What the server said.
        error: &'a ServerError,
    },
    /// All statements of a migration ran.
    MigrationFinished {
        /// Its id.
        id: &'a MigrationId,
        /// How long it took.
        took: Duration,
    },
}

/// One statement of a migration.
#[derive(Debug, Clone, Copy)]
pub struct StatementRef<'a> {
    /// The migration.
    pub migration: &'a MigrationId,
    /// The number of the statement in its migration, from 1.
    pub number: usize,
    /// The number of statements in its migration.
    pub of: usize,
    /// The SQL.
    pub sql: &'a str,
}
