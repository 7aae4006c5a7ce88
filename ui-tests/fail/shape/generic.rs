use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Page<T, const N: usize> {
    id: u64,
    value: T,
    code: [u8; N],
}

fn main() {}
