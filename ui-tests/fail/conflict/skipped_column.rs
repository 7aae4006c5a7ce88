use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(skip, codec = "ZSTD")]
    site: String,
}

fn main() {}
