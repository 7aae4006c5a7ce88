use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    ttl = ("ts + INTERVAL 1 DAY TO DISK cold", "ts + INTERVAL 2 DAY"),
    index(by_id, expr = id, type = "bloom_filter(0.01) GRANULARITY 4"),
)]
struct Page {
    #[ch(codec = "CODEC(ZSTD)")]
    id: u64,
    ts: DateTime,
}

fn main() {}
