//! A statement in a few words, and a plan in two or three: what people read first.

use std::fmt::Write as _;

use chx_core::ddl::{AccessStatement, AlterCommand, AlterNamedCollection, Statement};
use chx_core::model::ObjectId;
use chx_core::model::access::{AccessId, AccessKind, GrantChange};
use chx_core::plan::Plan;
use chx_runtime::runner::{Mutation, Progress};

/// `create table web.page_view`, `alter table web.page_view: add column user, drop column usr`.
pub(crate) fn of_statement(statement: &Statement) -> String {
    let object = statement.object();
    match statement {
        Statement::CreateDatabase(_) => format!("create database {object}"),
        Statement::CreateTable(_) => format!("create table {object}"),
        Statement::CreateDictionary(_) => format!("create dictionary {object}"),
        Statement::CreateView(_) => format!("create view {object}"),
        Statement::CreateMaterializedView(_) => format!("create materialized view {object}"),
        Statement::CreateFunction(_)
        | Statement::CreateNamedCollection(_)
        | Statement::CreateResource(_)
        | Statement::CreateWorkload(_) => format!("create {object}"),
        Statement::CreateRaw(create) => {
            format!("create {object} ({}, raw)", create.object.words.to_lowercase())
        }
        Statement::AlterNamedCollection(alter) => of_collection(alter),
        Statement::DropFunction { .. }
        | Statement::DropNamedCollection { .. }
        | Statement::DropResource { .. }
        | Statement::DropWorkload { .. } => format!("drop {object}"),
        Statement::Access(statement) => of_access(statement),
        Statement::AlterTable(alter) => {
            let commands: Vec<String> = alter.commands.iter().map(of_command).collect();
            format!("alter {object}: {}", commands.join(", "))
        }
        Statement::AlterDatabaseComment { .. } => format!("comment on database {object}"),
        Statement::Rename(rename) => format!("rename {object} to {}", rename.to),
        Statement::Exchange { b, .. } => format!("exchange {object} and {b}"),
        Statement::Drop(drop) => format!("drop {} {object}", drop.kind.keyword().to_lowercase()),
        Statement::DropDatabase { .. } => format!("drop database {object}"),
    }
}

/// The kind of a statement, as JSON names it.
pub(crate) fn kind_of(statement: &Statement) -> &'static str {
    match statement {
        Statement::CreateDatabase(_) => "create_database",
        Statement::CreateTable(_) => "create_table",
        Statement::CreateView(_) => "create_view",
        Statement::CreateDictionary(_) => "create_dictionary",
        Statement::CreateMaterializedView(_) => "create_materialized_view",
        Statement::CreateFunction(_) => "create_function",
        Statement::CreateRaw(_) => "create_raw",
        Statement::DropFunction { .. } => "drop_function",
        Statement::CreateNamedCollection(_) => "create_named_collection",
        Statement::AlterNamedCollection(_) => "alter_named_collection",
        Statement::DropNamedCollection { .. } => "drop_named_collection",
        Statement::CreateResource(_) => "create_resource",
        Statement::DropResource { .. } => "drop_resource",
        Statement::CreateWorkload(_) => "create_workload",
        Statement::DropWorkload { .. } => "drop_workload",
        Statement::Access(statement) => access_kind(statement),
        Statement::AlterTable(_) => "alter_table",
        Statement::AlterDatabaseComment { .. } => "alter_database",
        Statement::Rename(_) => "rename",
        Statement::Exchange { .. } => "exchange",
        Statement::Drop(_) => "drop",
        Statement::DropDatabase { .. } => "drop_database",
    }
}

/// `alter named collection s3: set url, delete format`.
fn of_collection(alter: &AlterNamedCollection) -> String {
    let set = alter.set.keys().map(|key| format!("set {key}"));
    let delete = alter.delete.iter().map(|key| format!("delete {key}"));
    let changes: Vec<String> = set.chain(delete).collect();
    format!("alter named collection {}: {}", alter.name, changes.join(", "))
}

/// `create role reader`, `grant to reader`.
fn of_access(statement: &AccessStatement) -> String {
    // A grantee is said to be what it is where that is known.
    let named = |kind: AccessKind, id: &AccessId| match id {
        AccessId::Grantee(name) => format!("{} {name}", kind.as_str()),
        other => other.to_string(),
    };
    match statement {
        AccessStatement::Create { entity, .. } => format!("create {}", named(entity.kind(), &entity.id())),
        AccessStatement::Alter { id, entity, .. } => format!("alter {}", named(*entity, id)),
        AccessStatement::Rename { id, entity, to, .. } => format!("rename {} to {to}", named(*entity, id)),
        AccessStatement::Drop { id, entity, .. } => format!("drop {}", named(*entity, id)),
        AccessStatement::Grants { grantee, change } => {
            let side = if change.gives() { "to" } else { "from" };
            format!("{} {side} {grantee}", grant_verb(change))
        }
    }
}

fn grant_verb(change: &GrantChange) -> &'static str {
    if change.gives() { "grant" } else { "revoke" }
}

fn access_kind(statement: &AccessStatement) -> &'static str {
    match statement {
        AccessStatement::Create { entity, .. } => match entity.kind() {
            AccessKind::SettingsProfile => "create_settings_profile",
            AccessKind::Role => "create_role",
            AccessKind::User => "create_user",
            AccessKind::Quota => "create_quota",
            AccessKind::RowPolicy => "create_row_policy",
        },
        AccessStatement::Alter { entity, .. } | AccessStatement::Rename { entity, .. } => match entity {
            AccessKind::SettingsProfile => "alter_settings_profile",
            AccessKind::Role => "alter_role",
            AccessKind::User => "alter_user",
            AccessKind::Quota => "alter_quota",
            AccessKind::RowPolicy => "alter_row_policy",
        },
        AccessStatement::Drop { entity, .. } => match entity {
            AccessKind::SettingsProfile => "drop_settings_profile",
            AccessKind::Role => "drop_role",
            AccessKind::User => "drop_user",
            AccessKind::Quota => "drop_quota",
            AccessKind::RowPolicy => "drop_row_policy",
        },
        AccessStatement::Grants { change, .. } => grant_verb(change),
    }
}

/// The columns; none are all of them.
fn list(columns: &[chx_core::ident::Ident]) -> String {
    if columns.is_empty() {
        return "of all columns".to_owned();
    }
    columns
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn of_command(command: &AlterCommand) -> String {
    match command {
        AlterCommand::AddColumn { column, .. } => format!("add column {}", column.name),
        AlterCommand::DropColumn { name, .. } => format!("drop column {name}"),
        AlterCommand::RenameColumn { from, to, .. } => format!("rename column {from} to {to}"),
        AlterCommand::ModifyColumn(change) => format!("modify column {}", change.name),
        AlterCommand::RemoveColumnProperty { name, property } => {
            format!("remove {} of column {name}", property.keyword().to_lowercase())
        }
        AlterCommand::ModifyColumnSettings { name, .. } => format!("set settings of column {name}"),
        AlterCommand::ResetColumnSettings { name, .. } => format!("reset settings of column {name}"),
        AlterCommand::CommentColumn { name, .. } => format!("comment on column {name}"),
        AlterCommand::ModifyOrderBy { .. } => "modify sorting key".to_owned(),
        AlterCommand::ModifySampleBy { .. } => "modify sampling key".to_owned(),
        AlterCommand::RemoveSampleBy => "remove sampling key".to_owned(),
        AlterCommand::ModifyTtl { .. } => "modify TTL".to_owned(),
        AlterCommand::RemoveTtl => "remove TTL".to_owned(),
        AlterCommand::ModifySettings { .. } => "set settings".to_owned(),
        AlterCommand::ResetSettings { .. } => "reset settings".to_owned(),
        AlterCommand::ModifyComment { .. } => "modify comment".to_owned(),
        AlterCommand::AddIndex { index, .. } => format!("add index {}", index.name),
        AlterCommand::DropIndex { name, .. } => format!("drop index {name}"),
        AlterCommand::MaterializeIndex { name, .. } => format!("materialize index {name}"),
        AlterCommand::AddProjection { projection, .. } => format!("add projection {}", projection.name),
        AlterCommand::DropProjection { name, .. } => format!("drop projection {name}"),
        AlterCommand::MaterializeProjection { name, .. } => format!("materialize projection {name}"),
        AlterCommand::AddConstraint { constraint, .. } => format!("add constraint {}", constraint.name),
        AlterCommand::DropConstraint { name, .. } => format!("drop constraint {name}"),
        AlterCommand::MaterializeColumn { name } => format!("materialize column {name}"),
        AlterCommand::ModifyQuery { .. } => "modify query".to_owned(),
        AlterCommand::ModifyConstraint { constraint, .. } => format!("modify constraint {}", constraint.name),
        AlterCommand::AddStatistics { columns, .. } => format!("add statistics {}", list(columns)),
        AlterCommand::ModifyStatistics { columns, .. } => format!("modify statistics {}", list(columns)),
        AlterCommand::DropStatistics { columns, .. } => format!("drop statistics {}", list(columns)),
        AlterCommand::MaterializeStatistics { columns, .. } => {
            format!("materialize statistics {}", list(columns))
        }
        AlterCommand::ClearStatistics { columns, .. } => format!("clear statistics {}", list(columns)),
        AlterCommand::ClearColumn { name, .. } => format!("clear column {name}"),
        AlterCommand::ClearIndex { name, .. } => format!("clear index {name}"),
        AlterCommand::ClearProjection { name, .. } => format!("clear projection {name}"),
        AlterCommand::AddEnumValues { name, .. } => format!("add enum values to {name}"),
        AlterCommand::ModifyRefresh { .. } => "modify refresh".to_owned(),
        AlterCommand::ModifySqlSecurity { .. } => "modify SQL security".to_owned(),
    }
}

/// What a migration is called that nobody gave a name: `create page_view`, `alter page_view and 2 more`.
pub(crate) fn name_of(plan: &Plan) -> String {
    // A database is seldom what a migration is about.
    let relations: Vec<(&Statement, &ObjectId)> = plan
        .steps
        .iter()
        .map(|step| (&step.statement, &step.object))
        .filter(|(_, object)| !object.is_database())
        .collect();
    let steps = if relations.is_empty() {
        plan.steps
            .iter()
            .map(|step| (&step.statement, &step.object))
            .collect()
    } else {
        relations
    };
    let verb = |statement: &Statement| match statement {
        Statement::CreateDatabase(_)
        | Statement::CreateTable(_)
        | Statement::CreateView(_)
        | Statement::CreateDictionary(_)
        | Statement::CreateMaterializedView(_)
        | Statement::CreateFunction(_)
        | Statement::CreateNamedCollection(_)
        | Statement::CreateResource(_)
        | Statement::CreateWorkload(_)
        | Statement::CreateRaw(_)
        | Statement::Access(AccessStatement::Create { .. }) => "create",
        Statement::Access(AccessStatement::Alter { .. }) => "alter",
        Statement::Access(AccessStatement::Rename { .. }) => "rename",
        Statement::Access(AccessStatement::Drop { .. }) => "drop",
        Statement::Access(AccessStatement::Grants { change, .. }) => grant_verb(change),
        Statement::AlterTable(_)
        | Statement::AlterDatabaseComment { .. }
        | Statement::AlterNamedCollection(_) => "alter",
        Statement::Rename(_) => "rename",
        Statement::Exchange { .. } => "exchange",
        Statement::Drop(_)
        | Statement::DropDatabase { .. }
        | Statement::DropFunction { .. }
        | Statement::DropNamedCollection { .. }
        | Statement::DropResource { .. }
        | Statement::DropWorkload { .. } => "drop",
    };
    let Some((first, object)) = steps.first() else {
        return "nothing".to_owned();
    };
    let name = object
        .relation()
        .map_or_else(|| object.to_string(), |name| name.name.to_string());
    let mut objects: Vec<&ObjectId> = steps.iter().map(|(_, object)| *object).collect();
    objects.sort();
    objects.dedup();
    let verb = if steps.iter().all(|(statement, _)| verb(statement) == verb(first)) {
        verb(first)
    } else {
        "change"
    };
    match objects.len() {
        1 => format!("{verb} {name}"),
        more => format!("{verb} {name} and {} more", more - 1),
    }
}

/// How far a mutation is: `mutation_3.txt on web.a: 2 of 5 parts, 1200000 rows, 3 s, about 5 s left`.
pub(crate) fn of_mutation(mutation: &Mutation, progress: Progress) -> String {
    let mut words = format!(
        "mutation {} on {}.{}: {} of {} parts, {} s",
        mutation.mutation_id,
        mutation.database,
        mutation.table,
        progress.parts_done,
        progress.parts,
        mutation.age_s
    );
    if mutation.rows > 0 {
        let _ = write!(
            words,
            ", {} rows and {} bytes of those that run",
            mutation.rows, mutation.bytes
        );
    }
    if let Some(left) = progress.left_s {
        let _ = write!(words, ", about {left} s left");
    }
    if !mutation.reason.is_empty() {
        let _ = write!(
            words,
            "; it failed on part {}: {}",
            mutation.failed_part, mutation.reason
        );
    }
    words
}
