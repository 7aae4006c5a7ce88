//! What is said of the way and not of the states: renames that somebody asked for, views that start EMPTY, values that no rule
//! has looked at. A rename is never guessed: a drop and an add that look alike stay what they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::ddl::{Fill, Statement};
use crate::diff::{ColumnRenames, effective};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, ObjectId, Schema};
use crate::pair::Pair;

/// Hints about renames, from `renamed_from = "..."` and `--rename old=new`.
///
/// A hint may stay in the code for ever: it counts only while the old name is there and the new one is not. Names that
/// change places are the exception: they do so only where each hint was asked for now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Tables, views and materialized views: new name to old name.
    pub relations: BTreeMap<QualifiedName, QualifiedName>,
    /// Columns, by the table's new name: new name to old name.
    pub columns: BTreeMap<QualifiedName, ColumnRenames>,
    /// Materialized views that are created EMPTY. No server stores it, so it is no part of the view and never a difference.
    empty: BTreeSet<QualifiedName>,
    /// What objects say with `raw("...")`, for whoever reviews a plan.
    pub(super) raw: BTreeMap<ObjectId, Vec<String>>,
    /// The new names among these that a person asks for now.
    asked_relations: BTreeSet<QualifiedName>,
    /// The same for columns.
    asked_columns: BTreeSet<(QualifiedName, Ident)>,
    /// Of the relations that are renamed, the pairs of tables that do it in one statement; filled in by
    /// [`effective`](Self::effective).
    exchanged: BTreeSet<(QualifiedName, QualifiedName)>,
}

impl Renames {
    /// Adds a hint that stands in the code, for a table, view or materialized view.
    pub fn relation(&mut self, from: QualifiedName, to: QualifiedName) {
        self.relations.insert(to, from);
    }

    /// Adds a hint that stands in the code, for a column; `table` is the table's new name.
    pub fn column(&mut self, table: QualifiedName, from: Ident, to: Ident) {
        self.columns.entry(table).or_default().insert(to, from);
    }

    /// Adds that a materialized view is created EMPTY, which stands in the code.
    pub fn start_empty(&mut self, view: QualifiedName) {
        self.empty.insert(view);
    }

    /// Adds what an object says with `raw("...")`.
    pub fn say_raw(&mut self, id: ObjectId, values: Vec<String>) {
        self.raw.insert(id, values);
    }

    /// The statement that creates an object, with EMPTY where that was said.
    pub(super) fn starting(&self, mut statement: Statement) -> Statement {
        if let Statement::CreateMaterializedView(create) = &mut statement
            && self.empty.contains(&create.view.name)
        {
            create.fill = Fill::Empty;
        }
        statement
    }

    /// A person says now that a table, view or materialized view was renamed.
    pub fn ask_relation(&mut self, from: QualifiedName, to: QualifiedName) {
        self.asked_relations.insert(to.clone());
        self.relation(from, to);
    }

    /// A person says now that a column was renamed; `table` is the table's new name.
    pub fn ask_column(&mut self, table: QualifiedName, from: Ident, to: Ident) {
        self.asked_columns.insert((table.clone(), to.clone()));
        self.column(table, from, to);
    }

    /// The hints that apply to these schemas.
    pub(super) fn effective(&self, schemas: Pair<&Schema>) -> Self {
        let same_kind = |to: &QualifiedName, from: &QualifiedName| {
            let kinds = (schemas.before.relation(from), schemas.after.relation(to));
            matches!(kinds, (Some(old), Some(new)) if old.kind() == new.kind())
        };
        let relations = effective(
            self.relations
                .iter()
                .filter(|(to, from)| same_kind(to, from))
                .map(|(to, from)| (to.clone(), from.clone())),
            |name| schemas.before.relation(name).is_some(),
            |name| schemas.after.relation(name).is_some(),
            |name| self.asked_relations.contains(name),
        );
        let mut columns = BTreeMap::new();
        for (table, hints) in &self.columns {
            let old_name = relations.get(table).unwrap_or(table);
            let (Some(Object::Table(before)), Some(Object::Table(after))) =
                (schemas.before.relation(old_name), schemas.after.relation(table))
            else {
                continue;
            };
            let hints = effective(
                hints.iter().map(|(to, from)| (to.clone(), from.clone())),
                |name| before.column(name.as_str()).is_some(),
                |name| after.column(name.as_str()).is_some(),
                |name| self.asked_columns.contains(&(table.clone(), name.clone())),
            );
            if !hints.is_empty() {
                columns.insert(table.clone(), hints);
            }
        }
        let exchanged = exchanged(&relations, schemas.before);
        Self {
            relations,
            columns,
            empty: self.empty.clone(),
            raw: self.raw.clone(),
            exchanged,
            ..Self::default()
        }
    }

    /// The pairs of tables that change places by EXCHANGE, each once.
    pub(super) fn exchanges(&self) -> impl Iterator<Item = &(QualifiedName, QualifiedName)> {
        self.exchanged.iter()
    }

    /// The relations that go by RENAME: new name to old name.
    pub(super) fn by_rename(&self) -> BTreeMap<QualifiedName, QualifiedName> {
        let is_exchanged = |to: &QualifiedName| self.exchanged.iter().any(|(a, b)| a == to || b == to);
        let renamed = self.relations.iter().filter(|(to, _)| !is_exchanged(to));
        renamed.map(|(to, from)| (to.clone(), from.clone())).collect()
    }

    /// Does what has this name give it up by RENAME? Readers by name, dictionaries and materialized views, have to follow
    /// then; EXCHANGE leaves them with the name.
    pub(super) fn gives_up(&self, name: &QualifiedName) -> bool {
        let is_exchanged = || self.exchanged.iter().any(|(a, b)| a == name || b == name);
        self.relations.values().any(|from| from == name) && !is_exchanged()
    }

    /// The same the other way round, asked for.
    pub(super) fn reversed(&self) -> Self {
        let mut reversed = Self::default();
        for (to, from) in &self.relations {
            reversed.ask_relation(to.clone(), from.clone());
        }
        for (table, columns) in &self.columns {
            for (to, from) in columns {
                reversed.ask_column(self.old_name(table).clone(), to.clone(), from.clone());
            }
        }
        reversed
    }

    /// The name that a relation had before.
    pub(super) fn old_name<'a>(&'a self, name: &'a QualifiedName) -> &'a QualifiedName {
        self.relations.get(name).unwrap_or(name)
    }

    /// What a relation of this name was before; `None` for a new one that takes the name of one that was renamed.
    pub(super) fn origin<'a>(&'a self, name: &'a QualifiedName) -> Option<&'a QualifiedName> {
        let is_renamed_away = || self.relations.values().any(|from| from == name);
        match self.relations.get(name) {
            Some(from) => Some(from),
            None if is_renamed_away() => None,
            None => Some(name),
        }
    }

    /// The columns of a table (by its new name) that changed their names.
    pub(super) fn columns_of(&self, table: &QualifiedName) -> ColumnRenames {
        self.columns.get(table).cloned().unwrap_or_default()
    }
}

/// Two tables that change places do so at once, without a moment in which a name is nobody's. Where both are defined the same
/// nobody could see whether it has happened, so they go through a temporary name.
fn exchanged(
    relations: &BTreeMap<QualifiedName, QualifiedName>,
    before: &Schema,
) -> BTreeSet<(QualifiedName, QualifiedName)> {
    let differ = |a: &QualifiedName, b: &QualifiedName| match (before.table(a), before.table(b)) {
        (Some(a), Some(b)) => {
            let mut as_a = b.clone();
            as_a.name.clone_from(&a.name);
            as_a != *a
        }
        _ => false,
    };
    relations
        .iter()
        .filter(|(to, from)| to < from && relations.get(*from) == Some(*to) && differ(to, from))
        .map(|(to, from)| (to.clone(), from.clone()))
        .collect()
}
