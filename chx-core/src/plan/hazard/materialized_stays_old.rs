//! CHX210: stored values of a MATERIALIZED column keep what the old expression gave.
//!
//! MODIFY changes the expression for parts that are written from now on. Old parts give the old values until the column
//! is materialized, so that one query sees both.

use crate::diag::{Severity, code};
use crate::model::DefaultKind;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let Some(new) = change
            .default
            .as_ref()
            .filter(|new| new.kind == DefaultKind::Materialized)
        else {
            continue;
        };
        if column.default.as_ref() == Some(new) || !column.is_stored() {
            continue;
        }
        look.push(
            Severity::Warning,
            code::MATERIALIZED_STAYS_OLD,
            format!("{}.{}", table.name, change.name),
            "stored values stay what they were, only new rows get the new expression",
            format!(
                "to write it into all parts, after the migration: ALTER TABLE {} MATERIALIZE COLUMN {}",
                table.name.sql(),
                change.name.sql()
            ),
        );
    }
}
