//! Lists, maps and tuples, empty and nested.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use chx::prelude::*;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 3] = [("lists", lists), ("maps", maps), ("tuples", tuples)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq, Default)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Lists {
    id: u8,
    list: Vec<u64>,
    texts: Vec<String>,
    nested: Vec<Vec<Vec<i8>>>,
    boxed: Box<[u16]>,
    queue: VecDeque<f64>,
    sorted: BTreeSet<String>,
    set: HashSet<u32>,
    days: Vec<Date>,
    addresses: Vec<std::net::Ipv6Addr>,
    codes: Vec<[u8; 3]>,
}

fn lists(engine: &Engine) -> Outcome {
    let full = Lists {
        id: 1,
        list: (0..1_000).collect(),
        texts: crate::text::texts(),
        nested: vec![vec![], vec![vec![]], vec![vec![1, -1], vec![i8::MIN]]],
        boxed: Box::new([0, u16::MAX]),
        queue: VecDeque::from([0.5, -0.5]),
        // What comes back from a set must not depend on an order.
        sorted: ["b".to_owned(), "a".to_owned()].into(),
        set: [1, 2, 3].into(),
        days: vec![Date::MIN, Date::MAX],
        addresses: vec![std::net::Ipv6Addr::UNSPECIFIED],
        codes: vec![*b"abc", [0; 3]],
    };
    engine.round_trip(&[Lists::default(), full])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq, Default)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Maps {
    id: u8,
    sorted: BTreeMap<String, u64>,
    unsorted: HashMap<u32, Vec<String>>,
    dictionary: BTreeMap<LowCardinality<String>, Option<f32>>,
    by_day: BTreeMap<Date, (u8, String)>,
    by_list: BTreeMap<Vec<u8>, (f64, bool)>,
    #[ch(type = "Map(String, UInt8)")]
    pairs: Vec<(String, u8)>,
}

fn maps(engine: &Engine) -> Outcome {
    let full = Maps {
        id: 1,
        sorted: [(String::new(), 0), ("x".to_owned(), u64::MAX)].into(),
        unsorted: [(0, vec![]), (1, vec!["a".to_owned()])].into(),
        dictionary: [("a".to_owned().into(), None), ("b".to_owned().into(), Some(1.5))].into(),
        by_day: [(Date::MAX, (1, "x".to_owned()))].into(),
        by_list: [(vec![], (0.5, true)), (vec![1, 2], (-0.5, false))].into(),
        // A Map keeps its order and its repetitions.
        pairs: vec![("b".into(), 1), ("a".into(), 2), ("b".into(), 3)],
    };
    engine.round_trip(&[Maps::default(), full])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq, Default)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Tuples {
    id: u8,
    one: (u8,),
    two: (String, i64),
    nested: (u8, (Vec<u8>, BTreeMap<String, u8>)),
    many: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8),
    list: Vec<(String, f64)>,
}

fn tuples(engine: &Engine) -> Outcome {
    let full = Tuples {
        id: 1,
        one: (255,),
        two: ("x".into(), i64::MIN),
        nested: (1, (vec![1, 2], [("k".to_owned(), 1)].into())),
        many: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        list: vec![(String::new(), 0.0), ("y".into(), -1.0)],
    };
    engine.round_trip(&[Tuples::default(), full])
}
