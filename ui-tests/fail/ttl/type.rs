use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    ttl = ("seconds + INTERVAL 1 DAY", "maybe + INTERVAL 1 DAY DELETE WHERE id = 1"),
)]
struct Table {
    id: u64,
    seconds: u32,
    maybe: Option<DateTime>,
    #[ch(ttl = seconds)]
    detail: String,
    #[ch(ttl = "maybe")]
    more: String,
}

fn main() {}
