use chx::prelude::*;

#[derive(ChColumns, Serialize)]
struct Audit {
    created_at: Option<DateTime>,
    created_by: String,
}

#[derive(ChTable, ChRow, Serialize)]
#[ch(
    engine = ReplacingMergeTree(created_by),
    order_by = (id, created_at, created),
    index(by_name, expr = "creator", type = minmax),
    ttl = "created_at + INTERVAL 1 DAY",
)]
struct Invoice {
    id: u64,
    #[ch(flatten)]
    audit: Audit,
}

#[derive(ChTable, Row, Serialize)]
#[ch(engine = MergeTree, order_by = id)]
struct WrongRow {
    id: u64,
    #[ch(flatten)]
    audit: Audit,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = created_by)]
struct Twice {
    #[ch(flatten)]
    audit: Audit,
    created_by: String,
}

fn main() {}
