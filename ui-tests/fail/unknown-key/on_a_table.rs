use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, oder_by = id)]
struct Page {
    id: u64,
}

fn main() {}
