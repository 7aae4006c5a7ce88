//! Did it happen? Asked of the database about a statement whose end nobody wrote down.
//!
//! A probe that stands in the migration is asked first. Else the objects of the statement are read back and compared
//! with what the history says they are before and after it, first by meaning, then by the engine's own word; and a
//! statement about rows is known by the mutation that it leaves. It never guesses: where neither side fits, the answer is unknown
//! and a person has to look.

use chx_core::canon::{hidden, leave_open};
use chx_core::history::{DataEffect, Effect, History, mutated_table};
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use chx_core::sql::write_string;
use serde::{Deserialize, Serialize};

use super::RunError;
use super::mutations::was_made;
use super::pending::{PendingMigration, PendingStatement, objects_of};
use crate::client::{ErrorClass, ServerError, Session};
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

/// A statement that is asked about.
pub(super) struct Question<'a> {
    pub(super) session: &'a Session,
    pub(super) history: &'a History,
    pub(super) migration: &'a PendingMigration,
    pub(super) statement: &'a PendingStatement,
    /// A scalar subquery: when it was started.
    pub(super) since: &'a str,
    /// The statements behind it that are open as well, because they were announced together.
    pub(super) later: Vec<&'a Effect>,
}

#[derive(Deserialize)]
struct Running {
    elapsed: f64,
}

/// For how many seconds the server has been running the statement of this query id, if it still does.
pub(super) async fn running(session: &Session, query_id: &str) -> Result<Option<u64>, ServerError> {
    let mut sql = "SELECT elapsed FROM system.processes WHERE query_id = ".to_owned();
    write_string(&mut sql, query_id);
    let running: Vec<Running> = session.rows(&sql).await?;
    Ok(running.first().map(|running| seconds(running.elapsed)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole seconds, never negative"
)]
fn seconds(elapsed: f64) -> u64 {
    elapsed.max(0.0) as u64
}

impl Question<'_> {
    /// Asks the database. The statement no longer runs.
    pub(super) async fn settle(&self) -> Result<Settled, RunError> {
        if let Some(probe) = &self.statement.probe {
            return Ok(match self.session.scalar(probe).await {
                Ok(text) if text.is_empty() || text == "0" || text == "false" => Settled::NotDone,
                Ok(_) => Settled::Done,
                // What the probe reads may not be there yet, or not any more.
                Err(error) if error.class() == ErrorClass::Network => return Err(RunError::Ask(error)),
                Err(error) => Settled::Unknown(format!("its probe failed: {error}")),
            });
        }
        let schemas = self.schemas()?;
        let ids = objects_of(&self.statement.effect, &schemas.before);
        if ids
            .iter()
            .all(|id| as_shown(&schemas.before, id) == as_shown(&schemas.after, id))
        {
            return match self.statement.effect {
                // Reading and tidying up twice does no harm, and so does building an index or setting a secret again.
                Effect::Schema(_) | Effect::Several(_) | Effect::Data(DataEffect::Keeps) => Ok(Settled::NotDone),
                Effect::Recorded(_) => Ok(Settled::Unknown(
                    "chx does not understand it, and it leaves no trace in the schema; a line `-- chx:probe SELECT ...` above it \
                     would tell"
                        .to_owned(),
                )),
                Effect::Data(DataEffect::Adds | DataEffect::Destroys) => self.mutation().await,
            };
        }
        let scope = Scope::around(&ids);
        let live = introspect(self.session, &scope).await.map_err(RunError::Ask)?;
        if let Some(finding) = ids.iter().find_map(|id| live.unreadable.get(id)) {
            return Ok(Settled::Unknown(format!(
                "`{}` {}",
                finding.subject, finding.message
            )));
        }
        // It ran where the database is as after it, or as after one of those that came behind it.
        let mut after = vec![schemas.after];
        for effect in &self.later {
            let Some(mut next) = after.last().cloned() else {
                break;
            };
            match effect {
                Effect::Data(_) => break,
                effect
                    if effect
                        .statements()
                        .iter()
                        .all(|statement| next.apply(statement).is_ok()) =>
                {
                    after.push(next);
                }
                _ => break,
            }
        }
        if after.iter().any(|side| is_as(&live.schema, side, &ids)) {
            return Ok(Settled::Done);
        }
        if is_as(&live.schema, &schemas.before, &ids) {
            return Ok(Settled::NotDone);
        }
        for side in &after {
            if proven(&live.schema, side, &ids).await? {
                return Ok(Settled::Done);
            }
        }
        if proven(&live.schema, &schemas.before, &ids).await? {
            return Ok(Settled::NotDone);
        }
        let names: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        Ok(Settled::Unknown(format!(
            "{} is neither what it was before the statement nor what it is after it",
            names.join(", ")
        )))
    }

    fn schemas(&self) -> Result<Pair<Schema>, RunError> {
        let failed = |finding| RunError::History(vec![finding]);
        let Some(before) = &self.migration.before else {
            return self
                .history
                .around(self.migration.entry, self.statement.index)
                .map_err(failed);
        };
        let mut schema = Schema::clone(before);
        for statement in &self.migration.statements {
            let is_this = statement.index == self.statement.index;
            let before = is_this.then(|| schema.clone());
            for statement in statement.effect.statements() {
                // It was carried out in thought once, when the way back was made.
                let _ = schema.apply(statement);
            }
            if let Some(before) = before {
                return Ok(Pair {
                    before,
                    after: schema,
                });
            }
        }
        Ok(Pair {
            before: schema.clone(),
            after: schema,
        })
    }

    /// The other statements of the migration.
    fn others(&self) -> impl Iterator<Item = &str> {
        let entry = &self.history.entries()[self.migration.entry];
        let steps = self.migration.direction.steps(entry).iter().enumerate();
        let index = self.statement.index;
        steps
            .filter(move |(at, _)| *at != index)
            .map(|(_, step)| step.sql.as_str())
    }

    /// Rows do not tell, but a mutation that a statement leaves does.
    async fn mutation(&self) -> Result<Settled, RunError> {
        let rows_do_not_tell = Settled::Unknown(
            "it changes rows, and rows do not tell. A line `-- chx:probe SELECT ...` before it would"
                .to_owned(),
        );
        let sql = &self.statement.sql;
        let others: Vec<&str> = self
            .others()
            .filter(|other| matches!(Effect::of(other), Ok(Effect::Data(DataEffect::Destroys))))
            .collect();
        let is_one_of_two = others.contains(&sql.as_str());
        let Some(table) = mutated_table(&self.statement.effect, sql).filter(|_| !is_one_of_two) else {
            return Ok(rows_do_not_tell);
        };
        let made = was_made(self.session, &table, sql, &others, self.since).await;
        Ok(match made.map_err(RunError::Ask)? {
            Some(true) => Settled::Done,
            Some(false) => Settled::NotDone,
            None => rows_do_not_tell,
        })
    }
}

/// Are these objects what a schema says? What the schema leaves to the server is left open on the server too.
fn is_as(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> bool {
    same(&left_open(live, expected), expected, ids)
}

/// As [`is_as`], and where the words differ the engine decides.
pub(super) async fn proven(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> Result<bool, RunError> {
    let live = left_open(live, expected);
    Ok(same(&live, expected, ids) || same_to_the_engine(&live, expected, ids).await?)
}

fn left_open(live: &Schema, expected: &Schema) -> Schema {
    let mut live = live.clone();
    leave_open(&mut live, expected);
    live
}

fn same(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> bool {
    ids.iter().all(|id| as_shown(live, id) == as_shown(expected, id))
}

/// An object as a server shows it: without the values of secrets.
fn as_shown(schema: &Schema, id: &ObjectId) -> Option<Object> {
    schema.get(id).cloned().map(hidden)
}

async fn same_to_the_engine(live: &Schema, expected: &Schema, ids: &[ObjectId]) -> Result<bool, RunError> {
    let different: Vec<ObjectId> = ids
        .iter()
        .filter(|id| as_shown(live, id) != as_shown(expected, id))
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
