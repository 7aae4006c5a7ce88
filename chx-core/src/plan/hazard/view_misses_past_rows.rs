//! CHX207: a materialized view sees only rows that are inserted from now on.
//!
//! Neither CREATE nor MODIFY QUERY goes back to rows that are in the source already.

use crate::ddl::{AlterCommand, Fill, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::Object;

use super::Look;

const CODE: Code = Code(207);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let (name, query, message) = match &look.step.statement {
        // A refreshable view reads all of its source.
        Statement::CreateMaterializedView(create)
            if create.fill != Fill::Populate && create.view.refresh.is_none() =>
        {
            (
                &create.view.name,
                &create.view.query,
                "rows that are in the source already do not pass through the view",
            )
        }
        Statement::AlterTable(alter) => {
            let query = alter.commands.iter().find_map(|command| match command {
                AlterCommand::ModifyQuery { query } => Some(query),
                _ => None,
            });
            let Some(query) = query else { return };
            let view = look.schemas.after.materialized_view(&alter.name);
            if view.is_some_and(|view| view.refresh.is_some()) {
                return;
            }
            (
                &alter.name,
                query,
                "rows that passed through the view already keep what the old query made of them",
            )
        }
        _ => return,
    };
    // A source that this very plan creates has no rows yet.
    let has_rows = crate::sql::relations(query, &name.database)
        .iter()
        .any(|source| matches!(look.schemas.before.relation(source), Some(Object::Table(_))));
    if has_rows {
        found.push(
            Diagnostic::new(CODE, Severity::Note, name, message)
                .help("insert the past by hand: INSERT INTO the target SELECT ... with a bound on time"),
        );
    }
}
