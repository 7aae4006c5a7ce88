use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, constraint(sane, check = "url != 'x"))]
struct Page {
    id: u64,
    #[ch(default = "`id", codec = "")]
    url: String,
}

fn main() {}
