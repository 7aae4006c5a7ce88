//! CHX209: NULL becomes the default.
//!
//! Nullable to plain is refused without a DEFAULT (36); with one, every NULL becomes it. Servers up to 25.8 do not
//! replace NULL: the mutation fails on it (349) and the column cannot be read.

use crate::diag::{Severity, code};
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let Some(new) = &change.data_type else { continue };
        if !column.data_type.holds_null() || new.holds_null() {
            continue;
        }
        let default = change.default.as_ref().and_then(|default| default.expr.as_ref());
        let becomes = default.map_or_else(|| "the default".to_owned(), |expr| format!("`{expr}`"));
        let (nulls, query) = look.count(table, format!("{} IS NULL", column.name.sql()));
        let (severity, message) = match nulls {
            None => (Severity::Warning, format!("every NULL becomes {becomes}")),
            Some(0) => (
                Severity::Note,
                "there is no NULL now, so no value changes".to_owned(),
            ),
            Some(nulls) => (
                Severity::Warning,
                format!("{} NULLs become {becomes}", Amount(nulls)),
            ),
        };
        look.push(
            severity,
            code::NULL_BECOMES_DEFAULT,
            format!("{}.{}", table.name, change.name),
            message,
            format!(
                "servers up to 25.8 stop at a NULL instead (349): rewrite them first there. This counts them: {query}"
            ),
        );
    }
}
