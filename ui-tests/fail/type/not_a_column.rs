use chx::prelude::*;

struct Site(String);

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    site: Site,
    sites: Vec<Site>,
    at: time::OffsetDateTime,
}

fn main() {}
