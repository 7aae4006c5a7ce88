//! # Types
//!
//! The Rust type says the column's. `type` says another, which the compiler holds to what the Rust type can hold.

use std::collections::{BTreeMap, HashMap};

use chx::prelude::*;
use chx::types::{Date32, Decimal32, Decimal64, Decimal128, FixedString, LowCardinality, Time, Time64};

// a Bool <- a: bool
// b UInt8 <- b: u8
// c UInt16 <- c: u16
// d UInt32 <- d: u32
// e UInt64 <- e: u64
// f UInt128 <- f: u128
// g UInt256 <- g: clickhouse::types::UInt256
// h Int8 <- h: i8
// i Int16 <- i: i16
// j Int32 <- j: i32
// k Int64 <- k: i64
// l Int128 <- l: i128
// m Int256 <- m: clickhouse::types::Int256
// n Float32 <- n: f32
// o Float64 <- o: f64
// p BFloat16 <- p: clickhouse::types::BFloat16
// q Decimal(9, 2) <- q: Decimal32<2>
// r Decimal(18, 2) <- r: Decimal64<2>
// s Decimal(38, 2) <- s: Decimal128<2>
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Numbers {
    a: bool,
    b: u8,
    c: u16,
    d: u32,
    e: u64,
    f: u128,
    g: clickhouse::types::UInt256,
    h: i8,
    i: i16,
    j: i32,
    k: i64,
    l: i128,
    m: clickhouse::types::Int256,
    n: f32,
    o: f64,
    p: clickhouse::types::BFloat16,
    q: Decimal32<2>,
    r: Decimal64<2>,
    s: Decimal128<2>,
}

// a String <- a: String
// b FixedString(5) <- b: FixedString<5>
// c LowCardinality(String) <- #[ch(low_cardinality)]
// d LowCardinality(String) <- d: LowCardinality<String>
// h JSON <- type = "JSON"
// i JSON(max_dynamic_paths = 8, `a.b` UInt32, SKIP c) <- type = "JSON(max_dynamic_paths = 8, a.b UInt32, SKIP c)"
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Texts {
    a: String,
    b: FixedString<5>,
    #[ch(low_cardinality)]
    c: String,
    d: LowCardinality<String>,
    #[ch(type = "JSON")]
    h: String,
    #[ch(type = "JSON(max_dynamic_paths = 8, a.b UInt32, SKIP c)")]
    i: String,
}

// a UUID <- #[serde(with = "clickhouse::serde::uuid")]
// b IPv4 <- #[serde(with = "clickhouse::serde::ipv4")]
// c IPv6 <- c: std::net::Ipv6Addr
#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(database = "reference", engine = Memory)]
struct Addresses {
    #[serde(with = "clickhouse::serde::uuid")]
    a: uuid::Uuid,
    #[serde(with = "clickhouse::serde::ipv4")]
    b: std::net::Ipv4Addr,
    c: std::net::Ipv6Addr,
}

// a Date <- a: Date
// b Date32 <- b: Date32
// c DateTime <- c: DateTime
// d DateTime('UTC') <- type = "DateTime('UTC')"
// e DateTime64(3) <- e: DateTime64<3>
// f Time <- f: Time
// g Time64(3) <- g: Time64<3>
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Times {
    a: Date,
    b: Date32,
    c: DateTime,
    #[ch(type = "DateTime('UTC')")]
    d: DateTime,
    e: DateTime64<3>,
    f: Time,
    g: Time64<3>,
}

// a Nullable(String) <- a: Option<String>
// b Array(UInt8) <- b: Vec<u8>
// c Map(String, UInt64) <- c: HashMap<String, u64>
// d Map(String, Array(String)) <- d: BTreeMap<String, Vec<String>>
// e Tuple(UInt8, String) <- e: (u8, String)
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Containers {
    a: Option<String>,
    b: Vec<u8>,
    c: HashMap<String, u64>,
    d: BTreeMap<String, Vec<String>>,
    e: (u8, String),
}

// status Enum8('gone' = -1, 'new' = 1) <- #[derive(ChEnum)]
#[derive(ChEnum)]
enum Status {
    New = 1,
    #[ch(name = "gone")]
    Deleted = -1,
}

#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Task {
    status: Status,
}

// price Tuple(amount Decimal(18, 2), currency String) <- #[derive(ChTuple, Serialize, Deserialize)]
#[derive(ChTuple, Serialize, Deserialize)]
struct Price {
    amount: Decimal64<2>,
    currency: String,
}

#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Offer {
    price: Price,
}

// content Variant(String, UInt64) <- #[derive(ChVariant, Serialize, Deserialize)]
#[derive(ChVariant, Serialize, Deserialize)]
enum Content {
    Text(String),
    Number(u64),
}

#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Property {
    content: Content,
}

// `goals.id` Array(UInt32) <- #[ch(nested)]
#[derive(ChNested)]
struct Goals {
    id: Vec<u32>,
    price: Vec<f64>,
}

#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Visit {
    #[ch(nested)]
    goals: Goals,
}

// site LowCardinality(String) <- #[derive(ChType, Serialize, Deserialize)]
#[derive(ChType, Serialize, Deserialize)]
#[ch(low_cardinality)]
struct SiteName(String);

#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Newtyped {
    site: SiteName,
}

// a Dynamic <- type = "Dynamic"
// b Point <- type = "Point"
// c QBit(Float32, 8) <- type = "QBit(Float32, 8)"
// d IntervalDay <- type = "IntervalDay"
#[derive(ChTable)]
#[ch(database = "reference", engine = Memory)]
struct Others {
    #[ch(type = "Dynamic")]
    a: (),
    #[ch(type = "Point")]
    b: (f64, f64),
    #[ch(type = "QBit(Float32, 8)")]
    c: (),
    #[ch(type = "IntervalDay")]
    d: (),
}
