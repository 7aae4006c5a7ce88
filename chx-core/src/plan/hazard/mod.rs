//! What a plan endangers: one hazard a file, each with a code and a way out.
//!
//! A hazard looks at one step at a time and speaks in general; with facts from a database (rows, bytes, readers) the
//! same hazard will speak in numbers. It never changes a plan.

mod data_loss;
mod failing_cast;
mod new_member_on_old_parts;
mod past_values;
mod rename_under_reader;
mod ttl_deletes;
mod view_misses_past_rows;

use crate::ddl::{AlterCommand, Statement};
use crate::diag::Diagnostic;
use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, Schema, Table};
use crate::pair::Pair;
use crate::sql::Expr;

use super::{Plan, Step};

/// What a hazard looks at.
struct Look<'a> {
    step: &'a Step,
    schemas: Pair<&'a Schema>,
}

type Hazard = fn(&Look<'_>, &mut Vec<Diagnostic>);

/// All hazards, by code.
const HAZARDS: [Hazard; 7] = [
    data_loss::check,
    failing_cast::check,
    past_values::check,
    ttl_deletes::check,
    rename_under_reader::check,
    new_member_on_old_parts::check,
    view_misses_past_rows::check,
];

/// All findings about a plan, in the order of its steps.
pub(super) fn check(plan: &Plan, schemas: Pair<&Schema>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for step in &plan.steps {
        for hazard in HAZARDS {
            hazard(&Look { step, schemas }, &mut found);
        }
    }
    // Two steps about one column may find the same.
    let mut seen: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for finding in found {
        if !seen.iter().rev().take(NEAR).any(|earlier| *earlier == finding) {
            seen.push(finding);
        }
    }
    seen
}

/// How far back a repeated finding can stand: the steps of one table are few.
const NEAR: usize = 16;

impl<'a> Look<'a> {
    /// The table that an ALTER is about, as it is before the plan, with the commands.
    fn altered_table(&self) -> Option<(&'a Table, &'a [AlterCommand])> {
        let Statement::AlterTable(alter) = &self.step.statement else {
            return None;
        };
        // Under its new name, the table was somewhere else before.
        let table = self
            .schemas
            .before
            .table(&alter.name)
            .or_else(|| self.schemas.after.table(&alter.name))?;
        Some((table, &alter.commands))
    }

    /// The views and materialized views that read a relation before the plan; with a column, only those whose query
    /// names it or says `*`.
    fn readers_of(&self, name: &QualifiedName, column: Option<&Ident>) -> Vec<&'a QualifiedName> {
        let reads = |query: &Expr, database: &Ident| {
            crate::sql::relations(query, database).contains(name)
                && column.is_none_or(|column| names_column(query, column.as_str()))
        };
        self.schemas
            .before
            .objects()
            .filter_map(|object| match object {
                Object::View(view) => reads(&view.query, &view.name.database).then_some(&view.name),
                Object::MaterializedView(view) => {
                    reads(&view.query, &view.name.database).then_some(&view.name)
                }
                Object::Database(_) | Object::Table(_) => None,
            })
            .collect()
    }
}

/// Does a query name the column, with or without its table, or take all columns?
fn names_column(query: &Expr, column: &str) -> bool {
    let last_part =
        |reference: crate::sql::Reference<'_>| reference.parts.last().is_some_and(|part| part == column);
    let sql = query.as_sql();
    sql.contains('*') || sql.contains("COLUMNS(") || query.references().any(last_part)
}
