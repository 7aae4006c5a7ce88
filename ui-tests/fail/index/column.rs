use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(a, expr = id, type = "ngrambf_v1(4, 1024, 2, 0)"),
    index(b, expr = maybe, type = "tokenbf_v1(1024, 2, 0)"),
    index(c, expr = "words", type = "bloom_filter(0.01)"),
    index(d, expr = id, type = "text(tokenizer = 'splitByNonAlpha')"),
    index(e, expr = words, type = "vector_similarity('hnsw', 'L2Distance', 4)"),
    index(f, expr = data, type = minmax),
    index(g, expr = hint, type = minmax),
)]
struct Table {
    id: u64,
    maybe: Option<String>,
    words: std::collections::BTreeMap<String, String>,
    #[ch(type = "JSON")]
    data: String,
    #[ch(ephemeral)]
    hint: String,
}

fn main() {}
