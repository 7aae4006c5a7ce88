use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(skip)]
    cached: String,
    #[ch(type = "AggregateFunction(sum, UInt64)")]
    total: (),
}

fn main() {}
