//! CHX207: a materialized view sees only rows that are inserted from now on.
//!
//! Neither CREATE nor MODIFY QUERY goes back to rows that are in the source already.

use crate::ddl::{AlterCommand, Fill, Statement};
use crate::diag::{Severity, code};
use crate::ident::QualifiedName;
use crate::model::Object;
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let (name, query, is_new) = match look.statement() {
        // A refreshable view reads all of its source.
        Statement::CreateMaterializedView(create)
            if create.fill != Fill::Populate && create.view.refresh.is_none() =>
        {
            (&create.view.name, &create.view.query, true)
        }
        Statement::AlterTable(alter) => {
            let query = alter.commands.iter().find_map(|command| match command {
                AlterCommand::ModifyQuery { query } => Some(query),
                _ => None,
            });
            let Some(query) = query else { return };
            let view = look.schemas().after.materialized_view(&alter.name);
            if view.is_some_and(|view| view.refresh.is_some()) {
                return;
            }
            (&alter.name, query, false)
        }
        _ => return,
    };
    // A source that this very plan creates has no rows yet.
    let sources: Vec<&QualifiedName> = crate::sql::relations(query, &name.database)
        .iter()
        .filter_map(|source| match look.schemas().before.relation(source) {
            Some(Object::Table(table)) => Some(&table.name),
            _ => None,
        })
        .collect();
    if sources.is_empty() {
        return;
    }
    let sizes: Vec<Option<u64>> = sources
        .into_iter()
        .map(|source| look.size(source).map(|size| size.rows))
        .collect();
    let rows = sizes.into_iter().sum::<Option<u64>>();
    let rows = match rows {
        Some(0) => return,
        Some(rows) => format!("{} rows that are", Amount(rows)),
        None => "rows that are".to_owned(),
    };
    let message = if is_new {
        format!("{rows} in the source already do not pass through the view")
    } else {
        format!(
            "{rows} in the source already do not pass through the view again: the target keeps what the old query made"
        )
    };
    look.push(
        Severity::Note,
        code::VIEW_MISSES_PAST_ROWS,
        name,
        message,
        "insert the past by hand: INSERT INTO the target SELECT ... with a bound on time",
    );
}
