//! # Materialized views
//!
//! A struct with `#[derive(ChMaterializedView)]`. Where the target is a struct, its fields are held to the target's.
//! A view with `refresh` may say `empty`, to be created EMPTY: it waits for its first moment.

use chx::prelude::*;

// CREATE MATERIALIZED VIEW reference.site_day_mv TO reference.site_day <- to = SiteDay
#[derive(ChTable)]
#[ch(database = "reference", engine = SummingMergeTree, order_by = (site, day))]
struct SiteDay {
    site: String,
    day: Date,
    views: u64,
}

#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    to = SiteDay,
    query = "SELECT site, toDate(ts) AS day, count() AS views FROM reference.keyed GROUP BY site, day"
)]
struct SiteDayMv {
    site: String,
    day: Date,
    views: u64,
}

// TO reference.site_day <- to = "reference.site_day"
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    to = "reference.site_day",
    query = "SELECT site, today() AS day, 1 AS views FROM reference.keyed"
)]
struct ByName {
    site: String,
    day: Date,
    #[ch(type = "UInt8")]
    views: u8,
}

// ENGINE = SummingMergeTree <- engine = SummingMergeTree
// ORDER BY site <- order_by = site
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    engine = SummingMergeTree,
    order_by = site,
    query = "SELECT site, count() AS views FROM reference.keyed GROUP BY site"
)]
struct WithInnerTable {
    site: String,
    views: u64,
}

// site String COMMENT 'the host' CODEC(ZSTD(3)) <- comment = "the host", codec = "ZSTD(3)"
// host String MATERIALIZED domain(site) <- materialized = "domain(site)"
// INDEX by_site site TYPE bloom_filter GRANULARITY 4 <- index(by_site, expr = site, type = "bloom_filter", granularity = 4)
// CONSTRAINT sane CHECK views > 0 <- constraint(sane, check = "views > 0")
// PROJECTION top (SELECT * ORDER BY views) <- projection(top, "SELECT * ORDER BY views")
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = site,
    index(by_site, expr = site, type = "bloom_filter", granularity = 4),
    constraint(sane, check = "views > 0"),
    projection(top, "SELECT * ORDER BY views"),
    query = "SELECT site, count() AS views FROM reference.keyed GROUP BY site"
)]
struct WithClauses {
    #[ch(comment = "the host", codec = "ZSTD(3)")]
    site: String,
    #[ch(materialized = "domain(site)")]
    host: String,
    views: u64,
}

// SQL SECURITY DEFINER <- sql_security = definer
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = site,
    sql_security = definer,
    query = "SELECT site FROM reference.keyed"
)]
struct MvWithRights {
    site: String,
}

// REFRESH EVERY 1 DAY OFFSET 2 HOUR RANDOMIZE FOR 10 MINUTE SETTINGS refresh_retries = 3 <- refresh = "EVERY 1 DAY OFFSET 2 HOUR RANDOMIZE FOR 10 MINUTE SETTINGS refresh_retries = 3"
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    refresh = "EVERY 1 DAY OFFSET 2 HOUR RANDOMIZE FOR 10 MINUTE SETTINGS refresh_retries = 3",
    engine = MergeTree,
    order_by = site,
    query = "SELECT site, count() AS views FROM reference.keyed GROUP BY site"
)]
struct Daily {
    site: String,
    views: u64,
}

// REFRESH AFTER 1 HOUR DEPENDS ON reference.daily APPEND <- refresh = "AFTER 1 HOUR DEPENDS ON daily APPEND"
#[derive(ChMaterializedView)]
#[ch(
    database = "reference",
    refresh = "AFTER 1 HOUR DEPENDS ON daily APPEND",
    to = SiteDay,
    query = "SELECT site, toDate(ts) AS day, count() AS views FROM reference.keyed GROUP BY site, day"
)]
struct Appending {
    site: String,
    day: Date,
    views: u64,
}
