//! From a plan to the migration that carries it out.

use std::collections::BTreeSet;

use super::loss::of_statement;
use super::migration::{Migration, Note, ObjectChange, ObjectState, Seal, SqlStep, StepLabel};
use super::{Expect, MigrationId, touched_by};
use crate::ddl::{AlterCommand, Statement, render};
use crate::model::{ObjectId, Schema};
use crate::pair::Pair;
use crate::plan::{Cost, Plan, Risk};

impl Migration {
    /// The migration that carries out a plan between two schemas.
    pub fn of_plan(id: MigrationId, schemas: Pair<&Schema>, plan: &Plan) -> Self {
        let touched: BTreeSet<ObjectId> = plan
            .steps
            .iter()
            .flat_map(|step| touched_by(&step.statement, schemas.before))
            .collect();
        let objects = touched.iter().filter_map(|id| {
            let state = Pair {
                before: ObjectState::in_schema(schemas.before, id),
                after: ObjectState::in_schema(schemas.after, id),
            };
            let exists = state.before.is_some() || state.after.is_some();
            exists.then(|| ObjectChange {
                id: id.clone(),
                state,
            })
        });
        let up = plan.steps.iter().map(|step| SqlStep {
            label: Some(StepLabel {
                object: step.object.clone(),
                risk: step.risk,
                cost: step.cost,
            }),
            notes: notes_of(&step.statement),
            probe: None,
            effects: effects_of(&step.statement),
            sql: render(&step.statement),
        });
        let back = plan.down();
        Self {
            id,
            notes: plan
                .hazards
                .iter()
                .flat_map(|hazard| {
                    let finding = &hazard.finding;
                    let help = finding
                        .help
                        .as_ref()
                        .map_or_else(String::new, |help| format!("\nhelp: {help}"));
                    Note::lines(&format!(
                        "{}[{}] {}: {}{help}",
                        finding.severity, finding.code, finding.subject, finding.message
                    ))
                })
                .collect(),
            seal: Seal::Sealed(objects.collect()),
            expects: Expect::of_plan(plan, schemas.before),
            up: up.collect(),
            down: way_back(back.statements, schemas.after),
            lost: back
                .impossible
                .iter()
                .chain(&back.lost)
                .flat_map(|what| Note::lines(what))
                .collect(),
        }
    }

    /// A migration that somebody is about to write by hand.
    pub fn empty(id: MigrationId) -> Self {
        Self {
            id,
            notes: Note::lines(
                "Write the statements below `chx:up`, and those that take them back below `chx:down`.\nThen run `chx-migrate seal`.",
            ),
            seal: Seal::Draft,
            expects: Vec::new(),
            up: Vec::new(),
            down: Vec::new(),
            lost: Vec::new(),
        }
    }
}

/// What readers of the file have to know of a statement.
fn notes_of(statement: &Statement) -> Vec<Note> {
    match statement {
        Statement::CreateRaw(_) => {
            Note::lines("raw: chx does not read all of this statement and sends it as it is")
        }
        _ => Vec::new(),
    }
}

/// A statement that chx does not read all of has its effect beside it.
fn effects_of(statement: &Statement) -> Option<Vec<Statement>> {
    matches!(statement, Statement::CreateRaw(_)).then(|| vec![statement.clone()])
}

/// The statements of the way back, each with what it risks and costs.
fn way_back(statements: Vec<Statement>, after: &Schema) -> Vec<SqlStep> {
    // What an ALTER loses depends on the columns as they are then; everything else on what kind of object it is.
    let is_alter = |statement: &Statement| matches!(statement, Statement::AlterTable(_));
    let ids: BTreeSet<ObjectId> = statements
        .iter()
        .filter(|statement| is_alter(statement))
        .map(Statement::object)
        .collect();
    let mut altered = after.part(&ids);
    statements
        .into_iter()
        .map(|statement| {
            let object = statement.object();
            let is_alter = is_alter(&statement);
            let risk = if !of_statement(&statement, if is_alter { &altered } else { after }).is_empty() {
                Risk::Destructive
            } else if is_alter
                || matches!(
                    statement,
                    Statement::Drop(_) | Statement::Rename(_) | Statement::Exchange { .. }
                )
            {
                Risk::Caution
            } else {
                Risk::Safe
            };
            if is_alter {
                // What cannot be simulated only makes the words about later statements more careful.
                let _ = altered.apply(&statement);
            }
            let label = StepLabel {
                object,
                risk,
                cost: cost_of(&statement),
            };
            SqlStep {
                label: Some(label),
                notes: notes_of(&statement),
                probe: None,
                effects: effects_of(&statement),
                sql: render(&statement),
            }
        })
        .collect()
}

/// Does a statement rewrite parts?
pub(super) fn cost_of(statement: &Statement) -> Cost {
    let Statement::AlterTable(alter) = statement else {
        return Cost::Metadata;
    };
    let rewrites = alter.commands.iter().any(|command| match command {
        AlterCommand::ModifyColumn(change) => change.data_type.is_some() || change.ttl.is_some(),
        AlterCommand::DropColumn { .. }
        | AlterCommand::RenameColumn { .. }
        | AlterCommand::ModifyTtl { .. }
        | AlterCommand::DropIndex { .. }
        | AlterCommand::DropProjection { .. }
        | AlterCommand::MaterializeColumn { .. }
        | AlterCommand::MaterializeIndex { .. }
        | AlterCommand::MaterializeProjection { .. } => true,
        _ => false,
    });
    if rewrites { Cost::Mutation } else { Cost::Metadata }
}
