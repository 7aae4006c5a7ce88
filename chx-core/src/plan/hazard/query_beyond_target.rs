//! CHX211: a materialized view's query gives columns that its target lacks.
//!
//! MODIFY QUERY is not checked against the target: such a column is dropped from every row, without an error. CREATE is
//! checked and refuses (8).

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Severity, code};
use crate::model::{MaterializedView, Target};
use crate::sql::{Expr, output_columns};

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    match look.statement() {
        Statement::CreateMaterializedView(create) => {
            about(
                look,
                &create.view,
                &create.view.query,
                "the server refuses the view (8)",
            );
        }
        Statement::AlterTable(alter) => {
            let query = alter.commands.iter().find_map(|command| match command {
                AlterCommand::ModifyQuery { query } => Some(query),
                _ => None,
            });
            if let Some(query) = query
                && let Some(view) = look.schemas().after.materialized_view(&alter.name)
            {
                about(look, view, query, "their values are dropped without an error");
            }
        }
        _ => {}
    }
}

fn about(look: &mut Look<'_>, view: &MaterializedView, query: &Expr, consequence: &str) {
    let Target::To(target) = &view.target else { return };
    let (Some(table), Some(given)) = (look.schemas().after.table(target), output_columns(query)) else {
        return;
    };
    let missing: Vec<String> = given
        .into_iter()
        .flatten()
        .filter(|name| table.column(name).is_none())
        .map(|name| format!("`{name}`"))
        .collect();
    if missing.is_empty() {
        return;
    }
    look.push(
        Severity::Warning,
        code::QUERY_BEYOND_TARGET,
        &view.name,
        format!("`{target}` has no {}: {consequence}", missing.join(", ")),
        "add the columns to the target, or give them the target's names with AS",
    );
}
