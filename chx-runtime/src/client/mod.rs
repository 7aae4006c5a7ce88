//! The connection to a ClickHouse: one door for every query that chx sends.
//!
//! Decides how SQL is sent: raw (a `?` in a generated statement is never a parameter), one statement per request, with
//! a query id where it matters, and with the settings that change what a server stores pinned to known values. Errors
//! come back in parts, without secrets. It refuses a server that does not answer who it is. Each request is an event of
//! `tracing`, without secrets too; whoever wants no logs pays nothing for them.

mod error;
mod open;
mod retry;

use std::fmt;
use std::time::Instant;

use clickhouse::query::BytesCursor;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::Redactor;

pub use error::{ErrorClass, Exception, ServerError, causes};
pub use open::ConnectError;
pub(crate) use open::client;
pub use retry::Retry;

/// An open connection.
#[derive(Clone)]
pub struct Session {
    client: clickhouse::Client,
    redactor: Redactor,
    server: Server,
    /// The address as it may be shown.
    address: String,
    /// How often what changes nothing is asked again.
    retry: Retry,
    /// Keeps the embedded engine open, where it is one.
    _engine: Option<open::Engine>,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Server {
    /// `26.7.2.1`.
    pub version: String,
    /// The host's name as the server sees it.
    pub host: String,
}

/// Session settings that change the text that a server stores for a CREATE (section 0 of the facts), at the values
/// that chx assumes. Servers before 24 do not know all of them.
const PINNED: [(&str, &str); 6] = [
    ("flatten_nested", "1"),
    ("data_type_default_nullable", "0"),
    ("default_table_engine", "MergeTree"),
    ("union_default_mode", ""),
    ("print_pretty_type_names", "0"),
    // A statement ends when its work is done, so that the next one can build on it. Who waits for mutations in another
    // way says so.
    ("mutations_sync", "1"),
];

impl Session {
    /// The client, for queries of an application's own.
    pub fn client(&self) -> &clickhouse::Client {
        &self.client
    }

    /// Who answers.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The address as it may be shown.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Takes the secrets of this connection out of a text.
    pub fn redact(&self, text: &str) -> String {
        self.redactor.redact(text)
    }

    /// This connection, with what only reads asked again when something passes.
    #[must_use]
    pub fn patient(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Does something that changes nothing the second time, until it works or fails for good.
    pub(crate) async fn again<T, F>(&self, work: impl Fn() -> F) -> Result<T, ServerError>
    where
        F: Future<Output = Result<T, ServerError>>,
    {
        let mut pauses = self.retry.pauses();
        loop {
            match work().await {
                Err(error) if error.may_pass() => match pauses.next() {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => return Err(error),
                },
                done => return done,
            }
        }
    }

    /// The same connection, which takes these secrets too out of whatever the server answers.
    pub(crate) fn knowing<'a>(&self, secrets: impl IntoIterator<Item = &'a SecretString>) -> Self {
        let mut session = self.clone();
        for secret in secrets {
            // Once as it is, once as it stands in SQL.
            let literal = chx_core::sql::quote_string(secret.expose_secret());
            let inside = literal
                .get(1..literal.len().saturating_sub(1))
                .unwrap_or_default();
            session.redactor.learn(inside.to_owned().into());
            session.redactor.learn(secret.clone());
        }
        session
    }

    /// Sends a statement whose result is not of interest, and waits for its end.
    pub async fn execute(&self, sql: &str, query_id: Option<&str>) -> Result<(), ServerError> {
        self.execute_with(sql, query_id, &[]).await
    }

    /// As [`execute`](Self::execute), with settings for this statement.
    pub async fn execute_with(
        &self,
        sql: &str,
        query_id: Option<&str>,
        settings: &[(&str, String)],
    ) -> Result<(), ServerError> {
        let mut query = self.client.query_raw(sql).with_setting("wait_end_of_query", "1");
        if self.major_version() >= 24 {
            for (name, value) in PINNED {
                query = query.with_setting(name, value);
            }
        }
        for (name, value) in settings {
            query = query.with_setting(*name, value.as_str());
        }
        if let Some(id) = query_id {
            query = query.with_setting("query_id", id);
        }
        let began = Instant::now();
        let result = query.execute().await.map_err(|error| self.error(&error));
        self.log("statement", sql, query_id, began, result.as_ref().err());
        result
    }

    /// Writes a request into the log, if somebody wants it.
    fn log(
        &self,
        kind: &'static str,
        sql: &str,
        query_id: Option<&str>,
        began: Instant,
        error: Option<&ServerError>,
    ) {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (sql, query_id) = (self.redact(sql), query_id.unwrap_or_default());
        match error {
            Some(error) => {
                tracing::debug!(kind, sql, query_id, took_ms, %error, "the server refused or did not answer");
            }
            None => tracing::debug!(kind, sql, query_id, took_ms, "the server answered"),
        }
    }

    /// Sends a query and reads the first value of its first row as text; empty where there is no row.
    pub async fn scalar(&self, sql: &str) -> Result<String, ServerError> {
        let began = Instant::now();
        let body = self.again(|| self.text_once(sql, "TSVRaw")).await;
        self.log("query", sql, None, began, body.as_ref().err());
        let body = body?;
        let text = String::from_utf8_lossy(&body);
        let line = text.lines().next().unwrap_or_default();
        Ok(line.split('\t').next().unwrap_or_default().to_owned())
    }

    /// Sends a query and gives the names of its columns.
    pub(crate) async fn column_names(&self, sql: &str) -> Result<Vec<String>, ServerError> {
        let began = Instant::now();
        let body = self.again(|| self.text_once(sql, "TSVWithNames")).await;
        self.log("query", sql, None, began, body.as_ref().err());
        let body = body?;
        let text = String::from_utf8_lossy(&body);
        let line = text.lines().next().unwrap_or_default();
        Ok(line.split('\t').map(str::to_owned).collect())
    }

    async fn text_once(&self, sql: &str, format: &str) -> Result<Vec<u8>, ServerError> {
        let mut bytes = self
            .client
            .query_raw(sql)
            .fetch_bytes(format)
            .map_err(|error| self.error(&error))?;
        let body = bytes.collect().await.map_err(|error| self.error(&error))?;
        Ok(body.to_vec())
    }

    /// Sends a query and reads its rows, column by column name.
    pub async fn rows<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>, ServerError> {
        let began = Instant::now();
        let rows = self.again(|| self.rows_once(sql)).await;
        self.log("query", sql, None, began, rows.as_ref().err());
        rows
    }

    async fn rows_once<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>, ServerError> {
        rows(&self.client, sql).await.map_err(|failure| match failure {
            RowsError::Client(error) => self.error(&error),
            RowsError::Json(error) => ServerError::Answer(error.to_string()),
        })
    }

    /// Sends a query and hands its rows over as they come, each as the text of a JSON object. Keeps none of them.
    pub(crate) async fn each_row(
        &self,
        sql: &str,
        mut each: impl FnMut(&[u8]) -> Result<(), serde_json::Error>,
    ) -> Result<(), ServerError> {
        let mut bytes = json_rows(&self.client, sql).map_err(|error| self.error(&error))?;
        // The beginning of a row whose end has not come yet.
        let mut begun = Vec::new();
        while let Some(chunk) = bytes.next().await.map_err(|error| self.error(&error))? {
            for piece in chunk.split_inclusive(|byte| *byte == b'\n') {
                let Some(end) = piece.strip_suffix(b"\n") else {
                    begun.extend_from_slice(piece);
                    continue;
                };
                let read = if begun.is_empty() {
                    each(end)
                } else {
                    begun.extend_from_slice(end);
                    let read = each(&begun);
                    begun.clear();
                    read
                };
                read.map_err(|error| ServerError::Answer(error.to_string()))?;
            }
        }
        if begun.is_empty() {
            Ok(())
        } else {
            each(&begun).map_err(|error| ServerError::Answer(error.to_string()))
        }
    }

    fn error(&self, error: &clickhouse::error::Error) -> ServerError {
        ServerError::from_client(error, &self.redactor)
    }

    fn major_version(&self) -> u32 {
        self.server
            .version
            .split('.')
            .next()
            .and_then(|major| major.parse().ok())
            .unwrap_or(0)
    }
}

enum RowsError {
    Client(clickhouse::error::Error),
    Json(serde_json::Error),
}

/// JSON names its columns, so that a struct reads what it knows from any version of the server.
fn json_rows(client: &clickhouse::Client, sql: &str) -> Result<BytesCursor, clickhouse::error::Error> {
    let query = client
        .query_raw(sql)
        .with_setting("output_format_json_quote_64bit_integers", "0");
    query.fetch_bytes("JSONEachRow")
}

async fn rows<T: DeserializeOwned>(client: &clickhouse::Client, sql: &str) -> Result<Vec<T>, RowsError> {
    let mut bytes = json_rows(client, sql).map_err(RowsError::Client)?;
    let body = bytes.collect().await.map_err(RowsError::Client)?;
    let lines = body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(serde_json::from_slice)
        .collect::<Result<_, _>>()
        .map_err(RowsError::Json)
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("address", &self.address)
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}
