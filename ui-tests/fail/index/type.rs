use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(a, expr = text, type = "set"),
    index(b, expr = text, type = bloom_filter(2)),
    index(c, expr = text, type = "ngrambf_v1(4, 1024, 2)"),
    index(d, expr = text, type = "tokenbf_v1(1024, 2)"),
    index(e, expr = text, type = "text('ngrams')"),
    index(f, expr = vector, type = "vector_similarity('hnsw', 'L1Distance', 4)"),
    index(g, expr = text, type = "full_text"),
    index(h, expr = text, type = "bloomfilter(0.01)"),
    index(i, expr = text, type = "newest(1)"),
    index(j, expr = text, type = sparse_grams),
)]
struct Table {
    id: u64,
    text: String,
    vector: Vec<f32>,
}

fn main() {}
