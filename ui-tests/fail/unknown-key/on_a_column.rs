use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    #[ch(low_cardinalty)]
    id: u64,
    #[ch(compression = "ZSTD")]
    url: String,
}

fn main() {}
