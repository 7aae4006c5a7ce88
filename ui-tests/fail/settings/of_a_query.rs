//! A table keeps its own settings. What a query has and MergeTree has not, the server forgets.

use chx::ChTable;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    settings(index_granularity = 1024, allow_experimental_json_type = 1, max_threads = 2),
)]
struct Event {
    id: u64,
}

// The settings of a file are those of its format, which are a query's.
#[derive(ChTable)]
#[ch(engine = File("CSV"), settings(format_csv_delimiter = "|"))]
struct Line {
    id: u64,
}

fn main() {}
