//! Replicated and shared engines: what of their text says what a table is, and what only where its replicas meet.
//!
//! A server fills in the path of a ReplicatedMergeTree that was declared without one, keeps the old path after a
//! RENAME, and ClickHouse Cloud turns every MergeTree into a SharedMergeTree with a path of its own. None of that is
//! drift; whether a table is replicated at all, is.

use chx_core::canon::arguments_in_place;
use chx_core::model::{Engine, EngineFamily, Object, ObjectId, Schema, Storage, Target};

/// Gives the live tables the declared spelling of their engine where the two only differ in where replicas meet.
pub(super) fn adopt(expected: &Schema, live: &mut Schema) {
    let adopted: Vec<Object> = expected
        .iter()
        .filter_map(|(id, object)| adopted(id, object, live))
        .collect();
    for object in adopted {
        live.put(object);
    }
}

fn adopted(id: &ObjectId, expected: &Object, live: &Schema) -> Option<Object> {
    let declared = &storage(expected)?.engine;
    let found = &storage(live.get(id)?)?.engine;
    if declared == found || !differs_only_in_place(declared, found) {
        return None;
    }
    let mut object = live.get(id)?.clone();
    match &mut object {
        Object::Table(table) => table.storage.engine = declared.clone(),
        Object::MaterializedView(view) => match &mut view.target {
            Target::Inner(inner) => inner.storage.engine = declared.clone(),
            Target::To(_) => return None,
        },
        _ => return None,
    }
    Some(object)
}

fn storage(object: &Object) -> Option<&Storage> {
    match object {
        Object::Table(table) => Some(&table.storage),
        Object::MaterializedView(view) => match &view.target {
            Target::Inner(inner) => Some(&inner.storage),
            Target::To(_) => None,
        },
        _ => None,
    }
}

fn differs_only_in_place(declared: &Engine, found: &Engine) -> bool {
    let is_family = found.family() == EngineFamily::MergeTree && declared.family() == EngineFamily::MergeTree;
    let same_copies = found.name.starts_with("Shared") || declared.name == found.name;
    is_family
        && same_copies
        && declared.base_name() == found.base_name()
        && arguments_in_place(declared) == arguments_in_place(found)
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::{ParseContext, parse_object};

    use super::*;

    fn schema(engine: &str) -> Schema {
        let sql = format!("CREATE TABLE d.t (n UInt8, v UInt8) ENGINE = {engine} ORDER BY n");
        [parse_object(&sql, &ParseContext::default()).unwrap()]
            .into_iter()
            .collect()
    }

    #[track_caller]
    fn check(declared: &str, found: &str, same: bool) {
        let (expected, mut live) = (schema(declared), schema(found));
        adopt(&expected, &mut live);
        assert_eq!(live == expected, same, "{declared} and {found}");
    }

    #[test]
    fn a_place_is_no_difference_and_a_copy_is_one() {
        check(
            "ReplicatedMergeTree",
            "ReplicatedMergeTree('/clickhouse/{uuid}/{shard}', '{replica}')",
            true,
        );
        check(
            "ReplicatedMergeTree('/a', 'r')",
            "ReplicatedMergeTree('/b', 'r')",
            true,
        );
        check(
            "ReplicatedReplacingMergeTree(v)",
            "ReplicatedReplacingMergeTree('/b', 'r', v)",
            true,
        );
        check(
            "ReplacingMergeTree(v)",
            "SharedReplacingMergeTree('/b', 'r', v)",
            true,
        );
        check(
            "ReplacingMergeTree",
            "SharedReplacingMergeTree('/b', 'r', v)",
            false,
        );
        check("MergeTree", "ReplicatedMergeTree('/b', 'r')", false);
        check("ReplicatedMergeTree", "MergeTree", false);
        check("SummingMergeTree", "SharedAggregatingMergeTree('/b', 'r')", false);
    }
}
