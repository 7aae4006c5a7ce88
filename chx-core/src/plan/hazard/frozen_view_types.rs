//! CHX216: a view keeps the types that it was created with.
//!
//! After a column changed its type, a view that reads it still gives the old one, by a cast. A cast that cannot be made
//! fails when the view is read, or when rows are inserted into the source of a materialized view.

use crate::diag::{Severity, code};
use crate::model::Object;

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    for (table, column, change) in look.column_changes() {
        let Some(new) = change.data_type.as_ref().filter(|new| **new != column.data_type) else {
            continue;
        };
        let readers: Vec<&Object> = look
            .readers_after(&table.name, Some(&change.name))
            .into_iter()
            .filter(|reader| {
                matches!(reader, Object::View(_) | Object::MaterializedView(_)) && !look.is_changed(reader)
            })
            .collect();
        if readers.is_empty() {
            continue;
        }
        look.push(
            Severity::Note,
            code::FROZEN_VIEW_TYPES,
            format!("{}.{}", table.name, change.name),
            format!(
                "stays {} in {}, by a cast back from {new}",
                column.data_type,
                list(readers)
            ),
            "create the views again, once the type has changed, to have the new one in them",
        );
    }
}
