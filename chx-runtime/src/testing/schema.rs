//! What has to be run so that a test finds its schema, and which databases and objects of the server that is about.
//!
//! The engine of a test has one user. A view that reads with the rights of another one reads with the rights of this
//! one there, and a refreshable view does not run as soon as it is made. Users, roles and what else says who may do what cannot
//! be kept there: their statements are left out.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chx_core::canon::portable_statement;
use chx_core::ddl::{Statement, render};
use chx_core::diag::Place;
use chx_core::history::{Effect, History, Moment, touched_by};
use chx_core::ident::Ident;
use chx_core::model::{ObjectId, Schema as Model};
use chx_core::pair::Pair;
use chx_core::plan::{Renames, plan};

use super::{Schema, TestError};
use crate::migrations::Migrations;
use crate::registry::Registry;

/// The statements of a schema, in order.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) statements: Vec<(String, Option<Place>)>,
    /// The databases that they name, and the objects that belong to none.
    pub(super) shared: BTreeSet<ObjectId>,
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
        let shared = schema.iter().map(|(id, _)| shared(id)).collect();
        let empty = Model::default();
        let plan = plan(Pair::new(&empty, &schema), &Renames::default())?;
        let portable = |statement: &Statement| render(&portable_statement(statement.clone()));
        let kept = plan
            .steps
            .iter()
            .filter(|step| !matches!(step.statement, Statement::Access(_)));
        let statements = kept.map(|step| (portable(&step.statement), None));
        Ok(Self {
            statements: statements.collect(),
            shared,
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
        history
            .replay_with(&mut |moment| script.add(&history, moment))
            .map_err(TestError::Unsound)?;
        let script = Arc::new(script);
        read.push((migrations.clone(), Arc::clone(&script)));
        Ok(script)
    }

    fn add(&mut self, history: &History, moment: Moment<'_>) {
        let entry = &history.entries()[moment.entry];
        let mut sql = entry.parsed.migration.up[moment.statement].sql.clone();
        if let Effect::Schema(statement) = moment.effect
            && matches!(**statement, Statement::Access(_))
        {
            return;
        }
        for statement in moment.effect.statements() {
            let touched = touched_by(statement, moment.before);
            self.shared.extend(touched.iter().map(shared));
            let portable = portable_statement(Statement::clone(statement));
            if portable != *statement && matches!(moment.effect, Effect::Schema(_)) {
                sql = render(&portable);
            }
        }
        self.statements.push((sql, entry.up_place(moment.statement)));
    }
}

/// What of an object two tests cannot both have: its database, or the object itself where it belongs to the server.
fn shared(id: &ObjectId) -> ObjectId {
    match id.database() {
        Some(database) => ObjectId::Database(database.clone()),
        None => id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chx_core::history::{FileRole, HistoryFiles, SourceFile, seal};

    #[test]
    fn migrations_run_as_they_stand_but_for_users_that_are_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = HistoryFiles::default();
        let text = "-- chx:migration 1\n-- chx:id 0001\n-- chx:draft\n\n-- chx:up\n\n\
                    CREATE DATABASE shop;\n\
                    CREATE TABLE shop.a (id UInt64) ENGINE=MergeTree  ORDER BY id;\n\
                    CREATE VIEW shop.v DEFINER = alice SQL SECURITY DEFINER AS SELECT id FROM shop.a;\n\
                    CREATE ROLE reader;\n\
                    GRANT SELECT ON shop.* TO reader;\n\
                    INSERT INTO shop.a VALUES (1);\n";
        let source = SourceFile {
            path: "0001.sql".into(),
            text: text.into(),
        };
        files.add(FileRole::of("0001.sql").unwrap().unwrap(), source);
        let sealed = seal(&files).unwrap();
        for (id, text) in &sealed.migrations {
            std::fs::write(folder.path().join(id.file_name()), text).unwrap();
        }
        std::fs::write(folder.path().join("chx.sum"), &sealed.sum).unwrap();

        let migrations = Migrations::folder(folder.path());
        let script = Script::of_migrations(&migrations).unwrap();
        let sql: Vec<&str> = script.statements.iter().map(|(sql, _)| sql.as_str()).collect();
        assert_eq!(
            sql[1],
            "CREATE TABLE shop.a (id UInt64) ENGINE=MergeTree  ORDER BY id"
        );
        assert!(
            sql[2].contains("CREATE VIEW shop.v") && !sql[2].contains("alice"),
            "{}",
            sql[2]
        );
        assert_eq!(sql[3], "INSERT INTO shop.a VALUES (1)");
        assert!(script.statements.iter().all(|(_, place)| place.is_some()));
        let shop = ObjectId::Database(Ident::new("shop").unwrap());
        assert_eq!(script.shared, BTreeSet::from([shop]));
        let again = Script::of_migrations(&migrations).unwrap();
        assert!(Arc::ptr_eq(&script, &again), "they are read once");
    }
}
