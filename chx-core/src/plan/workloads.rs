//! Workloads and resources: what changes, what goes, and in which order.
//!
//! Both are said again with OR REPLACE. Where the server refuses that on the way from one tree to the other (another root, a
//! resource that counts something else, a name that is the other kind's), everything that is in the way makes way
//! first: they hold nothing, and what runs meanwhile runs as if they were not there.

use std::collections::BTreeSet;

use crate::ddl::{OnExisting, Statement};
use crate::ident::Ident;
use crate::model::{Object, ObjectId, Resource, Schema, Workload};
use crate::pair::Pair;

use super::push::Pushed;
use super::{Cost, Phase, Risk};

/// New, changed and gone.
pub(super) fn push(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    let cleared = in_the_way(schemas);
    let ours = |(id, object): (&ObjectId, &Object)| is_ours(object).then(|| (id.clone(), object.clone()));
    for (id, object) in schemas.before.iter().filter_map(ours) {
        let phase = if cleared.contains(&id) {
            Phase::ClearWorkload
        } else if schemas.after.contains(&id) {
            continue;
        } else {
            Phase::DropWorkload
        };
        pushed.step(phase, Statement::dropping(&object), Risk::Caution, Cost::Metadata);
    }
    for (id, object) in schemas.after.iter().filter_map(ours) {
        let before = schemas.before.get(&id).filter(|_| !cleared.contains(&id));
        let (on_existing, risk) = match before {
            None => (OnExisting::Fail, Risk::Safe),
            Some(before) if *before == object => continue,
            // What runs gets another share at once.
            Some(_) => (OnExisting::Replace, Risk::Caution),
        };
        let statement = Statement::creating_or(object, on_existing);
        pushed.step(Phase::CreateWorkload, statement, risk, Cost::Metadata);
    }
}

fn is_ours(object: &Object) -> bool {
    matches!(object, Object::Workload(_) | Object::Resource(_))
}

/// What has to go before the rest can be: a root that is not the root any more takes all workloads along, a resource those
/// that name it.
fn in_the_way(schemas: Pair<&Schema>) -> BTreeSet<ObjectId> {
    let Pair { before, after } = schemas;
    let resources: BTreeSet<&Ident> = before
        .resources()
        .filter(|resource| has_to_go(resource, before, after))
        .map(|resource| &resource.name)
        .collect();
    let has_other_root = before.workloads().any(|workload| {
        let becomes = after.workload(&workload.name);
        let becomes_other = becomes.is_none_or(|after| after.parent.is_some());
        workload.parent.is_none() && becomes_other && after.workloads().next().is_some()
    });
    let mut workloads: BTreeSet<&Ident> = before
        .workloads()
        .filter(|workload| {
            has_other_root
                || workload.resources().any(|name| resources.contains(name))
                || after.resource(&workload.name).is_some()
        })
        .map(|workload| &workload.name)
        .collect();
    // What stands under one that goes goes too.
    loop {
        let below = before.workloads().filter(|workload| {
            let is_below = workload
                .parent
                .as_ref()
                .is_some_and(|parent| workloads.contains(parent));
            is_below && !workloads.contains(&workload.name)
        });
        let below: Vec<&Ident> = below.map(|workload| &workload.name).collect();
        if below.is_empty() {
            break;
        }
        workloads.extend(below);
    }
    let resources = resources.into_iter().cloned().map(ObjectId::Resource);
    let workloads = workloads.into_iter().cloned().map(ObjectId::Workload);
    resources.chain(workloads).collect()
}

/// Does a resource stand in the way as it is: does it count something else from now on, does another one count what only one
/// can, is its name a workload's?
fn has_to_go(resource: &Resource, before: &Schema, after: &Schema) -> bool {
    let same = after.resource(&resource.name);
    let other_unit = same.is_some_and(|same| same.unit() != resource.unit());
    let single = |operation: &&crate::model::ResourceOperation| operation.is_single();
    let mut others = after
        .resources()
        .filter(|other| other.name != resource.name && before.resource(&other.name) != Some(*other));
    let is_taken = others.any(|other| {
        let mut counted = other.operations.iter().filter(single);
        counted.any(|operation| resource.operations.contains(operation))
    });
    other_unit || is_taken || after.workload(&resource.name).is_some()
}

/// What a workload stands under and shares.
pub(super) fn around(workload: &Workload) -> Vec<ObjectId> {
    let parent = workload.parent.iter().cloned().map(ObjectId::Workload);
    let resources = workload.resources().cloned().map(ObjectId::Resource);
    parent.chain(resources).collect()
}

/// How deep something stands in the tree: resources at 0, the root at 1.
pub(super) fn depth(schema: &Schema, id: &ObjectId) -> i64 {
    let ObjectId::Workload(name) = id else { return 0 };
    let mut seen = BTreeSet::new();
    let mut next = Some(name);
    let mut depth = 0;
    while let Some(name) = next.filter(|name| seen.insert(*name)) {
        depth += 1;
        next = schema
            .workload(name)
            .and_then(|workload| workload.parent.as_ref());
    }
    depth
}
