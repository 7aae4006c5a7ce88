//! Named collections: what changes in one, and who takes them.
//!
//! A collection cannot be replaced, and DROP is refused while a table takes it. So it changes key by key. What a server does not
//! show is not changed: nobody knows whether it differs.

use std::collections::{BTreeMap, BTreeSet};

use crate::ddl::{AlterNamedCollection, Statement};
use crate::ident::Ident;
use crate::model::{
    CollectionEntry, DictionaryClause, DictionaryValue, Expr, NamedCollection, Object, Schema,
};
use crate::pair::Pair;
use crate::sql::{Punct, TokenKind, lex};

use super::push::Pushed;
use super::{Cost, Phase, Risk};

/// New, changed and gone.
pub(super) fn push(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    for (id, object) in schemas.after.iter() {
        let Object::NamedCollection(after) = object else {
            continue;
        };
        let phase = Phase::CreateNamedCollection;
        match schemas.before.get(id) {
            Some(Object::NamedCollection(before)) => {
                for statement in changes(Pair { before, after }) {
                    pushed.step(phase, statement, Risk::Caution, Cost::Metadata);
                }
            }
            _ => {
                let statement = Statement::creating(object.clone());
                pushed.step(phase, statement, Risk::Safe, Cost::Metadata);
            }
        }
    }
    for (id, object) in schemas.before.iter() {
        if matches!(object, Object::NamedCollection(_)) && !schemas.after.contains(id) {
            let statement = Statement::dropping(object);
            pushed.step(
                Phase::DropNamedCollection,
                statement,
                Risk::Caution,
                Cost::Metadata,
            );
        }
    }
}

/// The statements that make one collection of another. SET leaves a mark that is not said as it was: a key that loses its mark is
/// deleted and set anew, and a collection that has no other key is created anew, since it cannot be empty.
pub(super) fn changes(collections: Pair<&NamedCollection>) -> Vec<Statement> {
    let Pair { before, after } = collections;
    let mut set: BTreeMap<Ident, CollectionEntry> = BTreeMap::new();
    let mut again = BTreeMap::new();
    let mut delete = Vec::new();
    for (key, entry) in &after.entries {
        match before.entries.get(key) {
            Some(was) if was == entry => {}
            Some(was) if was.overridable.is_some() && entry.overridable.is_none() => {
                again.insert(key.clone(), entry.clone());
                delete.push(key.clone());
            }
            _ => {
                set.insert(key.clone(), entry.clone());
            }
        }
    }
    let gone = before
        .entries
        .keys()
        .filter(|key| !after.entries.contains_key(*key));
    delete.extend(gone.cloned());
    delete.sort();
    if again.len() == after.entries.len() && !again.is_empty() {
        return vec![
            Statement::dropping(&before.clone().into()),
            Statement::creating(after.clone().into()),
        ];
    }
    let alter = |set, delete: Vec<Ident>| {
        Statement::AlterNamedCollection(AlterNamedCollection {
            name: after.name.clone(),
            if_exists: false,
            set,
            delete,
        })
    };
    let mut statements = Vec::new();
    if !set.is_empty() || !delete.is_empty() {
        statements.push(alter(set, delete));
    }
    if !again.is_empty() {
        statements.push(alter(again, Vec::new()));
    }
    statements
}

/// The named collections that an object may take, by the first argument of an engine or of a table function, or by NAME of a
/// dictionary's source. Names of columns and tables can be among them: whoever asks knows which collections there are.
pub(super) fn of_object(object: &Object) -> BTreeSet<Ident> {
    let mut found = BTreeSet::new();
    match object {
        Object::Table(table) => {
            let first = table.storage.engine.args.first();
            found.extend(
                first
                    .and_then(Expr::is_plain_column)
                    .and_then(|name| Ident::new(name).ok()),
            );
        }
        Object::Database(database) => {
            let first = database.engine.as_ref().and_then(|engine| engine.args.first());
            found.extend(
                first
                    .and_then(Expr::is_plain_column)
                    .and_then(|name| Ident::new(name).ok()),
            );
        }
        Object::View(view) => found.extend(in_query(&view.query)),
        Object::MaterializedView(view) => found.extend(in_query(&view.query)),
        Object::Function(function) => found.extend(in_query(&function.body)),
        Object::Dictionary(dictionary) => found.extend(in_source(&dictionary.source)),
        Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => {}
    }
    found
}

fn in_source(source: &DictionaryClause) -> Option<Ident> {
    let name = source.params.iter().find(|param| param.key == "NAME")?;
    match &name.value {
        DictionaryValue::Text(name) => Ident::new(name.as_str()).ok(),
        _ => None,
    }
}

/// Names that stand alone as the first argument of a call.
fn in_query(query: &Expr) -> BTreeSet<Ident> {
    let Ok(tokens) = lex(query.as_sql()) else {
        return BTreeSet::new();
    };
    let calls = tokens.windows(4).filter_map(|window| {
        let [function, open, name, end] = window else {
            return None;
        };
        let is_call = function.kind == TokenKind::Word && open.is(Punct::LParen);
        let is_alone = end.is(Punct::Comma) || end.is(Punct::RParen);
        (is_call && is_alone).then(|| Ident::new(name.name().ok()??).ok())?
    });
    calls.collect()
}
