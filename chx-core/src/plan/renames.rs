//! Renames that somebody asked for. A rename is never guessed: a drop and an add that look alike stay what they are.

use std::collections::BTreeMap;

use crate::diff::ColumnRenames;
use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, ObjectId, Schema};
use crate::pair::Pair;

/// Hints about renames, from `renamed_from = "..."` and `--rename old=new`.
///
/// A hint may stay in the code for ever: it counts only while the old name is there and the new one is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Tables, views and materialized views: new name to old name.
    pub relations: BTreeMap<QualifiedName, QualifiedName>,
    /// Columns, by the table's new name: new name to old name.
    pub columns: BTreeMap<QualifiedName, ColumnRenames>,
}

impl Renames {
    /// Adds a hint for a table, view or materialized view.
    pub fn relation(&mut self, from: QualifiedName, to: QualifiedName) {
        self.relations.insert(to, from);
    }

    /// Adds a hint for a column; `table` is the table's new name.
    pub fn column(&mut self, table: QualifiedName, from: Ident, to: Ident) {
        self.columns.entry(table).or_default().insert(to, from);
    }

    /// The hints that apply to these schemas.
    pub(super) fn effective(&self, schemas: Pair<&Schema>) -> Self {
        let relation = |name: &QualifiedName| ObjectId::Relation(name.clone());
        let relations: BTreeMap<_, _> = self
            .relations
            .iter()
            .filter(|(to, from)| {
                let kinds = (schemas.before.relation(from), schemas.after.relation(to));
                matches!(kinds, (Some(old), Some(new)) if old.kind() == new.kind())
                    && !schemas.after.contains(&relation(from))
                    && !schemas.before.contains(&relation(to))
            })
            .map(|(to, from)| (to.clone(), from.clone()))
            .collect();
        let mut columns = BTreeMap::new();
        for (table, hints) in &self.columns {
            let old_name = relations.get(table).unwrap_or(table);
            let (Some(Object::Table(before)), Some(Object::Table(after))) =
                (schemas.before.relation(old_name), schemas.after.relation(table))
            else {
                continue;
            };
            let applies = |to: &Ident, from: &Ident| {
                before.column(from.as_str()).is_some()
                    && before.column(to.as_str()).is_none()
                    && after.column(to.as_str()).is_some()
                    && after.column(from.as_str()).is_none()
            };
            let hints: ColumnRenames = hints
                .iter()
                .filter(|(to, from)| applies(to, from))
                .map(|(to, from)| (to.clone(), from.clone()))
                .collect();
            if !hints.is_empty() {
                columns.insert(table.clone(), hints);
            }
        }
        Self { relations, columns }
    }

    /// The name that a relation had before.
    pub(super) fn old_name<'a>(&'a self, name: &'a QualifiedName) -> &'a QualifiedName {
        self.relations.get(name).unwrap_or(name)
    }

    /// The columns of a table (by its new name) that changed their names.
    pub(super) fn columns_of(&self, table: &QualifiedName) -> ColumnRenames {
        self.columns.get(table).cloned().unwrap_or_default()
    }
}
