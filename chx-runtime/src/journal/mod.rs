//! The journal: what was done to a database, statement by statement, in the database itself.
//!
//! A row is written before a statement runs and one after it ended; rows are never changed. Their order is a number
//! that counts up, so that no clock decides what came first. What the journal says about a statement is its last row:
//! a `started` or `announced` without an end means that nobody knows. The table is made when there is something to write.

mod state;

use std::fmt::Write as _;

use chx_core::history::{Checksum, Entry, MigrationId, SqlStep};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::sql::write_string;
use serde::{Deserialize, Serialize};

use crate::client::{ErrorClass, ServerError, Session};

pub use state::{JournalState, MigrationRecord, Phase, StatementRecord, StatementState};

/// The journal of one database.
#[derive(Debug)]
pub struct Journal<'a> {
    session: &'a Session,
    table: QualifiedName,
    /// Who runs.
    runner: Runner,
    /// The number of the next row.
    next: u64,
    /// Is the table known to exist?
    exists: bool,
    /// A scalar subquery that fails when this runner may not write any more.
    fence: Option<String>,
}

/// Who writes the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runner {
    /// One run of `migrate`; query ids start with it.
    pub run: String,
    /// The machine that chx ran on.
    pub host: String,
    /// The user of that machine.
    pub user: String,
    /// The version of chx.
    pub version: String,
}

impl Runner {
    /// This process.
    pub fn of_process() -> Self {
        let user = ["USER", "LOGNAME", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok());
        let now = jiff::Timestamp::now();
        Self {
            // Unique as far as it has to be: two runs of one moment on one machine have two process ids.
            run: format!("{}-{}", now.strftime("%Y%m%dT%H%M%S%6f"), std::process::id()),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            user: user.unwrap_or_else(|| "unknown".to_owned()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It is about to run.
    Started,
    /// It ran.
    Finished,
    /// It ran, and left a mutation that nobody waited for.
    Detached,
    /// The server refused it, and it did not run.
    Failed,
    /// Its end was not known; the database showed that it had run.
    FoundDone,
    /// Its end was not known; the database showed that it had not run.
    FoundUndone,
    /// It is about to run, after those that were announced with it.
    Announced,
    /// It was announced, and the run ended before it was sent.
    Withdrawn,
}

impl Event {
    fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Detached => "detached",
            Self::Failed => "failed",
            Self::FoundDone => "found_done",
            Self::FoundUndone => "found_undone",
            Self::Announced => "announced",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Which way a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// There.
    Up,
    /// Back.
    Down,
}

impl Direction {
    /// The statements of a migration in this direction.
    pub fn steps(self, entry: &Entry) -> &[SqlStep] {
        match self {
            Self::Up => &entry.parsed.migration.up,
            Self::Down => &entry.parsed.migration.down,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// What stands in the column of the direction of a savepoint.
const SAVEPOINT: &str = "savepoint";

/// What is about to be written.
#[derive(Debug, Clone)]
pub struct Record<'r> {
    /// The migration.
    pub migration: &'r MigrationId,
    /// Which way.
    pub direction: Direction,
    /// The statement, counted from 1; 0 is the migration as a whole.
    pub statement: usize,
    /// What happened.
    pub event: Event,
    /// The sum of the file.
    pub checksum: Checksum,
    /// The sum of the statement; of the file for a whole migration.
    pub statement_checksum: Checksum,
    /// The query id that the server knows it by.
    pub query_id: &'r str,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// What the server said.
    pub error: &'r str,
}

impl<'a> Journal<'a> {
    /// The journal in this database. Nothing is read or made yet.
    pub fn new(session: &'a Session, database: &Ident, runner: Runner) -> Self {
        let name = chx_core::ident::Ident::new("journal");
        let name = name.unwrap_or_else(|_| database.clone());
        Self {
            session,
            table: QualifiedName {
                database: database.clone(),
                name,
            },
            runner,
            next: 1,
            exists: false,
            fence: None,
        }
    }

    /// Only rows that this scalar subquery lets through are written: the server refuses all others.
    #[must_use]
    pub fn fenced(mut self, fence: String) -> Self {
        self.fence = Some(fence);
        self
    }

    /// Reads what happened so far. A journal that was never written is empty.
    pub async fn read(&mut self) -> Result<JournalState, ServerError> {
        let sql = format!(
            "SELECT migration, direction, statement, \
             argMax(event, sequence) AS event, argMax(checksum, sequence) AS checksum, \
             argMax(statement_checksum, sequence) AS statement_checksum, argMax(query_id, sequence) AS query_id, \
             argMax(error, sequence) AS error, argMax(host, sequence) AS host, argMax(user, sequence) AS user, \
             argMax(version, sequence) AS version, argMax(duration_ms, sequence) AS duration_ms, \
             toString(min(at)) AS first_at, toString(max(at)) AS last_at, max(sequence) AS last \
             FROM {} GROUP BY migration, direction, statement ORDER BY last",
            self.table.sql()
        );
        match self.session.rows::<state::Row>(&sql).await {
            Ok(rows) => {
                self.exists = true;
                self.next = rows.iter().map(|row| row.last).max().unwrap_or(0) + 1;
                JournalState::from_rows(rows).map_err(ServerError::Answer)
            }
            Err(error) if error.class() == ErrorClass::Missing => Ok(JournalState::default()),
            Err(error) => Err(error),
        }
    }

    /// The query id for the statement that a row is about, by its place among the rows that are written next.
    pub fn query_id(&self, place: usize) -> String {
        format!("chx-{}-{}", self.runner.run, self.next + place as u64)
    }

    /// Writes a savepoint. Its row has the number that says what came before and after it.
    pub async fn savepoint(&mut self, name: &MigrationId) -> Result<(), ServerError> {
        let sum = Checksum::of(&[]);
        let record = Record {
            migration: name,
            direction: Direction::Up,
            statement: 0,
            event: Event::Finished,
            checksum: sum,
            statement_checksum: sum,
            query_id: "",
            duration_ms: 0,
            error: "",
        };
        self.insert(&[record], Some(SAVEPOINT)).await
    }

    /// The number that the next row gets.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Has this run written the row of this number? Rows arrive together or not at all.
    pub async fn holds(&self, number: u64) -> Result<bool, ServerError> {
        let mut sql = format!(
            "SELECT count() FROM {} WHERE sequence = {number} AND run = ",
            self.table.sql()
        );
        write_string(&mut sql, &self.runner.run);
        match self.session.scalar(&sql).await {
            Ok(count) => Ok(count != "0"),
            Err(error) if error.class() == ErrorClass::Missing => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A scalar subquery: when the start of the statement with this query id was written down.
    pub fn started_at(&self, query_id: &str) -> String {
        let mut sql = format!("(SELECT max(at) FROM {} WHERE query_id = ", self.table.sql());
        write_string(&mut sql, query_id);
        sql.push(')');
        sql
    }

    /// Writes rows in one request. Their order is their order here.
    pub async fn append(&mut self, records: &[Record<'_>]) -> Result<(), ServerError> {
        self.insert(records, None).await
    }

    /// `direction` stands for that of the records, where it is given.
    async fn insert(&mut self, records: &[Record<'_>], direction: Option<&str>) -> Result<(), ServerError> {
        if records.is_empty() {
            return Ok(());
        }
        if !self.exists {
            self.create().await?;
            self.exists = true;
        }
        let mut sql = format!("INSERT INTO {} ({COLUMNS}) ", self.table.sql());
        self.write_rows(&mut sql, records, direction);
        if let Some(fence) = &self.fence {
            let _ = write!(sql, " WHERE {fence} >= 0");
        }
        // The next numbers are other ones even where it is not known whether these rows arrived.
        self.next += records.len() as u64;
        self.session.execute(&sql, None).await
    }

    /// INSERT ... SELECT is plain SQL: no row format, no asynchronous insert, one block, all or nothing. An array for each
    /// column is read by the server in no time, however many rows there are.
    fn write_rows(&self, sql: &mut String, records: &[Record<'_>], direction: Option<&str>) {
        let numbers =
            |sql: &mut String, convert: &str, name: &str, of: &dyn Fn(usize, &Record<'_>) -> u64| {
                let _ = write!(sql, "CAST([");
                for (at, record) in records.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    let _ = write!(sql, "{comma}{}", of(at, record));
                }
                let _ = write!(sql, "], 'Array({convert})') AS {name}, ");
            };
        let texts = |sql: &mut String, name: &str, of: &dyn Fn(&Record<'_>) -> String| {
            sql.push('[');
            for (at, record) in records.iter().enumerate() {
                sql.push_str(if at == 0 { "" } else { ", " });
                write_string(sql, &of(record));
            }
            let _ = write!(sql, "] AS {name}, ");
        };
        sql.push_str("SELECT n, m, d, s, e, c, t, q, u, x");
        let runner = &self.runner;
        for text in [&runner.run, &runner.host, &runner.user, &runner.version] {
            sql.push_str(", ");
            write_string(sql, text);
        }
        sql.push_str(", now() FROM system.one ARRAY JOIN ");
        numbers(sql, "UInt64", "n", &|at, _| self.next + at as u64);
        numbers(sql, "UInt32", "s", &|_, record| record.statement as u64);
        numbers(sql, "UInt64", "u", &|_, record| record.duration_ms);
        texts(sql, "m", &|record| record.migration.as_str().to_owned());
        texts(sql, "d", &|record| {
            direction.unwrap_or(record.direction.word()).to_owned()
        });
        texts(sql, "e", &|record| record.event.word().to_owned());
        texts(sql, "c", &|record| record.checksum.to_string());
        texts(sql, "t", &|record| record.statement_checksum.to_string());
        texts(sql, "q", &|record| record.query_id.to_owned());
        texts(sql, "x", &|record| record.error.to_owned());
        sql.truncate(sql.len() - ", ".len());
    }

    async fn create(&self) -> Result<(), ServerError> {
        let database = self.table.database.sql();
        self.session
            .execute(&format!("CREATE DATABASE IF NOT EXISTS {database}"), None)
            .await?;
        let table = self.table.sql();
        // Types and clauses that every server knows: the journal must never be what a version refuses.
        let sql = format!(
            "CREATE TABLE IF NOT EXISTS {table} (\
             sequence UInt64, migration String, direction String, statement UInt32, event String, \
             checksum String, statement_checksum String, query_id String, duration_ms UInt64, error String, \
             run String, host String, user String, version String, at DateTime('UTC')\
             ) ENGINE = MergeTree ORDER BY (migration, sequence)"
        );
        self.session.execute(&sql, None).await
    }
}

const COLUMNS: &str = "sequence, migration, direction, statement, event, checksum, statement_checksum, query_id, \
                       duration_ms, error, run, host, user, version, at";
