//! What the server would refuse of the pending migrations, because of its version or of settings that are off.
//!
//! Asked before anything runs. The server is asked for its settings only where one of them matters.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::diag::Diagnostic;
use chx_core::history::{Effect, History};
use chx_core::sql::quote_string;
use chx_core::version::{Server, check_statement, settings};
use serde::Deserialize;

use super::{Pending, RunError};
use crate::client::{ServerError, Session};

/// What the server behind the session does not take of what is pending, with the place of each statement.
pub async fn demands(
    session: &Session,
    history: &History,
    pending: &Pending,
) -> Result<Vec<Diagnostic>, RunError> {
    // Of a version that cannot be read nothing is known.
    let Ok(version) = session.server().version.parse() else {
        return Ok(Vec::new());
    };
    let mut server = Server {
        version,
        enabled: None,
    };
    if find(history, pending, &server).is_empty() {
        return Ok(Vec::new());
    }
    server.enabled = Some(enabled(session).await.map_err(RunError::Ask)?);
    Ok(find(history, pending, &server))
}

fn find(history: &History, pending: &Pending, server: &Server) -> Vec<Diagnostic> {
    let left: BTreeMap<usize, BTreeSet<usize>> = pending
        .migrations
        .iter()
        .map(|migration| {
            let statements = migration.statements.iter().map(|statement| statement.index);
            (migration.entry, statements.collect())
        })
        .collect();
    if left.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let replayed = history.replay_with(&mut |moment| {
        let is_left = left
            .get(&moment.entry)
            .is_some_and(|left| left.contains(&moment.statement));
        let Effect::Schema(statement) = moment.effect else {
            return;
        };
        if is_left {
            let place = history
                .entries()
                .get(moment.entry)
                .and_then(|entry| entry.up_place(moment.statement));
            let demands = check_statement(statement, moment.before, server);
            found.extend(demands.into_iter().map(|demand| demand.finding.at(place.clone())));
        }
    });
    // A history that cannot be replayed is refused elsewhere, with its reasons.
    match replayed {
        Ok(_) => found,
        Err(_) => Vec::new(),
    }
}

/// The settings that matter and are on for this user.
async fn enabled(session: &Session) -> Result<BTreeSet<String>, ServerError> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
    }
    let names: Vec<String> = settings().into_iter().map(quote_string).collect();
    let sql = format!(
        "SELECT name FROM system.settings WHERE value = '1' AND name IN ({})",
        names.join(", ")
    );
    Ok(session
        .rows::<Row>(&sql)
        .await?
        .into_iter()
        .map(|row| row.name)
        .collect())
}
