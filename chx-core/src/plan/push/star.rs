//! Materialized views that say `*` over a table that loses columns.
//!
//! `*` reads every column, so the drop is refused (524), and the query cannot leave out a column that it does not name. So
//! the query names the columns that stay, the column goes, and the query says `*` again; no insert passes the view by. It
//! decides this for queries of one SELECT over one table, with `*`, `t.*` and `* EXCEPT (a, b)`; others stay as they are,
//! and the proof says that the server refuses.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::ddl::AlterCommand;
use crate::ident::QualifiedName;
use crate::model::{Column, DefaultKind, MaterializedView, Object, Schema, Table};
use crate::pair::Pair;
use crate::plan::order::relations_of;
use crate::plan::readers::{stars, takes_all_columns};
use crate::plan::{Cost, Phase, Renames, Risk};
use crate::sql::{Expr, Punct, Token, lex};

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

/// The query with the table's columns for its stars. `None` where that is not the whole meaning of one.
fn naming_columns(query: &Expr, table: &Table) -> Option<Expr> {
    let sql = query.as_sql();
    let tokens = lex(sql).ok()?;
    let says = |word| tokens.iter().filter(|token| token.is_word(word)).count();
    // Of several tables or queries, a star may mean any; COLUMNS, REPLACE and APPLY are more than a list.
    if says("SELECT") != 1 || ["JOIN", "COLUMNS"].iter().any(|word| says(word) > 0) {
        return None;
    }
    let mut named = String::new();
    let mut done = 0;
    for star in stars(&tokens) {
        let mut first = star;
        while tokens.get(first.checked_sub(1)?)?.is(Punct::Dot) {
            first = first.checked_sub(2)?;
        }
        let (except, next) = except(&tokens, star + 1)?;
        let ends = |token: &Token<'_>| token.is_word("FROM") || token.is(Punct::Comma);
        if !tokens.get(next).is_some_and(ends) {
            return None;
        }
        let columns: Vec<String> = table
            .columns
            .iter()
            .filter(|column| is_in_star(column) && !except.iter().any(|name| *name == column.name.as_str()))
            .map(|column| column.name.sql().to_string())
            .collect();
        named.push_str(sql.get(done..tokens.get(first)?.at)?);
        named.push_str(&columns.join(", "));
        done = tokens.get(next - 1)?.end();
    }
    named.push_str(sql.get(done..)?);
    Expr::parse(&named).ok()
}

/// The names behind `EXCEPT a` or `EXCEPT (a, b)`, none without it, and the place behind them.
fn except<'a>(tokens: &[Token<'a>], at: usize) -> Option<(Vec<Cow<'a, str>>, usize)> {
    if !tokens.get(at)?.is_word("EXCEPT") {
        return Some((Vec::new(), at));
    }
    let name = |token: &Token<'a>| token.name().ok().flatten();
    if !tokens.get(at + 1)?.is(Punct::LParen) {
        return Some((vec![name(tokens.get(at + 1)?)?], at + 2));
    }
    let list = tokens.get(at + 2..)?;
    let length = list.iter().position(|token| token.is(Punct::RParen))?;
    let names = list.get(..length)?.split(|token| token.is(Punct::Comma));
    let names = names.map(|part| match part {
        [token] => name(token),
        _ => None,
    });
    Some((names.collect::<Option<_>>()?, at + length + 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl::{ParseContext, parse_object};

    #[track_caller]
    fn names(query: &str, named: Option<&str>) {
        let sql = "CREATE TABLE d.t (a UInt8, `b c` UInt8 DEFAULT 1, m UInt8 MATERIALIZED 2) ENGINE = Memory";
        let Object::Table(table) = parse_object(sql, &ParseContext::default()).unwrap() else {
            unreachable!("a table");
        };
        let found = naming_columns(&Expr::parse(query).unwrap(), &table);
        assert_eq!(found.as_ref().map(Expr::as_sql), named, "{query}");
    }

    #[test]
    fn a_star_is_what_an_insert_without_columns_takes() {
        names("SELECT * FROM d.t", Some("SELECT a, `b c` FROM d.t"));
        names(
            "SELECT *, a * 2 AS x FROM d.t WHERE a > 1",
            Some("SELECT a, `b c`, a * 2 AS x FROM d.t WHERE a > 1"),
        );
        names(
            "SELECT 1 AS one, t.* FROM d.t",
            Some("SELECT 1 AS one, a, `b c` FROM d.t"),
        );
        names("SELECT * EXCEPT a FROM d.t", Some("SELECT `b c` FROM d.t"));
        names(
            "SELECT * EXCEPT (`b c`, q), 1 AS x FROM d.t",
            Some("SELECT a, 1 AS x FROM d.t"),
        );
        names("SELECT count(*) FROM d.t", Some("SELECT count(*) FROM d.t"));
    }

    #[test]
    fn what_is_more_than_a_list_of_one_table_stays() {
        names("SELECT * REPLACE (1 AS a) FROM d.t", None);
        names("SELECT * APPLY toString FROM d.t", None);
        names("SELECT * EXCEPT STRICT a FROM d.t", None);
        names("SELECT *, COLUMNS('a') FROM d.t", None);
        names("SELECT * FROM (SELECT * FROM d.t)", None);
        names("SELECT * FROM d.t ARRAY JOIN a", None);
    }
}
