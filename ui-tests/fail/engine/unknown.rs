use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = ReplacingMergTree, order_by = id)]
struct Page {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = Blackhole)]
struct Other {
    id: u64,
}

fn main() {}
