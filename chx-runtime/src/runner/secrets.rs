//! The values of secrets, from the moment before the first statement is sent to the end of the run.
//!
//! Every value is read before anything is run, so that a variable that is not set stops nothing half way. A value
//! takes its place in the text that is sent and nowhere else: files, events, errors and the journal have the text that
//! says where it comes from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use chx_core::ddl::{render_with_secrets, secrets_of};
use chx_core::history::Effect;
use chx_core::model::Secret;
use secrecy::{ExposeSecret, SecretString};

use super::{Pending, PendingStatement, RunError, StatementPlace};
use crate::client::Session;
use crate::config::Password;

/// The values of all secrets of a run.
#[derive(Debug, Default)]
pub(super) struct Secrets(BTreeMap<Secret, SecretString>);

impl Secrets {
    /// Reads all values that the pending statements need; a relative path starts from `root`.
    pub(super) fn read(pending: &Pending, root: &Path) -> Result<Self, RunError> {
        let mut values = BTreeMap::new();
        for migration in &pending.migrations {
            for statement in &migration.statements {
                for secret in secrets(statement) {
                    if values.contains_key(&secret) {
                        continue;
                    }
                    let value = value(&secret, root).map_err(|reason| {
                        let place = StatementPlace::of(migration, statement);
                        RunError::Secret(Box::new(place), reason)
                    })?;
                    if let Some(value) = value {
                        values.insert(secret, value);
                    }
                }
            }
        }
        Ok(Self(values))
    }

    /// A session that takes the values out of whatever the server answers.
    pub(super) fn guard(&self, session: &Session) -> Session {
        session.knowing(self.0.values())
    }

    /// The text to send.
    pub(super) fn reveal<'a>(&self, sql: &'a str, statement: &PendingStatement) -> Cow<'a, str> {
        match &statement.effect {
            Effect::Schema(parsed) if !secrets(statement).is_empty() => {
                let exposed = self
                    .0
                    .iter()
                    .map(|(secret, value)| (secret.clone(), value.expose_secret().to_owned()))
                    .collect();
                Cow::Owned(render_with_secrets(parsed, &exposed))
            }
            // What is about several objects has no secret.
            Effect::Schema(_) | Effect::Several(_) | Effect::Recorded(_) | Effect::Data(_) => {
                Cow::Borrowed(sql)
            }
        }
    }
}

fn secrets(statement: &PendingStatement) -> Vec<Secret> {
    match &statement.effect {
        Effect::Schema(parsed) => secrets_of(parsed),
        Effect::Several(_) | Effect::Recorded(_) | Effect::Data(_) => Vec::new(),
    }
}

/// The value; `None` for the empty one, which stays as it is.
fn value(secret: &Secret, root: &Path) -> Result<Option<SecretString>, String> {
    match secret {
        Secret::Empty => Ok(None),
        Secret::Hidden => Err(
            "`[HIDDEN]` is what a server shows instead of it; write `'env:NAME'` or `'file:PATH'`".to_owned(),
        ),
        Secret::Env(_) | Secret::File(_) => Password::parse(&secret.text(), root)
            .resolve()
            .map(Some)
            .map_err(|error| error.to_string()),
    }
}
