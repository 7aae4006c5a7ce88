//! What a statement that chx does not understand does to a schema, found out by running it.
//!
//! It decides by what is there before and after: a table that has another name is told from one that was dropped and another
//! one created by the id that the server gave it. What the statement does to rows is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::canon::restored;
use chx_core::ddl::{OnExisting, RenameRelation, Statement};
use chx_core::ident::QualifiedName;
use chx_core::model::{Object, ObjectId, Schema};
use chx_core::pair::Pair;
use serde::Deserialize;

use super::{FindError, Scratch, ScratchError};
use crate::introspect::{Scope, introspect};

/// What there is, and which name each id has.
struct Seen {
    schema: Schema,
    names: BTreeMap<String, QualifiedName>,
}

impl Scratch {
    /// Finds out what a statement does: makes the schema, runs the statement, and looks at everything that is there before
    /// and after. The engine is empty again afterwards, as far as that can be.
    pub async fn effect_of(&self, before: &Schema, sql: &str) -> Result<Vec<Statement>, FindError> {
        if let Some(refused) = self.build(before).await?.into_iter().next() {
            return Err(FindError::Before(Box::new(refused)));
        }
        let was = self.everything().await?;
        self.session
            .execute(sql, None)
            .await
            .map_err(FindError::Refused)?;
        let is = self.everything().await?;
        let effects = between(&Pair::new(&was, &is));
        self.clear(&is.schema).await?;
        Ok(effects.into_iter().map(|effect| meant(effect, before)).collect())
    }

    async fn everything(&self) -> Result<Seen, FindError> {
        #[derive(Deserialize)]
        struct Row {
            database: String,
            name: String,
            id: String,
        }
        let live = introspect(&self.session, &Scope::everything())
            .await
            .map_err(ScratchError::Engine)?;
        if let Some(finding) = live.unreadable.into_values().next() {
            return Err(FindError::Unreadable(finding.subject, finding.message));
        }
        let sql = "SELECT database, name, toString(uuid) AS id FROM system.tables \
                   WHERE uuid != toUUID('00000000-0000-0000-0000-000000000000')";
        let rows: Vec<Row> = self.session.rows(sql).await.map_err(ScratchError::Engine)?;
        let names = rows
            .into_iter()
            .filter_map(|row| Some((row.id, QualifiedName::new(row.database, row.name).ok()?)));
        Ok(Seen {
            schema: live.schema,
            names: names.collect(),
        })
    }
}

/// The effect on the object that was meant, where another one stood in for it here.
fn meant(effect: Statement, before: &Schema) -> Statement {
    let Statement::CreateTable(create) = &effect else {
        return effect;
    };
    let made = Object::Table(create.table.clone());
    let declared = before.get(&made.id());
    match declared.and_then(|declared| restored(&made, declared)) {
        Some(object) if create.on_existing == OnExisting::Replace => {
            Statement::creating_or(object, OnExisting::Replace)
        }
        _ => effect,
    }
}

/// The statements that do the same, in an order in which they can: a database is there before what moves into it, and goes
/// when it is empty.
fn between(seen: &Pair<&Seen>) -> Vec<Statement> {
    let (was, is) = (&seen.before.schema, &seen.after.schema);
    let new_database =
        |object: &&Object| matches!(object, Object::Database(_)) && !was.contains(&object.id());
    let databases = is.objects().filter(new_database);
    let mut effects: Vec<Statement> = databases
        .map(|object| Statement::creating(object.clone()))
        .collect();
    let is_free = |name: &QualifiedName| was.relation(name).is_none();
    // Two that change places are two definitions that change.
    let renames = seen.before.names.iter().filter_map(|(id, from)| {
        let to = seen.after.names.get(id)?;
        let is_renamed = is.relation(from).is_none() && is_free(to) && is.relation(to).is_some();
        (is_renamed && was.relation(from).is_some()).then(|| RenameRelation {
            from: from.clone(),
            to: to.clone(),
            if_exists: false,
        })
    });
    let mut renames: Vec<RenameRelation> = renames.collect();
    renames.sort_by(|a, b| a.from.cmp(&b.from));
    effects.extend(renames.into_iter().map(Statement::Rename));

    let mut now = was.clone();
    for effect in &effects {
        // What cannot be carried out in thought is left to the differences below.
        let _ = now.apply(effect);
    }
    let ids: BTreeSet<&ObjectId> = now.iter().chain(is.iter()).map(|(id, _)| id).collect();
    let (mut made, mut gone, mut gone_databases) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        match (now.get(id), is.get(id)) {
            (Some(database @ Object::Database(_)), None) => {
                gone_databases.push(Statement::dropping(database));
            }
            (Some(object), None) => gone.push(Statement::dropping(object)),
            (None, Some(object)) => made.push(Statement::creating(object.clone())),
            (Some(Object::Database(before)), Some(Object::Database(after))) if before != after => {
                made.push(Statement::AlterDatabaseComment {
                    database: after.name.clone(),
                    comment: after.comment().to_owned(),
                });
            }
            (Some(before), Some(after)) if before != after => {
                made.push(Statement::creating_or(after.clone(), OnExisting::Replace));
            }
            _ => {}
        }
    }
    effects.extend([made, gone, gone_databases].into_iter().flatten());
    effects
}
