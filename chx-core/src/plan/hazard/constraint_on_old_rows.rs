//! CHX213: a constraint is not checked on the rows that are there.
//!
//! CHECK is looked at by INSERT only, so that a table may hold rows that break it. ASSUME is never checked: the
//! optimizer believes it, and queries give wrong results where it is not true.

use crate::ddl::AlterCommand;
use crate::diag::{Severity, code};
use crate::model::ConstraintKind;
use crate::plan::amount::Amount;

use super::Look;

pub(super) fn check(look: &mut Look<'_>) {
    let Some((table, commands)) = look.altered_table() else {
        return;
    };
    for command in commands {
        let AlterCommand::AddConstraint { constraint, .. } = command else {
            continue;
        };
        let assumed = constraint.kind == ConstraintKind::Assume;
        let broken = format!("NOT ({})", constraint.expr);
        let asked = look
            .can_be_asked(table, &broken)
            .then(|| look.count(table, broken));
        let (severity, message) = match (&asked, assumed) {
            (Some((Some(0), _)), _) => continue,
            (Some((Some(rows), _)), false) => (
                Severity::Warning,
                format!(
                    "{} rows break it and stay; only inserts are checked",
                    Amount(*rows)
                ),
            ),
            (Some((Some(rows), _)), true) => (
                Severity::Error,
                format!(
                    "{} rows break what is assumed: queries give wrong results",
                    Amount(*rows)
                ),
            ),
            (_, false) => (
                Severity::Note,
                "rows that are there already are not checked".to_owned(),
            ),
            (_, true) => (
                Severity::Warning,
                "what is assumed is never checked: where it is not true, queries give wrong results"
                    .to_owned(),
            ),
        };
        let help = match asked {
            Some((_, query)) => format!("this finds them: {query}"),
            None => "look at the rows after the migration".to_owned(),
        };
        look.push(
            severity,
            code::CONSTRAINT_ON_OLD_ROWS,
            format!("{}.{}", table.name, constraint.name),
            message,
            help,
        );
    }
}
