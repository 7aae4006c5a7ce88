//! What a command of an ALTER costs the server.
//!
//! It decides between metadata and a mutation, by the command and the column that it is about as it was before. How much a
//! mutation rewrites is a matter of the rows, see [`Impact`](super::Impact).

use crate::ddl::{AlterCommand, ColumnChange};
use crate::ident::Ident;
use crate::model::{Column, DefaultKind};
use crate::types::{Conversion, conversion};

use super::Cost;

/// The cost of one command. `old` gives a column as it was before; one that is not known is taken for stored.
pub(super) fn of_command<'a>(command: &AlterCommand, old: &impl Fn(&Ident) -> Option<&'a Column>) -> Cost {
    let is_stored = |name: &Ident| old(name).is_none_or(Column::is_stored);
    let is_mutation = match command {
        AlterCommand::ModifyColumn(change) => change.ttl.is_some() || rewrites(change, old(&change.name)),
        AlterCommand::DropColumn { name, .. } => is_stored(name),
        AlterCommand::RenameColumn { from, .. } => is_stored(from),
        AlterCommand::ModifyTtl { .. }
        | AlterCommand::DropIndex { .. }
        | AlterCommand::DropProjection { .. }
        | AlterCommand::DropStatistics { .. }
        | AlterCommand::MaterializeIndex { .. }
        | AlterCommand::MaterializeProjection { .. }
        | AlterCommand::MaterializeColumn { .. } => true,
        _ => false,
    };
    if is_mutation {
        Cost::Mutation
    } else {
        Cost::Metadata
    }
}

/// The cost of commands that share an ALTER.
pub(super) fn of_commands<'a>(
    commands: &[AlterCommand],
    old: &impl Fn(&Ident) -> Option<&'a Column>,
) -> Cost {
    let costs = commands.iter().map(|command| of_command(command, old));
    costs.max().unwrap_or(Cost::Metadata)
}

/// Values are rewritten where they are stored, and stay so, and the new type lays them out otherwise.
fn rewrites(change: &ColumnChange, old: Option<&Column>) -> bool {
    let (Some(old), Some(new)) = (old, &change.data_type) else {
        return false;
    };
    let ends = change
        .default
        .as_ref()
        .is_some_and(|default| matches!(default.kind, DefaultKind::Alias | DefaultKind::Ephemeral));
    old.is_stored()
        && !ends
        && !matches!(
            conversion(&old.data_type, new),
            Conversion::Same | Conversion::Metadata
        )
}
