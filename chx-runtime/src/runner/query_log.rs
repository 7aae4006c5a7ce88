//! What the server's own log says of a statement: `system.query_log`, by query id.
//!
//! Believed is only what the log says for certain: that a query has ended well, or that it never began. That a query is
//! not in the log says nothing: logging may be off, the log may have been lost with the server, or another replica has
//! it. Servers without a log, and users who may not read it, are asked once.

use chx_core::sql::write_string;
use serde::Deserialize;

use crate::client::{ErrorClass, ServerError, Session};

/// The log of the server, as far as this run knows about it.
#[derive(Debug, Default)]
pub(super) struct QueryLog {
    /// Is there none that can be read?
    is_missing: bool,
    /// Has the server written down what it knew when this run asked first?
    is_flushed: bool,
}

/// What the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logged {
    /// It ended well.
    Ran,
    /// It was refused before it began.
    NeverBegan,
    /// Nothing that is certain.
    Nothing,
}

#[derive(Deserialize)]
struct Row {
    ended: u64,
    refused: u64,
    begun: u64,
}

impl QueryLog {
    /// Asks about a query that no longer runs. `since` is a scalar subquery: when it was written down, before it was sent.
    pub(super) async fn ask(
        &mut self,
        session: &Session,
        query_id: &str,
        since: &str,
    ) -> Result<Logged, ServerError> {
        if self.is_missing {
            return Ok(Logged::Nothing);
        }
        let mut logged = self.look(session, query_id, since).await?;
        if logged == Logged::Nothing && !self.is_missing && !self.is_flushed {
            // The log is written every few seconds. Who may not do this waits for the next try.
            self.is_flushed = session.execute("SYSTEM FLUSH LOGS", None).await.is_ok();
            logged = self.look(session, query_id, since).await?;
        }
        Ok(logged)
    }

    /// A statement of this run was sent and its end is not known: what was flushed before does not tell.
    pub(super) fn is_behind(&mut self) {
        self.is_flushed = false;
    }

    async fn look(&mut self, session: &Session, query_id: &str, since: &str) -> Result<Logged, ServerError> {
        // QueryStart, QueryFinish, ExceptionBeforeStart, ExceptionWhileProcessing. The day is what the log is split by;
        // one day of slack for time zones.
        let mut sql = format!(
            "SELECT toUInt64(countIf(toInt8(type) = 2)) AS ended, toUInt64(countIf(toInt8(type) = 3)) AS refused, \
             toUInt64(countIf(toInt8(type) IN (1, 4))) AS begun FROM system.query_log \
             WHERE event_date >= toDate({since}) - 1 AND query_id = "
        );
        write_string(&mut sql, query_id);
        match session.rows::<Row>(&sql).await {
            Ok(rows) => Ok(match rows.first() {
                Some(Row { ended: 1.., .. }) => Logged::Ran,
                Some(Row {
                    refused: 1..,
                    begun: 0,
                    ..
                }) => Logged::NeverBegan,
                _ => Logged::Nothing,
            }),
            Err(error) if error.class() == ErrorClass::Network => Err(error),
            Err(_) => {
                self.is_missing = true;
                Ok(Logged::Nothing)
            }
        }
    }
}
