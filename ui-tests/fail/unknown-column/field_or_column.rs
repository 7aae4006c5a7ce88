use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = (usr, "user"))]
struct Page {
    #[ch(name = "usr")]
    user: String,
}

fn main() {}
