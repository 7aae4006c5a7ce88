use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = ReplacingMergeTree(versoin),
    partition_by = "toYYYYMM(st)",
    order_by = (stie, ts, "cityHash64(usr)"),
    sample_by = "intHash32(user_id)",
    ttl = "created + INTERVAL 1 DAY",
)]
struct Page {
    site: String,
    ts: DateTime,
    user: String,
    version: u32,
}

fn main() {}
