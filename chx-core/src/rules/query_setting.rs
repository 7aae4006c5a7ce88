//! Settings of a statement that stand among those of a table.
//!
//! `CREATE TABLE ... ENGINE = MergeTree ... SETTINGS max_threads = 2` is taken by 25.5 and later: a setting that
//! the engine has not and a query has is the statement's, and the table is stored without it. 24.8 refuses it (115). Decides
//! by name alone, with the names of ClickHouse 26.7. What is in neither list is the engine's to refuse.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::model::Storage;

/// The names of `system.settings` that are none of `system.merge_tree_settings`, one a line, in order.
pub const OF_QUERIES: &str = include_str!("query_settings.txt");

/// Does an engine keep nothing but settings of its own? Those of files and streams are those of their formats, which
/// queries have too, and a Join keeps `join_use_nulls`.
fn has_settings_of_its_own(engine: &str) -> bool {
    engine.ends_with("MergeTree") || matches!(engine, "Log" | "Memory" | "StripeLog" | "TinyLog")
}

/// The first setting of a table that the server would take for one of the statement.
pub fn first(storage: &Storage) -> Option<&str> {
    let mut names = storage.settings.0.keys().map(String::as_str);
    names.find(|name| is_of_query(&storage.engine.name, name))
}

/// Is it a setting of queries that a table with this engine has not?
///
/// ```
/// use chx_core::rules::query_setting::is_of_query;
/// assert!(is_of_query("MergeTree", "allow_experimental_json_type"));
/// assert!(!is_of_query("MergeTree", "index_granularity"));
/// // Both have it, so that in a table it is the table's.
/// assert!(!is_of_query("MergeTree", "min_compress_block_size"));
/// assert!(!is_of_query("File", "format_csv_delimiter"));
/// ```
pub fn is_of_query(engine: &str, name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| OF_QUERIES.lines().collect());
    has_settings_of_its_own(engine) && NAMES.contains(name)
}

/// What to say of it.
pub fn message(engine: &str, name: &str) -> String {
    format!(
        "`{name}` is a setting of queries and not of {engine}: the server takes it for the statement's and stores the \
         table without it; take it away"
    )
}
