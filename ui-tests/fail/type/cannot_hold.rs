use chx::prelude::*;

type Id = u64;

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = ())]
struct Page {
    #[ch(type = "UInt32")]
    id: Id,
    #[ch(type = "DateTime64(6)")]
    ts: DateTime64<3>,
    #[ch(type = "Nullable(String)")]
    url: String,
    #[ch(type = "String")]
    user: Option<String>,
    #[ch(type = "Array(UInt64)")]
    counts: Vec<Option<u64>>,
    #[ch(type = "Bool")]
    flag: u8,
    #[ch(type = "FixedString(3)")]
    country: [u8; 2],
    #[ch(type = "Decimal(20, 2)")]
    price: i64,
    #[ch(type = "Enum8('a' = 1)")]
    kind: String,
    #[ch(type = "Map(String, UInt64)")]
    map: std::collections::BTreeMap<String, String>,
}

fn main() {}
