//! Dictionaries that change.

use crate::ddl::{AlterCommand, OnExisting, Statement};
use crate::model::Dictionary;
use crate::pair::Pair;
use crate::plan::{Cost, Phase, Risk};

use super::Pushed;

/// Nothing of a dictionary can be altered but its comment; it has no rows of its own, so putting a new one in its
/// place loses nothing. Tables that use it in defaults do not stop that.
pub(super) fn push(dictionaries: Pair<&Dictionary>, pushed: &mut Pushed) {
    let Pair { before, after } = dictionaries;
    // Compared as if it had the new name.
    let mut renamed = before.clone();
    renamed.name.clone_from(&after.name);
    if renamed == *after {
        return;
    }
    renamed.comment.clone_from(&after.comment);
    if renamed == *after {
        let comment = after.comment.clone();
        let commands = vec![AlterCommand::ModifyComment { comment }];
        pushed.alter(Phase::Query, &after.name, commands, Risk::Safe, Cost::Metadata);
    } else {
        let statement = Statement::creating_or(after.clone().into(), OnExisting::Replace);
        // A new default of a table may look up what is new in it.
        pushed.step(Phase::CreateTable, statement, Risk::Caution, Cost::Metadata);
    }
}

#[cfg(test)]
mod tests {
    use crate::ddl::{ParseContext, parse_object, render_line};
    use crate::model::Schema;
    use crate::pair::Pair;
    use crate::plan::{PlanError, Renames, plan};

    fn schema(password: &str, layout: &str) -> Schema {
        let sql = format!(
            "CREATE DICTIONARY app.d (k UInt64) PRIMARY KEY k SOURCE(CLICKHOUSE(PASSWORD '{password}')) LAYOUT({layout}())"
        );
        [parse_object(&sql, &ParseContext::default()).unwrap()]
            .into_iter()
            .collect()
    }

    #[test]
    fn a_hidden_secret_is_never_written() {
        let nothing = Schema::default();
        let (hidden, named) = (schema("[HIDDEN]", "FLAT"), schema("env:PW", "FLAT"));
        let other = schema("[HIDDEN]", "DIRECT");
        let steps = |before, after| {
            plan(Pair { before, after }, &Renames::default()).map(|plan| {
                let steps = plan.steps.iter().map(|step| render_line(&step.statement));
                (steps.collect::<Vec<_>>(), plan.down())
            })
        };
        for before in [&nothing, &named, &other] {
            let error = steps(before, &hidden).unwrap_err();
            assert!(matches!(error, PlanError::HiddenSecret { .. }), "{error}");
        }
        // What is there with a hidden secret can go, or be given one that is known; neither way leads back.
        for after in [&nothing, &named] {
            let (up, down) = steps(&hidden, after).unwrap();
            assert_eq!(up.len(), 1);
            assert!(!up[0].contains("[HIDDEN]"), "{up:?}");
            assert!(
                down.statements.is_empty() && down.impossible.len() == 1,
                "{down:?}"
            );
        }
    }
}
