//! What has to run to take migrations back.
//!
//! Decides which migrations go, the last one first, and by which statements: those below `chx:down` for a migration that
//! is applied; for one that stopped halfway, those that a plan finds from what it did to what was before it. It refuses
//! a way back that does not lead back, and takes consent for whatever is lost on the way, also where no statement says so.

use std::collections::BTreeSet;

use chx_core::ddl::{Statement, render};
use chx_core::history::{Checksum, DataEffect, Effect, Entry, History, Loss, MigrationId, losses};
use chx_core::model::{ObjectId, Schema};
use chx_core::nearest::nearest;
use chx_core::pair::Pair;
use chx_core::plan::{Renames, plan};

use super::pending::{changed_since, unknown_to};
use super::{Pending, PendingMigration, PendingStatement, RunError};
use crate::journal::{Direction, JournalState, MigrationRecord, Phase, StatementState};

/// How far to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackTo {
    /// So many migrations.
    Steps(usize),
    /// Everything that came after this migration or savepoint.
    Name(MigrationId),
}

impl Pending {
    /// The way back: the migrations to take back, in the order in which they go, each with the statements for it.
    pub fn find_back(history: &History, journal: &JournalState, to: &BackTo) -> Result<Self, RunError> {
        let mut findings = unknown_to(history, journal);
        let mut there = Vec::new();
        for (at, entry) in history.entries().iter().enumerate() {
            let record = journal.migrations.get(entry.id());
            if let Some(record) = record.filter(|record| record.phase != Phase::Reverted) {
                findings.extend(changed_since(entry, record));
                there.push((at, entry, record));
            }
        }
        if !findings.is_empty() {
            return Err(RunError::History(findings));
        }
        there.reverse();
        match to {
            BackTo::Steps(steps) => there.truncate(*steps),
            BackTo::Name(name) => {
                if let Some(at) = there.iter().position(|(_, entry, _)| entry.id() == name) {
                    there.truncate(at);
                } else if let Some(savepoint) = journal.savepoints.get(name) {
                    there.retain(|(_, _, record)| record.last > *savepoint);
                } else {
                    return Err(no_such_place(name, &there, journal));
                }
            }
        }
        let mut pending = Self::default();
        for (at, entry, record) in there {
            let began = record
                .statements
                .values()
                .any(|statement| statement.state != StatementState::Done);
            let is_whole = record.phase == Phase::Applied || record.phase == Phase::Reverting && !began;
            let is_whole = is_whole && record.statements.len() == entry.parsed.migration.up.len();
            pending.migrations.push(if is_whole {
                written_way(history, at, entry, record)?
            } else {
                planned_way(history, at, entry, record)?
            });
        }
        Ok(pending)
    }
}

fn no_such_place(
    name: &MigrationId,
    there: &[(usize, &Entry, &MigrationRecord)],
    journal: &JournalState,
) -> RunError {
    let known = there.iter().map(|(_, entry, _)| entry.id().as_str());
    let known = known.chain(journal.savepoints.keys().map(MigrationId::as_str));
    let hint = nearest(name.as_str(), known).map(|near| format!("; did you mean `{near}`?"));
    RunError::NoWayBack(
        name.clone(),
        format!(
            "is neither a migration that is applied here nor a savepoint{}",
            hint.unwrap_or_default()
        ),
    )
}

/// The statements that stand below `chx:down`.
fn written_way(
    history: &History,
    at: usize,
    entry: &Entry,
    record: &MigrationRecord,
) -> Result<PendingMigration, RunError> {
    let migration = &entry.parsed.migration;
    let no = |reason: &str| RunError::NoWayBack(entry.id().clone(), reason.to_owned());
    if migration.down.is_empty() && !migration.up.is_empty() {
        return Err(no("has no way back: nothing stands below `chx:down`"));
    }
    let failed = |finding| RunError::History(vec![finding]);
    let start = before(history, at)?;
    let mut schema = history.after(at).map_err(failed)?;
    let mut way = Way::new(at, entry, migration.down.len(), record);
    let mut refused = None;
    history
        .replay_down(at, &mut schema, &mut |moment| {
            let step = &migration.down[moment.statement];
            let statement = PendingStatement {
                index: moment.statement,
                sql: step.sql.clone(),
                place: entry.down_place(moment.statement),
                probe: step.probe.clone(),
                effect: moment.effect.clone(),
                losses: Vec::new(),
                unknown: None,
                joins: false,
            };
            refused = refused.take().or(way.add(statement, moment.before).err());
        })
        .map_err(failed)?;
    if let Some(error) = refused {
        return Err(error);
    }
    // Databases stay: others may have put something into them.
    let differs = |id: &&ObjectId| !id.is_database() && schema.get(id) != start.get(id);
    let touched = migration.seal.objects().iter().map(|object| &object.id);
    if let Some(id) = touched.into_iter().find(differs) {
        let reason =
            format!("has a way back that does not lead back: `{id}` would not be what it was before");
        return Err(no(&reason));
    }
    let lost = migration.lost.iter().map(|note| note.as_str().to_owned());
    Ok(way.end(&schema, lost))
}

/// The statements that undo what a migration did before it stopped.
fn planned_way(
    history: &History,
    at: usize,
    entry: &Entry,
    record: &MigrationRecord,
) -> Result<PendingMigration, RunError> {
    let no = |reason: String| RunError::NoWayBack(entry.id().clone(), reason);
    let start = before(history, at)?;
    let mut schema = start.clone();
    let mut lost = Vec::new();
    for (number, statement) in &record.statements {
        match statement.state {
            StatementState::NotDone => continue,
            StatementState::Unknown => {
                return Err(no(format!(
                    "cannot be taken back yet: whether its statement {number} ran is not known; run `migrate`, which \
                     finds out"
                )));
            }
            StatementState::Done => {}
        }
        let Some(step) = entry.parsed.migration.up.get(number - 1) else {
            continue;
        };
        match Effect::of_step(step) {
            Ok(effect @ (Effect::Schema(_) | Effect::Several(_) | Effect::Recorded(_))) => {
                for statement in effect.statements() {
                    schema.apply(statement).map_err(|error| no(error.to_string()))?;
                }
            }
            Ok(Effect::Data(DataEffect::Keeps)) => {}
            Ok(Effect::Data(DataEffect::Adds | DataEffect::Destroys)) => {
                lost.push(format!("the rows as they were before statement {number}"));
            }
            Err(error) => return Err(no(error.to_string())),
        }
    }
    let schemas = Pair {
        before: &schema,
        after: &start,
    };
    let back = plan(schemas, &Renames::default()).map_err(|error| no(error.to_string()))?;
    if let Some(rebuild) = back.rebuilds.first() {
        return Err(no(format!(
            "cannot be taken back by ALTER: `{}` would have to be built anew",
            rebuild.object
        )));
    }
    let steps: Vec<_> = back
        .steps
        .into_iter()
        .filter(|step| !matches!(step.statement, Statement::DropDatabase { .. }))
        .collect();
    let mut way = Way::new(at, entry, steps.len(), record);
    for (index, step) in steps.into_iter().enumerate() {
        let statement = PendingStatement {
            index,
            sql: render(&step.statement),
            place: None,
            probe: None,
            effect: Effect::Schema(Box::new(step.statement.clone())),
            losses: Vec::new(),
            unknown: None,
            joins: false,
        };
        way.add(statement, &schema)?;
        schema
            .apply(&step.statement)
            .map_err(|error| no(error.to_string()))?;
    }
    Ok(way.end(&schema, lost.into_iter()))
}

fn before(history: &History, at: usize) -> Result<Schema, RunError> {
    match at.checked_sub(1) {
        Some(last) => history
            .after(last)
            .map_err(|finding| RunError::History(vec![finding])),
        None => Ok(Schema::default()),
    }
}

/// A way back in the making.
struct Way<'a> {
    record: &'a MigrationRecord,
    migration: PendingMigration,
}

impl<'a> Way<'a> {
    fn new(at: usize, entry: &Entry, of: usize, record: &'a MigrationRecord) -> Self {
        Self {
            record,
            migration: PendingMigration {
                entry: at,
                id: entry.id().clone(),
                direction: Direction::Down,
                statements: Vec::new(),
                of,
                losses: Vec::new(),
                before: None,
            },
        }
    }

    /// Adds a statement, unless it ran already.
    fn add(&mut self, mut statement: PendingStatement, before: &Schema) -> Result<(), RunError> {
        let number = statement.index + 1;
        if let Some(done) = self
            .record
            .down
            .get(&number)
            .filter(|done| done.state != StatementState::NotDone)
        {
            if done.checksum != Checksum::of(statement.sql.as_bytes()).to_string() {
                let reason = format!(
                    "is another way back than the one that was begun: statement {number} has changed"
                );
                return Err(RunError::NoWayBack(self.migration.id.clone(), reason));
            }
            if done.state == StatementState::Done {
                return Ok(());
            }
            statement.unknown = Some(done.query_id.clone());
        }
        if self.migration.before.is_none() {
            self.migration.before = Some(Box::new(before.clone()));
        }
        let place = format!("{}:down:{number}", self.migration.id);
        statement.losses = losses(&statement.effect, before, &place, &BTreeSet::new());
        self.migration.statements.push(statement);
        Ok(())
    }

    fn end(mut self, schema: &Schema, lost: impl Iterator<Item = String>) -> PendingMigration {
        let name = self.migration.id.to_string();
        self.migration.losses = lost
            .map(|what| Loss {
                name: name.clone(),
                what,
            })
            .collect();
        self.migration
            .before
            .get_or_insert_with(|| Box::new(schema.clone()));
        self.migration
    }
}
