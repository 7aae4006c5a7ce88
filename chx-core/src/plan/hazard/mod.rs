//! What a plan endangers: one hazard a file, each with a code and a way out.
//!
//! A hazard looks at one step at a time. It asks for what it wants to know of a database; with an answer it speaks in
//! numbers, without one in general, and where the answer says that nothing is endangered it says so or keeps silent.
//! It never changes a plan.

mod access_by_old_name;
mod codec_for_new_parts;
mod constraint_on_old_rows;
mod data_loss;
mod default_rewrites_past;
mod disk_too_small;
mod distributed_stays;
mod ends_access;
mod enum_values;
mod failing_cast;
mod frozen_view_types;
mod function_stays_inlined;
mod keeps_old_values;
mod keeps_other_definition;
mod materialized_stays_old;
mod new_member_on_old_parts;
mod null_becomes_default;
mod opens_rows;
mod populate;
mod query_beyond_target;
mod raw_statement;
mod raw_value;
mod reader_loses_source;
mod refresh_overwrites;
mod rename_under_reader;
mod renamed_target;
mod replaced_inner_table;
mod star_view;
mod stuck_mutation;
mod taken_collection_goes;
mod ttl_deletes;
mod values_out_of_reach;
mod view_misses_past_rows;
mod volatile_default;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::ddl::{AlterCommand, ColumnChange, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Column, Object, ObjectId, Schema, Table};
use crate::pair::Pair;
use crate::sql::Expr;

use super::collections;
use super::facts::{Count, Facts, Questions, TableFacts};
use super::functions::functions_of;
use super::old_names::OldNames;
use super::readers::Readers;
use super::{Plan, Step};

/// A finding about one step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The step, counted from 1.
    pub step: usize,
    /// What it endangers.
    #[serde(flatten)]
    pub finding: Diagnostic,
}

type Check = fn(&mut Look<'_>);

/// All hazards, by code.
const HAZARDS: [Check; 34] = [
    data_loss::check,
    failing_cast::check,
    default_rewrites_past::check,
    ttl_deletes::check,
    rename_under_reader::check,
    new_member_on_old_parts::check,
    view_misses_past_rows::check,
    enum_values::check,
    null_becomes_default::check,
    materialized_stays_old::check,
    query_beyond_target::check,
    renamed_target::check,
    constraint_on_old_rows::check,
    codec_for_new_parts::check,
    star_view::check,
    frozen_view_types::check,
    populate::check,
    replaced_inner_table::check,
    reader_loses_source::check,
    distributed_stays::check,
    stuck_mutation::check,
    disk_too_small::check,
    volatile_default::check,
    values_out_of_reach::check,
    keeps_other_definition::check,
    refresh_overwrites::check,
    function_stays_inlined::check,
    raw_statement::check,
    raw_value::check,
    opens_rows::check,
    ends_access::check,
    access_by_old_name::check,
    keeps_old_values::check,
    taken_collection_goes::check,
];

/// All findings about a plan, in the order of its steps, and what there was to ask.
pub(super) fn check(plan: &Plan, schemas: Pair<&Schema>, facts: &Facts) -> (Vec<Hazard>, Questions) {
    let around = Surroundings::new(plan, schemas, facts);
    let mut hazards: Vec<Hazard> = Vec::new();
    let mut sizes = Vec::new();
    let mut counts = Vec::new();
    for (index, step) in plan.steps.iter().enumerate() {
        let mut look = Look::at(index, step, &around);
        look.ask_for_size();
        for hazard in HAZARDS {
            hazard(&mut look);
        }
        sizes.append(&mut look.sizes);
        counts.append(&mut look.counts);
        for finding in look.found {
            // Two steps about one column may find the same.
            let near = hazards.iter().rev().take(NEAR);
            if !near.into_iter().any(|earlier| earlier.finding == finding) {
                hazards.push(Hazard {
                    step: index + 1,
                    finding,
                });
            }
        }
    }
    let tables: BTreeSet<&QualifiedName> = sizes.into_iter().collect();
    let questions = Questions {
        tables: tables.into_iter().cloned().collect(),
        counts: counts.into_iter().collect(),
    };
    (hazards, questions)
}

/// How far back a repeated finding can stand: the steps of one table are few.
const NEAR: usize = 16;

/// What all looks at one plan share.
struct Surroundings<'a> {
    schemas: Pair<&'a Schema>,
    facts: &'a Facts,
    /// What objects say with `raw("...")`.
    raw: &'a BTreeMap<ObjectId, Vec<String>>,
    /// Made when the first hazard wants to know who reads something.
    readers: OnceCell<Pair<Readers<'a>>>,
    /// Made when a function changes: what calls which.
    calls: OnceCell<Vec<(&'a Object, BTreeSet<Ident>)>>,
    /// What steps are about, with the last of them: a view whose query follows a change is no victim of it.
    changed: BTreeMap<&'a ObjectId, usize>,
    /// Renamed tables: what they were called before the plan.
    old_tables: OldNames<'a>,
    /// Renamed columns, by the table's name then: what they were called before the plan.
    old_columns: BTreeMap<(&'a QualifiedName, &'a Ident), &'a Ident>,
}

impl<'a> Surroundings<'a> {
    fn new(plan: &'a Plan, schemas: Pair<&'a Schema>, facts: &'a Facts) -> Self {
        let mut around = Self {
            schemas,
            facts,
            raw: &plan.raw,
            readers: OnceCell::new(),
            calls: OnceCell::new(),
            changed: plan
                .steps
                .iter()
                .enumerate()
                .map(|(index, step)| (&step.object, index))
                .collect(),
            old_tables: OldNames::default(),
            old_columns: BTreeMap::new(),
        };
        for step in &plan.steps {
            around.old_tables.follow(&step.statement);
            if let Statement::AlterTable(alter) = &step.statement {
                for command in &alter.commands {
                    if let AlterCommand::RenameColumn { from, to, .. } = command {
                        let first = around.old_columns.remove(&(&alter.name, from)).unwrap_or(from);
                        around.old_columns.insert((&alter.name, to), first);
                    }
                }
            }
        }
        around
    }

    /// Who reads what, before the plan and after it.
    fn readers(&self) -> &Pair<Readers<'a>> {
        self.readers.get_or_init(|| {
            let elsewhere = &self.facts.elsewhere;
            self.schemas.map(|schema| Readers::of([schema, elsewhere]))
        })
    }
}

/// What a hazard looks at.
struct Look<'a> {
    step: &'a Step,
    index: usize,
    around: &'a Surroundings<'a>,
    /// The table that an ALTER is about, as it is before the plan: nearly every hazard wants it.
    altered: Option<&'a Table>,
    found: Vec<Diagnostic>,
    /// Tables whose sizes were asked for.
    sizes: Vec<&'a QualifiedName>,
    /// Rows that were asked to be counted.
    counts: Vec<Count>,
}

impl<'a> Look<'a> {
    fn at(index: usize, step: &'a Step, around: &'a Surroundings<'a>) -> Self {
        let mut look = Self {
            step,
            index,
            around,
            altered: None,
            found: Vec::new(),
            sizes: Vec::new(),
            counts: Vec::new(),
        };
        if let Statement::AlterTable(alter) = &step.statement {
            look.altered = around.schemas.before.table(look.old_name(&alter.name));
        }
        look
    }

    fn statement(&self) -> &'a Statement {
        &self.step.statement
    }

    fn schemas(&self) -> Pair<&'a Schema> {
        self.around.schemas
    }

    fn push(
        &mut self,
        severity: Severity,
        code: Code,
        subject: impl std::fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found
            .push(Diagnostic::new(code, severity, subject, message).help(help));
    }

    /// The table that an ALTER is about, as it is before the plan, with the commands.
    fn altered_table(&self) -> Option<(&'a Table, &'a [AlterCommand])> {
        let Statement::AlterTable(alter) = &self.step.statement else {
            return None;
        };
        Some((self.altered?, &alter.commands))
    }

    /// The name that a table had before the plan.
    fn old_name(&self, name: &'a QualifiedName) -> &'a QualifiedName {
        self.around.old_tables.of(name)
    }

    /// A column as it is before the plan, found by the name that it has at this step.
    fn old_column(&self, table: &'a Table, name: &'a Ident) -> Option<&'a Column> {
        let Statement::AlterTable(alter) = &self.step.statement else {
            return None;
        };
        let old = self.around.old_columns.get(&(&alter.name, name));
        table.column(old.copied().unwrap_or(name).as_str())
    }

    /// The changes of columns in an ALTER, with the columns as they are before the plan.
    fn column_changes(&self) -> Vec<(&'a Table, &'a Column, &'a ColumnChange)> {
        let Some((table, commands)) = self.altered_table() else {
            return Vec::new();
        };
        commands
            .iter()
            .filter_map(|command| match command {
                AlterCommand::ModifyColumn(change) => {
                    Some((table, self.old_column(table, &change.name)?, &**change))
                }
                _ => None,
            })
            .collect()
    }

    /// What reads a relation before the plan, and with a column, what names it.
    fn readers_before(&self, name: &QualifiedName, column: Option<&Ident>) -> Vec<&'a Object> {
        self.around.readers().before.of_relation(name, column)
    }

    /// What reads a relation after the plan, and with a column, what names it.
    fn readers_after(&self, name: &QualifiedName, column: Option<&Ident>) -> Vec<&'a Object> {
        self.around.readers().after.of_relation(name, column)
    }

    /// The objects in databases that were there before and stay, each with the functions that it calls.
    fn calls(&self) -> &'a [(&'a Object, BTreeSet<Ident>)] {
        let Pair { before, after } = self.around.schemas;
        self.around.calls.get_or_init(|| {
            let stay = after
                .iter()
                .filter(|(id, _)| id.relation().is_some() && before.contains(id));
            stay.map(|(_, object)| (object, functions_of(object))).collect()
        })
    }

    /// What takes a named collection after the plan.
    fn takers_of(&self, collection: &Ident) -> Vec<&'a Object> {
        let Surroundings { schemas, facts, .. } = self.around;
        [schemas.after, &facts.elsewhere]
            .into_iter()
            .flat_map(Schema::objects)
            .filter(|object| collections::of_object(object).contains(collection))
            .collect()
    }

    /// Is there a later step about the object?
    fn follows(&self, object: &Object) -> bool {
        let id = object.id();
        // A view that is renamed itself is changed under its new name.
        let renamed = self
            .around
            .old_tables
            .iter()
            .find(|(_, old)| id.relation() == Some(*old))
            .map(|(new, _)| ObjectId::Relation(new.clone()));
        let last = self.around.changed.get(renamed.as_ref().unwrap_or(&id));
        last.is_some_and(|last| *last > self.index)
    }

    /// Does any step change the object?
    fn is_changed(&self, object: &Object) -> bool {
        self.around.changed.contains_key(&object.id())
    }

    /// Asks how large a table is.
    fn size(&mut self, table: &'a QualifiedName) -> Option<&'a TableFacts> {
        let table = self.old_name(table);
        // A table that the plan creates has no size yet.
        let is_altered = self.altered.is_some_and(|altered| altered.name == *table);
        if !is_altered && self.schemas().before.relation(table).is_none() {
            return None;
        }
        if self.sizes.last() != Some(&table) {
            self.sizes.push(table);
        }
        self.around.facts.tables.get(table)
    }

    /// Asks for the sizes of the tables that the step is about, whatever its hazards are: they are what it costs.
    fn ask_for_size(&mut self) {
        match self.statement() {
            Statement::AlterTable(alter) => self.size(&alter.name),
            Statement::Drop(drop) => self.size(&drop.name),
            Statement::Rename(rename) => self.size(&rename.from),
            _ => None,
        };
    }

    /// A condition over columns that the plan adds or renames cannot be asked about before the plan.
    fn can_be_asked(&self, table: &Table, condition: &str) -> bool {
        let (Some(after), Ok(condition)) = (self.schemas().after.table(&table.name), Expr::parse(condition))
        else {
            return false;
        };
        after.columns.iter().all(|column| {
            table.column(column.name.as_str()).is_some() || !condition.reads_column(column.name.as_str())
        })
    }

    /// Asks how many rows of a table fulfil a condition; also gives the question.
    fn count(&mut self, table: &Table, condition: String) -> (Option<u64>, String) {
        let count = Count {
            table: table.name.clone(),
            condition,
        };
        let answer = self.around.facts.counts.get(&count).copied();
        let query = count.query();
        self.counts.push(count);
        (answer, query)
    }
}

/// Names in a sentence: `a`, `b` and `c`.
fn list<'a>(objects: impl IntoIterator<Item = &'a Object>) -> String {
    let names: BTreeSet<String> = objects
        .into_iter()
        .map(|object| format!("`{}`", object.id()))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
