//! CHX214: a codec is for new parts.
//!
//! MODIFY COLUMN ... CODEC changes metadata. Old parts stay compressed as they are until they are merged.

use crate::ddl::{AlterCommand, ColumnProperty};
use crate::diag::{Severity, code};
use crate::plan::amount::Bytes;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let name = match command {
            AlterCommand::ModifyColumn(change) if change.codec.is_some() => &change.name,
            AlterCommand::RemoveColumnProperty {
                name,
                property: ColumnProperty::Codec,
            } => name,
            _ => continue,
        };
        let message = match look.size(&table.name) {
            None => "parts that are there keep their compression until they are merged".to_owned(),
            Some(size) if size.parts == 0 => continue,
            Some(size) => match size.columns.get(name.as_str()) {
                Some(column) if column.bytes > 0 => format!(
                    "{} of the column keep their compression until their parts are merged",
                    Bytes(column.bytes)
                ),
                _ => "parts that are there keep their compression until they are merged".to_owned(),
            },
        };
        look.push(
            Severity::Note,
            code::CODEC_FOR_NEW_PARTS,
            format!("{}.{name}", table.name),
            message,
            format!("at a quiet hour: OPTIMIZE TABLE {} FINAL", table.name.sql()),
        );
    }
}
