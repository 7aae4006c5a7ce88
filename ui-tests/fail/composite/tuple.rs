use chx::prelude::*;

#[derive(ChTuple)]
struct Pair(u8, u8);

#[derive(ChTuple, Serialize)]
struct Price {
    #[serde(skip)]
    amount: u64,
    #[ch(name = "currency")]
    code: String,
    currency: String,
    #[ch(codec = "ZSTD")]
    note: String,
}

#[derive(ChTuple, Serialize)]
struct Place {
    ip: std::net::Ipv4Addr,
    tags: Option<Vec<String>>,
    #[ch(type = "UInt32")]
    zip: u64,
}

#[derive(ChTuple, Serialize)]
struct Point {
    x: u8,
    y: u8,
}

#[derive(ChTable, Row, Serialize)]
#[ch(engine = MergeTree, order_by = id)]
struct Table {
    id: u64,
    #[ch(type = "Tuple(UInt8, UInt8)")]
    unnamed: Point,
    #[ch(type = "Tuple(y UInt8, x UInt8)")]
    other: Point,
}

fn main() {}
