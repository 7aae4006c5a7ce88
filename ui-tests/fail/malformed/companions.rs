use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, insert = true, select(name = "Row"))]
struct Page {
    id: u64,
}

fn main() {}
