use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, colour = "red")]
struct Page {
    id: u64,
}

fn main() {}
