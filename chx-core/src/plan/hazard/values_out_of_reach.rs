//! CHX224: a stored column becomes ALIAS or EPHEMERAL.
//!
//! An ALIAS is computed and an EPHEMERAL is not there at all: what was stored can no longer be read, and merges leave it
//! out.

use crate::diag::{Severity, code};
use crate::model::DefaultKind;
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let what = match change.default.as_ref().map(|new| new.kind) {
            Some(DefaultKind::Alias) => "the expression is computed instead",
            Some(DefaultKind::Ephemeral) => "the column cannot be selected any more",
            _ => continue,
        };
        if !column.is_stored() {
            continue;
        }
        let rows = look.size(&table.name).map(|size| size.rows);
        let (severity, of) = match rows {
            None => (Severity::Warning, String::new()),
            Some(0) => continue,
            Some(rows) => (Severity::Warning, format!(" of {} rows", Amount(rows))),
        };
        look.push(
            severity,
            code::VALUES_OUT_OF_REACH,
            format!("{}.{}", table.name, change.name),
            format!("the stored values{of} are out of reach: {what}"),
            "copy them into another column first, if they matter",
        );
    }
}
