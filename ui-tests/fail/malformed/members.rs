use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(expr = id, type = minmax),
    index(by_id),
    index(by_other, expr = id, type = minmax, granularity = 0),
    index = "by_id",
    projection(empty),
    projection("", "SELECT id ORDER BY id"),
    constraint(nothing),
    constraint(),
)]
struct Page {
    id: u64,
}

fn main() {}
