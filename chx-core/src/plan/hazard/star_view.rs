//! CHX215: `SELECT *` does not follow its table, or follows by surprise.
//!
//! A view keeps the columns that it had when it was created: a new column of the table is not in it. A materialized
//! view does pass the new column on, as soon as the target has one of that name.

use crate::ddl::AlterCommand;
use crate::diag::{Severity, code};
use crate::model::{Object, Target};
use crate::plan::readers::{query_of, takes_all_columns};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    let added = commands.iter().filter_map(|command| match command {
        AlterCommand::AddColumn { column, .. } => Some(column),
        _ => None,
    });
    for column in added {
        let readers = look.readers_after(&table.name, None);
        let stars: Vec<&Object> = readers
            .into_iter()
            .filter(|reader| !look.is_changed(reader) && query_of(reader).is_some_and(takes_all_columns))
            .collect();
        let subject = format!("{}.{}", table.name, column.name);
        let (feeding, frozen): (Vec<&Object>, Vec<&Object>) = stars
            .into_iter()
            .partition(|reader| matches!(reader, Object::MaterializedView(_)));
        if !frozen.is_empty() {
            look.push(
                Severity::Note,
                code::STAR_VIEW,
                &subject,
                format!(
                    "`*` in {} means the columns of the day when it was created",
                    list(frozen)
                ),
                "create the views again (CREATE OR REPLACE VIEW) to have the column in them",
            );
        }
        let feeding: Vec<&Object> = feeding
            .into_iter()
            .filter(|reader| match reader {
                Object::MaterializedView(view) => match &view.target {
                    Target::To(target) => look
                        .schemas()
                        .after
                        .table(target)
                        .is_some_and(|target| target.column(column.name.as_str()).is_some()),
                    Target::Inner(_) => false,
                },
                _ => false,
            })
            .collect();
        if !feeding.is_empty() {
            look.push(
                Severity::Note,
                code::STAR_VIEW,
                &subject,
                format!(
                    "`*` in {} passes the column on as soon as the target has it",
                    list(feeding)
                ),
                "name the columns in the query, if that is not meant",
            );
        }
    }
}
