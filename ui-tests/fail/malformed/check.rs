use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    check(writes, sql = "TRUNCATE TABLE page"),
    check(silent),
    check(loud, sql = "SELECT 1", severity = fatal),
    check(loud, sql = "SELECT 1"),
)]
struct Page {
    id: u64,
}

fn main() {}
