//! CHX218: replacing a materialized view deletes its inner table.
//!
//! A view without TO keeps its rows in a hidden table. CREATE OR REPLACE makes a new, empty one.

use crate::ddl::{OnExisting, Statement};
use crate::diag::{Severity, code};
use crate::model::Target;
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::CreateMaterializedView(create) = look.statement() else {
        return;
    };
    let name = &create.view.name;
    let had_inner = look
        .schemas()
        .before
        .materialized_view(name)
        .is_some_and(|old| matches!(old.target, Target::Inner(_)));
    if create.on_existing != OnExisting::Replace || !had_inner {
        return;
    }
    let (severity, message) = match look.size(name).map(|size| size.rows) {
        None => (
            Severity::Warning,
            "replacing the view deletes the rows of its inner table".to_owned(),
        ),
        Some(0) => (
            Severity::Note,
            "the view's inner table is empty: no row is lost".to_owned(),
        ),
        Some(rows) => (
            Severity::Warning,
            format!(
                "replacing the view deletes the {} rows of its inner table",
                Amount(rows)
            ),
        ),
    };
    look.push(
        severity,
        code::REPLACED_INNER_TABLE,
        name,
        message,
        "create a table with `to`, copy the rows into it, then replace the view",
    );
}
