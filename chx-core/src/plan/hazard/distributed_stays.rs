//! CHX220: a Distributed or Buffer table does not follow the table behind it.
//!
//! It has a column list of its own. A column that only the table behind it has cannot be selected through it (47); one
//! that only it has fails on every shard.

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Severity, code};
use crate::model::{Object, Table};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::AlterTable(alter) = look.statement() else {
        return;
    };
    let about_columns = alter.commands.iter().any(|command| {
        matches!(
            command,
            AlterCommand::AddColumn { .. }
                | AlterCommand::DropColumn { .. }
                | AlterCommand::RenameColumn { .. }
        ) || matches!(command, AlterCommand::ModifyColumn(change) if change.data_type.is_some())
    });
    if !about_columns {
        return;
    }
    let readers = look.readers_after(&alter.name, None);
    if readers.is_empty() {
        return;
    }
    let Some(table) = look.schemas().after.table(&alter.name) else {
        return;
    };
    let differs = |front: &Table| {
        let columns = |table: &Table| -> std::collections::BTreeMap<String, String> {
            table
                .columns
                .iter()
                .map(|column| (column.name.to_string(), column.data_type.to_string()))
                .collect()
        };
        columns(front) != columns(table)
    };
    let stale: Vec<&Object> = readers
        .into_iter()
        .filter(|reader| match reader {
            Object::Table(front) => {
                matches!(front.storage.engine.name.as_str(), "Distributed" | "Buffer") && differs(front)
            }
            _ => false,
        })
        .collect();
    if !stale.is_empty() {
        look.push(
            Severity::Warning,
            code::DISTRIBUTED_STAYS,
            &alter.name,
            format!("not followed by {}, whose own columns will differ", list(stale)),
            "declare the same columns there: additions go to the table behind first, drops to the one in front",
        );
    }
}
