//! Who reads a table, and which columns of it: found in the SQL of the readers themselves.
//!
//! Decides by tokens, so it may name a reader too many (a column of the same name of another table in a join), never
//! one too few: a query that says `*` reads every column.

use std::collections::BTreeMap;

use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, Schema, Target};
use crate::sql::{Expr, Punct, Token};

use super::order::Reading;

/// Readers and writers of all relations of a schema. Made once a plan, where one is needed.
#[derive(Debug, Default)]
pub(super) struct Readers<'a> {
    /// What reads a relation.
    reading: BTreeMap<QualifiedName, Vec<&'a Object>>,
    /// The materialized views that write into a table.
    writing: BTreeMap<QualifiedName, Vec<&'a Object>>,
}

impl<'a> Readers<'a> {
    pub(super) fn of<'s: 'a>(schemas: impl IntoIterator<Item = &'s Schema> + Copy) -> Self {
        let mut readers = Self::default();
        let reading = Reading::of(schemas);
        for object in schemas.into_iter().flat_map(Schema::objects) {
            let target = match object {
                Object::MaterializedView(view) => match &view.target {
                    Target::To(target) => Some(target),
                    Target::Inner(_) => None,
                },
                _ => None,
            };
            for name in reading.relations(object) {
                if target != Some(&name) {
                    readers.reading.entry(name).or_default().push(object);
                }
            }
            if let Some(target) = target {
                readers.writing.entry(target.clone()).or_default().push(object);
            }
        }
        readers
    }

    /// What reads a relation, by name; with a column, only what names the column or takes all.
    pub(super) fn of_relation(&self, name: &QualifiedName, column: Option<&Ident>) -> Vec<&'a Object> {
        let names = |object: &&Object| column.is_none_or(|column| reads_column(object, column));
        let readers = self.reading.get(name).map_or(&[] as &[_], Vec::as_slice);
        readers.iter().copied().filter(names).collect()
    }

    /// The materialized views that write into a table.
    pub(super) fn writers_of(&self, name: &QualifiedName) -> &[&'a Object] {
        self.writing.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The query of a view.
pub(super) fn query_of(object: &Object) -> Option<&Expr> {
    match object {
        Object::View(view) => Some(&view.query),
        Object::MaterializedView(view) => Some(&view.query),
        _ => None,
    }
}

/// What is no view (Distributed, dictionary, dictGet in a default) reads what it declares itself.
fn reads_column(object: &Object, column: &Ident) -> bool {
    match (query_of(object), object) {
        (Some(query), _) => names_column(query, column.as_str()),
        (None, Object::Table(table)) => table.column(column.as_str()).is_some(),
        (None, _) => true,
    }
}

/// Does a query name the column, with or without its table, or take all columns?
pub(super) fn names_column(query: &Expr, column: &str) -> bool {
    let last_part =
        |reference: crate::sql::Reference<'_>| reference.parts.last().is_some_and(|part| part == column);
    takes_all_columns(query) || query.references().any(last_part)
}

/// Does a query say `*`, `t.*` or `COLUMNS(...)`?
pub(super) fn takes_all_columns(query: &Expr) -> bool {
    let Ok(tokens) = crate::sql::lex(query.as_sql()) else {
        return true;
    };
    stars(&tokens).next().is_some() || tokens.iter().any(|token| token.is_word("COLUMNS"))
}

/// The places of the stars that stand for columns. One that multiplies stands behind a value; `count(*)` reads no column.
pub(super) fn stars<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = usize> + 't {
    tokens.windows(2).enumerate().filter_map(|(at, pair)| {
        let [before, star] = pair else { return None };
        let begins = ["SELECT", "DISTINCT"].iter().any(|word| before.is_word(word))
            || before.is(Punct::Comma)
            || before.is(Punct::Dot);
        (star.is(Punct::Star) && begins).then_some(at + 1)
    })
}
