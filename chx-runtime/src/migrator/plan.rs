//! What a run would do, as data.

use chx_core::diag::{Diagnostic, Place};
use chx_core::history::{Loss, MigrationId};
use serde::Serialize;

use crate::runner::{Endangered, Pending};

/// What a run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MigrationPlan {
    /// The migrations that are not applied, in order.
    pub migrations: Vec<PlannedMigration>,
    /// What is worth knowing and stops nothing.
    pub warnings: Vec<Diagnostic>,
}

/// A migration that is not applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedMigration {
    /// Its id.
    pub id: MigrationId,
    /// Its statements that are left, in order.
    pub statements: Vec<PlannedStatement>,
}

/// A statement that would run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedStatement {
    /// Its number in the migration, from 1.
    pub number: usize,
    /// The statement.
    pub sql: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What it destroys, with the names that consent is given by.
    pub destroys: Vec<Loss>,
    /// Was it started by a run that did not write down its end? Then the database is asked first.
    pub unknown: bool,
}

impl MigrationPlan {
    pub(super) fn new(pending: Pending) -> Self {
        let migrations = pending.migrations.into_iter().map(|migration| {
            let statements = migration
                .statements
                .into_iter()
                .map(|statement| PlannedStatement {
                    number: statement.index + 1,
                    sql: statement.sql,
                    place: statement.place,
                    destroys: statement.losses,
                    unknown: statement.unknown.is_some(),
                });
            PlannedMigration {
                id: migration.id,
                statements: statements.collect(),
            }
        });
        Self {
            migrations: migrations.collect(),
            warnings: pending.warnings,
        }
    }

    /// Is there nothing to do?
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }

    /// Everything that would be destroyed, and by what.
    pub fn destroys(&self) -> impl Iterator<Item = Endangered> + '_ {
        self.migrations.iter().flat_map(|migration| {
            migration.statements.iter().flat_map(|statement| {
                statement.destroys.iter().map(|loss| Endangered {
                    migration: migration.id.clone(),
                    statement: statement.number,
                    loss: loss.clone(),
                })
            })
        })
    }
}
