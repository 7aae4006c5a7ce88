use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(name = "id")]
    other: u64,
}

fn main() {}
