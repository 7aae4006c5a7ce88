//! A row of the journal that waits to be written: what happened to a statement, or to a migration as a whole.
//!
//! It decides nothing; it keeps what happened until the next request carries it.

use std::time::Duration;

use chx_core::history::{Checksum, History};

use super::{PendingMigration, PendingStatement};
use crate::journal::{Direction, Event as JournalEvent, Record};

/// A row of the journal that is not written yet.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) entry: usize,
    pub(super) direction: Direction,
    /// Counted from 1; 0 is the migration as a whole.
    pub(super) statement: usize,
    /// The sum of the statement; `None` for a whole migration.
    pub(super) sum: Option<Checksum>,
    pub(super) event: JournalEvent,
    pub(super) query_id: String,
    pub(super) took: Duration,
    pub(super) error: String,
}

impl Row {
    /// What happened to a statement.
    pub(super) fn of(
        migration: &PendingMigration,
        pending: &PendingStatement,
        event: JournalEvent,
        query_id: &str,
    ) -> Self {
        Self {
            statement: pending.index + 1,
            sum: Some(Checksum::of(pending.sql.as_bytes())),
            query_id: query_id.to_owned(),
            ..Self::whole(migration, event, Duration::ZERO)
        }
    }

    /// Is it about this statement?
    pub(super) fn is_about(&self, migration: &PendingMigration, pending: &PendingStatement) -> bool {
        (self.entry, self.direction, self.statement)
            == (migration.entry, migration.direction, pending.index + 1)
    }

    /// What happened to a migration as a whole.
    pub(super) fn whole(migration: &PendingMigration, event: JournalEvent, took: Duration) -> Self {
        Self {
            entry: migration.entry,
            direction: migration.direction,
            statement: 0,
            sum: None,
            event,
            query_id: String::new(),
            took,
            error: String::new(),
        }
    }

    /// As the journal takes it.
    pub(super) fn record<'r>(&'r self, history: &'r History) -> Record<'r> {
        let entry = &history.entries()[self.entry];
        Record {
            migration: entry.id(),
            direction: self.direction,
            statement: self.statement,
            event: self.event,
            checksum: entry.checksum,
            statement_checksum: self.sum.unwrap_or(entry.checksum),
            query_id: &self.query_id,
            duration_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            error: &self.error,
        }
    }
}
