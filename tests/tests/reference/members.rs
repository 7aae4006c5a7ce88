//! # Indexes, projections and constraints
//!
//! As many as needed, in the attributes of the struct.

use chx::prelude::*;

// INDEX by_user user TYPE bloom_filter(0.01) GRANULARITY 4 <- index(by_user, expr = user, type = "bloom_filter(0.01)", granularity = 4)
// INDEX by_day toDate(ts) TYPE minmax <- index(by_day, expr = "toDate(ts)", type = minmax)
// INDEX by_status status TYPE set(100) <- index(by_status, expr = status, type = "set(100)")
// INDEX by_ngram text TYPE ngrambf_v1(3, 256, 2, 0) <- index(by_ngram, expr = text, type = "ngrambf_v1(3, 256, 2, 0)")
// INDEX by_token text TYPE tokenbf_v1(256, 2, 0) <- index(by_token, expr = text, type = "tokenbf_v1(256, 2, 0)")
// INDEX by_grams text TYPE sparse_grams(3, 10, 256, 2, 0) <- index(by_grams, expr = text, type = "sparse_grams(3, 10, 256, 2, 0)")
// INDEX by_text text TYPE text(tokenizer = 'splitByNonAlpha') <- index(by_text, expr = text, type = "text(tokenizer = 'splitByNonAlpha')")
// INDEX by_vector vector TYPE vector_similarity('hnsw', 'L2Distance', 4) <- index(by_vector, expr = vector, type = "vector_similarity('hnsw', 'L2Distance', 4)")
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = ts,
    index(by_user, expr = user, type = "bloom_filter(0.01)", granularity = 4),
    index(by_day, expr = "toDate(ts)", type = minmax),
    index(by_status, expr = status, type = "set(100)"),
    index(by_ngram, expr = text, type = "ngrambf_v1(3, 256, 2, 0)"),
    index(by_token, expr = text, type = "tokenbf_v1(256, 2, 0)"),
    index(by_grams, expr = text, type = "sparse_grams(3, 10, 256, 2, 0)"),
    index(by_text, expr = text, type = "text(tokenizer = 'splitByNonAlpha')"),
    index(by_vector, expr = vector, type = "vector_similarity('hnsw', 'L2Distance', 4)"),
)]
struct Indexed {
    ts: DateTime,
    user: String,
    status: u16,
    text: String,
    vector: Vec<f32>,
}

// PROJECTION per_site (SELECT site, count() GROUP BY site) <- projection(per_site, "SELECT site, count() GROUP BY site")
// PROJECTION by_site (SELECT * ORDER BY site) WITH SETTINGS (index_granularity = 1000) <- projection(by_site, "SELECT * ORDER BY site", settings(index_granularity = 1000))
// PROJECTION find_site INDEX site TYPE basic <- projection(find_site, "INDEX site TYPE basic")
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = id,
    projection(per_site, "SELECT site, count() GROUP BY site"),
    projection(by_site, "SELECT * ORDER BY site", settings(index_granularity = 1000)),
    projection(find_site, "INDEX site TYPE basic"),
)]
struct Projected {
    id: u64,
    site: String,
}

// SETTINGS deduplicate_merge_projection_mode = 'rebuild' <- settings(deduplicate_merge_projection_mode = "rebuild")
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = ReplacingMergeTree,
    order_by = id,
    projection(per_site, "SELECT site, count() GROUP BY site"),
    settings(deduplicate_merge_projection_mode = "rebuild"),
)]
struct ProjectedAndReplaced {
    id: u64,
    site: String,
}

// CONSTRAINT sane CHECK duration >= 0 <- constraint(sane, check = "duration >= 0")
// CONSTRAINT small ASSUME duration < 100 <- constraint(small, assume = "duration < 100")
#[derive(ChTable)]
#[ch(
    database = "reference",
    engine = MergeTree,
    order_by = id,
    constraint(sane, check = "duration >= 0"),
    constraint(small, assume = "duration < 100"),
)]
struct Constrained {
    id: u64,
    duration: f32,
}
