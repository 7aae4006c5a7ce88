use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Table {
    #[ch(statistics(tdigset, uniq))]
    id: u64,
    #[ch(statistics(uniq, tdigest))]
    text: String,
    #[ch(statistics(uniq))]
    list: Vec<u64>,
}

fn main() {}
