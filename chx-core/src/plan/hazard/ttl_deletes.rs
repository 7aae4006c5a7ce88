//! CHX204: a new TTL deletes what is past due at once.
//!
//! MODIFY TTL starts a mutation that applies the rule to all parts; `materialize_ttl_after_modify = 0` leaves it to the
//! next merges.

use crate::ddl::AlterCommand;
use crate::diag::{Code, Diagnostic, Severity};

use super::Look;

const CODE: Code = Code(204);

pub(super) fn check(look: &Look<'_>, found: &mut Vec<Diagnostic>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let (subject, what) = match command {
            AlterCommand::ModifyTtl { .. } => (table.name.to_string(), "rows"),
            AlterCommand::ModifyColumn(change) if change.ttl.is_some() => {
                (format!("{}.{}", table.name, change.name), "values")
            }
            _ => continue,
        };
        found.push(
            Diagnostic::new(
                CODE,
                Severity::Warning,
                subject,
                format!("{what} that are past due are deleted at once"),
            )
            .help("count them first; nothing brings them back"),
        );
    }
}
