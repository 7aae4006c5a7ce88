use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = 5,
    order_by(id),
    partition_by = id + 1,
    name = Page,
    database = "",
    comment,
    ttl = id,
    settings = "index_granularity = 8192",
)]
struct Page {
    #[ch(type = u64)]
    id: u64,
    #[ch(low_cardinality = "yes")]
    site: String,
    #[ch(materialized)]
    day: Date,
}

fn main() {}
