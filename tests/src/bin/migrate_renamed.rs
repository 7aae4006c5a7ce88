//! `chx-migrate` of the same project after two columns got other names: `usr` with a hint, `id` without.

use chx::prelude::*;

/// One page view.
#[derive(ChTable)]
#[ch(
    database = "shop",
    engine = MergeTree,
    partition_by = "toYYYYMM(ts)",
    order_by = (site, ts),
    ttl = "toDateTime(ts) + INTERVAL 90 DAY"
)]
struct PageView {
    #[ch(codec = "Delta, ZSTD(3)")]
    page_id: u64,
    ts: DateTime64<3>,
    #[ch(low_cardinality)]
    site: String,
    #[ch(default = "'unknown'", renamed_from = "usr")]
    visitor: String,
}

/// Views per site.
#[derive(ChTable)]
#[ch(database = "shop", engine = SummingMergeTree, order_by = site)]
struct SiteViews {
    site: String,
    views: u64,
}

/// Fills `site_views`.
#[derive(ChMaterializedView)]
#[ch(database = "shop", to = SiteViews, query = "SELECT site, count() AS views FROM shop.page_view GROUP BY site")]
struct SiteViewsMv {
    site: String,
    views: u64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
