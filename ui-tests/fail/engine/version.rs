use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = VersionedCollapsingMergeTree(sign, version), order_by = id)]
struct Table {
    id: u64,
    sign: i8,
    version: Option<u8>,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Statistics {
    id: u64,
    #[ch(statistics(tdigest))]
    name: String,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Length {
    id: u64,
    name: FixedString<0>,
}

fn main() {}
