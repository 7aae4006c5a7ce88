//! A unique key: stored columns, one row each, and what does not go with it.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, unique_key = (sit, "lower(site)", gone, id, id))]
struct Columns {
    id: u64,
    site: String,
    #[ch(alias = "site")]
    gone: String,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, unique_key = ())]
struct Empty {
    id: u64,
}

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    unique_key = id,
    ttl = "at + INTERVAL 1 DAY",
    projection(by_at, "SELECT at ORDER BY at"),
)]
struct Surrounded {
    id: u64,
    at: DateTime,
}

#[derive(ChTable)]
#[ch(engine = Memory, unique_key = id)]
struct InMemory {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, unique_key = words)]
struct OfDynamic {
    id: u64,
    #[ch(type = "Dynamic")]
    words: (),
}

fn main() {}
