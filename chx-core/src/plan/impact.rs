//! What a step touches besides its own object: who reads what it changes, and how much there is to rewrite.
//!
//! Who reads is found in the schema, with or without a database. Sizes are the server's own words; the bytes that a
//! mutation writes follow how ClickHouse stores parts: a wide part has a file for each column, so that a change of one
//! column writes that column only, a compact part is written as a whole.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ddl::{AlterCommand, Statement};
use crate::ident::{Ident, QualifiedName};
use crate::model::{Object, Schema, Table};
use crate::pair::Pair;
use crate::sql::Expr;

use super::facts::{Facts, RowPolicy, TableFacts};
use super::old_names::OldNames;
use super::readers::Readers;
use super::{Cost, Plan, Step};

/// What a step touches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// What reads what the step changes, by kind and name.
    pub readers: Vec<Reader>,
    /// How much there is, if a database said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
}

/// Something that reads what a step changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reader {
    /// `view`, `materialized view`, `dictionary`, `Distributed`, `projection`, `index`, `constraint`, `row policy`...
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// How much a step has to do with, in the server's numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Rows of the table.
    pub rows: u64,
    /// Bytes of the table on disk, compressed.
    pub bytes: u64,
    /// Parts that are touched: all of them by a mutation, none by metadata.
    pub parts: u64,
    /// Bytes that are written anew, and so the disk that has to be free meanwhile.
    pub bytes_rewritten: u64,
    /// Bytes that are free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes_free: Option<u64>,
    /// Seconds that it may take, as fast as this server rewrote parts before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
}

impl Plan {
    /// What each step touches, in the order of the steps.
    pub fn impacts(&self, schemas: Pair<&Schema>, facts: &Facts) -> Vec<Impact> {
        let known = Readers::of([schemas.before, &facts.elsewhere]);
        let mut old_names = OldNames::default();
        let mut impacts = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            old_names.follow(&step.statement);
            let Some(name) = step.object.relation() else {
                impacts.push(Impact::default());
                continue;
            };
            let name = old_names.of(name);
            let size = facts.tables.get(name).map(|table| size_of(step, table, facts));
            let readers = readers_of(step, name, schemas.before, &known, &facts.policies);
            impacts.push(Impact { readers, size });
        }
        impacts
    }
}

fn size_of(step: &Step, table: &TableFacts, facts: &Facts) -> Size {
    let bytes_rewritten = bytes_rewritten(step, table);
    Size {
        rows: table.rows,
        bytes: table.bytes,
        parts: if step.cost == Cost::Metadata {
            0
        } else {
            table.parts
        },
        bytes_rewritten,
        bytes_free: table.free_disk,
        seconds: facts
            .speed
            .filter(|_| bytes_rewritten > 0)
            .and_then(|speed| bytes_rewritten.checked_div(speed.bytes_per_second)),
    }
}

/// How many bytes a step writes anew.
pub(super) fn bytes_rewritten(step: &Step, table: &TableFacts) -> u64 {
    let Statement::AlterTable(alter) = &step.statement else {
        return 0;
    };
    if step.cost == Cost::Metadata {
        return 0;
    }
    let column = |name: &Ident| table.columns.get(name.as_str()).map_or(0, |column| column.bytes);
    let mut wide = 0_u64;
    for command in &alter.commands {
        wide = wide.saturating_add(match command {
            // Rows go, so every column is written.
            AlterCommand::ModifyTtl { .. } => return table.bytes,
            AlterCommand::ModifyColumn(change) => column(&change.name),
            AlterCommand::MaterializeColumn { name } => column(name),
            // Files are linked under another name, or left out.
            _ => 0,
        });
    }
    wide.saturating_add(table.compact_bytes).min(table.bytes)
}

fn readers_of(
    step: &Step,
    name: &QualifiedName,
    before: &Schema,
    known: &Readers<'_>,
    policies: &[RowPolicy],
) -> Vec<Reader> {
    let mut found: BTreeSet<Reader> = BTreeSet::new();
    let about = |policy: &&RowPolicy| {
        policy.database == name.database && policy.table.as_ref().is_none_or(|table| *table == name.name)
    };
    match &step.statement {
        Statement::AlterTable(alter) => {
            let table = before.table(name);
            for column in changed_columns(&alter.commands) {
                found.extend(
                    known
                        .of_relation(name, Some(column))
                        .into_iter()
                        .map(object_reader),
                );
                if let Some(table) = table {
                    found.extend(members_reading(table, column));
                }
                found.extend(
                    policies
                        .iter()
                        .filter(about)
                        .filter(|policy| {
                            Expr::parse(&policy.filter)
                                .is_ok_and(|filter| filter.reads_column(column.as_str()))
                        })
                        .map(policy_reader),
                );
            }
        }
        Statement::Drop(_) | Statement::Rename(_) | Statement::Exchange { .. } => {
            found.extend(known.of_relation(name, None).into_iter().map(object_reader));
            found.extend(known.writers_of(name).iter().copied().map(object_reader));
            found.extend(policies.iter().filter(about).map(policy_reader));
        }
        // A replaced view changes what its readers see.
        Statement::CreateView(_) if before.relation(name).is_some() => {
            found.extend(known.of_relation(name, None).into_iter().map(object_reader));
        }
        _ => {}
    }
    found.into_iter().collect()
}

/// An object as a reader.
pub(super) fn object_reader(object: &Object) -> Reader {
    Reader {
        kind: kind_of(object),
        name: object.id().to_string(),
    }
}

fn policy_reader(policy: &RowPolicy) -> Reader {
    Reader {
        kind: "row policy".to_owned(),
        name: policy.name.clone(),
    }
}

fn kind_of(object: &Object) -> String {
    match object {
        Object::Table(table)
            if matches!(
                table.storage.engine.name.as_str(),
                "Alias" | "Distributed" | "Buffer" | "Merge"
            ) =>
        {
            table.storage.engine.name.clone()
        }
        other => other.kind().noun().to_owned(),
    }
}

/// The columns, by the names that they have before the command, whose values or names a command changes.
fn changed_columns(commands: &[AlterCommand]) -> impl Iterator<Item = &Ident> {
    commands.iter().filter_map(|command| match command {
        AlterCommand::DropColumn { name, .. } | AlterCommand::RenameColumn { from: name, .. } => Some(name),
        AlterCommand::ModifyColumn(change)
            if change.data_type.is_some() || change.default.is_some() || change.ttl.is_some() =>
        {
            Some(&change.name)
        }
        AlterCommand::RemoveColumnProperty { name, .. } => Some(name),
        _ => None,
    })
}

/// The table's own members that read a column.
fn members_reading(table: &Table, column: &Ident) -> Vec<Reader> {
    let mut found = Vec::new();
    let mut push = |kind: &str, name: &Ident| {
        found.push(Reader {
            kind: kind.to_owned(),
            name: format!("{}.{name}", table.name),
        });
    };
    let reads = |expr: &Expr| expr.reads_column(column.as_str());
    for index in table.indexes.iter().filter(|index| reads(&index.expr)) {
        push("index", &index.name);
    }
    for projection in table
        .projections
        .iter()
        .filter(|projection| reads(&projection.body))
    {
        push("projection", &projection.name);
    }
    for constraint in table
        .constraints
        .iter()
        .filter(|constraint| reads(&constraint.expr))
    {
        push("constraint", &constraint.name);
    }
    for other in table.columns.iter().filter(|other| {
        let default = other.default.as_ref().and_then(|default| default.expr.as_ref());
        other.name != *column && default.is_some_and(reads)
    }) {
        push("column", &other.name);
    }
    found
}
