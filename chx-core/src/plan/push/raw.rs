//! Objects that chx does not read all of: created, replaced where nothing is lost by it, dropped.
//!
//! No ALTER is known for them. What holds rows is never replaced: that is a rebuild, by hand.

use crate::ddl::{OnExisting, Statement};
use crate::diff::RebuildReason;
use crate::model::{Object, ObjectId, ObjectKind, RawKind, RawObject, Schema};
use crate::pair::Pair;
use crate::plan::{Cost, Phase, Rebuild, Risk};

use super::Pushed;

/// When it is created: with its like.
pub(in crate::plan) fn phase(raw: &RawObject) -> Phase {
    match raw.raw_kind {
        RawKind::Table | RawKind::Dictionary => Phase::CreateTable,
        RawKind::View | RawKind::MaterializedView => Phase::Query,
        RawKind::Function => Phase::CreateFunction,
    }
}

/// When and with which risk it is dropped; `is_in_the_way` where its name is needed for another kind.
pub(super) fn gone(raw: &RawObject, is_in_the_way: bool) -> (Phase, Risk) {
    let phase = match raw.raw_kind {
        RawKind::Table | RawKind::Dictionary if !is_in_the_way => Phase::DropTable,
        RawKind::Table | RawKind::Dictionary => Phase::DropReader,
        RawKind::View | RawKind::MaterializedView => Phase::DropReader,
        RawKind::Function => Phase::DropFunction,
    };
    let risk = if raw.holds_rows() {
        Risk::Destructive
    } else {
        Risk::Caution
    };
    (phase, risk)
}

/// Two definitions of one kind, of which one at least is raw.
pub(super) fn changed(objects: Pair<&Object>, pushed: &mut Pushed) {
    if objects.before == objects.after {
        return;
    }
    let after = objects.after;
    let is_replaceable = matches!(after.kind(), ObjectKind::View | ObjectKind::Dictionary);
    if is_replaceable {
        let statement = Statement::creating_or(after.clone(), OnExisting::Replace);
        pushed.step(Phase::Query, statement, Risk::Caution, Cost::Metadata);
        return;
    }
    pushed.touched.push(after.id());
    let reasons = vec![RebuildReason::Raw];
    pushed.rebuilds.push(Rebuild::of_raw(objects, reasons));
}

/// Functions that chx does not read: new, changed and gone.
pub(super) fn functions(schemas: Pair<&Schema>, pushed: &mut Pushed) {
    let raw = |schema: &Schema| -> Vec<(ObjectId, Object)> {
        let functions = schema
            .iter()
            .filter(|(id, object)| matches!(id, ObjectId::Function(_)) && matches!(object, Object::Raw(_)));
        functions
            .map(|(id, object)| (id.clone(), object.clone()))
            .collect()
    };
    for (id, after) in raw(schemas.after) {
        let (on_existing, risk) = match schemas.before.get(&id) {
            None => (OnExisting::Fail, Risk::Safe),
            Some(before) if *before == after => continue,
            Some(_) => (OnExisting::Replace, Risk::Caution),
        };
        let statement = Statement::creating_or(after, on_existing);
        pushed.step(Phase::CreateFunction, statement, risk, Cost::Metadata);
    }
    for (id, before) in raw(schemas.before) {
        if !schemas.after.contains(&id) {
            pushed.step(
                Phase::DropFunction,
                Statement::dropping(&before),
                Risk::Caution,
                Cost::Metadata,
            );
        }
    }
}
