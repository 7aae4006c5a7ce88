//! # Keys
//!
//! A field, SQL in quotes, or a list of both.

use chx::prelude::*;

// PARTITION BY toYYYYMM(ts) <- partition_by = "toYYYYMM(ts)"
// PRIMARY KEY (site, cityHash64(user)) <- primary_key = (site, "cityHash64(user)")
// ORDER BY (site, cityHash64(user), ts DESC) <- order_by = (site, "cityHash64(user)", "ts DESC")
// SAMPLE BY cityHash64(user) <- sample_by = "cityHash64(user)"
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    partition_by = "toYYYYMM(ts)",
    order_by = (site, "cityHash64(user)", "ts DESC"),
    primary_key = (site, "cityHash64(user)"),
    sample_by = "cityHash64(user)",
)]
struct Keyed {
    site: String,
    user: String,
    ts: DateTime,
}

// PARTITION BY (site, toDate(ts)) <- partition_by = (site, "toDate(ts)")
// ORDER BY ts <- order_by = ts
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, partition_by = (site, "toDate(ts)"), order_by = ts)]
struct PartitionedByTwo {
    site: String,
    ts: DateTime,
}

// PRIMARY KEY id ORDER BY (id, ts) <- primary_key = id, order_by = (id, ts)
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, primary_key = id, order_by = (id, ts))]
struct ShortKey {
    id: u64,
    ts: DateTime,
}

// UNIQUE KEY (site, id) SETTINGS allow_experimental_unique_key = 1 <- unique_key = (site, id)
/// One row a key, whole columns only. Experimental: since 26.5, without TTL and projections, and no ALTER changes the key.
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = id, unique_key = (site, id))]
struct UniqueKeyed {
    id: u64,
    site: String,
}
