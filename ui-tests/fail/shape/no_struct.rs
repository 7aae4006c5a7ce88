use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
enum Kind {
    A,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Pair(u8, u8);

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Unit;

#[derive(ChView)]
#[ch(query = "SELECT 1")]
union Bits {
    a: u8,
}

fn main() {}
