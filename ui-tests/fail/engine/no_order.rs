use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree)]
struct Page {
    id: u64,
}

fn main() {}
