//! The clauses of a table besides columns and members: engine, keys, TTL, settings, comment.

use crate::ddl::AlterCommand;
use crate::model::{DISK, EngineFamily, Key, STORAGE_POLICY, Storage, Table};
use crate::pair::Pair;

use super::columns::{reads, settings_diff};
use super::table::by_name;
use super::{RebuildReason, TableChanges};

/// Settings of MergeTree tables that ALTER refuses (472), from `system.merge_tree_settings.readonly` on 26.7.
const READ_ONLY_SETTINGS: [&str; 9] = [
    "add_minmax_index_for_numeric_columns",
    "add_minmax_index_for_string_columns",
    "add_minmax_index_for_temporal_columns",
    "allow_tuple_element_aggregation",
    "enable_mixed_granularity_parts",
    "index_granularity",
    "index_granularity_bytes",
    "share_nested_offsets",
    "table_disk",
];

/// Pushes everything that has to do with the clauses.
pub(super) fn push(tables: Pair<&Table>, changes: &mut TableChanges) {
    let storages = tables.map(|table| &table.storage);
    push_engine(storages, changes);
    if storages.before.partition_by != storages.after.partition_by {
        changes.rebuild.push(RebuildReason::PartitionKey);
    }
    push_keys(tables, changes);
    if storages.before.unique_key != storages.after.unique_key {
        changes.rebuild.push(RebuildReason::UniqueKey);
    }
    push_sampling(storages, changes);
    push_ttl(storages, changes);
    push_settings(storages, changes);
    if tables.before.comment != tables.after.comment {
        changes.extend.push(AlterCommand::ModifyComment {
            comment: tables.after.comment.clone(),
        });
    }
}

fn push_engine(storages: Pair<&Storage>, changes: &mut TableChanges) {
    let engines = storages.map(|storage| &storage.engine);
    if engines.before != engines.after {
        let show = engines.map(crate::ddl::render_engine);
        changes.rebuild.push(RebuildReason::Engine {
            before: show.before,
            after: show.after,
        });
    }
}

/// `MODIFY ORDER BY` may append columns that the same ALTER adds without a default, and may drop parts down to the
/// primary key; it never reorders, and it never touches the primary key.
fn push_keys(tables: Pair<&Table>, changes: &mut TableChanges) {
    let storages = tables.map(|table| &table.storage);
    let sorting = storages.map(|storage| &storage.order_by);
    let primary = storages.map(Storage::effective_primary_key);
    if sorting.before == sorting.after && primary.before == primary.after {
        return;
    }
    let can_modify = appends_new_columns(tables, sorting) || drops_a_suffix(sorting, primary.before);
    if primary.before != primary.after {
        let keep = (can_modify && storages.after.primary_key.is_none()).then(|| declared(primary.before));
        changes.rebuild.push(RebuildReason::PrimaryKey { keep });
    } else if can_modify {
        changes.extend.push(AlterCommand::ModifyOrderBy {
            key: sorting.after.clone(),
        });
    } else {
        changes.rebuild.push(RebuildReason::SortingKey);
    }
}

fn appends_new_columns(tables: Pair<&Table>, sorting: Pair<&Key>) -> bool {
    if !sorting.after.starts_with(sorting.before) || sorting.before.is_empty() {
        return false;
    }
    let old = by_name(tables.before);
    let Some(appended) = sorting.after.parts.get(sorting.before.parts.len()..) else {
        return false;
    };
    appended.iter().all(|part| {
        let mut read = tables
            .after
            .columns
            .iter()
            .filter(|column| reads(&part.expr, &column.name))
            .peekable();
        read.peek().is_some()
            && read.all(|column| !old.contains_key(column.name.as_str()) && column.default.is_none())
    })
}

fn drops_a_suffix(sorting: Pair<&Key>, primary: &Key) -> bool {
    sorting.before.starts_with(sorting.after)
        && sorting.after.starts_with(primary)
        && !sorting.after.is_empty()
}

/// The key as a user declares it.
fn declared(key: &Key) -> String {
    let parts: Vec<String> = key
        .parts
        .iter()
        .map(|part| match part.expr.is_plain_column() {
            Some(column) => column.into_owned(),
            None => format!("{:?}", part.expr.as_sql()),
        })
        .collect();
    format!("({})", parts.join(", "))
}

fn push_sampling(storages: Pair<&Storage>, changes: &mut TableChanges) {
    if storages.before.sample_by == storages.after.sample_by {
        return;
    }
    changes.extend.push(match &storages.after.sample_by {
        Some(expr) => AlterCommand::ModifySampleBy { expr: expr.clone() },
        None => AlterCommand::RemoveSampleBy,
    });
}

fn push_ttl(storages: Pair<&Storage>, changes: &mut TableChanges) {
    if storages.before.ttl == storages.after.ttl {
        return;
    }
    if storages.after.ttl.is_empty() {
        changes.extend.push(AlterCommand::RemoveTtl);
    } else {
        changes.expire.push(AlterCommand::ModifyTtl {
            rules: storages.after.ttl.clone(),
        });
    }
}

fn push_settings(storages: Pair<&Storage>, changes: &mut TableChanges) {
    let (set, reset) = settings_diff(storages.map(|storage| &storage.settings));
    if storages.before.engine.family() == EngineFamily::MergeTree {
        if storages.map(|storage| storage.settings.get(DISK)).differs() {
            changes.rebuild.push(RebuildReason::Disk);
        }
        if reset.iter().any(|name| name == STORAGE_POLICY) {
            changes.rebuild.push(RebuildReason::StoragePolicy);
        }
        for name in set.0.keys().chain(&reset) {
            if READ_ONLY_SETTINGS.contains(&name.as_str()) {
                changes
                    .rebuild
                    .push(RebuildReason::ReadOnlySetting { name: name.clone() });
            }
        }
    }
    if !reset.is_empty() {
        changes.extend.push(AlterCommand::ResetSettings { names: reset });
    }
    if !set.is_empty() {
        changes
            .extend
            .push(AlterCommand::ModifySettings { settings: set });
    }
}
