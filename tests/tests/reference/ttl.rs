//! # TTL and settings
//!
//! One rule, or a list of them. The TTL of a column stands on its field ([Columns](#columns)).

use chx::prelude::*;

// TTL ts + toIntervalDay(90) <- ttl = "ts + INTERVAL 90 DAY"
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = ts, ttl = "ts + INTERVAL 90 DAY")]
struct Expiring {
    ts: DateTime,
}

// ts + toIntervalDay(1) DELETE WHERE level = 'debug' <- "ts + INTERVAL 1 DAY DELETE WHERE level = 'debug'"
// ts + toIntervalDay(7) RECOMPRESS CODEC(ZSTD(9)) <- "ts + INTERVAL 7 DAY RECOMPRESS CODEC(ZSTD(9))"
// ts + toIntervalDay(14) TO DISK 'default' <- "ts + INTERVAL 14 DAY TO DISK 'default'"
// ts + toIntervalDay(21) TO VOLUME IF EXISTS 'cold' <- "ts + INTERVAL 21 DAY TO VOLUME IF EXISTS 'cold'"
// ts + toIntervalDay(90) <- "ts + INTERVAL 90 DAY"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = ts,
    ttl = (
        "ts + INTERVAL 1 DAY DELETE WHERE level = 'debug'",
        "ts + INTERVAL 7 DAY RECOMPRESS CODEC(ZSTD(9))",
        "ts + INTERVAL 14 DAY TO DISK 'default'",
        "ts + INTERVAL 21 DAY TO VOLUME IF EXISTS 'cold'",
        "ts + INTERVAL 90 DAY",
    ),
)]
struct ManyRules {
    ts: DateTime,
    level: String,
}

// GROUP BY site SET views = sum(views), ts = max(ts) <- "ts + INTERVAL 30 DAY GROUP BY site SET views = sum(views), ts = max(ts)"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = (site, page),
    ttl = "ts + INTERVAL 30 DAY GROUP BY site SET views = sum(views), ts = max(ts)",
)]
struct RolledUp {
    site: String,
    page: String,
    views: u64,
    ts: DateTime,
}

// SETTINGS index_granularity = 1024, min_bytes_for_wide_part = '10Mi', ttl_only_drop_parts = 1 <- settings(index_granularity = 1024, min_bytes_for_wide_part = "10Mi", ttl_only_drop_parts = true)
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = id,
    settings(index_granularity = 1024, min_bytes_for_wide_part = "10Mi", ttl_only_drop_parts = true),
)]
struct Tuned {
    id: u64,
}
