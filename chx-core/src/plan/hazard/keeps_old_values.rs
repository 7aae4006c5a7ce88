//! CHX233: a named collection changes, and what has read it keeps the values from before.
//!
//! A table takes the values when it is made or loaded, a dictionary when it is loaded (measured on 26.3 and 26.7). A view reads the
//! collection each time, so it is no victim.

use crate::ddl::Statement;
use crate::diag::{Severity, code};
use crate::model::{Object, ObjectId};

use super::{Look, list};

pub(super) fn check(look: &mut Look<'_>) {
    let Statement::AlterNamedCollection(alter) = look.statement() else {
        return;
    };
    let before = look.schemas().before;
    let kept: Vec<&Object> = look
        .takers_of(&alter.name)
        .into_iter()
        .filter(|taker| match taker {
            Object::Database(_) | Object::Table(_) => true,
            // One that is replaced is loaded anew.
            Object::Dictionary(_) => !look.follows(taker),
            Object::View(_)
            | Object::MaterializedView(_)
            | Object::Function(_)
            | Object::NamedCollection(_)
            | Object::Resource(_)
            | Object::Workload(_)
            | Object::Raw(_)
            | Object::Access(_) => false,
        })
        // One that the plan makes is made behind the change.
        .filter(|taker| before.contains(&taker.id()) || look.around.facts.elsewhere.contains(&taker.id()))
        .collect();
    if kept.is_empty() {
        return;
    }
    let message = format!(
        "changes, and {} {} the values from before until {} loaded anew",
        list(kept.iter().copied()),
        if kept.len() == 1 { "keeps" } else { "keep" },
        if kept.len() == 1 { "it is" } else { "they are" },
    );
    look.push(
        Severity::Warning,
        code::KEEPS_OLD_VALUES,
        ObjectId::NamedCollection(alter.name.clone()),
        message,
        "behind the migration, `DETACH TABLE` and `ATTACH TABLE` of a table, `SYSTEM RELOAD DICTIONARY` of a dictionary; or a restart",
    );
}
