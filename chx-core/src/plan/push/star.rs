//! Materialized views that say `*` over a table that loses columns.
//!
//! `*` reads every column, so the drop is refused (524), and the query cannot leave out a column that it does not name. So
//! the query names the columns that stay, the column goes, and the query says `*` again; no insert passes the view by. It
//! decides this for queries of the form `SELECT * FROM one_table ...`; others stay as they are, and the proof says that
//! the server refuses.

use std::collections::BTreeSet;

use crate::ddl::AlterCommand;
use crate::ident::QualifiedName;
use crate::model::{Column, DefaultKind, MaterializedView, Object, Schema, Table};
use crate::pair::Pair;
use crate::plan::order::relations_of;
use crate::plan::readers::takes_all_columns;
use crate::plan::{Cost, Phase, Renames, Risk};
use crate::sql::{Expr, Punct, lex};

use super::Pushed;

/// Are there views that this can be about?
pub(in crate::plan) fn has_star(schema: &Schema) -> bool {
    views(schema).next().is_some()
}

fn views(schema: &Schema) -> impl Iterator<Item = &MaterializedView> {
    schema.objects().filter_map(|object| match object {
        Object::MaterializedView(view) if takes_all_columns(&view.query) => Some(view),
        _ => None,
    })
}

/// The steps before and behind the drops.
pub(in crate::plan) fn step_aside(schemas: Pair<&Schema>, renames: &Renames, pushed: &mut Pushed) {
    for view in views(schemas.after) {
        let was = renames.origin(&view.name);
        let stays = was
            .and_then(|name| schemas.before.materialized_view(name))
            .is_some_and(|before| before.query == view.query && before.target == view.target);
        if !stays {
            continue;
        }
        let Some(table) = only_source(view) else { continue };
        let tables = Pair {
            before: renames.origin(&table).and_then(|name| schemas.before.table(name)),
            after: schemas.after.table(&table),
        };
        let (Some(before), Some(after)) = (tables.before, tables.after) else {
            continue;
        };
        if loses_columns(Pair { before, after }, renames)
            && let Some(query) = naming_columns(&view.query, after)
        {
            let mut say = |phase, query| {
                let command = AlterCommand::ModifyQuery { query };
                pushed.alter(phase, &view.name, vec![command], Risk::Caution, Cost::Metadata);
            };
            say(Phase::Query, query);
            say(Phase::QueryAgain, view.query.clone());
        }
    }
}

fn only_source(view: &MaterializedView) -> Option<QualifiedName> {
    let mut sources = relations_of(&view.clone().into());
    if let crate::model::Target::To(target) = &view.target {
        sources.remove(target);
    }
    let only = sources.pop_first()?;
    sources.is_empty().then_some(only)
}

/// Does the table lose a column that `*` gives?
fn loses_columns(tables: Pair<&Table>, renames: &Renames) -> bool {
    let renamed = renames.columns_of(&tables.after.name);
    let old_names: BTreeSet<_> = tables
        .after
        .columns
        .iter()
        .map(|column| renamed.get(&column.name).unwrap_or(&column.name))
        .collect();
    let mut given = tables.before.columns.iter().filter(|column| is_in_star(column));
    given.any(|column| !old_names.contains(&column.name))
}

/// `*` gives what an INSERT without a list of columns takes.
fn is_in_star(column: &Column) -> bool {
    let kind = column.default.as_ref().map(|default| default.kind);
    matches!(kind, None | Some(DefaultKind::Default))
}

/// The query with the table's columns for its star.
fn naming_columns(query: &Expr, table: &Table) -> Option<Expr> {
    let tokens = lex(query.as_sql()).ok()?;
    let stars = tokens.iter().filter(|token| token.is(Punct::Star)).count();
    let [select, star, from, ..] = &tokens[..] else {
        return None;
    };
    if stars != 1 || !select.is_word("SELECT") || !star.is(Punct::Star) || !from.is_word("FROM") {
        return None;
    }
    let columns: Vec<String> = table
        .columns
        .iter()
        .filter(|column| is_in_star(column))
        .map(|column| column.name.sql().to_string())
        .collect();
    let (_, rest) = query.as_sql().split_once('*')?;
    Expr::parse(&format!("SELECT {}{rest}", columns.join(", "))).ok()
}
