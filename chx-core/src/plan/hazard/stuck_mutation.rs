//! CHX221: a mutation is stuck on the table already.
//!
//! Mutations of a table run one after the other: behind one that fails for ever, the next one waits for ever. Only a
//! database can tell, so without one nothing is said.

use crate::diag::{Severity, code};
use crate::plan::Cost;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, _)) = look.altered_table() else {
        return;
    };
    let waits = look.step.cost == Cost::Mutation;
    let Some(size) = look.size(&table.name) else {
        return;
    };
    for stuck in &size.stuck {
        let consequence = if waits {
            "the mutation of this step would wait behind it for ever"
        } else {
            "it fails again and again"
        };
        let severity = if waits { Severity::Error } else { Severity::Warning };
        look.push(
            severity,
            code::STUCK_MUTATION,
            &table.name,
            format!("mutation `{}` ({}) is stuck: {consequence}: {}", stuck.id, stuck.command, stuck.reason),
            format!(
                "undo it by changing the column back, or KILL MUTATION WHERE database = '{}' AND table = '{}' AND \
                 mutation_id = '{}' and then look at the column",
                table.name.database, table.name.name, stuck.id
            ),
        );
    }
}
