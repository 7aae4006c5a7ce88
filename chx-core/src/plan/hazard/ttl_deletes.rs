//! CHX204: a new TTL deletes what is past due at once.
//!
//! MODIFY TTL starts a mutation that applies the rule to all parts; with `materialize_ttl_after_modify = 0` it is left
//! to the next merges. Rules that move or recompress delete nothing.

use crate::ddl::AlterCommand;
use crate::diag::{Severity, code};
use crate::model::{TtlAction, TtlRule};
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let (subject, what, due) = match command {
            AlterCommand::ModifyTtl { rules } => {
                let new: Vec<String> = rules
                    .iter()
                    .filter(|rule| !table.storage.ttl.contains(rule))
                    .filter_map(past_due)
                    .collect();
                if new.is_empty() {
                    continue;
                }
                (table.name.to_string(), "rows", new.join(" OR "))
            }
            AlterCommand::ModifyColumn(change) => match &change.ttl {
                Some(ttl) => (
                    format!("{}.{}", table.name, change.name),
                    "values",
                    format!("{ttl} <= now()"),
                ),
                None => continue,
            },
            _ => continue,
        };
        let asked = look.can_be_asked(table, &due).then(|| look.count(table, due));
        let (severity, message, query) = match asked {
            None => (
                Severity::Warning,
                format!("{what} that are past due are deleted at once"),
                None,
            ),
            Some((None, query)) => (
                Severity::Warning,
                format!("{what} that are past due are deleted at once"),
                Some(query),
            ),
            Some((Some(0), query)) => (
                Severity::Note,
                format!("no {what} are past due now, so nothing is deleted at once"),
                Some(query),
            ),
            Some((Some(due), query)) => (
                Severity::Warning,
                format!("{} {what} are past due and are deleted at once", Amount(due)),
                Some(query),
            ),
        };
        let help = match query {
            Some(query) => format!("nothing brings them back; this counts them: {query}"),
            None => "nothing brings them back; count them first".to_owned(),
        };
        look.push(severity, code::TTL_DELETES, subject, message, help);
    }
}

/// The condition under which a rule takes a row away, or merges it with others.
fn past_due(rule: &TtlRule) -> Option<String> {
    let due = format!("{} <= now()", rule.expr);
    match &rule.action {
        TtlAction::Delete { condition: None } | TtlAction::GroupBy { .. } => Some(due),
        TtlAction::Delete {
            condition: Some(condition),
        } => Some(format!("({due} AND ({condition}))")),
        TtlAction::ToDisk { .. } | TtlAction::ToVolume { .. } | TtlAction::Recompress(_) => None,
    }
}
