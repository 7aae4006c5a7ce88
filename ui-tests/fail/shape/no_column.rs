use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    #[ch(skip)]
    id: u64,
}

fn main() {}
