//! CHX205: views keep the old name of what they read.
//!
//! RENAME is not blocked by readers. A materialized view whose source table was renamed receives no more rows, without
//! an error; one whose source column was renamed makes every insert fail, and its part may be written already, so
//! that a retry doubles the rows. A plain view fails when it is read. A dictionary blocks the rename of its source table (630).

use crate::ddl::{AlterCommand, Statement};
use crate::diag::{Severity, code};
use crate::ident::{Ident, QualifiedName};
use crate::model::Object;

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    match look.statement() {
        Statement::Rename(rename) => about(look, look.old_name(&rename.from), None),
        Statement::AlterTable(alter) => {
            for command in &alter.commands {
                if let AlterCommand::RenameColumn { from, .. } = command {
                    about(look, &alter.name, Some(from));
                }
            }
        }
        _ => {}
    }
}

fn about(look: &mut Look<'_>, renamed: &QualifiedName, column: Option<&Ident>) {
    let views = |object: &&Object| matches!(object, Object::View(_) | Object::MaterializedView(_));
    let readers: Vec<&Object> = look
        .readers_before(renamed, column)
        .into_iter()
        .filter(views)
        .collect();
    if readers.is_empty() {
        return;
    }
    let feeds = readers
        .iter()
        .any(|reader| matches!(reader, Object::MaterializedView(_)));
    let consequence = match (feeds, column) {
        (true, None) => "inserts pass them by without an error",
        (true, Some(_)) => {
            "inserts fail, yet their part may be written already, so that a retry doubles the rows"
        }
        (false, _) => "reading them fails",
    };
    let what = column.map_or_else(|| renamed.to_string(), |column| format!("{renamed}.{column}"));
    let (follow, stay): (Vec<&Object>, Vec<&Object>) =
        readers.into_iter().partition(|reader| look.follows(reader));
    if !follow.is_empty() {
        look.push(
            Severity::Warning,
            code::RENAME_UNDER_READER,
            &what,
            format!(
                "read under its old name by {} until their queries follow: {consequence}",
                list(follow)
            ),
            "stop inserts for the few statements between the rename and the new queries",
        );
    }
    if !stay.is_empty() {
        look.push(
            Severity::Warning,
            code::RENAME_UNDER_READER,
            &what,
            format!(
                "read under its old name by {}, which no step changes: {consequence}",
                list(stay)
            ),
            "change their queries in the same migration",
        );
    }
}
