use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    partition_by = share,
    order_by = (data, total, hash),
    primary_key = (data, total, hash),
    sample_by = hash,
)]
struct Table {
    share: f64,
    #[ch(type = "JSON")]
    data: String,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    total: u64,
    hash: i32,
}

fn main() {}
