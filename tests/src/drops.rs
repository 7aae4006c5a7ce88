//! The promise that no plan drops what nobody asked to drop, as a check of any plan.

use chx_core::ddl::{AlterCommand, OnExisting, Statement};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Object, Schema, Table, Target};
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames, Risk};

/// The parts of a plan that take away what the wanted schema still has, or what only a rename took from its place.
pub fn unasked_drops(plan: &Plan, schemas: Pair<&Schema>, renames: &Renames) -> Vec<String> {
    let mut unasked = Vec::new();
    for step in &plan.steps {
        match &step.statement {
            Statement::Drop(drop) => {
                let kinds = [schemas.before, schemas.after]
                    .map(|schema| schema.relation(&drop.name).map(Object::kind));
                if kinds[0] == kinds[1] {
                    unasked.push(drop.name.to_string());
                }
            }
            Statement::DropDatabase { database, .. } => {
                let id = chx_core::model::ObjectId::Database(database.clone());
                if schemas.after.contains(&id) {
                    unasked.push(database.to_string());
                }
            }
            Statement::CreateTable(create) if create.on_existing == OnExisting::Replace => {
                let name = &create.table.name;
                let old = schemas.before.table(renames.relations.get(name).unwrap_or(name));
                // Only what holds no rows can be put aside.
                if old.is_none_or(|old| old.storage.engine.holds_rows()) {
                    unasked.push(name.to_string());
                }
            }
            Statement::CreateMaterializedView(create) if create.on_existing == OnExisting::Replace => {
                let old = schemas.before.materialized_view(&create.view.name);
                // What only a replaced view can be (another target, by the clock) takes an inner table along: with consent.
                let had_inner = old.is_some_and(|old| matches!(old.target, Target::Inner(_)));
                if had_inner && step.risk != Risk::Destructive {
                    unasked.push(create.view.name.to_string());
                }
            }
            Statement::AlterTable(alter) => {
                let old_name = renames.relations.get(&alter.name).unwrap_or(&alter.name);
                let before = schemas
                    .before
                    .table(old_name)
                    .or_else(|| schemas.before.table(&alter.name));
                if let (Some(before), Some(after)) = (before, schemas.after.table(&alter.name)) {
                    let found = alter
                        .commands
                        .iter()
                        .filter(|command| !comes_again(plan, &alter.name, command))
                        .filter_map(|command| unasked_member(command, Pair { before, after }, renames));
                    unasked.extend(found.map(|name| format!("{}.{name}", alter.name)));
                }
            }
            _ => {}
        }
    }
    unasked
}

/// A projection that stands in the way of a new type goes and comes again, and so does what calls a function that changes: in
/// one ALTER. None of it holds anything of its own.
fn comes_again(plan: &Plan, table: &QualifiedName, command: &AlterCommand) -> bool {
    let alters = || {
        plan.steps.iter().filter_map(|step| match &step.statement {
            Statement::AlterTable(alter) if alter.name == *table => Some(&alter.commands),
            _ => None,
        })
    };
    let in_one = |is_added: &dyn Fn(&AlterCommand) -> bool| {
        alters().any(|commands| commands.contains(command) && commands.iter().any(is_added))
    };
    match command {
        AlterCommand::DropProjection { name, .. } => alters()
            .flatten()
            .any(|command| matches!(command, AlterCommand::AddProjection { projection, .. } if projection.name == *name)),
        AlterCommand::DropIndex { name, .. } => {
            in_one(&|other| matches!(other, AlterCommand::AddIndex { index, .. } if index.name == *name))
        }
        AlterCommand::DropConstraint { name, .. } => in_one(
            &|other| matches!(other, AlterCommand::AddConstraint { constraint, .. } if constraint.name == *name),
        ),
        _ => false,
    }
}

fn unasked_member<'a>(
    command: &'a AlterCommand,
    tables: Pair<&Table>,
    renames: &Renames,
) -> Option<&'a Ident> {
    let name_of = |table: &QualifiedName| renames.columns.get(table);
    match command {
        AlterCommand::DropColumn { name, .. } => {
            let renamed_away = name_of(&tables.after.name).is_some_and(|hints| {
                hints.iter().any(|(to, from)| {
                    from == name
                        && tables.after.column(to.as_str()).is_some()
                        && tables.before.column(to.as_str()).is_none()
                })
            });
            (tables.after.column(name.as_str()).is_some() || renamed_away).then_some(name)
        }
        AlterCommand::DropIndex { name, .. } => {
            let of = |table: &Table| table.indexes.iter().find(|index| index.name == *name).cloned();
            (of(tables.before) == of(tables.after)).then_some(name)
        }
        AlterCommand::DropProjection { name, .. } => {
            let of = |table: &Table| {
                table
                    .projections
                    .iter()
                    .find(|projection| projection.name == *name)
                    .cloned()
            };
            (of(tables.before) == of(tables.after)).then_some(name)
        }
        AlterCommand::DropConstraint { name, .. } => {
            let of = |table: &Table| {
                table
                    .constraints
                    .iter()
                    .find(|constraint| constraint.name == *name)
                    .cloned()
            };
            (of(tables.before) == of(tables.after)).then_some(name)
        }
        _ => None,
    }
}
