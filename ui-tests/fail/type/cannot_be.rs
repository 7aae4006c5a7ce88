use chx::prelude::*;

type Tags = Vec<String>;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    tags: Option<Tags>,
    twice: Option<Option<u8>>,
    by_maybe: std::collections::HashMap<Option<u8>, u8>,
    fine: DateTime64<12>,
    short: Decimal32<10>,
    #[ch(low_cardinality)]
    tag_set: Tags,
    text: Option<LowCardinality<String>>,
    days: Vec<LowCardinality<Date>>,
}

fn main() {}
