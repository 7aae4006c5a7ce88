//! A field that is said to be both kinds of several columns: one error, whatever its type is.

use chx::prelude::*;

#[derive(ChColumns, Serialize, Deserialize)]
struct Audit {
    by: String,
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = (id, by))]
struct Page {
    id: u64,
    #[ch(flatten, nested)]
    audit: Audit,
}

fn main() {}
