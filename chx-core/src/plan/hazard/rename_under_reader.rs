//! CHX205: views keep the old name of what they read.
//!
//! RENAME is not blocked by readers. A materialized view whose source table was renamed receives no more rows, without
//! an error; one whose source column was renamed makes every insert fail after the part was written, so that a retry
//! doubles the rows.

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::ident::{Ident, QualifiedName};

use super::Look;

const CODE: Code = Code(205);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let (renamed, column): (&QualifiedName, Option<&Ident>) = match &look.step.statement {
        Statement::Rename(rename) => (&rename.from, None),
        Statement::AlterTable(alter) => {
            let column = alter.commands.iter().find_map(|command| match command {
                AlterCommand::RenameColumn { from, .. } => Some(from),
                _ => None,
            });
            if column.is_none() {
                return;
            }
            (&alter.name, column)
        }
        _ => return,
    };
    let what = column.map_or_else(|| renamed.to_string(), |column| format!("{renamed}.{column}"));
    let readers = look.readers_of(renamed, column);
    if readers.is_empty() {
        return;
    }
    let readers: Vec<String> = readers.into_iter().map(|name| format!("`{name}`")).collect();
    found.push(
        Diagnostic::new(
            CODE,
            Severity::Warning,
            what,
            format!(
                "until their queries follow, {} read the old name: inserts fail or pass them by",
                readers.join(", ")
            ),
        )
        .help("stop inserts for the few statements between the rename and the new queries"),
    );
}
