//! One step of a plan: one statement, and all that a person or a runner wants to know about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeStruct as _;

use crate::canon::is_like;
use crate::ddl::{AccessStatement, AlterCommand, Fill, OnExisting, Statement};
use crate::fingerprint::Fingerprint;
use crate::model::{Object, ObjectId, Schema};
use crate::pair::Pair;

use super::reverse::reverse;
use super::{Plan, PlanError};

/// When a step runs. The order of the variants is the order of execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Databases come first: everything lives in one.
    CreateDatabase,
    /// Named collections that are new or changed: tables, dictionaries and functions take them.
    CreateNamedCollection,
    /// Workloads, then resources, that make way for what cannot be while they are there.
    ClearWorkload,
    /// Resources, then workloads, parents before children.
    CreateWorkload,
    /// SQL functions that are new or changed: their bodies go into whatever is created or said again after them.
    CreateFunction,
    /// Settings profiles, roles and users that are new or changed: what names them comes later.
    CreateAccess,
    /// Views and materialized views that go: before the tables that they read, so that no insert fails on them.
    DropReader,
    /// Renames come before anything that uses the new names.
    Rename,
    /// New tables: before the views that read them or write into them.
    CreateTable,
    /// Column renames: before changes that use the new names.
    RenameColumn,
    /// What is new in tables, targets of materialized views before their sources.
    Extend,
    /// Column types that rewrite data: after new columns, before views that rely on the types.
    Rewrite,
    /// Views and materialized views that are new or changed: they may use what is new, they must stop using what
    /// goes.
    Query,
    /// Row policies and quotas, on tables that are there and before anybody may read those.
    Restrict,
    /// Privileges and roles, on what is there.
    Grant,
    /// TTLs delete rows, so they come late.
    Expire,
    /// What goes from tables, sources of materialized views before their targets.
    Shrink,
    /// Queries that named their columns while one went say `*` again.
    QueryAgain,
    /// Tables that go: nothing reads them any more.
    DropTable,
    /// Users, roles, quotas and profiles that go, and row policies, which hide rows until their table is gone.
    DropAccess,
    /// SQL functions that go: nothing calls them any more.
    DropFunction,
    /// Named collections that go: nothing takes them any more.
    DropNamedCollection,
    /// Workloads that go, children before parents, then resources.
    DropWorkload,
    /// Databases go when they are empty.
    DropDatabase,
}

/// What a step can do to data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Nothing is lost and nothing fails that worked.
    Safe,
    /// Can fail on the data, change what queries give, or delete rows by a rule that the schema states.
    Caution,
    /// Deletes rows or columns. Runs only with consent.
    Destructive,
}

/// What a step costs the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cost {
    /// Only metadata changes, whatever the size of the table.
    Metadata,
    /// Parts are rewritten in the background.
    Mutation,
    /// A table is written anew.
    Rebuild,
}

impl Risk {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Caution => "caution",
            Self::Destructive => "destructive",
        }
    }
}

impl Cost {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Mutation => "mutation",
            Self::Rebuild => "rebuild",
        }
    }
}

/// One statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The statement.
    pub statement: Statement,
    /// What it is about. A rename is about the new name.
    pub object: ObjectId,
    /// When it runs.
    pub phase: Phase,
    /// What it can do to data.
    pub risk: Risk,
    /// What it costs.
    pub cost: Cost,
    /// May it run twice? Otherwise the second run fails, and the server is asked whether the first one did it.
    pub idempotent: bool,
    /// The fingerprints of the object before and after: they tell from the server whether the step has happened.
    pub probe: Probe,
    /// The way back.
    pub reverse: Reverse,
}

/// What the object of a step looks like before and after it; `None` where it does not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    before: Option<Arc<Object>>,
    after: Option<Arc<Object>>,
}

impl Probe {
    /// The fingerprint before the step.
    pub fn before(&self) -> Option<Fingerprint> {
        self.before.as_deref().map(Fingerprint::of_canonical)
    }

    /// The fingerprint after the step.
    pub fn after(&self) -> Option<Fingerprint> {
        self.after.as_deref().map(Fingerprint::of_canonical)
    }
}

/// As the two fingerprints: they are made when somebody asks, since most steps are only rendered.
impl Serialize for Probe {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut probe = serializer.serialize_struct("Probe", 2)?;
        probe.serialize_field("before", &self.before())?;
        probe.serialize_field("after", &self.after())?;
        probe.end()
    }
}

/// The way back from a step or from a whole plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reverse {
    /// The statements that restore the schema, in order.
    pub statements: Vec<Statement>,
    /// What they do not bring back, in words: rows, values. Empty when nothing is lost.
    pub lost: Vec<String>,
    /// Why the schema itself cannot be restored by statements, if it cannot. The statements are then incomplete.
    pub impossible: Vec<String>,
}

impl Step {
    /// A step; probe and reverse are filled in when the whole plan is carried out in thought.
    pub(super) fn new(phase: Phase, statement: Statement, risk: Risk, cost: Cost) -> Self {
        let object = match &statement {
            Statement::Rename(rename) => ObjectId::Relation(rename.to.clone()),
            other => other.object(),
        };
        let idempotent = is_idempotent(&statement);
        Self {
            statement,
            object,
            phase,
            risk,
            cost,
            idempotent,
            probe: Probe::default(),
            reverse: Reverse::default(),
        }
    }
}

/// MODIFY, COMMENT and OR REPLACE may run twice (measured: the second time is a no-op); ADD, DROP, RENAME and REMOVE
/// may not.
fn is_idempotent(statement: &Statement) -> bool {
    match statement {
        Statement::CreateDatabase(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateTable(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateView(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateMaterializedView(create) => {
            create.on_existing != OnExisting::Fail && create.fill != Fill::Populate
        }
        Statement::CreateDictionary(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateFunction(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateNamedCollection(create) => create.keeps_existing,
        Statement::AlterNamedCollection(alter) => alter.delete.is_empty(),
        Statement::CreateResource(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateWorkload(create) => create.on_existing != OnExisting::Fail,
        Statement::CreateRaw(create) => create.on_existing != OnExisting::Fail,
        Statement::AlterDatabaseComment { .. } => true,
        Statement::Access(AccessStatement::Create { on_existing, .. }) => *on_existing != OnExisting::Fail,
        Statement::Access(AccessStatement::Drop { if_exists, .. }) => *if_exists,
        Statement::Access(AccessStatement::Rename { .. }) => false,
        Statement::Access(AccessStatement::Alter { .. } | AccessStatement::Grants { .. }) => true,
        Statement::AlterTable(alter) => alter.commands.iter().all(|command| match command {
            AlterCommand::ModifyColumn(_)
            | AlterCommand::ModifyColumnSettings { .. }
            | AlterCommand::ResetColumnSettings { .. }
            | AlterCommand::CommentColumn { .. }
            | AlterCommand::ModifyOrderBy { .. }
            | AlterCommand::ModifySampleBy { .. }
            | AlterCommand::ModifyTtl { .. }
            | AlterCommand::ModifySettings { .. }
            | AlterCommand::ResetSettings { .. }
            | AlterCommand::ModifyComment { .. }
            | AlterCommand::MaterializeIndex { .. }
            | AlterCommand::MaterializeProjection { .. }
            | AlterCommand::MaterializeColumn { .. }
            | AlterCommand::ModifyRefresh { .. }
            | AlterCommand::ModifySqlSecurity { .. }
            | AlterCommand::ModifyConstraint { .. }
            | AlterCommand::ModifyStatistics { .. }
            | AlterCommand::MaterializeStatistics { .. }
            | AlterCommand::ClearStatistics { .. }
            | AlterCommand::ClearColumn { .. }
            | AlterCommand::ClearIndex { .. }
            | AlterCommand::ClearProjection { .. }
            | AlterCommand::ModifyQuery { .. } => true,
            AlterCommand::AddColumn { .. }
            | AlterCommand::DropColumn { .. }
            | AlterCommand::RenameColumn { .. }
            | AlterCommand::RemoveColumnProperty { .. }
            | AlterCommand::RemoveSampleBy
            | AlterCommand::RemoveTtl
            | AlterCommand::AddIndex { .. }
            | AlterCommand::DropIndex { .. }
            | AlterCommand::AddProjection { .. }
            | AlterCommand::DropProjection { .. }
            | AlterCommand::AddConstraint { .. }
            | AlterCommand::DropConstraint { .. }
            | AlterCommand::AddStatistics { .. }
            | AlterCommand::DropStatistics { .. }
            | AlterCommand::AddEnumValues { .. } => false,
        }),
        Statement::Rename(_) | Statement::Exchange { .. } => false,
        Statement::Drop(drop) => drop.if_exists,
        Statement::DropDatabase { if_exists, .. }
        | Statement::DropFunction { if_exists, .. }
        | Statement::DropNamedCollection { if_exists, .. }
        | Statement::DropResource { if_exists, .. }
        | Statement::DropWorkload { if_exists, .. } => *if_exists,
    }
}

/// Carries the plan out on the objects that it touches, fills in probes and ways back, and checks that it arrives.
pub(super) fn carry_out(
    plan: &mut Plan,
    schemas: Pair<&Schema>,
    touched: &BTreeSet<ObjectId>,
) -> Result<(), PlanError> {
    let mut now = schemas.before.part(touched);
    let mut arrived: BTreeSet<ObjectId> = BTreeSet::new();
    for (index, step) in plan.steps.iter_mut().enumerate() {
        let unsound = |source| PlanError::Unsound {
            step: index + 1,
            object: step.object.clone(),
            source: Box::new(source),
        };
        if let Statement::AlterTable(alter) = &step.statement {
            let Pair { before, after } = now.alter(alter).map_err(unsound)?;
            step.reverse = reverse(&step.statement, Some(&before), Some(&after));
            step.probe = Probe {
                before: Some(before),
                after: Some(after),
            };
            continue;
        }
        let about = step.statement.object();
        let before = now.shared(&about).cloned();
        if before.is_none()
            && let Some(created) = creates_what_is_wanted(&step.statement, schemas.after)
        {
            step.reverse = reverse(&step.statement, None, Some(created));
            step.probe.after = Some(Arc::clone(created));
            arrived.insert(about);
            continue;
        }
        now.apply(&step.statement).map_err(unsound)?;
        let after = now.shared(&step.object).cloned();
        step.reverse = reverse(&step.statement, before.as_deref(), after.as_deref());
        step.probe = Probe { before, after };
    }
    let refused: BTreeSet<&ObjectId> = plan.rebuilds.iter().map(|rebuild| &rebuild.object).collect();
    let remaining: Vec<ObjectId> = touched
        .iter()
        .filter(|id| !arrived.contains(*id) && !refused.contains(id))
        .filter(|id| match (now.get(id), schemas.after.get(id)) {
            (Some(now), Some(after)) => !is_like(now, after),
            (now, after) => now != after,
        })
        .cloned()
        .collect();
    if remaining.is_empty() {
        Ok(())
    } else {
        Err(PlanError::Incomplete { remaining })
    }
}

/// A new table that is at its goal with its CREATE, as nearly all are. There is nothing to simulate, and no copy to
/// keep: a first migration creates thousands.
fn creates_what_is_wanted<'a>(statement: &Statement, wanted: &'a Schema) -> Option<&'a Arc<Object>> {
    let Statement::CreateTable(create) = statement else {
        return None;
    };
    let object = wanted.shared(&statement.object())?;
    let same = matches!(&**object, Object::Table(table) if *table == create.table);
    (same && create.on_existing == OnExisting::Fail).then_some(object)
}
