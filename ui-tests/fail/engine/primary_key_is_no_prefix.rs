use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = (id, ts), primary_key = ts)]
struct Page {
    id: u64,
    ts: DateTime,
}

fn main() {}
