use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, engine = Memory)]
#[ch(order_by = id)]
struct Page {
    #[ch(codec = "ZSTD", codec = "LZ4")]
    id: u64,
}

fn main() {}
