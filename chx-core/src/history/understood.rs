//! What one statement of a migration says on its own, without the statements before it.
//!
//! Decides what can be known ahead of the replay, in any order and side by side: what the text means, and for a
//! CREATE TABLE its canonical form and its fingerprint. It refuses nothing; what cannot be understood is told when
//! the replay gets there.

use super::effect::{Effect, EffectError};
use super::migration::{ObjectState, SqlStep};
use crate::canon::canonicalize_table;
use crate::ddl::{OnExisting, Statement};
use crate::fingerprint::Fingerprint;
use crate::model::ObjectKind;

/// A statement, understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// What it does; a table that it creates is in canonical form.
    pub(super) effect: Result<Effect, EffectError>,
    /// The table that it creates, if it is a CREATE TABLE that fails where the name is taken.
    pub(super) created: Option<ObjectState>,
}

impl Understood {
    /// Understands a statement.
    pub fn of(step: &SqlStep) -> Self {
        let mut effect = Effect::of_step(step);
        let created = match &mut effect {
            Ok(Effect::Schema(statement)) => created(statement),
            _ => None,
        };
        Self { effect, created }
    }
}

fn created(statement: &mut Statement) -> Option<ObjectState> {
    match statement {
        Statement::CreateTable(create) if create.on_existing == OnExisting::Fail => {
            canonicalize_table(&mut create.table);
            Some(ObjectState {
                kind: ObjectKind::Table,
                fingerprint: Fingerprint::of_created(statement),
            })
        }
        _ => None,
    }
}
