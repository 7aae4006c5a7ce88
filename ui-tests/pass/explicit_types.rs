//! Types that the attribute names and the Rust type fits into.

use std::collections::BTreeMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = ())]
struct Everything {
    #[ch(type = "DateTime64(3, 'UTC')")]
    ts: DateTime64<3>,
    #[ch(type = "Date")]
    raw_date: u16,
    #[ch(type = "DateTime")]
    raw_seconds: u32,
    #[ch(type = "DateTime64(6)")]
    raw_micros: i64,
    #[ch(type = "Decimal(9, 2)")]
    cents: i32,
    #[ch(type = "Decimal(30, 2)")]
    many_cents: i128,
    #[ch(type = "UInt8")]
    flag: bool,
    #[ch(type = "Enum8('a' = 1, 'b' = 2)")]
    kind: i8,
    #[ch(type = "LowCardinality(Nullable(String))")]
    site: Option<String>,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    total: u64,
    #[ch(type = "Tuple(a UInt8, b String)")]
    pair: (u8, String),
    #[ch(type = "Map(String, UInt8)")]
    pairs: Vec<(String, u8)>,
    #[ch(type = "Map(LowCardinality(String), Array(UInt8))")]
    map: BTreeMap<String, Vec<u8>>,
    #[ch(type = "IPv6")]
    address: [u8; 16],
    #[ch(type = "JSON")]
    json: String,
    #[ch(type = "Point")]
    point: (f64, f64),
    #[ch(type = "Polygon")]
    polygon: Vec<Vec<(f64, f64)>>,
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    state: (),
}

fn main() {
    assert_eq!(Everything::COLUMNS.len(), 18);
    assert!(!Everything::SELECT.contains("state"));
}
