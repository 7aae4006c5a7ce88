use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = SummingMergeTree, order_by = (site, day))]
struct SiteDay {
    #[ch(low_cardinality)]
    site: String,
    day: Date,
    views: u64,
    #[ch(default = "0")]
    bots: u64,
    errors: u64,
}

#[derive(ChMaterializedView)]
#[ch(
    to = SiteDay,
    query = "SELECT site, toDate(ts) AS dya, count() AS views, max(user) AS user FROM page_view GROUP BY site, day",
)]
struct SiteDayMv {
    site: String,
    dya: Date,
    views: Option<u64>,
    user: String,
}

fn main() {}
