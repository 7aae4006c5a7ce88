use chx::prelude::*;

#[derive(ChEnum)]
enum Status {
    New = 1,
    Old = 2,
}

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Task {
    id: u64,
    #[ch(type = "Enum8('new' = 2, 'old' = 1)")]
    status: Status,
    #[ch(low_cardinality)]
    cheap: Status,
}

fn main() {}
