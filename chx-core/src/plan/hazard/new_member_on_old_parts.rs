//! CHX206: a new index or projection covers new parts only.
//!
//! ADD changes metadata; parts that are there stay without it until they are merged or materialized.

use crate::ddl::AlterCommand;
use crate::diag::{Code, Diagnostic, Severity};

use super::Look;

const CODE: Code = Code(206);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let (keyword, name) = match command {
            AlterCommand::AddIndex { index, .. } => ("INDEX", &index.name),
            AlterCommand::AddProjection { projection, .. } => ("PROJECTION", &projection.name),
            _ => continue,
        };
        found.push(
            Diagnostic::new(
                CODE,
                Severity::Note,
                format!("{}.{name}", table.name),
                format!("the {} covers new parts only", keyword.to_lowercase()),
            )
            .help(format!(
                "for all parts, at a quiet hour: ALTER TABLE {} MATERIALIZE {keyword} {}",
                table.name.sql(),
                name.sql()
            )),
        );
    }
}
