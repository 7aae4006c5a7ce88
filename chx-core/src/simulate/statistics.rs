//! ADD, MODIFY, DROP, MATERIALIZE and CLEAR STATISTICS.

use crate::ddl::AlterCommand;
use crate::ident::Ident;
use crate::model::{Column, ObjectId, Table};
use crate::sql::Expr;

use super::ApplyError;

/// Carries out a command about statistics; what they are computed for is no part of the schema.
pub(super) fn apply(table: &mut Table, command: &AlterCommand) -> Result<(), ApplyError> {
    let object = ObjectId::Relation(table.name.clone());
    let (AlterCommand::AddStatistics { columns, .. }
    | AlterCommand::ModifyStatistics { columns, .. }
    | AlterCommand::DropStatistics { columns, .. }
    | AlterCommand::MaterializeStatistics { columns, .. }
    | AlterCommand::ClearStatistics { columns, .. }) = command
    else {
        return Ok(());
    };
    for name in columns {
        let column = table
            .column_position(name.as_str())
            .and_then(|at| table.columns.get_mut(at));
        let Some(column) = column else {
            return Err(ApplyError::NoMember {
                object,
                what: "column",
                name: name.clone(),
            });
        };
        match command {
            AlterCommand::AddStatistics {
                kinds, if_not_exists, ..
            } => add(column, kinds, *if_not_exists, &object)?,
            AlterCommand::ModifyStatistics { kinds, .. } => column.statistics.clone_from(kinds),
            AlterCommand::DropStatistics { if_exists: false, .. }
            | AlterCommand::MaterializeStatistics { if_exists: false, .. }
            | AlterCommand::ClearStatistics { if_exists: false, .. }
                if column.statistics.is_empty() =>
            {
                return Err(nothing(&object, name));
            }
            AlterCommand::DropStatistics { .. } => column.statistics.clear(),
            // What is computed for the parts is no part of the schema.
            _ => {}
        }
    }
    Ok(())
}

fn add(
    column: &mut Column,
    kinds: &[Expr],
    if_not_exists: bool,
    object: &ObjectId,
) -> Result<(), ApplyError> {
    for kind in kinds {
        if !column.statistics.contains(kind) {
            column.statistics.push(kind.clone());
        } else if !if_not_exists {
            return Err(ApplyError::MemberExists {
                object: object.clone(),
                what: "statistics of column",
                name: column.name.clone(),
            });
        }
    }
    Ok(())
}

fn nothing(object: &ObjectId, column: &Ident) -> ApplyError {
    ApplyError::NothingToRemove {
        object: format!("{object}.{column}"),
        what: "STATISTICS",
    }
}
