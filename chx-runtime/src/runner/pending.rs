//! What is left to do: the history against the journal.
//!
//! Decides which statements still have to run and what they destroy. It refuses a history that is not the one that was
//! applied: a migration that is gone, one that was changed after it ran, and one that comes too late because a later
//! one has touched the same object.

use std::collections::BTreeSet;

use chx_core::ddl::Statement;
use chx_core::diag::{Diagnostic, Place, Severity, code};
use chx_core::history::{Checksum, Effect, Entry, History, Loss, MigrationId, losses};
use chx_core::model::{ObjectId, Schema};
use serde::Serialize;

use super::together::Together;
use super::{Consent, RunError};
use crate::journal::{Direction, JournalState, MigrationRecord, Phase, StatementState};

/// Everything that is left to do, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pending {
    /// The migrations that are not applied, each with what is left of it.
    pub migrations: Vec<PendingMigration>,
    /// What is worth knowing and stops nothing.
    pub warnings: Vec<Diagnostic>,
}

/// A migration that is not applied.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingMigration {
    /// Its index in the history.
    pub entry: usize,
    /// Its id.
    pub id: MigrationId,
    /// Which way it runs.
    pub direction: Direction,
    /// Its statements that are left, in order.
    pub statements: Vec<PendingStatement>,
    /// The number of all its statements.
    pub of: usize,
    /// What runs in no statement but is lost all the same, because a way back does not bring it back.
    pub losses: Vec<Loss>,
    /// The schema before the first statement that is left, where the history alone does not say it.
    pub before: Option<Box<Schema>>,
}

/// A statement that is left.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingStatement {
    /// Its index among the statements of its direction, from 0.
    pub index: usize,
    /// The statement.
    pub sql: String,
    /// Where it stands, if it stands in a file.
    pub place: Option<Place>,
    /// The SELECT that tells whether it has happened.
    pub probe: Option<String>,
    /// What it does to the schema or the rows.
    pub effect: Effect,
    /// What it destroys.
    pub losses: Vec<Loss>,
    /// Was it started by a run that did not write down its end? Then the query id of that run.
    pub unknown: Option<String>,
    /// May it be announced to the journal in one write with the statement before it?
    pub joins: bool,
}

/// One thing that would be destroyed, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endangered {
    /// The migration.
    pub migration: MigrationId,
    /// The statement, counted from 1; 0: the migration as a whole.
    pub statement: usize,
    /// What is lost, and the name that consent is given by.
    #[serde(flatten)]
    pub loss: Loss,
}

impl Pending {
    /// Compares a history with a journal, up to and including the migration `to`.
    ///
    /// An error holds all findings that forbid running anything.
    pub fn find(
        history: &History,
        journal: &JournalState,
        to: Option<&MigrationId>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = unknown_to(history, journal);
        let mut pending = Self::default();
        for (at, entry) in history.entries().iter().enumerate() {
            let record = journal
                .migrations
                .get(entry.id())
                .filter(|record| record.phase != Phase::Reverted);
            if let Some(record) = record {
                findings.extend(changed_since(entry, record));
            }
            if record.is_some_and(|record| record.phase == Phase::Reverting) {
                findings.push(half_reverted(entry));
            }
            if record.is_some_and(|record| record.phase == Phase::Applied) {
                let late = too_late(history, &pending, entry);
                let (errors, warnings): (Vec<_>, Vec<_>) = late
                    .into_iter()
                    .partition(|finding| finding.severity == Severity::Error);
                findings.extend(errors);
                pending.warnings.extend(warnings);
                continue;
            }
            pending.migrations.push(PendingMigration {
                entry: at,
                id: entry.id().clone(),
                direction: Direction::Up,
                statements: Vec::new(),
                of: entry.parsed.migration.up.len(),
                losses: Vec::new(),
                before: None,
            });
        }
        if let Some(to) = to {
            let Some(last) = history.entries().iter().position(|entry| entry.id() == to) else {
                let known = history.entries().iter().map(|entry| entry.id().as_str());
                let hint = chx_core::nearest::nearest(to.as_str(), known);
                let finding =
                    Diagnostic::new(code::FILE_MISSING, Severity::Error, to, "is not in the history");
                return Err(vec![match hint {
                    Some(hint) => finding.help(format!("did you mean `{hint}`?")),
                    None => finding,
                }]);
            };
            pending.migrations.retain(|migration| migration.entry <= last);
        }
        pending
            .fill(history, journal)
            .unwrap_or_else(|mut broken| findings.append(&mut broken));
        if findings.is_empty() {
            Ok(pending)
        } else {
            Err(findings)
        }
    }

    /// Finds the statements that are left, by one walk through the history.
    fn fill(&mut self, history: &History, journal: &JournalState) -> Result<(), Vec<Diagnostic>> {
        let mut left = self.migrations.iter_mut().peekable();
        if left.peek().is_none() {
            return Ok(());
        }
        let mut current: Option<&mut PendingMigration> = None;
        let mut fresh = BTreeSet::new();
        let mut together = Together::default();
        let after = history.replay_with(&mut |moment| {
            if current
                .as_ref()
                .is_none_or(|migration| migration.entry != moment.entry)
            {
                current = left.next_if(|migration| migration.entry == moment.entry);
            }
            let Some(migration) = current.as_mut() else {
                together.part(moment.before);
                return;
            };
            let made = moment.effect.statements().iter();
            fresh.extend(
                made.filter(|statement| matches!(statement, Statement::CreateTable(_)))
                    .map(Statement::object),
            );
            let record = journal
                .migrations
                .get(&migration.id)
                .and_then(|r| r.statements.get(&(moment.statement + 1)));
            if record.is_some_and(|record| record.state == StatementState::Done) {
                together.part(moment.before);
                return;
            }
            let place = format!("{}:{}", migration.id, moment.statement + 1);
            let entry = &history.entries()[migration.entry];
            let step = &entry.parsed.migration.up[moment.statement];
            together.look(moment.effect, step.probe.is_some(), moment.before);
            migration.statements.push(PendingStatement {
                index: moment.statement,
                sql: step.sql.clone(),
                place: entry.up_place(moment.statement),
                probe: step.probe.clone(),
                effect: moment.effect.clone(),
                losses: losses(moment.effect, moment.before, &place, &fresh),
                unknown: record
                    .filter(|record| record.state == StatementState::Unknown)
                    .map(|record| record.query_id.clone()),
                joins: false,
            });
        })?;
        let statements = self
            .migrations
            .iter_mut()
            .flat_map(|migration| &mut migration.statements);
        for (statement, joins) in statements.zip(together.answers(&after)) {
            statement.joins = joins;
        }
        Ok(())
    }

    /// Is there nothing to do?
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }

    /// Refuses everything when one thing would be destroyed that nobody agreed to.
    pub fn refuse_without(&self, consent: &Consent) -> Result<(), RunError> {
        let agreed = |loss: &Endangered| consent.policy && consent.names.contains(&loss.loss.name);
        let refused: Vec<Endangered> = self.endangered().filter(|loss| !agreed(loss)).collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(RunError::Refused(refused))
        }
    }

    /// Everything that would be destroyed.
    pub fn endangered(&self) -> impl Iterator<Item = Endangered> + '_ {
        self.migrations.iter().flat_map(|migration| {
            let of = |statement, loss: &Loss| Endangered {
                migration: migration.id.clone(),
                statement,
                loss: loss.clone(),
            };
            let whole = migration.losses.iter().map(move |loss| of(0, loss));
            whole.chain(migration.statements.iter().flat_map(move |statement| {
                statement
                    .losses
                    .iter()
                    .map(move |loss| of(statement.index + 1, loss))
            }))
        })
    }
}

/// Migrations that were run here and that the history does not know.
pub(super) fn unknown_to(history: &History, journal: &JournalState) -> Vec<Diagnostic> {
    let known: BTreeSet<&MigrationId> = history.entries().iter().map(Entry::id).collect();
    let run = journal
        .migrations
        .iter()
        .filter(|(_, record)| record.phase != Phase::Reverted);
    run.filter(|(id, _)| !known.contains(id))
        .map(|(id, _)| {
            Diagnostic::new(
                code::APPLIED_UNKNOWN,
                Severity::Error,
                id,
                "was applied here, but is not in the history",
            )
            .help("take its file back from version control, or deploy the version of the code that has it")
        })
        .collect()
}

/// A way back that has begun has to end before anything else runs.
fn half_reverted(entry: &Entry) -> Diagnostic {
    Diagnostic::new(
        code::OUT_OF_ORDER,
        Severity::Error,
        entry.id(),
        "is being taken back, and the way back has not ended",
    )
    .help("run `chx-migrate rollback --steps 1`: it goes on where it stopped")
}

/// Was the migration changed since it ran? Of one that did not end, the statements that did not run may change.
pub(super) fn changed_since(entry: &Entry, record: &MigrationRecord) -> Option<Diagnostic> {
    let changed = if record.phase == Phase::Applied {
        record.differs_from(entry.checksum)
    } else {
        record.statements.iter().any(|(number, statement)| {
            let sql = entry
                .parsed
                .migration
                .up
                .get(number - 1)
                .map(|step| step.sql.as_bytes());
            statement.state != StatementState::NotDone
                && sql.is_none_or(|sql| Checksum::of(sql).to_string() != statement.checksum)
        })
    };
    changed.then(|| {
        Diagnostic::new(
            code::APPLIED_CHANGED,
            Severity::Error,
            entry.id(),
            "was changed after it ran here",
        )
        .help("take the file back from version control, and say what has to change in a new migration")
        .at(entry.up_place(0))
    })
}

/// Pending migrations that stand before this applied one: an error where both touch one object.
fn too_late(history: &History, pending: &Pending, applied: &Entry) -> Vec<Diagnostic> {
    let touched: BTreeSet<&ObjectId> = applied
        .parsed
        .migration
        .seal
        .objects()
        .iter()
        .map(|object| &object.id)
        .collect();
    pending
        .migrations
        .iter()
        .filter_map(|migration| {
            let entry = &history.entries()[migration.entry];
            let shared = entry.parsed.migration.seal.objects().iter().find(|object| touched.contains(&object.id));
            // A database is only a place to be in: both may name it.
            match shared.filter(|object| !object.id.is_database()) {
                Some(object) => Some(
                    Diagnostic::new(
                        code::OUT_OF_ORDER,
                        Severity::Error,
                        entry.id(),
                        format!("is pending, but `{}`, which comes after it, was applied and touches `{}` too", applied.id(), object.id),
                    )
                    .help("the order was changed after the fact: put it behind in `chx.sum`, make it fit, and run `chx-migrate seal`"),
                ),
                None if pending.warnings.iter().any(|warning| warning.subject == entry.id().as_str()) => None,
                None => Some(
                    Diagnostic::new(
                        code::OUT_OF_ORDER,
                        Severity::Warning,
                        entry.id(),
                        format!("is applied late: `{}`, which comes after it, was applied before", applied.id()),
                    )
                    .help("they touch different objects, so nothing has to be done"),
                ),
            }
        })
        .collect()
}

/// The objects that a statement makes, changes or takes away.
pub(crate) fn objects_of(effect: &Effect, before: &Schema) -> Vec<ObjectId> {
    effect
        .statements()
        .iter()
        .flat_map(|statement| chx_core::history::touched_by(statement, before))
        .collect()
}
