use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(a, expr = id, type = minmax),
    index(a, expr = id, type = minmax),
    constraint(a, check = "id > 0"),
    constraint(a, check = "id > 1"),
    projection(a, "SELECT id ORDER BY id"),
    projection(a, "SELECT id ORDER BY id"),
    settings(index_granularity = 1, index_granularity = 2),
)]
struct Page {
    id: u64,
}

fn main() {}
