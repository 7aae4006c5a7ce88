use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(default = "1", materialized = "id")]
    other: u64,
}

fn main() {}
