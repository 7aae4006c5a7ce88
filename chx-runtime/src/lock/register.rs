//! Where the lock is written down.
//!
//! The lock is a number that only grows, and whoever writes the greatest one down holds it. A register must do one
//! thing: never let two write the same number. On one server that is CREATE TABLE; a cluster has other means.

use std::fmt::Write as _;
use std::future::Future;

use chx_core::ident::Ident;
use chx_core::sql::write_string;
use serde::Deserialize;

use super::Owner;
use crate::client::{ErrorClass, ServerError, Session};

/// One number of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The number.
    pub number: u64,
    /// Does its owner still hold it?
    pub is_held: bool,
    /// Who wrote it down; an error says why that cannot be read.
    pub owner: Result<Owner, String>,
    /// The number of signs of life.
    pub beats: u64,
}

/// Where the lock is written down.
pub trait Register: Clone + Send + Sync + 'static {
    /// All numbers that are written down.
    fn read(&self) -> impl Future<Output = Result<Vec<Mark>, ServerError>> + Send;
    /// Writes a number down. `false`: somebody else was faster, nothing was changed.
    fn take(&self, number: u64, owner: &Owner) -> impl Future<Output = Result<bool, ServerError>> + Send;
    /// Gives a sign of life. An error of the class [`ErrorClass::Missing`]: the number was taken away.
    fn beat(&self, number: u64) -> impl Future<Output = Result<(), ServerError>> + Send;
    /// Marks a held number as free. An error of the class [`ErrorClass::Missing`]: it was taken away.
    fn free(&self, number: u64) -> impl Future<Output = Result<(), ServerError>> + Send;
    /// Forgets a number. What is not there is forgotten already.
    fn forget(&self, mark: &Mark) -> impl Future<Output = Result<(), ServerError>> + Send;
    /// How long ago, in seconds of the server's clock, the owner gave its last sign of life.
    fn silence(&self, number: u64) -> impl Future<Output = Result<Option<u64>, ServerError>> + Send;
    /// A scalar subquery that the server refuses when the number was taken away.
    fn fence(&self, number: u64) -> String;
}

/// The register of one server: a number is a table, `lock_7` while it is held and `free_7` afterwards.
///
/// CREATE TABLE and RENAME TABLE are atomic; the owner stands in the comment of the table, and arrives with it. Signs
/// of life are rows. Tables of the engine Memory lose their rows when the server restarts, and stay: a lock is held
/// over a restart, and its owner's next sign of life is a change all the same.
#[derive(Debug, Clone)]
pub struct TableRegister {
    session: Session,
    database: Ident,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    comment: String,
    total_rows: Option<u64>,
}

#[derive(Deserialize)]
struct Silence {
    seconds: u64,
    beats: u64,
}

impl TableRegister {
    /// The register in this database. Nothing is read or made yet.
    pub fn new(session: &Session, database: &Ident) -> Self {
        Self {
            session: session.clone(),
            database: database.clone(),
        }
    }

    fn table(&self, prefix: &str, number: u64) -> String {
        format!("{}.{prefix}_{number}", self.database.sql())
    }
}

impl Register for TableRegister {
    async fn read(&self) -> Result<Vec<Mark>, ServerError> {
        let mut sql = "SELECT name, comment, total_rows FROM system.tables WHERE database = ".to_owned();
        write_string(&mut sql, self.database.as_str());
        sql.push_str(" AND match(name, '^(lock|free)_[0-9]+$')");
        let rows: Vec<Row> = self.session.rows(&sql).await?;
        let mark = |row: Row| {
            let (prefix, number) = row.name.split_once('_')?;
            Some(Mark {
                number: number.parse().ok()?,
                is_held: prefix == "lock",
                owner: serde_json::from_str(&row.comment).map_err(|error| error.to_string()),
                beats: row.total_rows.unwrap_or(0),
            })
        };
        Ok(rows.into_iter().filter_map(mark).collect())
    }

    async fn take(&self, number: u64, owner: &Owner) -> Result<bool, ServerError> {
        let words = serde_json::to_string(owner).map_err(|error| ServerError::Answer(error.to_string()))?;
        let table = self.table("lock", number);
        let mut sql = format!("CREATE TABLE {table} (at DateTime('UTC')) ENGINE = Memory COMMENT ");
        write_string(&mut sql, &words);
        let mut result = self.session.execute(&sql, None).await;
        if matches!(&result, Err(error) if error.class() == ErrorClass::Missing) {
            let mut make = "CREATE DATABASE IF NOT EXISTS ".to_owned();
            let _ = write!(make, "{}", self.database.sql());
            self.session.execute(&make, None).await?;
            result = self.session.execute(&sql, None).await;
        }
        match result {
            Ok(()) => Ok(true),
            Err(error) if error.class() == ErrorClass::Exists => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn beat(&self, number: u64) -> Result<(), ServerError> {
        let table = self.table("lock", number);
        let sql = format!("INSERT INTO {table} (at) SELECT now()");
        self.session.execute(&sql, None).await
    }

    async fn free(&self, number: u64) -> Result<(), ServerError> {
        let (held, free) = (self.table("lock", number), self.table("free", number));
        let sql = format!("RENAME TABLE {held} TO {free}");
        // The second time, what the first one renamed is missing.
        self.session.again(|| self.session.execute(&sql, None)).await
    }

    async fn forget(&self, mark: &Mark) -> Result<(), ServerError> {
        let table = self.table(if mark.is_held { "lock" } else { "free" }, mark.number);
        let sql = format!("DROP TABLE IF EXISTS {table}");
        self.session.again(|| self.session.execute(&sql, None)).await
    }

    async fn silence(&self, number: u64) -> Result<Option<u64>, ServerError> {
        let sql = format!(
            "SELECT toUInt64(greatest(0, dateDiff('second', max(at), now('UTC')))) AS seconds, count() AS beats FROM {}",
            self.table("lock", number)
        );
        match self.session.rows::<Silence>(&sql).await {
            Ok(rows) => Ok(rows
                .first()
                .filter(|found| found.beats > 0)
                .map(|found| found.seconds)),
            Err(error) if error.class() == ErrorClass::Missing => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn fence(&self, number: u64) -> String {
        format!("(SELECT count() FROM {})", self.table("lock", number))
    }
}
