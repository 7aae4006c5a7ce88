use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, , name =, "comment", database "web")]
struct Page {
    #[ch]
    id: u64,
    #[ch = "codec"]
    url: String,
}

fn main() {}
