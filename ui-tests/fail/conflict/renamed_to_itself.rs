use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, renamed_from = "page")]
struct Page {
    #[ch(renamed_from = "id")]
    id: u64,
}

fn main() {}
