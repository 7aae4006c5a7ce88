//! What a statement destroys, asked of the statement itself and never of a comment beside it.
//!
//! Each loss has a name that consent is given by: the table, or the column of it. Consent for one is none for another.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{DataEffect, Effect};
use crate::ddl::{AccessStatement, AlterCommand, AlterTable, OnExisting, Statement};
use crate::model::access::AccessKind;
use crate::model::{DefaultKind, MaterializedView, Object, ObjectId, Schema, Table, Target};
use crate::plan::opens_rows;
use crate::types::{Conversion, conversion};

/// One thing that a statement destroys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// The name that consent is given by: `web.page_view`, `web.page_view.usr`.
    pub name: String,
    /// What is lost.
    pub what: String,
}

impl Loss {
    fn new(name: &(impl ToString + ?Sized), what: impl Into<String>) -> Self {
        Self {
            name: name.to_string(),
            what: what.into(),
        }
    }
}

/// What the effect destroys, given the schema before it. `place` names a statement that has no object of its own;
/// `fresh` are tables that hold no rows yet, because the same run creates them.
pub fn losses(effect: &Effect, before: &Schema, place: &str, fresh: &BTreeSet<ObjectId>) -> Vec<Loss> {
    match effect {
        Effect::Schema(statement) => {
            let mut losses = of_statement(statement, before);
            losses.extend(overwritten(statement, before, fresh));
            losses
        }
        Effect::Several(statements) => statements
            .iter()
            .flat_map(|statement| of_statement(statement, before))
            .collect(),
        // They only say what becomes of the definitions; what the statement itself does to rows is not known.
        Effect::Recorded(statements) => statements
            .iter()
            .filter(|statement| !is_left(statement, statements, before))
            .flat_map(|statement| of_statement(statement, before))
            .collect(),
        Effect::Data(DataEffect::Destroys) => vec![Loss::new(place, "rows, by a statement of its own")],
        Effect::Data(DataEffect::Keeps | DataEffect::Adds) => Vec::new(),
    }
}

/// Is it a database that goes when everything that was in it has another place, or is a loss of its own?
fn is_left(statement: &Statement, effects: &[Statement], before: &Schema) -> bool {
    let Statement::DropDatabase { database, .. } = statement else {
        return false;
    };
    let leaves: BTreeSet<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Statement::Rename(rename) => Some(&rename.from),
            Statement::Drop(drop) => Some(&drop.name),
            _ => None,
        })
        .collect();
    let mut inside = before.iter().filter_map(|(id, _)| id.relation());
    inside.all(|name| name.database != *database || leaves.contains(name))
}

pub(super) fn of_statement(statement: &Statement, before: &Schema) -> Vec<Loss> {
    let replaced = |on_existing: OnExisting| on_existing == OnExisting::Replace;
    match statement {
        // What a function, collection, resource or workload says stands in the migrations before this one.
        Statement::CreateDatabase(_)
        | Statement::CreateView(_)
        | Statement::CreateDictionary(_)
        | Statement::CreateFunction(_)
        | Statement::DropFunction { .. }
        | Statement::CreateNamedCollection(_)
        | Statement::AlterNamedCollection(_)
        | Statement::DropNamedCollection { .. }
        | Statement::CreateResource(_)
        | Statement::DropResource { .. }
        | Statement::CreateWorkload(_)
        | Statement::DropWorkload { .. } => Vec::new(),
        Statement::Access(statement) => of_access(statement, before),
        Statement::CreateTable(create) if !replaced(create.on_existing) => Vec::new(),
        Statement::CreateMaterializedView(create) if !replaced(create.on_existing) => Vec::new(),
        Statement::CreateRaw(create) if !replaced(create.on_existing) => Vec::new(),
        Statement::CreateTable(_)
        | Statement::CreateMaterializedView(_)
        | Statement::CreateRaw(_)
        | Statement::Drop(_) => of_object(&statement.object(), before.get(&statement.object())),
        Statement::DropDatabase { database, .. } => {
            vec![Loss::new(database, "the database and all that is in it")]
        }
        Statement::AlterTable(alter) => of_alter(alter, before),
        Statement::AlterDatabaseComment { .. } | Statement::Rename(_) | Statement::Exchange { .. } => {
            Vec::new()
        }
    }
}

/// A table whose rows a refreshable view replaces from now on.
fn overwritten(statement: &Statement, before: &Schema, fresh: &BTreeSet<ObjectId>) -> Option<Loss> {
    let Statement::CreateMaterializedView(create) = statement else {
        return None;
    };
    let target = create.view.overwrites()?;
    let already = before
        .materialized_view(&create.view.name)
        .and_then(MaterializedView::overwrites);
    let empty = fresh.contains(&ObjectId::Relation(target.clone()));
    (already != Some(target) && !empty).then(|| {
        Loss::new(
            target,
            format!(
                "all its rows, which each refresh of `{}` replaces",
                create.view.name
            ),
        )
    })
}

/// What somebody could do and cannot any more, and rows that nobody hides any more: no rollback makes up for either.
fn of_access(statement: &AccessStatement, before: &Schema) -> Vec<Loss> {
    let id = statement.id();
    match statement {
        AccessStatement::Drop {
            entity: kind @ (AccessKind::User | AccessKind::Role),
            ..
        } => vec![Loss::new(
            &id,
            format!("the {} and all that it may do", kind.as_str()),
        )],
        statement if opens_rows(statement, before) => {
            vec![Loss::new(
                &id,
                "what hides rows: people may see them from then on",
            )]
        }
        AccessStatement::Create { .. }
        | AccessStatement::Alter { .. }
        | AccessStatement::Rename { .. }
        | AccessStatement::Drop { .. }
        | AccessStatement::Grants { .. } => Vec::new(),
    }
}

/// An object that goes. What is not known is taken for a table.
fn of_object(id: &ObjectId, object: Option<&Object>) -> Vec<Loss> {
    match object {
        Some(
            Object::View(_)
            | Object::Dictionary(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Access(_)
            | Object::MaterializedView(MaterializedView {
                target: Target::To(_),
                ..
            }),
        ) => Vec::new(),
        Some(Object::MaterializedView(_)) => vec![Loss::new(id, "all rows of its inner table")],
        Some(Object::Raw(raw)) if !raw.holds_rows() => Vec::new(),
        Some(Object::Table(table)) if !table.storage.engine.holds_rows() => Vec::new(),
        Some(Object::Table(_) | Object::Database(_) | Object::Raw(_)) | None => {
            vec![Loss::new(id, "all its rows")]
        }
    }
}

fn of_alter(alter: &AlterTable, before: &Schema) -> Vec<Loss> {
    let table = before.table(&alter.name);
    let column = |name: &dyn std::fmt::Display| format!("{}.{name}", alter.name);
    let mut losses = Vec::new();
    for command in &alter.commands {
        match command {
            AlterCommand::DropColumn { name, .. } if is_stored(table, name.as_str()) => {
                losses.push(Loss::new(&column(name), "all values of the column"));
            }
            AlterCommand::ClearColumn { name, .. } if is_stored(table, name.as_str()) => {
                losses.push(Loss::new(
                    &column(name),
                    "all values of the column, which become its default",
                ));
            }
            AlterCommand::ModifyColumn(change) => {
                let old = table.and_then(|table| table.column(change.name.as_str()));
                if let (Some(old), Some(new)) = (old, &change.data_type)
                    && matches!(
                        conversion(&old.data_type, new),
                        Conversion::Rewrite { lossy: true, .. } | Conversion::Refused
                    )
                {
                    let what = format!("values that `{new}` cannot hold");
                    losses.push(Loss::new(&column(&change.name), what));
                }
                let becomes = change.default.as_ref().map(|default| default.kind);
                if matches!(becomes, Some(DefaultKind::Alias | DefaultKind::Ephemeral))
                    && old.is_some_and(crate::model::Column::is_stored)
                {
                    losses.push(Loss::new(
                        &column(&change.name),
                        "all stored values of the column",
                    ));
                }
            }
            _ => {}
        }
    }
    losses
}

/// Does dropping the column lose values? A column that is not known may.
fn is_stored(table: Option<&Table>, column: &str) -> bool {
    table.is_none_or(|table| {
        table.storage.engine.holds_rows() && table.column(column).is_none_or(crate::model::Column::is_stored)
    })
}
