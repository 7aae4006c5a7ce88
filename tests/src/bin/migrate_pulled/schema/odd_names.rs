//! The database `odd-names`.

use std::collections::HashMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "Date",
    comment = "# not a heading",
    engine = MergeTree,
    order_by = date
)]
pub struct DateTable {
    pub date: Date32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "Größe",
    comment = "Größe: \"in\" \\ <b>\nsecond line",
    engine = MergeTree,
    order_by = (a_b_2, größe, select)
)]
pub struct Größe {
    #[ch(name = "größe")]
    pub größe: u8,
    #[ch(name = "名前")]
    pub 名前: String,
    #[ch(name = "a b")]
    #[serde(rename = "a b")]
    pub a_b_2: String,
    pub a_b: String,
    #[ch(name = "A B")]
    #[serde(rename = "A B")]
    pub a_b_3: String,
    #[ch(name = "1st")]
    #[serde(rename = "1st")]
    pub n1st: u8,
    #[ch(name = "%")]
    #[serde(rename = "%")]
    pub unnamed: u8,
    pub select: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "a.b",
    engine = MergeTree,
    order_by = ()
)]
pub struct AB {
    #[ch(comment = " two  spaces ")]
    pub x: u8,
    #[ch(comment = "see [x] and <y>")]
    pub y: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "back`tick",
    engine = MergeTree,
    order_by = q_q
)]
pub struct BackTick {
    #[ch(name = "q`q")]
    #[serde(rename = "q`q")]
    pub q_q: u8,
    #[ch(name = r#"q"q"#)]
    #[serde(rename = r#"q"q"#)]
    pub q_q_2: u8,
    #[ch(name = r"q\q")]
    #[serde(rename = r"q\q")]
    pub q_q_3: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "date",
    engine = MergeTree,
    order_by = date
)]
pub struct Date2 {
    pub date: Date,
    pub string: String,
    pub vec: Vec<u8>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "odd-names", engine = MergeTree, order_by = ())]
pub struct Kinds {
    pub a: A,
    pub b: Option<B>,
    pub c: Vec<B>,
    pub d: HashMap<String, B>,
    pub e: E,
    pub f: (B, u8),
    #[ch(low_cardinality)]
    pub g: FixedString<2>,
    pub h: Time,
    pub i: Time64<6>,
    pub j: clickhouse::types::BFloat16,
    pub k: Option<DateTime64<3>>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Decimal(76, 10)")]
    #[serde(skip)]
    pub l: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Tuple")]
    #[serde(skip)]
    pub m: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "IntervalDay")]
    #[serde(skip)]
    pub n: (),
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum A {
    #[ch(name = "1")]
    N1 = -128,
    #[ch(name = "")]
    Empty = 0,
    #[ch(name = "a b")]
    AB = 1,
    #[ch(name = "a-b")]
    ABValue = 2,
    #[ch(name = "A_B")]
    AB2 = 3,
    #[ch(name = "it's")]
    ItS = 127,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum B {
    X = 1,
    Y = 2,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
pub enum E {
    One = 1,
    Two = 2,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    engine = MergeTree,
    partition_by = (a, b),
    order_by = (a, b, "cityHash64(a)", "cityHash64(b)", "length(a)", "length(b)", "upper(a)", "upper(b)"),
    ttl = ("toDateTime('2030-01-01 00:00:00') + toIntervalDay(length(a))", "toDateTime('2030-01-01 00:00:00') + toIntervalDay(length(b)) DELETE WHERE a = 'x'"),
    settings(
        index_granularity = 1024,
        max_suspicious_broken_parts = 5,
        merge_max_block_size = 1000,
        min_bytes_for_wide_part = "10Mi",
        storage_policy = "default"
    )
)]
pub struct LongOne {
    #[ch(
        default = "'a text that is quite a bit longer than what fits into a line of code of a usual width, and then some more'"
    )]
    pub a: String,
    /// A comment that is so long that it takes more than one line of code, at least where lines are
    /// as long as they usually are in Rust, that is a hundred.
    #[ch(codec = "ZSTD(5)")]
    pub b: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "odd-names", engine = MergeTree, order_by = ("type", self_))]
pub struct Type {
    pub r#type: u8,
    #[ch(name = "self")]
    #[serde(rename = "self")]
    pub self_: u8,
    #[ch(name = "Self")]
    #[serde(rename = "Self")]
    pub self_2: u8,
    pub r#fn: String,
    pub r#match: String,
    #[ch(name = "crate")]
    #[serde(rename = "crate")]
    pub crate_: u8,
}

/// a view
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "odd-names",
    name = "view of kinds",
    query = "SELECT type AS a FROM `odd-names`.type"
)]
pub struct ViewOfKinds {
    pub a: u8,
}
