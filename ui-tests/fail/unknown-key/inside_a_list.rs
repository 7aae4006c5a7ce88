use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(by_id, expresion = id, expr = id, type = minmax),
    constraint(sane, chek = "id > 0", check = "id > 0"),
    projection(per_id, "SELECT id ORDER BY id", setings(index_granularity = 8)),
)]
struct Page {
    id: u64,
}

fn main() {}
