//! Text and bytes: empty, long, beyond ASCII, beyond UTF-8.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use chx::prelude::*;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 3] = [
    ("strings", strings),
    ("bytes", bytes),
    ("dictionaries", dictionaries),
];

/// Texts that break what escapes or counts wrongly.
pub(crate) fn texts() -> Vec<String> {
    vec![
        String::new(),
        "plain".into(),
        "größe 大きさ 🦀 \u{202e}x".into(),
        "'quoted' \"twice\" `thrice` \\ back".into(),
        "tab\tline\nreturn\rnul\0end".into(),
        "?".into(),
        "{param:String}".into(),
        "x".repeat(100_000),
        "é".repeat(127),
    ]
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Strings {
    id: u32,
    owned: String,
    boxed: Box<str>,
    shared: Arc<str>,
    cow: Cow<'static, str>,
    path: PathBuf,
}

fn strings(engine: &Engine) -> Outcome {
    let row = |(id, text): (u32, String)| Strings {
        id,
        boxed: text.clone().into(),
        shared: text.clone().into(),
        cow: text.clone().into(),
        path: text.clone().into(),
        owned: text,
    };
    let rows: Vec<Strings> = (0..).zip(texts()).map(row).collect();
    engine.round_trip(&rows)
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Bytes {
    id: u32,
    #[serde(with = "serde_bytes")]
    any: Vec<u8>,
    four: [u8; 4],
    forty: FixedString<40>,
    list: Vec<u8>,
}

fn bytes(engine: &Engine) -> Outcome {
    engine.round_trip(&[
        Bytes {
            id: 0,
            any: vec![],
            four: [0; 4],
            forty: FixedString([0; 40]),
            list: vec![],
        },
        Bytes {
            id: 1,
            any: (0..=255).collect(),
            four: [0xff, 0, 0x80, b'\''],
            forty: FixedString([0xfe; 40]),
            list: vec![0, 255],
        },
    ])
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(database = "typed_rows", engine = MergeTree, order_by = id)]
struct Dictionaries {
    id: u32,
    #[ch(low_cardinality)]
    site: String,
    #[ch(low_cardinality)]
    maybe: Option<String>,
    listed: Vec<LowCardinality<String>>,
    typed: LowCardinality<Option<String>>,
    #[ch(low_cardinality)]
    code: [u8; 2],
}

fn dictionaries(engine: &Engine) -> Outcome {
    let row = |(id, text): (u32, String)| Dictionaries {
        id,
        maybe: (id % 2 == 0).then(|| text.clone()),
        listed: vec![text.clone().into(), String::new().into(), text.clone().into()],
        typed: LowCardinality((id % 3 == 0).then(|| text.clone())),
        site: text,
        code: *b"DE",
    };
    let rows: Vec<Dictionaries> = (0..).zip(texts()).map(row).collect();
    engine.round_trip(&rows)
}
