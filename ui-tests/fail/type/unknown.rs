use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    #[ch(type = "Strin")]
    url: String,
    #[ch(type = "Array(UInt64")]
    counts: Vec<u64>,
    #[ch(type = "Nullable(Array(String))")]
    tags: Vec<String>,
}

fn main() {}
