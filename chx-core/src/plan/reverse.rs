//! The way back from a statement.
//!
//! Decides which statements undo it, what they do not bring back, and what no statement can undo.

use crate::ddl::{AlterCommand, AlterTable, ColumnChange, OnExisting, RenameRelation, Statement, secrets_of};
use crate::diff::{ColumnRenames, TableChanges};
use crate::model::{MaterializedView, Object, Secret, SqlSecurity, Target, TtlRule};
use crate::pair::Pair;

use super::{Reverse, access, collections};

/// The way back from one statement, given its object before and after.
pub(super) fn reverse(statement: &Statement, before: Option<&Object>, after: Option<&Object>) -> Reverse {
    let mut reverse = statements_back(statement, before, after);
    let hidden = reverse
        .statements
        .iter()
        .any(|statement| secrets_of(statement).contains(&Secret::Hidden));
    if hidden {
        reverse.statements.clear();
        reverse.impossible.push(format!(
            "`{}`: its definition holds a secret that the server hides",
            statement.object()
        ));
    }
    reverse
}

fn statements_back(statement: &Statement, before: Option<&Object>, after: Option<&Object>) -> Reverse {
    let mut reverse = Reverse::default();
    if let Statement::Exchange { .. } = statement {
        reverse.statements.push(statement.clone());
        return reverse;
    }
    if let Statement::Rename(rename) = statement {
        reverse.statements.push(Statement::Rename(RenameRelation {
            from: rename.to.clone(),
            to: rename.from.clone(),
            if_exists: false,
        }));
        return reverse;
    }
    let entity = |object: Option<&Object>| match object {
        Some(Object::Access(entity)) => Some((**entity).clone()),
        _ => None,
    };
    if let (Some(_), _) | (_, Some(_)) = (entity(before), entity(after)) {
        reverse.statements = access::statements(entity(after).as_ref(), entity(before).as_ref());
        return reverse;
    }
    match (before, after) {
        (None, None) => {}
        (None, Some(Object::Database(database))) => {
            // It may have been there before (IF NOT EXISTS), and others may live in it: DROP DATABASE asks nobody.
            reverse.impossible.push(format!(
                "database `{}` stays: it may hold what chx does not manage",
                database.name
            ));
        }
        (None, Some(created)) => {
            reverse.statements.push(Statement::dropping(created));
            reverse
                .lost
                .extend(rows_of(created).map(|what| format!("{what} that were inserted since")));
        }
        (Some(dropped @ Object::Database(_)), None) => {
            let statement = Statement::creating_or(dropped.clone(), OnExisting::Keep);
            reverse.statements.push(statement);
        }
        (Some(dropped), None) => {
            reverse.statements.push(Statement::creating(dropped.clone()));
            reverse.lost.extend(rows_of(dropped));
        }
        (Some(Object::Table(before)), Some(after @ Object::Table(_))) if matches!(statement, Statement::CreateTable(create) if create.on_existing == OnExisting::Replace) =>
        {
            let statement = Statement::creating_or(before.clone().into(), OnExisting::Replace);
            reverse.statements.push(statement);
            reverse
                .lost
                .extend(rows_of(after).map(|what| format!("{what} that were inserted since")));
        }
        (Some(Object::Table(before)), Some(Object::Table(after))) => {
            let renames: ColumnRenames = commands_of(statement)
                .filter_map(|command| match command {
                    AlterCommand::RenameColumn { from, to, .. } => Some((from.clone(), to.clone())),
                    _ => None,
                })
                .collect();
            let changes = TableChanges::between(
                Pair {
                    before: after,
                    after: before,
                },
                &renames,
            );
            for commands in [
                &changes.rename,
                &changes.extend,
                &changes.rewrite,
                &changes.expire,
                &changes.shrink,
            ] {
                if !commands.is_empty() {
                    let commands = commands.clone();
                    let name = before.name.clone();
                    reverse
                        .statements
                        .push(Statement::AlterTable(AlterTable { name, commands }));
                }
            }
            reverse
                .lost
                .extend(commands_of(statement).filter_map(|command| lost_by(before, command)));
            reverse.impossible.extend(
                changes
                    .rebuild
                    .iter()
                    .map(|reason| format!("`{}`: {reason}", before.name)),
            );
        }
        (Some(Object::MaterializedView(before)), Some(Object::MaterializedView(after))) => {
            let restore = restore_materialized_view(statement, before);
            if matches!(restore, Statement::CreateMaterializedView(_)) {
                let replaced = Pair {
                    before: after,
                    after: before,
                };
                reverse.lost.extend(lost_by_replacing(replaced));
            }
            reverse.statements.push(restore);
        }
        (Some(Object::NamedCollection(before)), Some(Object::NamedCollection(after))) => {
            let back = Pair {
                before: after,
                after: before,
            };
            reverse.statements.extend(collections::changes(back));
        }
        (
            Some(before),
            Some(
                Object::View(_)
                | Object::MaterializedView(_)
                | Object::Dictionary(_)
                | Object::Function(_)
                | Object::NamedCollection(_)
                | Object::Resource(_)
                | Object::Workload(_)
                | Object::Raw(_)
                | Object::Access(_)
                | Object::Database(_)
                | Object::Table(_),
            ),
        ) => {
            reverse.statements.push(restore_statement(statement, before));
        }
    }
    reverse
}

fn commands_of(statement: &Statement) -> impl Iterator<Item = &AlterCommand> {
    match statement {
        Statement::AlterTable(alter) => alter.commands.as_slice(),
        _ => &[],
    }
    .iter()
}

/// Undoes a change of a view or a database.
fn restore_statement(statement: &Statement, before: &Object) -> Statement {
    match (statement, before) {
        (Statement::AlterDatabaseComment { database, .. }, Object::Database(old)) => {
            Statement::AlterDatabaseComment {
                database: database.clone(),
                comment: old.comment().to_owned(),
            }
        }
        (Statement::AlterTable(alter), Object::View(view)) => {
            let commands = alter.commands.iter().filter_map(|command| match command {
                AlterCommand::ModifyComment { .. } => Some(AlterCommand::ModifyComment {
                    comment: view.comment.clone(),
                }),
                // A view without the clause reads as its invoker.
                AlterCommand::ModifySqlSecurity { .. } => Some(AlterCommand::ModifySqlSecurity {
                    security: view.security.clone().unwrap_or(SqlSecurity::Invoker),
                }),
                _ => None,
            });
            Statement::AlterTable(AlterTable {
                name: alter.name.clone(),
                commands: commands.collect(),
            })
        }
        (Statement::AlterTable(alter), Object::Dictionary(dictionary)) => Statement::AlterTable(AlterTable {
            name: alter.name.clone(),
            commands: vec![AlterCommand::ModifyComment {
                comment: dictionary.comment.clone(),
            }],
        }),
        (_, old) => Statement::creating_or(old.clone(), OnExisting::Replace),
    }
}

/// Undoes a change of a materialized view: command by command, or by putting the old one in its place where a command
/// has no opposite.
fn restore_materialized_view(statement: &Statement, before: &MaterializedView) -> Statement {
    let opposite = |command: &AlterCommand| match command {
        AlterCommand::ModifyComment { .. } => Some(AlterCommand::ModifyComment {
            comment: before.comment.clone(),
        }),
        AlterCommand::ModifyQuery { .. } => Some(AlterCommand::ModifyQuery {
            query: before.query.clone(),
        }),
        AlterCommand::ModifyRefresh { .. } => before
            .refresh
            .clone()
            .map(|refresh| AlterCommand::ModifyRefresh { refresh }),
        AlterCommand::ModifySqlSecurity { .. } => before
            .security
            .clone()
            .map(|security| AlterCommand::ModifySqlSecurity { security }),
        _ => None,
    };
    let commands: Option<Vec<AlterCommand>> = match statement {
        Statement::AlterTable(alter) => alter.commands.iter().map(opposite).collect(),
        _ => None,
    };
    match commands {
        Some(commands) => Statement::AlterTable(AlterTable {
            name: before.name.clone(),
            commands,
        }),
        None => Statement::creating_or(before.clone().into(), OnExisting::Replace),
    }
}

/// The rows that go when one materialized view takes the place of another.
pub(super) fn lost_by_replacing(views: Pair<&MaterializedView>) -> Vec<String> {
    let mut lost = Vec::new();
    if matches!(views.before.target, Target::Inner(_)) {
        lost.push(format!("the rows of `{}`", views.before.name));
    }
    if let Some(target) = views.after.overwrites()
        && views.before.overwrites() != Some(target)
    {
        lost.push(format!("the rows of `{target}`, which each refresh replaces"));
    }
    lost
}

/// What a command takes away that its reverse does not bring back.
fn lost_by(table: &crate::model::Table, command: &AlterCommand) -> Option<String> {
    match command {
        AlterCommand::DropColumn { name, .. } if table.storage.engine.holds_rows() => table
            .column(name.as_str())
            .filter(|column| column.is_stored())
            .map(|_| format!("the values of column `{name}` of `{}`", table.name)),
        AlterCommand::ModifyColumn(change) => lossy_change(table, change),
        AlterCommand::ModifyTtl { rules } if rules.iter().any(TtlRule::deletes) => {
            Some(format!("the rows of `{}` that the new TTL deletes", table.name))
        }
        _ => None,
    }
}

fn lossy_change(table: &crate::model::Table, change: &ColumnChange) -> Option<String> {
    let column = table.column(change.name.as_str())?;
    let new = change.data_type.as_ref()?;
    match crate::types::conversion(&column.data_type, new) {
        crate::types::Conversion::Rewrite { lossy: true, .. } => Some(format!(
            "what column `{}` of `{}` loses on the way from {} to {new}",
            change.name, table.name, column.data_type
        )),
        _ => None,
    }
}

/// The rows that go with an object.
fn rows_of(object: &Object) -> Option<String> {
    match object {
        Object::Table(table) if table.storage.engine.holds_rows() => {
            Some(format!("the rows of `{}`", table.name))
        }
        Object::MaterializedView(view) if matches!(view.target, Target::Inner(_)) => {
            Some(format!("the rows of `{}`", view.name))
        }
        Object::Raw(raw) if raw.holds_rows() => Some(format!("the rows of `{}`", raw.id)),
        Object::Database(_)
        | Object::Table(_)
        | Object::View(_)
        | Object::MaterializedView(_)
        | Object::Dictionary(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => None,
    }
}
