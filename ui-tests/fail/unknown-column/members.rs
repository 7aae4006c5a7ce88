use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = site,
    index(by_user, expr = "lower(usr)", type = minmax),
    index(by_field, expr = usr, type = minmax),
    projection(per_site, "SELECT stie, count() AS views GROUP BY stie ORDER BY views"),
    constraint(sane, check = "duraton >= 0"),
)]
struct Page {
    site: String,
    user: String,
    duration: f32,
    #[ch(default = "toDate(ts)")]
    day: Date,
    #[ch(ttl = "dya + INTERVAL 1 DAY")]
    text: String,
}

fn main() {}
