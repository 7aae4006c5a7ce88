use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(low_cardinality, type = "LowCardinality(String)")]
    site: String,
}

fn main() {}
