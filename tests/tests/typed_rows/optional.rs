//! Values that may be NULL.

use std::net::Ipv6Addr;

use chx::prelude::*;
use clickhouse::types::{BFloat16, Int256, UInt256};

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 1] = [("every_scalar", every_scalar)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq, Default)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Optional {
    id: u8,
    flag: Option<bool>,
    a: Option<u8>,
    b: Option<u16>,
    c: Option<u32>,
    d: Option<u64>,
    e: Option<u128>,
    f: Option<i8>,
    g: Option<i16>,
    h: Option<i32>,
    i: Option<i64>,
    j: Option<i128>,
    k: Option<UInt256>,
    l: Option<Int256>,
    m: Option<f32>,
    n: Option<f64>,
    o: Option<BFloat16>,
    p: Option<String>,
    q: Option<[u8; 2]>,
    r: Option<Ipv6Addr>,
    s: Option<Date>,
    t: Option<Date32>,
    u: Option<DateTime>,
    v: Option<DateTime64<3>>,
    w: Option<Time>,
    x: Option<Time64<9>>,
    y: Option<Decimal64<3>>,
    z: Vec<Option<String>>,
    aa: (Option<u8>, u8),
    ab: std::collections::BTreeMap<String, Option<i32>>,
}

fn every_scalar(engine: &Engine) -> Outcome {
    let out_of_range = |error: chx::types::OutOfRange| error.to_string();
    let none = Optional::default();
    let some = Optional {
        id: 1,
        flag: Some(false),
        a: Some(0),
        b: Some(1),
        c: Some(2),
        d: Some(3),
        e: Some(4),
        f: Some(-1),
        g: Some(-2),
        h: Some(-3),
        i: Some(-4),
        j: Some(-5),
        k: Some(UInt256::MAX),
        l: Some(Int256::MIN),
        m: Some(0.0),
        n: Some(f64::INFINITY),
        o: Some(BFloat16::from(1.5_f32)),
        p: Some(String::new()),
        q: Some(*b"\0x"),
        r: Some(Ipv6Addr::LOCALHOST),
        s: Some(Date::MIN),
        t: Some(Date32::MIN),
        u: Some(DateTime::MAX),
        v: Some(DateTime64::from_ticks(-1)),
        w: Some(Time::MAX),
        x: Some(Time64::from_ticks(1).map_err(out_of_range)?),
        y: Some(Decimal64::from_unscaled(-1).map_err(out_of_range)?),
        z: vec![None, Some(String::new()), Some("x".into())],
        aa: (Some(1), 2),
        ab: [("a".to_owned(), None), ("b".to_owned(), Some(1))].into(),
    };
    engine.round_trip(&[none, some])
}
