use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = "id, ts", partition_by = [id, ts])]
struct Page {
    id: u64,
    #[ch(nullable)]
    ts: u32,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = "id ts")]
struct Other {
    id: u64,
    ts: u32,
}

fn main() {}
