//! The journal made to say what is true, when a person has brought a database somewhere by hand.
//!
//! Decides by proof: the objects of the migration are read back, and only if they are what the history says they are after
//! it (or before it) the journal says so. It changes nothing but the journal.

use chx_core::history::{Checksum, Effect, Entry, MigrationId, SqlStep};
use chx_core::model::ObjectId;

use super::settle::proven;
use super::{Run, RunError};
use crate::introspect::{Scope, introspect};
use crate::journal::{Direction, Event, Journal, MigrationRecord, Phase, Record, Runner, StatementState};

/// What a person says about a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// All of it has happened.
    Applied,
    /// Nothing of it has happened, or all of it was taken back.
    Reverted,
}

/// What `repair` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Was anything written? The journal may have said so before.
    pub changed: bool,
    /// The numbers of the statements about rows, which no schema proves: the person's word stands for them.
    pub unproven: Vec<usize>,
}

impl Run<'_> {
    /// Makes the journal say what a person claims of a migration, if the schema proves it. Under the lock.
    pub async fn repair(mut self, id: &MigrationId, claim: Claim) -> Result<Repaired, RunError> {
        let history = self.history;
        let Some(at) = history.entries().iter().position(|entry| entry.id() == id) else {
            return Err(RunError::Disproven(
                id.clone(),
                "is not in the history".to_owned(),
            ));
        };
        let runner = Runner::of_process();
        let lock = self.lock(runner.clone()).await?;
        let mut journal = Journal::new(self.session, self.database, runner).fenced(lock.fence());
        let result = self.claim(&mut journal, at, claim).await;
        self.give_back(lock).await;
        result
    }

    async fn claim(
        &mut self,
        journal: &mut Journal<'_>,
        at: usize,
        claim: Claim,
    ) -> Result<Repaired, RunError> {
        let entry = &self.history.entries()[at];
        let failed = |action| move |source| RunError::Journal { action, source };
        let state = journal.read().await.map_err(failed("read"))?;
        let record = state.migrations.get(entry.id());
        self.prove(entry, at, claim).await?;
        let says = record
            .is_some_and(|record| record.phase == Phase::Applied && !record.differs_from(entry.checksum));
        let changed = match claim {
            Claim::Applied => !says,
            Claim::Reverted => record.is_some_and(|record| record.phase != Phase::Reverted),
        };
        let steps = entry.parsed.migration.up.iter().enumerate();
        let about_rows =
            |step: &SqlStep| !Effect::of_step(step).is_ok_and(|effect| !effect.statements().is_empty());
        let unproven = steps
            .filter(|(_, step)| about_rows(step))
            .map(|(index, _)| index + 1);
        let repaired = Repaired {
            changed,
            unproven: unproven.collect(),
        };
        if changed {
            let rows = rows(entry, record, claim);
            journal.append(&rows).await.map_err(failed("written"))?;
        }
        Ok(repaired)
    }

    /// Is the live schema what the claim says, as far as the migration touches it?
    async fn prove(&mut self, entry: &Entry, at: usize, claim: Claim) -> Result<(), RunError> {
        let failed = |finding| RunError::History(vec![finding]);
        let expected = match (claim, at.checked_sub(1)) {
            (Claim::Applied, _) => self.history.after(at).map_err(failed)?,
            (Claim::Reverted, Some(last)) => self.history.after(last).map_err(failed)?,
            (Claim::Reverted, None) => chx_core::model::Schema::default(),
        };
        let objects = entry
            .parsed
            .migration
            .seal
            .objects()
            .iter()
            .map(|object| object.id.clone());
        // A database that stays empty hurts nobody.
        let stays = |id: &ObjectId| claim == Claim::Reverted && id.is_database();
        let ids: Vec<ObjectId> = objects.filter(|id| !stays(id)).collect();
        let scope = Scope::around(&ids);
        let live = introspect(self.session, &scope).await.map_err(RunError::Ask)?;
        let mut wrong = Vec::new();
        for id in &ids {
            let is_proven = !live.unreadable.contains_key(id)
                && proven(&live.schema, &expected, std::slice::from_ref(id)).await?;
            if !is_proven {
                wrong.push(format!("`{id}`"));
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        let side = match claim {
            Claim::Applied => "after",
            Claim::Reverted => "before",
        };
        let reason = format!(
            "the database does not show it: {} is not what the history says it is {side} it",
            wrong.join(", ")
        );
        Err(RunError::Disproven(entry.id().clone(), reason))
    }
}

/// What the journal is told: each statement that it does not know to have run, and the whole.
fn rows<'r>(entry: &'r Entry, record: Option<&MigrationRecord>, claim: Claim) -> Vec<Record<'r>> {
    let row = |direction, statement, event, statement_checksum| Record {
        migration: entry.id(),
        direction,
        statement,
        event,
        checksum: entry.checksum,
        statement_checksum,
        query_id: "",
        duration_ms: 0,
        error: "",
    };
    if claim == Claim::Reverted {
        return vec![row(Direction::Down, 0, Event::Finished, entry.checksum)];
    }
    let is_done = |number: &usize| {
        let known = record.and_then(|record| record.statements.get(number));
        known.is_some_and(|known| known.state == StatementState::Done)
    };
    let mut rows: Vec<Record<'r>> = (1..=entry.parsed.migration.up.len())
        .filter(|number| !is_done(number))
        .map(|number| {
            let sum = Checksum::of(entry.parsed.migration.up[number - 1].sql.as_bytes());
            row(Direction::Up, number, Event::FoundDone, sum)
        })
        .collect();
    rows.push(row(Direction::Up, 0, Event::Finished, entry.checksum));
    rows
}
