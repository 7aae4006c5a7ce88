use chx::prelude::*;

#[derive(ChTable)]
#[ch(order_by = id)]
struct Page {
    id: u64,
}

#[derive(ChTable)]
struct Other {
    id: u64,
}

fn main() {}
