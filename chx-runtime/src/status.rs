//! Where a database stands in the history: what was applied, by whom and when, and what is left.

use std::collections::BTreeSet;

use chx_core::diag::Diagnostic;
use chx_core::history::{Effect, History, MigrationId, mutated_table};
use chx_core::ident::QualifiedName;
use serde::Serialize;

use crate::journal::{JournalState, MigrationRecord, Phase};
use crate::lock::Owner;
use crate::runner::Mutation;

/// One migration, in the history or in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MigrationStatus {
    /// Its id.
    pub id: MigrationId,
    /// Where it stands.
    pub state: MigrationState,
    /// What the journal says about it; nothing if it never ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<MigrationRecord>,
}

/// Where a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MigrationState {
    /// All its statements ran.
    Applied,
    /// It is in the history and did not run.
    Pending,
    /// It was started; its runner works, or died.
    Unfinished,
    /// One of its statements failed.
    Failed,
    /// Its way back was begun and has not ended.
    Reverting,
    /// It was applied, and its file was changed since.
    Changed,
    /// It was applied, and is not in the history.
    Missing,
}

/// All migrations: those of the history in their order, then those that only the journal knows.
pub fn status(history: &History, journal: &JournalState) -> Vec<MigrationStatus> {
    let mut all: Vec<MigrationStatus> = history
        .entries()
        .iter()
        .map(|entry| {
            let record = journal
                .migrations
                .get(entry.id())
                .filter(|record| record.phase != Phase::Reverted)
                .cloned();
            let state = match &record {
                None => MigrationState::Pending,
                Some(record) => match record.phase {
                    Phase::Applied if record.differs_from(entry.checksum) => MigrationState::Changed,
                    Phase::Applied => MigrationState::Applied,
                    Phase::Unfinished | Phase::Reverted => MigrationState::Unfinished,
                    Phase::Reverting => MigrationState::Reverting,
                    Phase::Failed => MigrationState::Failed,
                },
            };
            MigrationStatus {
                id: entry.id().clone(),
                state,
                record,
            }
        })
        .collect();
    let known = |id: &MigrationId| history.entries().iter().any(|entry| entry.id() == id);
    let missing = journal
        .migrations
        .iter()
        .filter(|(id, record)| record.phase != Phase::Reverted && !known(id));
    all.extend(missing.map(|(id, record)| MigrationStatus {
        id: id.clone(),
        state: MigrationState::Missing,
        record: Some(record.clone()),
    }));
    all
}

/// The tables in which statements have left mutations that nobody waited for.
pub fn detached(history: &History, journal: &JournalState) -> Vec<QualifiedName> {
    let tables: BTreeSet<QualifiedName> = history
        .entries()
        .iter()
        .filter_map(|entry| Some((entry, journal.migrations.get(entry.id())?)))
        .flat_map(|(entry, record)| {
            let left = record
                .statements
                .iter()
                .filter(|(_, statement)| statement.detached);
            left.filter_map(|(number, _)| {
                let sql = &entry.parsed.migration.up.get(number - 1)?.sql;
                mutated_table(&Effect::of(sql).ok()?, sql)
            })
        })
        .collect();
    tables.into_iter().collect()
}

/// What `status` says as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StatusReport {
    /// All migrations.
    pub migrations: Vec<MigrationStatus>,
    /// Who is migrating, if somebody is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<Owner>,
    /// The mutations that runs have left behind and that have not ended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mutations: Vec<Mutation>,
    /// What is wrong with the history.
    pub findings: Vec<Diagnostic>,
}
