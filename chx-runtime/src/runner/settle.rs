//! Did it happen? Asked of the database about a statement whose end nobody wrote down.
//!
//! The objects of the statement are read back and compared with what the history says they are before and after it:
//! first by meaning, then by the engine's own word. It never guesses: where neither side fits, the answer is unknown
//! and a person has to look.

use chx_core::canon::leave_open;
use chx_core::history::{DataEffect, Effect, History};
use chx_core::model::{ObjectId, Schema};
use chx_core::pair::Pair;
use serde::{Deserialize, Serialize};

use super::RunError;
use super::pending::{PendingStatement, objects_of};
use crate::client::Session;
use crate::equivalence::{Verdict, equivalent};
use crate::introspect::{Scope, introspect};
use crate::scratch::Scratch;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// It ran: the database is as after it.
    Done,
    /// It did not run: the database is as before it.
    NotDone,
    /// Neither can be shown, for this reason.
    Unknown(String),
}

#[derive(Deserialize)]
struct Running {
    elapsed: f64,
}

/// Asks the database about one statement.
pub(super) async fn settle(
    session: &Session,
    history: &History,
    entry: usize,
    statement: &PendingStatement,
) -> Result<Settled, RunError> {
    if let Some(query_id) = statement.unknown.as_deref().filter(|id| !id.is_empty()) {
        let mut sql = "SELECT elapsed FROM system.processes WHERE query_id = ".to_owned();
        chx_core::sql::write_string(&mut sql, query_id);
        let running: Vec<Running> = session.rows(&sql).await.map_err(RunError::Ask)?;
        if let Some(running) = running.first() {
            let seconds = running.elapsed;
            return Ok(Settled::Unknown(format!(
                "it is still running on the server, for {seconds:.0} s (query `{query_id}`): wait for it, or stop it with `KILL QUERY`"
            )));
        }
    }
    let schemas = history
        .around(entry, statement.index)
        .map_err(|finding| RunError::History(vec![finding]))?;
    let ids = objects_of(&statement.effect, &schemas.before);
    if ids
        .iter()
        .all(|id| schemas.before.get(id) == schemas.after.get(id))
    {
        return Ok(match statement.effect {
            // Reading and tidying up twice does no harm, and so does building an index again.
            Effect::Schema(_) | Effect::Data(DataEffect::Keeps) => Settled::NotDone,
            Effect::Data(DataEffect::Adds | DataEffect::Destroys) => {
                Settled::Unknown("it changes rows, and rows do not tell".to_owned())
            }
        });
    }
    let scope = Scope::databases(ids.iter().map(|id| id.database().clone()));
    let live = introspect(session, &scope).await.map_err(RunError::Ask)?;
    if let Some(finding) = ids.iter().find_map(|id| live.unreadable.get(id)) {
        return Ok(Settled::Unknown(format!(
            "`{}` {}",
            finding.subject, finding.message
        )));
    }
    // What a side leaves to the server is left open on the server too.
    let sides = [
        (&schemas.after, Settled::Done),
        (&schemas.before, Settled::NotDone),
    ]
    .map(|(side, settled)| {
        let mut live = live.schema.clone();
        leave_open(&mut live, side);
        (live, side, settled)
    });
    if let Some((.., settled)) = sides.iter().find(|(live, side, _)| same(live, side, &ids)) {
        return Ok(settled.clone());
    }
    for (live, side, settled) in sides {
        if same_to_the_engine(&live, side, &ids).await? {
            return Ok(settled);
        }
    }
    let names: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    Ok(Settled::Unknown(format!(
        "{} is neither what it was before the statement nor what it is after it",
        names.join(", ")
    )))
}

fn same(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> bool {
    ids.iter().all(|id| live.get(id) == expected.get(id))
}

async fn same_to_the_engine(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> Result<bool, RunError> {
    let different: Vec<ObjectId> = ids
        .iter()
        .filter(|id| live.get(id) != expected.get(id))
        .cloned()
        .collect();
    // What exists on one side only is no question of spelling.
    if different
        .iter()
        .any(|id| live.contains(id) != expected.contains(id))
    {
        return Ok(false);
    }
    let scratch = Scratch::open().await.map_err(RunError::Scratch)?;
    let schemas = Pair {
        before: live,
        after: expected,
    };
    let verdicts = equivalent(&scratch, schemas, &different)
        .await
        .map_err(RunError::Scratch)?;
    Ok(verdicts.values().all(|verdict| *verdict == Verdict::Same))
}
