use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = Memory,
    order_by = id,
    partition_by = id,
    primary_key = id,
    sample_by = id,
    ttl = "ts + INTERVAL 1 DAY",
    index(by_id, expr = id, type = minmax),
    projection(per_id, "SELECT id ORDER BY id"),
)]
struct InMemory {
    #[ch(ttl = "ts + INTERVAL 1 DAY")]
    id: u64,
    ts: DateTime,
}

#[derive(ChTable)]
#[ch(engine = Null, settings(max_rows_to_keep = 1))]
struct Nowhere {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = EmbeddedRocksDB)]
struct Rocks {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = SummingMergeTree, order_by = id, projection(per_id, "SELECT id ORDER BY id"))]
struct Sums {
    id: u64,
}

fn main() {}
