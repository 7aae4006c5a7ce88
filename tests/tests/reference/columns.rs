//! # Columns
//!
//! A field, with its type ([Types](#types)), its name, and its doc comment as the comment.
//! `renamed_from` on a field or a struct plans a RENAME.

use chx::prelude::*;

// `user agent` String <- name = "user agent"
// COMMENT 'What the browser says.' <- /// What the browser says.
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Named {
    /// What the browser says.
    #[ch(name = "user agent")]
    user_agent: String,
}

// user String DEFAULT 'unknown' <- default = "'unknown'"
// day Date MATERIALIZED toDate(ts) <- materialized = "toDate(ts)"
// loud String ALIAS upper(user) <- alias = "upper(user)"
// raw String EPHEMERAL <- ephemeral
// text String EPHEMERAL 'none' <- ephemeral = "'none'"
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = ts)]
struct Defaults {
    ts: DateTime,
    #[ch(default = "'unknown'")]
    user: String,
    #[ch(materialized = "toDate(ts)")]
    day: Date,
    #[ch(alias = "upper(user)")]
    loud: String,
    #[ch(ephemeral)]
    raw: String,
    #[ch(ephemeral = "'none'")]
    text: String,
}

// CODEC(Delta(4), ZSTD(3)) <- codec = "Delta, ZSTD(3)"
// STATISTICS(minmax, uniq) <- statistics(minmax, uniq)
// TTL ts + toIntervalDay(1) <- ttl = "ts + INTERVAL 1 DAY"
// SETTINGS (min_compress_block_size = 1024) <- settings(min_compress_block_size = 1024)
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = ts)]
struct Stored {
    #[ch(codec = "Delta, ZSTD(3)")]
    ts: DateTime,
    #[ch(statistics(minmax, uniq))]
    size: u64,
    #[ch(ttl = "ts + INTERVAL 1 DAY", settings(min_compress_block_size = 1024))]
    detail: String,
}

// id UInt64 CODEC(Delta(8), ZSTD(1)) <- codec = raw("Delta(8), ZSTD(1)")
#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = id)]
struct Raw {
    #[ch(codec = raw("Delta(8), ZSTD(1)"))]
    id: u64,
}

// created_at DateTime <- #[ch(flatten)]
#[derive(ChColumns)]
struct Audit {
    created_at: DateTime,
    created_by: String,
}

#[derive(ChTable)]
#[ch(database = "reference", engine = MergeTree, order_by = created_at)]
struct Audited {
    id: u64,
    #[ch(flatten)]
    audit: Audit,
}
