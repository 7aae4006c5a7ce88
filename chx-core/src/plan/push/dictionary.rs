//! Dictionaries that change, and those whose source gets another name.
//!
//! A table cannot be renamed while a dictionary reads it (630). So the dictionary turns away first: to the new name, or,
//! where some table has that name until it is renamed itself, to a name that nothing has. Until the rename is done it cannot
//! be loaded, and what looks up in it fails, which is better than a value that is not meant.

use crate::ddl::{AlterCommand, OnExisting, Statement};
use crate::model::{Dictionary, DictionaryParam, DictionaryValue, Object, Schema};
use crate::pair::Pair;
use crate::plan::order::{read_by_dictionary, relations_of};
use crate::plan::{Cost, Phase, Renames, Risk};

use super::Pushed;

/// Nothing of a dictionary can be altered but its comment; it has no rows of its own, so putting a new one in its
/// place loses nothing. Tables that use it in defaults do not stop that.
pub(super) fn push(dictionaries: Pair<&Dictionary>, renames: &Renames, pushed: &mut Pushed) {
    let Pair { before, after } = dictionaries;
    let mut replace = |phase, dictionary: Dictionary| {
        let statement = Statement::creating_or(dictionary.into(), OnExisting::Replace);
        pushed.step(phase, statement, Risk::Caution, Cost::Metadata);
    };
    if holds_back(before, renames) {
        // Before the renames it has its old name.
        let name = before.name.clone();
        if holds_back(after, renames) {
            replace(Phase::DropReader, turned_away(before));
            replace(Phase::CreateTable, after.clone());
        } else {
            let after = after.clone();
            replace(Phase::DropReader, Dictionary { name, ..after });
        }
        return;
    }
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
        // A new default of a table may look up what is new in it.
        replace(Phase::CreateTable, after.clone());
    }
}

/// When a dictionary can be dropped. One that stops the rename of its source goes first; where a default looks up in it, it
/// cannot go yet (630), and turns away from its source instead.
pub(super) fn make_way(gone: &Dictionary, before: &Schema, renames: &Renames, pushed: &mut Pushed) -> Phase {
    if !holds_back(gone, renames) {
        return Phase::DropTable;
    }
    let looks_up =
        |object: &Object| matches!(object, Object::Table(_)) && relations_of(object).contains(&gone.name);
    if !before.objects().any(looks_up) {
        return Phase::DropReader;
    }
    let statement = Statement::creating_or(turned_away(gone).into(), OnExisting::Replace);
    pushed.step(Phase::DropReader, statement, Risk::Caution, Cost::Metadata);
    Phase::DropTable
}

/// Does it read a name that a table gives up?
fn holds_back(dictionary: &Dictionary, renames: &Renames) -> bool {
    if renames.relations.is_empty() {
        return false;
    }
    let sources = read_by_dictionary(dictionary);
    sources.iter().any(|source| renames.gives_up(source))
}

/// The same with a source that nothing is.
fn turned_away(dictionary: &Dictionary) -> Dictionary {
    let mut away = dictionary.clone();
    away.source
        .params
        .retain(|param| !["TABLE", "QUERY"].contains(&param.key.as_str()));
    away.source.params.push(DictionaryParam {
        key: "TABLE".to_owned(),
        value: DictionaryValue::Text(format!("{}_source_renaming", dictionary.name.name)),
    });
    away
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
