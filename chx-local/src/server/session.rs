//! Sessions: a connection that outlives its requests, so that settings and temporary tables stay. One request at a
//! time; forgotten after its timeout.

use crate::engine::{CloseIdle, Connection, Engine, Error, Exception};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// As `default_session_timeout` and `max_session_timeout` of a server.
const DEFAULT_TIMEOUT: Duration = Duration::from_mins(1);
const MAX_TIMEOUT: Duration = Duration::from_hours(1);

/// All sessions of one server.
#[derive(Default)]
pub(super) struct Sessions {
    slots: Mutex<HashMap<String, Slot>>,
}

/// A session that is `None` is in use by a request.
struct Slot {
    connection: Option<Connection>,
    timeout: Duration,
    used: Instant,
}

impl Sessions {
    fn slots(&self) -> MutexGuard<'_, HashMap<String, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the session for one request, creating it unless `must_exist`.
    ///
    /// # Errors
    /// 372 when it must exist and does not, 373 while another request uses it, 374 for a bad timeout.
    pub(super) fn take(
        self: &Arc<Self>,
        engine: &Engine,
        id: &str,
        timeout: Option<&str>,
        must_exist: bool,
    ) -> Result<Taken, Exception> {
        let timeout = parse_timeout(timeout)?;
        let mut slots = self.slots();
        let connection = match slots.get_mut(id) {
            Some(slot) => match slot.connection.take() {
                Some(connection) => connection,
                None => {
                    return Err(Exception::new(
                        373,
                        "SESSION_IS_LOCKED",
                        format!("Session {id} is locked by a concurrent client"),
                    ));
                }
            },
            None if must_exist => {
                return Err(Exception::new(
                    372,
                    "SESSION_NOT_FOUND",
                    format!("Session {id} not found"),
                ));
            }
            None => engine.connect().map_err(|error| closed(&error))?,
        };
        slots.insert(
            id.to_owned(),
            Slot {
                connection: None,
                timeout,
                used: Instant::now(),
            },
        );
        Ok(Taken {
            sessions: Arc::clone(self),
            id: id.to_owned(),
            connection: Some(connection),
            close: false,
        })
    }

    /// Closes the sessions whose time is over; says when to look again.
    pub(super) fn expire(&self, now: Instant) -> Duration {
        let mut slots = self.slots();
        slots.retain(|_, slot| slot.connection.is_none() || now < slot.used + slot.timeout);
        let next = slots
            .values()
            .map(|slot| (slot.used + slot.timeout).saturating_duration_since(now))
            .min();
        next.unwrap_or(DEFAULT_TIMEOUT)
            .clamp(Duration::from_millis(100), DEFAULT_TIMEOUT)
    }
}

impl CloseIdle for Sessions {
    fn close_idle(&self) {
        // Those in use are closed when their request gives them back and finds no place.
        self.slots().clear();
    }
}

fn parse_timeout(text: Option<&str>) -> Result<Duration, Exception> {
    let Some(text) = text else {
        return Ok(DEFAULT_TIMEOUT);
    };
    let invalid = |message| Exception::new(374, "INVALID_SESSION_TIMEOUT", message);
    let seconds = text
        .parse()
        .map_err(|_| invalid(format!("Invalid session timeout: '{text}'")))?;
    let timeout = Duration::from_secs(seconds);
    if timeout > MAX_TIMEOUT {
        return Err(invalid(format!(
            "Session timeout '{text}' is larger than max_session_timeout: {}. Maximum session timeout could be modified in configuration file.",
            MAX_TIMEOUT.as_secs()
        )));
    }
    Ok(timeout)
}

pub(super) fn closed(error: &Error) -> Exception {
    Exception::new(236, "ABORTED", error.to_string())
}

/// A session in use by one request; given back when dropped.
pub(super) struct Taken {
    sessions: Arc<Sessions>,
    id: String,
    connection: Option<Connection>,
    /// The client said `close_session=1`.
    pub(super) close: bool,
}

impl Taken {
    pub(super) fn connection(&mut self) -> Option<&mut Connection> {
        self.connection.as_mut()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut slots = self.sessions.slots();
        if self.close {
            slots.remove(&self.id);
        } else if let Some(slot) = slots.get_mut(&self.id) {
            slot.connection = self.connection.take();
            slot.used = Instant::now();
        }
    }
}
