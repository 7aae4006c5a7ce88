//! What the journal says about every migration, from the last row about each statement.

use std::collections::BTreeMap;

use chx_core::history::{Checksum, MigrationId};
use serde::{Deserialize, Serialize};

use super::{Direction, Event, SAVEPOINT};

/// The last row about one statement, as the server gives it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Row {
    migration: String,
    direction: String,
    statement: usize,
    event: String,
    checksum: String,
    statement_checksum: String,
    query_id: String,
    error: String,
    host: String,
    user: String,
    version: String,
    duration_ms: u64,
    first_at: String,
    last_at: String,
    pub(super) last: u64,
}

/// What the journal says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalState {
    /// The migrations that were ever started, by id.
    pub migrations: BTreeMap<MigrationId, MigrationRecord>,
    /// The savepoints by name, each with the number of its row: what has a greater number came later.
    pub savepoints: BTreeMap<MigrationId, u64>,
}

/// What the journal says about one migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MigrationRecord {
    /// How far it got.
    pub phase: Phase,
    /// The sum that its file had.
    pub checksum: String,
    /// When it was first started (server's clock, UTC).
    pub started_at: String,
    /// When its last row was written (server's clock, UTC).
    pub last_at: String,
    /// The machine that it last ran from.
    pub host: String,
    /// The user of that machine.
    pub user: String,
    /// The version of chx that ran it.
    pub version: String,
    /// The number of its last row: what came later has a greater one.
    pub last: u64,
    /// Its statements up, by their number, counted from 1.
    pub statements: BTreeMap<usize, StatementRecord>,
    /// The statements of a way back that has begun and not ended, by their number, counted from 1.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub down: BTreeMap<usize, StatementRecord>,
}

/// How far a migration got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// All its statements ran.
    Applied,
    /// It was started and has not ended: its runner works, or died.
    Unfinished,
    /// One of its statements failed.
    Failed,
    /// It is being taken back: its runner works, or died, or a statement of the way back failed.
    Reverting,
    /// It was taken back.
    Reverted,
}

/// What the journal says about one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRecord {
    /// How far it got.
    pub state: StatementState,
    /// The sum of its SQL.
    pub checksum: String,
    /// The query id of its last run.
    pub query_id: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Did it leave a mutation that nobody waited for?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub detached: bool,
    /// What the server said when it failed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub error: String,
}

/// How far a statement got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementState {
    /// It ran.
    Done,
    /// It did not run.
    NotDone,
    /// It was started, and nobody knows.
    Unknown,
}

impl From<Event> for StatementState {
    fn from(event: Event) -> Self {
        match event {
            Event::Started | Event::Announced => Self::Unknown,
            Event::Finished | Event::Detached | Event::FoundDone => Self::Done,
            Event::Failed | Event::FoundUndone | Event::Withdrawn => Self::NotDone,
        }
    }
}

impl JournalState {
    /// Puts the rows together; they are sorted by their number.
    pub(super) fn from_rows(rows: Vec<Row>) -> Result<Self, String> {
        let mut state = Self::default();
        for row in rows {
            let id = MigrationId::new(row.migration.as_str()).map_err(|error| error.to_string())?;
            if row.direction == SAVEPOINT {
                state.savepoints.insert(id, row.last);
                continue;
            }
            let event: Event = word(&row.event)?;
            let direction: Direction = word(&row.direction)?;
            if (direction, row.statement, event) == (Direction::Up, 0, Event::Withdrawn) {
                // Nothing of it was sent: it is as if it had never been announced.
                state.migrations.remove(&id);
                continue;
            }
            let record = state.migrations.entry(id).or_insert_with(|| MigrationRecord {
                phase: Phase::Unfinished,
                checksum: String::new(),
                started_at: row.first_at.clone(),
                last_at: String::new(),
                host: String::new(),
                user: String::new(),
                version: String::new(),
                last: 0,
                statements: BTreeMap::new(),
                down: BTreeMap::new(),
            });
            record.checksum = row.checksum;
            record.last_at = row.last_at;
            record.host = row.host;
            record.user = row.user;
            record.version = row.version;
            record.last = row.last;
            match (direction, row.statement, event) {
                (Direction::Up, 0, Event::Finished) => {
                    record.phase = Phase::Applied;
                    record.down.clear();
                }
                (Direction::Up, 0, Event::Failed) => record.phase = Phase::Failed,
                (Direction::Down, 0, Event::Finished) => {
                    record.phase = Phase::Reverted;
                    record.statements.clear();
                    record.down.clear();
                }
                (Direction::Up, 0, _) => record.phase = Phase::Unfinished,
                (Direction::Down, 0, _) => record.phase = Phase::Reverting,
                (_, statement, event) => {
                    let statement_record = StatementRecord {
                        state: event.into(),
                        detached: event == Event::Detached,
                        checksum: row.statement_checksum,
                        query_id: row.query_id,
                        duration_ms: row.duration_ms,
                        error: row.error,
                    };
                    if direction == Direction::Up {
                        record.statements.insert(statement, statement_record);
                    } else {
                        record.phase = Phase::Reverting;
                        record.down.insert(statement, statement_record);
                    }
                }
            }
        }
        Ok(state)
    }
}

impl MigrationRecord {
    /// Was the migration applied with other bytes than these?
    pub fn differs_from(&self, checksum: Checksum) -> bool {
        self.checksum != checksum.to_string()
    }
}

fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(
        text,
    ))
    .map_err(|error| format!("the journal holds a word of a later version of chx: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(last: u64, direction: &str, statement: usize, event: &str) -> Row {
        Row {
            migration: "m".into(),
            direction: direction.into(),
            statement,
            event: event.into(),
            checksum: "c".into(),
            statement_checksum: "s".into(),
            query_id: String::new(),
            error: String::new(),
            host: String::new(),
            user: String::new(),
            version: String::new(),
            duration_ms: 0,
            first_at: String::new(),
            last_at: String::new(),
            last,
        }
    }

    #[track_caller]
    fn state(rows: Vec<Row>, phase: Phase, statements: &[StatementState]) {
        let state = JournalState::from_rows(rows).unwrap();
        let record = &state.migrations[&MigrationId::new("m").unwrap()];
        assert_eq!(record.phase, phase);
        assert_eq!(
            record.statements.values().map(|s| s.state).collect::<Vec<_>>(),
            statements
        );
    }

    #[test]
    fn the_last_row_counts() {
        state(
            vec![row(1, "up", 0, "started"), row(2, "up", 1, "started")],
            Phase::Unfinished,
            &[StatementState::Unknown],
        );
        state(
            vec![row(3, "up", 1, "finished"), row(4, "up", 0, "finished")],
            Phase::Applied,
            &[StatementState::Done],
        );
        state(
            vec![row(3, "up", 1, "failed"), row(4, "up", 0, "failed")],
            Phase::Failed,
            &[StatementState::NotDone],
        );
        state(
            vec![
                row(3, "up", 1, "finished"),
                row(4, "up", 0, "finished"),
                row(6, "down", 1, "finished"),
                row(7, "down", 0, "finished"),
            ],
            Phase::Reverted,
            &[],
        );
    }

    #[test]
    fn a_way_back_that_has_not_ended_is_none_that_can_be_forgotten() {
        let applied = [row(1, "up", 1, "finished"), row(2, "up", 0, "finished")];
        let begun = [
            &applied[..],
            &[row(4, "down", 1, "finished"), row(5, "down", 2, "started")],
        ]
        .concat();
        let state = JournalState::from_rows(begun).unwrap();
        let record = &state.migrations[&MigrationId::new("m").unwrap()];
        assert_eq!((record.phase, record.down.len()), (Phase::Reverting, 2));
        // What an earlier way back did says nothing about this one.
        let again = vec![
            row(1, "down", 2, "finished"),
            row(2, "up", 1, "finished"),
            row(3, "up", 0, "finished"),
            row(4, "down", 0, "started"),
            row(5, "down", 1, "finished"),
        ];
        let state = JournalState::from_rows(again).unwrap();
        let record = &state.migrations[&MigrationId::new("m").unwrap()];
        assert_eq!(record.down.keys().collect::<Vec<_>>(), [&1]);
    }

    #[test]
    fn what_was_announced_is_open_until_it_is_withdrawn() {
        let begun = [row(1, "up", 1, "finished"), row(2, "up", 2, "announced")];
        state(
            begun.to_vec(),
            Phase::Unfinished,
            &[StatementState::Done, StatementState::Unknown],
        );
        state(
            [&begun[..1], &[row(3, "up", 2, "withdrawn")]].concat(),
            Phase::Unfinished,
            &[StatementState::Done, StatementState::NotDone],
        );
        let never_begun = vec![row(1, "up", 1, "withdrawn"), row(2, "up", 0, "withdrawn")];
        assert_eq!(
            JournalState::from_rows(never_begun).unwrap(),
            JournalState::default()
        );
    }

    #[test]
    fn a_word_of_a_later_version_is_refused() {
        assert!(
            JournalState::from_rows(vec![row(1, "up", 0, "paused")])
                .unwrap_err()
                .contains("later version")
        );
    }
}
