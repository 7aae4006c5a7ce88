//! CHX201: rows or values are deleted.
//!
//! A dropped table keeps its files for eight minutes (`UNDROP TABLE`, Atomic databases); a dropped column is gone with
//! the mutation. Above `max_table_size_to_drop` (50 GB unless configured) the server refuses (359). The way out is a
//! backup, or a rename instead of a drop.

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Severity, code};
use crate::model::{Column, Object, Target};
use crate::plan::amount::{Amount, Bytes};

use super::Look;

/// What a server drops without being told that it may.
const MAX_TABLE_SIZE_TO_DROP: u64 = 50_000_000_000;

pub(super) fn check(look: &mut Look<'_>) {
    match look.statement() {
        Statement::Drop(drop) => {
            let whose = match look.schemas().before.relation(&drop.name) {
                Some(Object::Table(table)) if table.storage.engine.holds_rows() => "of the table",
                Some(Object::MaterializedView(view)) if matches!(view.target, Target::Inner(_)) => {
                    "of the view's inner table"
                }
                _ => return,
            };
            let size = look.size(&drop.name);
            let (severity, message) = match size {
                None => (Severity::Warning, format!("all rows {whose} are deleted")),
                Some(size) if size.rows == 0 => (
                    Severity::Note,
                    format!("no row is lost: the storage {whose} is empty"),
                ),
                Some(size) => (
                    Severity::Warning,
                    format!(
                        "all {} rows {whose} ({}) are deleted",
                        Amount(size.rows),
                        Bytes(size.bytes)
                    ),
                ),
            };
            let mut help =
                "if it was renamed, say so with `renamed_from`; otherwise back it up first".to_owned();
            if size.is_some_and(|size| size.bytes > MAX_TABLE_SIZE_TO_DROP) {
                help.push_str(
                    "; the server refuses to drop so much (359) unless `max_table_size_to_drop` allows it",
                );
            }
            look.push(severity, code::DATA_LOSS, &drop.name, message, help);
        }
        Statement::DropDatabase { database, .. } => look.push(
            Severity::Warning,
            code::DATA_LOSS,
            database,
            "the database and all that is in it are deleted",
            "objects that chx does not manage are deleted with it",
        ),
        Statement::AlterTable(alter) => {
            let Some((table, commands)) = look.altered_table() else {
                return;
            };
            for command in commands {
                let AlterCommand::DropColumn { name, .. } = command else {
                    continue;
                };
                let is_stored = look.old_column(table, name).is_some_and(Column::is_stored);
                if !is_stored || !table.storage.engine.holds_rows() {
                    continue;
                }
                let (severity, message) = match look.size(&alter.name) {
                    None => (
                        Severity::Warning,
                        "all values of the column are deleted".to_owned(),
                    ),
                    Some(size) if size.rows == 0 => {
                        (Severity::Note, "no value is lost: the table is empty".to_owned())
                    }
                    Some(size) => (
                        Severity::Warning,
                        format!(
                            "all values of the column are deleted, in {} rows",
                            Amount(size.rows)
                        ),
                    ),
                };
                look.push(
                    severity,
                    code::DATA_LOSS,
                    format!("{}.{name}", alter.name),
                    message,
                    "if it was renamed, say so with `renamed_from`; the values do not come back by a rollback",
                );
            }
        }
        _ => {}
    }
}
