use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, codec = "ZSTD")]
struct Page {
    #[ch(engine = MergeTree)]
    id: u64,
}

fn main() {}
