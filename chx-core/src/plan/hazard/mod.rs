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
use crate::ident::QualifiedName;
use crate::model::{Schema, Table};
use crate::pair::Pair;

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

    /// The views and materialized views that read a relation before the plan.
    fn readers_of(&self, name: &QualifiedName) -> Vec<&'a QualifiedName> {
        let reads = |query, database| crate::sql::relations(query, database).contains(name);
        self.schemas
            .before
            .objects()
            .filter_map(|object| match object {
                crate::model::Object::View(view) => {
                    reads(&view.query, &view.name.database).then_some(&view.name)
                }
                crate::model::Object::MaterializedView(view) => {
                    reads(&view.query, &view.name.database).then_some(&view.name)
                }
                crate::model::Object::Database(_) | crate::model::Object::Table(_) => None,
            })
            .collect()
    }
}
