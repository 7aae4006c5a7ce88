use chx::prelude::*;

type Tags = Vec<String>;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    tags: Option<Tags>,
    pair: Option<(u8, u8)>,
    twice: Option<Option<u8>>,
    by_tags: std::collections::HashMap<Tags, u8>,
    fine: DateTime64<12>,
    short: Decimal32<10>,
    #[ch(low_cardinality)]
    tag_set: Tags,
    text: Option<LowCardinality<String>>,
}

fn main() {}
