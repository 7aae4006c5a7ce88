//! CHX203: a new DEFAULT or MATERIALIZED expression speaks about old rows too.
//!
//! Parts that were written before a column existed hold no value for it: they give whatever the expression says now.
//! Parts that hold values keep them, so after a change the table gives both.

use crate::ddl::AlterCommand;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::DefaultKind;

use super::Look;

const CODE: Code = Code(203);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let AlterCommand::ModifyColumn(change) = command else {
            continue;
        };
        let Some(default) = &change.default else { continue };
        let old = table
            .column(change.name.as_str())
            .and_then(|column| column.default.as_ref());
        if old == Some(default) {
            continue;
        }
        let message = match default.kind {
            DefaultKind::Default | DefaultKind::Materialized => {
                "rows whose parts hold no value for the column give the new expression, all others keep the old value"
            }
            DefaultKind::Alias => "stored values can no longer be read; the expression is computed instead",
            DefaultKind::Ephemeral => "stored values can no longer be read",
        };
        let name = &change.name;
        found.push(
            Diagnostic::new(CODE, Severity::Note, format!("{}.{name}", table.name), message).help(format!(
                "to write one value into all parts: ALTER TABLE {} MATERIALIZE COLUMN {}",
                table.name.sql(),
                name.sql()
            )),
        );
    }
}
