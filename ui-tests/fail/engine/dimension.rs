use chx::prelude::*;

#[derive(ChType)]
#[ch(type = "SimpleAggregateFunction(max, DateTime)")]
struct Last(DateTime);

#[derive(ChTable)]
#[ch(engine = AggregatingMergeTree, order_by = (site, "toDate(ts)"), partition_by = month)]
struct PerSite {
    site: String,
    ts: DateTime,
    month: u32,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    views: u64,
    country: String,
    #[ch(materialized = "upper(site)")]
    upper: String,
}

#[derive(ChTable)]
#[ch(engine = AggregatingMergeTree, order_by = site)]
struct Seen {
    site: String,
    last: Last,
    user: u64,
}

#[derive(ChTable)]
#[ch(
    engine = AggregatingMergeTree,
    order_by = site,
    settings(allow_dimensions_outside_sorting_key = true),
)]
struct Allowed {
    site: String,
    last: Last,
    user: u64,
}

#[derive(ChTable)]
#[ch(engine = AggregatingMergeTree, order_by = site)]
struct AggregatesNothing {
    site: String,
    user: u64,
}

fn main() {}
