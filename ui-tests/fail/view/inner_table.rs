use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = site)]
struct Sites {
    site: String,
}

// The rows are those of the target.
#[derive(ChMaterializedView)]
#[ch(to = Sites, index(by_site, expr = site, type = "minmax"), query = "SELECT site FROM page_view")]
struct SitesMv {
    #[ch(codec = "ZSTD(3)", materialized = "lower(site)", comment = "the host")]
    site: String,
}

// An inner table is a table.
#[derive(ChMaterializedView)]
#[ch(
    engine = MergeTree,
    order_by = site,
    index(by_user, expr = user, type = "minmax"),
    projection(top, "SELECT * ORDER BY viws"),
    query = "SELECT site, count() AS views FROM page_view GROUP BY site",
)]
struct PerSite {
    #[ch(codec = "Delta", renamed_from = "host")]
    site: String,
    #[ch(ttl = "day + INTERVAL 1 DAY")]
    views: u64,
    #[ch(flatten)]
    rest: String,
}

fn main() {}
