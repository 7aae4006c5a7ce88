//! Types that the attribute names, and newtypes.

use chx::prelude::*;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 2] = [("types", types), ("newtypes", newtypes)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Explicit {
    id: u8,
    #[ch(type = "Enum8('new' = 1, 'it\\'s' = -128, 'größe' = 127)")]
    small: i8,
    #[ch(type = "Enum16('a' = -32768, 'b' = 32767)")]
    large: i16,
    #[ch(type = "UInt8")]
    flag: bool,
    #[ch(type = "Date")]
    day: u16,
    #[ch(type = "Date32")]
    far_day: i32,
    #[ch(type = "DateTime('Europe/Berlin')")]
    second: u32,
    #[ch(type = "DateTime64(9)")]
    nano: i64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    total: u64,
    #[ch(type = "SimpleAggregateFunction(anyLast, Nullable(String))")]
    last: Option<String>,
    #[ch(type = "LowCardinality(Nullable(FixedString(2)))")]
    country: Option<[u8; 2]>,
    #[ch(type = "Point")]
    point: (f64, f64),
    #[ch(type = "Ring")]
    ring: Vec<(f64, f64)>,
    #[ch(type = "MultiPolygon")]
    polygons: Vec<Vec<Vec<(f64, f64)>>>,
    #[ch(type = "DOUBLE PRECISION")]
    alias: f64,
    #[ch(name = "n.key", type = "Array(String)")]
    #[serde(rename = "n.key")]
    nested_key: Vec<String>,
    #[ch(name = "n.value")]
    #[serde(rename = "n.value")]
    nested_value: Vec<u64>,
}

fn types(engine: &Engine) -> Outcome {
    let row = |id, least: bool| Explicit {
        id,
        small: if least { -128 } else { 127 },
        large: if least { i16::MIN } else { i16::MAX },
        flag: least,
        day: u16::MAX,
        far_day: -25_567,
        second: u32::MAX,
        nano: -1,
        total: u64::MAX,
        last: least.then(String::new),
        country: least.then_some(*b"DE"),
        point: (-0.5, 1e300),
        ring: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)],
        polygons: vec![vec![vec![(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]]],
        alias: 0.1,
        nested_key: vec!["a".into(), String::new()],
        nested_value: vec![1, 2],
    };
    engine.round_trip(&[row(0, true), row(1, false)])
}

#[derive(ChType, Serialize, Deserialize, Debug, PartialEq)]
struct SiteId(u64);

#[derive(ChType, Serialize, Deserialize, Debug, PartialEq)]
#[ch(low_cardinality)]
struct Country(String);

#[derive(ChType, Serialize, Deserialize, Debug, PartialEq)]
#[serde(transparent)]
struct Tagged<T> {
    value: T,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Newtypes {
    id: u8,
    site: SiteId,
    country: Country,
    sites: Vec<Option<SiteId>>,
    tagged: Tagged<Option<Date>>,
}

fn newtypes(engine: &Engine) -> Outcome {
    engine.round_trip(&[Newtypes {
        id: 0,
        site: SiteId(u64::MAX),
        country: Country("DE".into()),
        sites: vec![None, Some(SiteId(0))],
        tagged: Tagged {
            value: Some(Date::MAX),
        },
    }])
}
