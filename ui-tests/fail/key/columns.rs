use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    partition_by = day,
    order_by = (site, "id, site"),
    sample_by = "cityHash64(site)",
)]
struct Table {
    id: u64,
    ts: DateTime,
    site: String,
    #[ch(alias = "toDate(ts)")]
    day: Date,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ("toDate(at)", id, id))]
struct Twice {
    id: u64,
    #[ch(ephemeral)]
    at: DateTime,
}

fn main() {}
