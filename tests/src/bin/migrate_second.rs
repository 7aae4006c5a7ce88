//! `chx-migrate` of the same project after a change that destroys nothing.

use chx::prelude::*;

/// One page view.
#[derive(ChTable)]
#[ch(
    database = "shop",
    engine = MergeTree,
    partition_by = "toYYYYMM(ts)",
    order_by = (site, ts),
    ttl = "toDateTime(ts) + INTERVAL 30 DAY",
    index(by_user, expr = "usr", type = "bloom_filter(0.01)", granularity = 4)
)]
pub struct PageView {
    #[ch(codec = "Delta, ZSTD(3)")]
    pub id: u64,
    pub ts: DateTime64<3>,
    #[ch(low_cardinality)]
    pub site: String,
    #[ch(default = "'unknown'")]
    pub usr: String,
    pub duration: f32,
}

/// Views per site.
#[derive(ChTable)]
#[ch(database = "shop", engine = SummingMergeTree, order_by = site)]
pub struct SiteViews {
    pub site: String,
    pub views: u64,
}

/// Fills `site_views`.
#[derive(ChMaterializedView)]
#[ch(database = "shop", to = SiteViews, query = "SELECT site, count() AS views FROM shop.page_view GROUP BY site")]
pub struct SiteViewsMv {
    pub site: String,
    pub views: u64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
