//! CHX201: rows or values are deleted.
//!
//! A dropped table keeps its files for eight minutes (`UNDROP TABLE`, Atomic databases); a dropped column is gone with
//! the mutation. The way out is a backup, or a rename instead of a drop.

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Object, Target};

use super::Look;
use crate::plan::Risk;

const CODE: Code = Code(201);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    match &look.step.statement {
        Statement::Drop(drop) => {
            let rows = match look.schemas.before.relation(&drop.name) {
                Some(Object::Table(_)) => "all rows of the table are deleted",
                Some(Object::MaterializedView(view)) if matches!(view.target, Target::Inner(_)) => {
                    "all rows of the view's inner table are deleted"
                }
                _ => return,
            };
            found.push(
                Diagnostic::new(CODE, Severity::Warning, &drop.name, rows)
                    .help("if it was renamed, say so with `renamed_from`; otherwise back it up first"),
            );
        }
        Statement::DropDatabase { database, .. } => {
            found.push(
                Diagnostic::new(
                    CODE,
                    Severity::Warning,
                    database,
                    "the database and all that is in it are deleted",
                )
                .help("objects that chx does not manage are deleted with it"),
            );
        }
        Statement::CreateMaterializedView(create) => {
            let old = look.schemas.before.materialized_view(&create.view.name);
            if old.is_some_and(|old| matches!(old.target, Target::Inner(_))) {
                found.push(
                    Diagnostic::new(
                        CODE,
                        Severity::Warning,
                        &create.view.name,
                        "replacing the view deletes the rows of its inner table",
                    )
                    .help("create a table with `to`, copy the rows into it, then replace the view"),
                );
            }
            if look.step.risk == Risk::Destructive
                && let Some(target) = create.view.overwrites()
                && old.is_none_or(|old| old.overwrites() != Some(target))
            {
                let message = format!(
                    "each refresh of `{}` replaces all rows of the table",
                    create.view.name
                );
                found.push(
                    Diagnostic::new(CODE, Severity::Warning, target, message)
                        .help("say `APPEND` in the REFRESH clause to add rows instead, or give the view a table of its own"),
                );
            }
        }
        Statement::AlterTable(_) => {
            let Some((table, commands)) = look.altered_table() else {
                return;
            };
            for command in commands {
                let AlterCommand::DropColumn { name, .. } = command else {
                    continue;
                };
                if table
                    .column(name.as_str())
                    .is_some_and(crate::model::Column::is_stored)
                {
                    found.push(
                        Diagnostic::new(
                            CODE,
                            Severity::Warning,
                            format!("{}.{name}", table.name),
                            "all values of the column are deleted",
                        )
                        .help("if it was renamed, say so with `renamed_from`; the values do not come back by a rollback"),
                    );
                }
            }
        }
        Statement::CreateDatabase(_)
        | Statement::CreateTable(_)
        | Statement::CreateView(_)
        | Statement::AlterDatabaseComment { .. }
        | Statement::Rename(_) => {}
    }
}
