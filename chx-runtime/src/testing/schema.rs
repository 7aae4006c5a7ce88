//! What has to be run so that a test finds its schema, and which databases that is about.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chx_core::ddl::render;
use chx_core::diag::Place;
use chx_core::history::Effect;
use chx_core::history::{History, touched_by};
use chx_core::ident::Ident;
use chx_core::model::Schema as Model;
use chx_core::pair::Pair;
use chx_core::plan::{Renames, plan};

use super::{Schema, TestError};
use crate::migrations::Migrations;
use crate::registry::Registry;

/// The statements of a schema, in order.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) statements: Vec<(String, Option<Place>)>,
    /// The databases that they name.
    pub(super) databases: BTreeSet<Ident>,
}

impl Script {
    /// What a test needs. Declared objects that name no database belong to `default`.
    pub(super) fn of(schema: &Schema, default: &Ident) -> Result<Arc<Self>, TestError> {
        match schema {
            Schema::Empty => Ok(Arc::default()),
            Schema::Registry => Self::of_registry(default).map(Arc::new),
            Schema::Migrations(migrations) => Self::of_migrations(migrations),
        }
    }

    fn of_registry(default: &Ident) -> Result<Self, TestError> {
        let schema = Registry::load(default)?.into_schema();
        let databases = schema.iter().map(|(id, _)| id.database().clone()).collect();
        let empty = Model::default();
        let plan = plan(Pair::new(&empty, &schema), &Renames::default())?;
        let statements = plan.steps.iter().map(|step| (render(&step.statement), None));
        Ok(Self {
            statements: statements.collect(),
            databases,
        })
    }

    /// Many tests use the same migrations: they are read once.
    fn of_migrations(migrations: &Migrations) -> Result<Arc<Self>, TestError> {
        static READ: Mutex<Vec<(Migrations, Arc<Script>)>> = Mutex::new(Vec::new());
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, script)) = read.iter().find(|(known, _)| known == migrations) {
            return Ok(Arc::clone(script));
        }
        let (history, _) = History::load(&migrations.read()?).map_err(TestError::Unsound)?;
        let mut script = Self::default();
        for entry in history.entries() {
            let steps = entry.parsed.migration.up.iter().enumerate();
            script
                .statements
                .extend(steps.map(|(index, step)| (step.sql.clone(), entry.up_place(index))));
        }
        let databases = &mut script.databases;
        let mut collect = |effect: &Effect, before: &Model| {
            if let Effect::Schema(statement) = effect {
                let touched = touched_by(statement, before);
                databases.extend(touched.iter().map(|id| id.database().clone()));
            }
        };
        history
            .replay_with(&mut |moment| collect(moment.effect, moment.before))
            .map_err(TestError::Unsound)?;
        let script = Arc::new(script);
        read.push((migrations.clone(), Arc::clone(&script)));
        Ok(script)
    }
}
