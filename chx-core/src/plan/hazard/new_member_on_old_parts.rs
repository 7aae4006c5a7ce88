//! CHX206: a new index or projection covers new parts only.
//!
//! ADD changes metadata; parts that are there stay without it until they are merged or materialized.

use crate::ddl::AlterCommand;
use crate::diag::{Severity, code};
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let (keyword, name) = match command {
            AlterCommand::AddIndex { index, .. } => ("INDEX", &index.name),
            AlterCommand::AddProjection { projection, .. } => ("PROJECTION", &projection.name),
            _ => continue,
        };
        let what = keyword.to_lowercase();
        let message = match look.size(&table.name) {
            None => format!("the {what} covers new parts only"),
            Some(size) if size.parts == 0 => continue,
            Some(size) => format!(
                "the {what} covers new parts only; {} parts with {} rows stay without it",
                Amount(size.parts),
                Amount(size.rows)
            ),
        };
        look.push(
            Severity::Note,
            code::NEW_MEMBER_ON_OLD_PARTS,
            format!("{}.{name}", table.name),
            message,
            format!(
                "for all parts, at a quiet hour: ALTER TABLE {} MATERIALIZE {keyword} {}",
                table.name.sql(),
                name.sql()
            ),
        );
    }
}
