//! The facade under another path.

mod vendor {
    pub use chx as schema;
}

use vendor::schema::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(crate = vendor::schema, engine = MergeTree, order_by = id)]
struct Page {
    id: u64,
    #[ch(alias = "id + 1")]
    next: u64,
}

fn main() {
    assert_eq!(PageInsert::from(Page { id: 1, next: 2 }).id, 1);
}
