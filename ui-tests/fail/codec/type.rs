use chx::prelude::*;

#[derive(ChType)]
struct Text(String);

type Counts = Vec<u64>;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id)]
struct Table {
    id: u64,
    #[ch(codec = "Delta, ZSTD")]
    text: String,
    #[ch(codec = "Delta, ZSTD")]
    newtype: Text,
    #[ch(codec = "Gorilla, ZSTD")]
    count: u64,
    #[ch(codec = "FPC")]
    counts: Counts,
    #[ch(codec = "T64")]
    share: Option<f64>,
    #[ch(codec = "GCD, LZ4")]
    ratio: f32,
    #[ch(codec = "DoubleDelta")]
    large: u128,
    #[ch(type = "Decimal(38, 2)", codec = "Delta, ZSTD")]
    price: i128,
    #[ch(low_cardinality, codec = "T64")]
    site: String,
    #[ch(codec = "Delta, ZSTD")]
    pairs: std::collections::BTreeMap<String, u64>,
}

fn main() {}
