use chx::prelude::*;

#[derive(ChColumns)]
struct Audit {
    #[ch(materialized = "now()")]
    created_at: DateTime,
    #[ch(codec = "Delta, ZSTD")]
    created_by: String,
    #[ch(flatten)]
    more: More,
}

#[derive(ChColumns)]
struct More {
    #[ch(codec = "Gorilla")]
    count: u64,
}

#[derive(ChNested)]
struct Goals {
    id: Vec<u64>,
    price: f64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Wrong {
    id: u64,
    #[ch(flatten)]
    goals: Goals,
    #[ch(nested)]
    more: More,
    #[ch(flatten, codec = "ZSTD")]
    other: More,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct NoGroups {
    id: u64,
    #[ch(flatten)]
    goals: Goals,
    #[ch(nested)]
    more: More,
}

fn main() {}
