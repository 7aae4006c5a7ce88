//! CHX219: something that stays reads what goes.
//!
//! Views do not block a DROP: a view whose table or column is gone fails when it is read (60, 47); a materialized view
//! without its target makes every insert into its source fail (60). Only dictionaries (630) and columns that a
//! materialized view reads (524) are protected by the server.

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Severity, code};
use crate::model::Object;
use crate::plan::readers::takes_all_columns;

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    match look.statement() {
        Statement::Drop(drop) => {
            if look.schemas().after.relation(&drop.name).is_some() {
                return;
            }
            let readers = look.readers_after(&drop.name, None);
            let writers = look.around.readers().after.writers_of(&drop.name);
            if !readers.is_empty() {
                look.push(
                    Severity::Warning,
                    code::READER_LOSES_SOURCE,
                    &drop.name,
                    format!("still read by {}, which fails from now on", list(readers)),
                    "change or drop them in the same migration",
                );
            }
            if !writers.is_empty() {
                look.push(
                    Severity::Warning,
                    code::READER_LOSES_SOURCE,
                    &drop.name,
                    format!(
                        "still written into by {}: inserts into its source fail from now on",
                        list(writers.iter().copied())
                    ),
                    "drop the views, or give them another target, in the same migration",
                );
            }
        }
        Statement::AlterTable(alter) => {
            for command in &alter.commands {
                let AlterCommand::DropColumn { name, .. } = command else {
                    continue;
                };
                if look
                    .schemas()
                    .after
                    .table(&alter.name)
                    .is_some_and(|table| table.column(name.as_str()).is_some())
                {
                    continue;
                }
                let readers: Vec<&Object> = look
                    .readers_after(&alter.name, Some(name))
                    .into_iter()
                    .filter(|reader| match reader {
                        Object::View(_) => true,
                        // One that says `*` and is among the steps names its columns while one goes.
                        Object::MaterializedView(view) => {
                            !look.is_changed(reader) || !takes_all_columns(&view.query)
                        }
                        Object::Database(_)
                        | Object::Table(_)
                        | Object::Dictionary(_)
                        | Object::Function(_)
                        | Object::NamedCollection(_)
                        | Object::Resource(_)
                        | Object::Workload(_)
                        | Object::Raw(_)
                        | Object::Access(_) => false,
                    })
                    .collect();
                if !readers.is_empty() {
                    look.push(
                        Severity::Warning,
                        code::READER_LOSES_SOURCE,
                        format!("{}.{name}", alter.name),
                        format!("still read by {}: a view fails from now on, a materialized view blocks the drop (524)", list(readers)),
                        "change their queries in the same migration",
                    );
                }
            }
        }
        _ => {}
    }
}
