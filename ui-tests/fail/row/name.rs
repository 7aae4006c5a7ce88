use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Page {
    #[ch(name = "identifier")]
    id: u64,
    #[serde(rename = "address")]
    url: String,
}

fn main() {}
