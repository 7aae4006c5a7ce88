use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, constraint(sane, check = "id > 0", assume = "id > 0"))]
struct Page {
    id: u64,
}

fn main() {}
