//! A plan of statements that somebody wrote: what they cost and endanger, and what they lead to.
//!
//! A migration that was written or changed by hand is looked at like a generated one. It refuses statements that cannot
//! be carried out one after the other.

use std::collections::BTreeSet;

use crate::ddl::{AlterCommand, ColumnChange, ColumnProperty, Fill, OnExisting, Statement};
use crate::model::{Column, DefaultKind, Object, Schema, Table, Target};
use crate::pair::Pair;
use crate::types::{Conversion, conversion};

use super::{Cost, Phase, Plan, PlanError, Risk, Step, access, cost, facts::Facts, hazard, step};

/// The plan that these statements are, in their own order, and the schema that they lead to.
pub fn assess(before: &Schema, statements: &[Statement]) -> Result<(Plan, Schema), PlanError> {
    let mut now = before.clone();
    let mut plan = Plan::default();
    let mut touched = BTreeSet::new();
    for (index, statement) in statements.iter().enumerate() {
        let step = Step::new(
            phase_of(statement),
            statement.clone(),
            risk_of(statement, &now),
            cost_of(statement, &now),
        );
        now.apply(statement).map_err(|source| PlanError::Unsound {
            step: index + 1,
            object: step.object.clone(),
            source: Box::new(source),
        })?;
        touched.insert(statement.object());
        if let Statement::Exchange { b, .. } = statement {
            touched.insert(crate::model::ObjectId::Relation(b.clone()));
        }
        touched.insert(step.object.clone());
        plan.steps.push(step);
    }
    let schemas = Pair { before, after: &now };
    step::carry_out(&mut plan, schemas, &touched)?;
    plan.hazards = hazard::check(&plan, schemas, &Facts::default()).0;
    Ok((plan, now))
}

/// Where the planner would have put it.
fn phase_of(statement: &Statement) -> Phase {
    match statement {
        Statement::CreateDatabase(_) => Phase::CreateDatabase,
        Statement::CreateFunction(_) => Phase::CreateFunction,
        Statement::CreateRaw(create) => super::push::raw::phase(&create.object),
        Statement::DropFunction { .. } => Phase::DropFunction,
        Statement::CreateNamedCollection(_) | Statement::AlterNamedCollection(_) => {
            Phase::CreateNamedCollection
        }
        Statement::DropNamedCollection { .. } => Phase::DropNamedCollection,
        Statement::CreateResource(_) | Statement::CreateWorkload(_) => Phase::CreateWorkload,
        Statement::DropResource { .. } | Statement::DropWorkload { .. } => Phase::DropWorkload,
        Statement::Access(statement) => access::phase(statement),
        Statement::CreateTable(_) | Statement::CreateDictionary(_) => Phase::CreateTable,
        Statement::CreateView(_) | Statement::CreateMaterializedView(_) => Phase::Query,
        Statement::Rename(_) | Statement::Exchange { .. } => Phase::Rename,
        Statement::Drop(_) => Phase::DropTable,
        Statement::DropDatabase { .. } => Phase::DropDatabase,
        _ => Phase::Extend,
    }
}

fn risk_of(statement: &Statement, now: &Schema) -> Risk {
    match statement {
        Statement::CreateDatabase(_) | Statement::AlterDatabaseComment { .. } => Risk::Safe,
        Statement::CreateTable(create) => match create.on_existing {
            OnExisting::Replace => match now.relation(&create.table.name) {
                Some(Object::Table(old)) if !old.storage.engine.holds_rows() => Risk::Caution,
                Some(_) => Risk::Destructive,
                None => Risk::Safe,
            },
            OnExisting::Fail | OnExisting::Keep => Risk::Safe,
        },
        Statement::CreateMaterializedView(create)
            if create
                .view
                .overwrites()
                .is_some_and(|target| now.relation(target).is_some()) =>
        {
            Risk::Destructive
        }
        Statement::CreateMaterializedView(create) => match now.relation(&create.view.name) {
            Some(Object::MaterializedView(old)) if matches!(old.target, Target::Inner(_)) => {
                Risk::Destructive
            }
            Some(_) => Risk::Caution,
            None if create.fill == Fill::Populate => Risk::Caution,
            None => Risk::Safe,
        },
        Statement::CreateRaw(create) => match now.get(&create.object.id) {
            Some(_) if create.object.is_replaceable() => Risk::Caution,
            Some(_) => Risk::Destructive,
            None => Risk::Safe,
        },
        Statement::Drop(drop) => match now.relation(&drop.name) {
            Some(Object::Raw(raw)) if !raw.holds_rows() => Risk::Caution,
            Some(Object::View(_) | Object::Dictionary(_)) => Risk::Caution,
            Some(Object::Table(table)) if !table.storage.engine.holds_rows() => Risk::Caution,
            Some(Object::MaterializedView(view)) if matches!(view.target, Target::To(_)) => Risk::Caution,
            _ => Risk::Destructive,
        },
        Statement::DropDatabase { .. } => Risk::Destructive,
        Statement::Access(statement) => access::risk(statement, now),
        // What is there already may be in use.
        Statement::CreateFunction(_)
        | Statement::CreateNamedCollection(_)
        | Statement::CreateResource(_)
        | Statement::CreateWorkload(_)
            if !now.contains(&statement.object()) =>
        {
            Risk::Safe
        }
        Statement::AlterTable(alter) => {
            let table = now.table(&alter.name);
            let risks = alter
                .commands
                .iter()
                .map(|command| risk_of_command(command, table));
            risks.max().unwrap_or(Risk::Safe)
        }
        _ => Risk::Caution,
    }
}

fn risk_of_command(command: &AlterCommand, table: Option<&Table>) -> Risk {
    match command {
        AlterCommand::DropColumn { name, .. } => {
            let column = table.and_then(|table| table.column(name.as_str()));
            if column.is_none_or(Column::is_stored) {
                Risk::Destructive
            } else {
                Risk::Caution
            }
        }
        AlterCommand::ModifyColumn(change) => {
            let kind = change.default.as_ref().map(|default| default.kind);
            match (converts(change, table), kind) {
                (Some(Conversion::Rewrite { lossy: true, .. } | Conversion::Refused), _)
                | (_, Some(DefaultKind::Alias | DefaultKind::Ephemeral)) => Risk::Destructive,
                (Some(Conversion::Rewrite { may_fail: true, .. }), _) | (_, Some(_)) => Risk::Caution,
                _ if change.ttl.is_some() => Risk::Caution,
                _ => Risk::Safe,
            }
        }
        AlterCommand::RenameColumn { .. }
        | AlterCommand::RemoveColumnProperty {
            property: ColumnProperty::Default | ColumnProperty::Materialized,
            ..
        }
        | AlterCommand::ModifyTtl { .. }
        | AlterCommand::AddConstraint { .. }
        | AlterCommand::DropIndex { .. }
        | AlterCommand::DropProjection { .. }
        | AlterCommand::DropConstraint { .. }
        | AlterCommand::ModifyQuery { .. } => Risk::Caution,
        _ => Risk::Safe,
    }
}

fn cost_of(statement: &Statement, now: &Schema) -> Cost {
    let Statement::AlterTable(alter) = statement else {
        return Cost::Metadata;
    };
    let table = now.table(&alter.name);
    cost::of_commands(&alter.commands, &|name| table?.column(name.as_str()))
}

fn converts(change: &ColumnChange, table: Option<&Table>) -> Option<Conversion> {
    let old = &table?.column(change.name.as_str())?.data_type;
    Some(conversion(old, change.data_type.as_ref()?))
}
