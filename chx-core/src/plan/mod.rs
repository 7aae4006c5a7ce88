//! From two schemas to the statements that lead from one to the other.
//!
//! Decides which statements, in which order, with what risk and cost. The planner is a list of pushes and one
//! sort; a plan is only handed out after its statements, carried out on the first schema, gave the second one. It
//! refuses to guess: a table that no ALTER can change is never dropped and created again but listed as a
//! [`Rebuild`], and a rename is a rename only where a hint says so.

pub(crate) mod access;
mod amount;
mod assess;
mod collections;
mod cost;
mod facts;
mod functions;
mod hazard;
mod impact;
pub(crate) mod old_names;
mod order;
mod push;
mod readers;
mod rebuild;
mod renames;
mod reverse;
mod step;
mod workloads;

use std::collections::BTreeMap;

use crate::ddl::Statement;
use crate::model::{ObjectId, Schema};
use crate::pair::Pair;
use crate::simulate::ApplyError;

pub use access::access_statements;
pub(crate) use access::opens_rows;
pub use amount::{Amount, Bytes, Seconds};
pub use assess::assess;
pub use facts::{ColumnFacts, Count, Facts, Questions, RowPolicy, Speed, StuckMutation, TableFacts};
use functions::functions_of;
pub use hazard::Hazard;
pub use impact::{Impact, Reader, Size};
pub use order::{needs_of, relations_of};
pub use rebuild::{CopyMethod, Rebuild};
pub use renames::Renames;
pub use step::{Cost, Phase, Reverse, Risk, Step};

/// The statements that lead from one schema to another, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Plan {
    /// The steps in the order of execution.
    pub steps: Vec<Step>,
    /// Tables that would have to be built anew. A plan with one of these does not reach the second schema.
    pub rebuilds: Vec<Rebuild>,
    /// What the plan endangers, said in general: the same for every database.
    pub hazards: Vec<Hazard>,
    /// What the objects of the second schema say with `raw("...")`.
    #[serde(skip)]
    raw: BTreeMap<ObjectId, Vec<String>>,
    /// The way back, where it is not the steps in reverse order.
    #[serde(skip)]
    back: Option<Vec<Statement>>,
}

/// One thing that a plan wants done, with its index among its like.
#[derive(Debug, Clone, Copy)]
pub enum Planned<'a> {
    /// A statement.
    Step(usize, &'a Step),
    /// A table, or a database, that has to be built anew.
    Rebuild(usize, &'a Rebuild),
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Objects that read each other: no order creates them.
    #[error("these objects read each other, so none can be created first: {}", list(.members))]
    Cycle {
        /// The members, by name.
        members: Vec<ObjectId>,
    },
    /// Objects that would have to be created with a secret that a server hides.
    #[error(
        "a server hides secrets in the definitions of these objects, and `[HIDDEN]` is not their value: {}; write `'env:NAME'` or `'file:PATH'` there",
        list(.objects)
    )]
    HiddenSecret {
        /// The objects.
        objects: Vec<ObjectId>,
    },
    /// A statement of the plan could not be carried out in thought. This is a defect of chx.
    #[error("the plan does not work, which is a defect of chx: statement {step} on `{object}`: {source}")]
    Unsound {
        /// The step, counted from 1.
        step: usize,
        /// What the step is about.
        object: ObjectId,
        /// What was refused.
        source: Box<ApplyError>,
    },
    /// The plan, carried out in thought, does not give the second schema. This is a defect of chx.
    #[error("the plan does not reach its goal, which is a defect of chx: {} would still differ", list(.remaining))]
    Incomplete {
        /// The objects that would still differ.
        remaining: Vec<ObjectId>,
    },
}

fn list(ids: &[ObjectId]) -> String {
    ids.iter()
        .map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Plans the way from one schema to another.
pub fn plan(schemas: Pair<&Schema>, renames: &Renames) -> Result<Plan, PlanError> {
    plan_from(Before::Declared, schemas, renames)
}

/// As [`plan`], where the first schema is what a server stores: the bodies of functions stand in it already, and a function
/// that changes takes nothing along.
pub fn plan_of_stored(schemas: Pair<&Schema>, renames: &Renames) -> Result<Plan, PlanError> {
    plan_from(Before::Stored, schemas, renames)
}

/// What the first schema of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// What somebody wrote: it calls functions.
    Declared,
    /// What a server made of that.
    Stored,
}

/// Plans the way from a schema that is one of the two.
///
/// # Errors
/// As [`plan`].
pub fn plan_from(is: Before, schemas: Pair<&Schema>, renames: &Renames) -> Result<Plan, PlanError> {
    let renames = renames.effective(schemas);
    let mut plan = one_way(is, schemas, &renames)?;
    if plan.steps.iter().any(is_followed) || push::star::has_star(schemas.after) {
        plan.back = back(schemas, &renames);
    }
    Ok(plan)
}

/// Do other steps follow this one, or does it follow others? Readers follow what is renamed, views that change follow the
/// columns that they name, and callers follow functions.
fn is_followed(step: &Step) -> bool {
    match step.phase {
        Phase::Rename | Phase::RenameColumn => true,
        Phase::DropReader | Phase::Query | Phase::CreateFunction => step.probe.before().is_some(),
        _ => false,
    }
}

/// The way back as a plan of its own, where steps follow each other. They have to on the way back as well: in reverse
/// order they would bring readers back before there is what they read.
fn back(schemas: Pair<&Schema>, renames: &Renames) -> Option<Vec<Statement>> {
    let schemas = Pair {
        before: schemas.after,
        after: schemas.before,
    };
    let reversed = renames.reversed();
    let effective = reversed.effective(schemas);
    if effective.relations != reversed.relations || effective.columns != reversed.columns {
        // A new one has an old name: it has to go before the name can be given back, as in reverse order.
        return None;
    }
    let plan = one_way(Before::Declared, schemas, &effective).ok()?;
    // A database stays: it may hold what chx does not manage.
    let stays = |statement: &Statement| matches!(statement, Statement::DropDatabase { .. });
    let statements = plan.steps.into_iter().map(|step| step.statement);
    plan.rebuilds
        .is_empty()
        .then(|| statements.filter(|statement| !stays(statement)).collect())
}

fn one_way(is: Before, schemas: Pair<&Schema>, renames: &Renames) -> Result<Plan, PlanError> {
    let mut pushed = push::Pushed::default();
    push::databases(schemas, &mut pushed);
    push::functions(schemas, &mut pushed);
    collections::push(schemas, &mut pushed);
    workloads::push(schemas, &mut pushed);
    access::push(schemas, &mut pushed);
    push::renamed_relations(schemas, renames, &mut pushed);
    let changed_functions = match is {
        Before::Declared => functions::changed(schemas),
        Before::Stored => std::collections::BTreeSet::new(),
    };
    push::wanted_relations(schemas, renames, &changed_functions, &mut pushed);
    push::gone_relations(schemas, renames, &mut pushed);
    push::star::step_aside(schemas, renames, &mut pushed);

    if !pushed.hidden.is_empty() {
        pushed.hidden.sort();
        pushed.hidden.dedup();
        return Err(PlanError::HiddenSecret {
            objects: pushed.hidden,
        });
    }
    let mut plan = Plan {
        steps: order::sort(pushed.steps, schemas)?,
        rebuilds: pushed.rebuilds,
        hazards: Vec::new(),
        raw: renames.raw.clone(),
        back: None,
    };
    plan.rebuilds.sort_by(|a, b| a.object.cmp(&b.object));
    rebuild::find_places(&mut plan.rebuilds, &plan.steps);
    rebuild::find_readers(&mut plan.rebuilds, schemas);
    let touched = pushed.touched.into_iter().collect();
    step::carry_out(&mut plan, schemas, &touched)?;
    plan.hazards = hazard::check(&plan, schemas, &Facts::default()).0;
    Ok(plan)
}

impl Plan {
    /// Is there nothing to do and nothing refused?
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.rebuilds.is_empty()
    }

    /// Steps and rebuilds in the order in which they have to be done.
    pub fn in_order(&self) -> impl Iterator<Item = Planned<'_>> {
        let at = |place: usize| {
            let rebuilds = self.rebuilds.iter().enumerate();
            let here = rebuilds.filter(move |(_, rebuild)| rebuild.after == place);
            here.map(|(index, rebuild)| Planned::Rebuild(index, rebuild))
        };
        let steps = self.steps.iter().enumerate();
        steps
            .flat_map(move |(index, step)| at(index).chain([Planned::Step(index, step)]))
            .chain(at(self.steps.len()))
    }

    /// What the plan would like to know of the database that it is for.
    pub fn questions(&self, schemas: Pair<&Schema>) -> Questions {
        let mut questions = hazard::check(self, schemas, &Facts::default()).1;
        let rebuilt = self
            .rebuilds
            .iter()
            .filter_map(|rebuild| rebuild.definition.before.id().relation().cloned());
        questions.tables.extend(rebuilt);
        questions
    }

    /// What the plan endangers in the database that the facts are about, in numbers where they are known.
    pub fn hazards_with(&self, schemas: Pair<&Schema>, facts: &Facts) -> Vec<Hazard> {
        hazard::check(self, schemas, facts).0
    }

    /// The statements that take the plan back, in order, and what does not come back by them.
    pub fn down(&self) -> Reverse {
        let mut down = Reverse::default();
        for step in self.steps.iter().rev() {
            down.statements.extend(step.reverse.statements.iter().cloned());
            down.lost.extend(step.reverse.lost.iter().cloned());
            down.impossible.extend(step.reverse.impossible.iter().cloned());
        }
        if let Some(back) = &self.back {
            down.statements.clone_from(back);
        }
        down
    }
}
