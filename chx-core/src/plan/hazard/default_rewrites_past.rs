//! CHX203: another DEFAULT speaks about old rows too.
//!
//! Parts that were written before a column existed hold no value for it: they give whatever the expression says now,
//! or the type's own default once it is removed. Parts that hold values keep them. The way out is to write the old
//! values into the parts before the expression changes.

use crate::ddl::{AlterCommand, ColumnProperty};
use crate::diag::{Severity, code};
use crate::model::{Column, DefaultKind};
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let (name, new) = match command {
            AlterCommand::ModifyColumn(change) => match &change.default {
                Some(default) if default.kind == DefaultKind::Default => (&change.name, Some(default)),
                _ => continue,
            },
            AlterCommand::RemoveColumnProperty {
                name,
                property: ColumnProperty::Default | ColumnProperty::Materialized,
            } => (name, None),
            _ => continue,
        };
        let Some(column) = look.old_column(table, name) else {
            continue;
        };
        if column.default.as_ref() == new || !column.is_stored() {
            continue;
        }
        let gives = match new {
            Some(_) => "the new expression",
            None => "the default of the type",
        };
        let message = match lacking(look, table, column) {
            None => format!("rows whose parts hold no value for the column give {gives} from now on"),
            // Every part holds its values: nothing in the past changes.
            Some((0, _)) => continue,
            Some((lacking, all)) => format!(
                "{} of {} parts hold no value for the column: their rows give {gives} from now on",
                Amount(lacking),
                Amount(all)
            ),
        };
        look.push(
            Severity::Note,
            code::DEFAULT_REWRITES_PAST,
            format!("{}.{name}", table.name),
            message,
            format!(
                "if old rows shall keep what they give now, run before: ALTER TABLE {} MATERIALIZE COLUMN {}",
                table.name.sql(),
                column.name.sql()
            ),
        );
    }
}

/// How many parts hold no value for a column, of how many.
fn lacking<'a>(look: &mut Look<'a>, table: &'a crate::model::Table, column: &Column) -> Option<(u64, u64)> {
    let size = look.size(&table.name)?;
    let holding = size.columns.get(column.name.as_str())?.parts;
    Some((size.parts.saturating_sub(holding), size.parts))
}
