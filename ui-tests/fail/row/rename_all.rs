use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[ch(engine = MergeTree, order_by = page_id)]
struct Page {
    page_id: u64,
    url: String,
}

fn main() {}
