use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(
    engine = MergTree,
    order_by = (stie, ts),
    ttl = "ts + INTERVAL 90 DAY)",
    colour = "red",
    index(by_user, expr = "usr"),
)]
struct PageView {
    #[ch(codec = "Delta,")]
    ts: DateTime,
    site: String,
    #[ch(default = "'a", defualt = "b")]
    user: String,
    #[ch(type = "Strng")]
    text: String,
    size: usize,
    #[ch(materialized = "toDate(t)")]
    day: Date,
}

// None of the mistakes reaches what uses the struct.
#[derive(ChMaterializedView)]
#[ch(to = PageView, query = "SELECT 1 AS id")]
struct Mv {
    id: u8,
}

fn insert(row: <PageView as ChTable>::Insert) -> PageViewInsert {
    println!("{} {:?} {}", PageView::TABLE, PageView::COLUMNS, PageView::SELECT);
    row
}

fn main() {
    let _ = insert;
}
