use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = "cityHash64(id", partition_by = "id)", ttl = "ts + INTERVAL 1 DAY]")]
struct Page {
    id: u64,
    ts: DateTime,
}

fn main() {}
