use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = (id, site),
    ttl = (
        "ts + INTERVAL 1 DAY",
        "ts + INTERVAL 2 DAY",
        "now() + INTERVAL 1 DAY DELETE WHERE id = 1",
        "ts + INTERVAL 3 DAY GROUP BY site SET views = sum(views)",
        "day + INTERVAL 4 DAY TO DISK 'cold'",
    ),
)]
struct Table {
    #[ch(ttl = "ts + INTERVAL 1 DAY")]
    id: u64,
    site: String,
    ts: DateTime,
    views: u64,
    #[ch(alias = "toDate(ts)")]
    day: Date,
}

fn main() {}
