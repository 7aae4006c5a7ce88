use chx::prelude::*;

#[derive(ChSettings)]
#[ch(settings(index_granularity = 1024, ttl_only_drop_parts = 1))]
struct Cheap;

#[derive(ChSettings)]
#[ch(settings(index_granularity = 2048))]
struct Coarse;

struct Nothing;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, shared_settings = (Cheap, Coarse))]
struct Twice {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, shared_settings = Cheap, settings(ttl_only_drop_parts = 1))]
struct Same {
    id: u64,
}

#[derive(ChMaterializedView)]
#[ch(
    engine = MergeTree,
    order_by = id,
    shared_settings = (Coarse, Coarse),
    query = "SELECT 1 AS id",
)]
struct InView {
    id: u8,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, shared_settings = Nothing)]
struct NoList {
    id: u64,
}


fn main() {}
