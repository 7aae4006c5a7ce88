//! Access entities: the statements that lead from one to another, each about one thing.
//!
//! An entity is altered clause by clause and never created again, which would lose its grants. What names others stands behind
//! them: profiles, then roles, then users; row policies behind their tables and before the grants that let people read those;
//! a user's default roles behind the grants that give it the roles.

use crate::ddl::{AccessStatement, OnExisting, Statement};
use crate::model::access::{AccessChange, AccessEntity, AccessId, AccessKind};
use crate::model::{Object, ObjectId, Schema};
use crate::pair::Pair;

use super::push::Pushed;
use super::{Cost, Phase, Risk};

/// All that is new, changed and gone.
pub(super) fn push(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    for after in schemas.after.access() {
        let before = find(schemas.before, &after.id());
        if before == Some(after) {
            continue;
        }
        for (phase, statement) in way(before, Some(after)) {
            let risk = risk(&statement, schemas.before);
            pushed.step(phase, Statement::Access(statement), risk, Cost::Metadata);
        }
    }
    for before in schemas.before.access() {
        if find(schemas.after, &before.id()).is_none() {
            for (phase, statement) in way(Some(before), None) {
                let risk = risk(&statement, schemas.before);
                pushed.step(phase, Statement::Access(statement), risk, Cost::Metadata);
            }
        }
    }
}

pub(super) fn find<'s>(schema: &'s Schema, id: &AccessId) -> Option<&'s AccessEntity> {
    match schema.get(&ObjectId::Access(id.clone())) {
        Some(Object::Access(entity)) => Some(entity),
        _ => None,
    }
}

/// The statements that make an entity, in order: CREATE, and what is granted to it.
pub fn access_statements(entity: &AccessEntity) -> Vec<Statement> {
    statements(None, Some(entity))
}

/// The statements from one state of an entity to another, in order.
pub(super) fn statements(before: Option<&AccessEntity>, after: Option<&AccessEntity>) -> Vec<Statement> {
    let mut way = way(before, after);
    // Those of one phase keep their order.
    way.sort_by_key(|(phase, _)| *phase);
    way.into_iter()
        .map(|(_, statement)| Statement::Access(statement))
        .collect()
}

fn way(before: Option<&AccessEntity>, after: Option<&AccessEntity>) -> Vec<(Phase, AccessStatement)> {
    let mut way = Vec::new();
    let (Some(before), Some(after)) = (before, after) else {
        if let Some(gone) = before {
            way.push((Phase::DropAccess, drop(gone)));
        }
        if let Some(new) = after {
            create(&mut way, new);
        }
        return way;
    };
    let Some(changes) = before.changes_to(after) else {
        // A role that becomes a user, or the other way round: the name is free only when the one is gone.
        way.push((Phase::CreateAccess, drop(before)));
        create(&mut way, after);
        return way;
    };
    let (last, first): (Vec<_>, Vec<_>) = changes
        .into_iter()
        .partition(|change| matches!(change, AccessChange::DefaultRoles(_)));
    let alter = |changes: Vec<AccessChange>| AccessStatement::Alter {
        id: after.id(),
        entity: after.kind(),
        if_exists: false,
        changes,
    };
    if !first.is_empty() {
        way.push((phase_of(after.kind()), alter(first)));
    }
    grants(&mut way, before, after);
    if !last.is_empty() {
        way.push((Phase::Grant, alter(last)));
    }
    way
}

fn create(way: &mut Vec<(Phase, AccessStatement)>, new: &AccessEntity) {
    let bare = new.clone().without_grants();
    way.push((
        phase_of(new.kind()),
        AccessStatement::Create {
            entity: Box::new(bare.clone()),
            on_existing: OnExisting::Fail,
            storage: None,
        },
    ));
    grants(way, &bare.created(), new);
}

fn drop(gone: &AccessEntity) -> AccessStatement {
    AccessStatement::Drop {
        id: gone.id(),
        entity: gone.kind(),
        if_exists: false,
        storage: None,
    }
}

fn grants(way: &mut Vec<(Phase, AccessStatement)>, before: &AccessEntity, after: &AccessEntity) {
    let (Some(was), Some(is), AccessId::Grantee(name)) = (before.grants(), after.grants(), after.id()) else {
        return;
    };
    for change in was.changes_to(is) {
        let grantee = name.clone();
        way.push((Phase::Grant, AccessStatement::Grants { grantee, change }));
    }
}

fn phase_of(kind: AccessKind) -> Phase {
    match kind {
        AccessKind::SettingsProfile | AccessKind::Role | AccessKind::User => Phase::CreateAccess,
        AccessKind::RowPolicy | AccessKind::Quota => Phase::Restrict,
    }
}

/// Where the planner would have put a statement.
pub(super) fn phase(statement: &AccessStatement) -> Phase {
    match statement {
        AccessStatement::Create { entity, .. } => phase_of(entity.kind()),
        AccessStatement::Alter { entity, .. } | AccessStatement::Rename { entity, .. } => phase_of(*entity),
        AccessStatement::Drop { .. } => Phase::DropAccess,
        AccessStatement::Grants { .. } => Phase::Grant,
    }
}

/// Who loses what they could do, and who sees rows that were hidden, is not undone by a rollback: that is said, and asked for
/// where a person cannot see it in the statement.
pub(super) fn risk(statement: &AccessStatement, before: &Schema) -> Risk {
    match statement {
        AccessStatement::Create { .. } => Risk::Safe,
        AccessStatement::Drop { .. } if !opens_rows(statement, before) => Risk::Caution,
        AccessStatement::Drop { .. } => Risk::Destructive,
        AccessStatement::Alter { .. } if opens_rows(statement, before) => Risk::Destructive,
        AccessStatement::Alter { .. } | AccessStatement::Rename { .. } => Risk::Caution,
        AccessStatement::Grants { change, .. } if change.gives() => Risk::Safe,
        AccessStatement::Grants { .. } => Risk::Caution,
    }
}

/// May somebody see rows by this statement that a row policy hid? Only where it is certain that nobody does is the answer no.
pub(crate) fn opens_rows(statement: &AccessStatement, before: &Schema) -> bool {
    match statement {
        AccessStatement::Drop {
            entity: AccessKind::RowPolicy,
            ..
        } => true,
        AccessStatement::Alter {
            id,
            entity: AccessKind::RowPolicy,
            changes,
            ..
        } => {
            let Some(AccessEntity::RowPolicy(policy)) = find(before, id) else {
                return true;
            };
            changes.iter().any(|change| match change {
                // A filter that becomes another may let through what the old one held back.
                AccessChange::Using(using) => *using != policy.using,
                AccessChange::Restrictive(restrictive) => !restrictive && policy.restrictive,
                // Whom no policy is for sees nothing while there is one for others; whom a restrictive one leaves sees more.
                AccessChange::To(to) => *to != policy.to,
                _ => false,
            })
        }
        AccessStatement::Create { .. }
        | AccessStatement::Alter { .. }
        | AccessStatement::Rename { .. }
        | AccessStatement::Drop { .. }
        | AccessStatement::Grants { .. } => false,
    }
}

/// How deep an entity stands among those that name each other: what is named comes first.
pub(super) fn depth(id: &ObjectId, schema: &Schema) -> i64 {
    let ObjectId::Access(id) = id else { return 0 };
    depth_of(id, schema, &mut Vec::new())
}

fn depth_of<'s>(id: &AccessId, schema: &'s Schema, above: &mut Vec<&'s AccessId>) -> i64 {
    let Some((ObjectId::Access(id), Object::Access(entity))) =
        schema.get_entry(&ObjectId::Access(id.clone()))
    else {
        return 0;
    };
    // In a circle name decides.
    if above.contains(&id) {
        return 0;
    }
    above.push(id);
    let deepest = entity
        .names()
        .iter()
        .map(|named| depth_of(named, schema, above) + 1)
        .max();
    above.pop();
    deepest.unwrap_or(0)
}
