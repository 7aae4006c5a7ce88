//! Names that need quotes, and keywords that are columns.

use chx::prelude::*;

use crate::{Case, Engine, Outcome};

pub(crate) const CASES: [Case; 1] = [("quoted", quoted)];

#[derive(ChTable, Row, Serialize, Deserialize, Debug, PartialEq)]
#[ch(
    database = "typed rows",
    name = "Größe `1`",
    engine = MergeTree,
    order_by = (id, r#type, größe, "`with space`", "`back\\`tick`"),
    index(order, expr = order, type = minmax),
    constraint("from", check = "`select` > 0"),
)]
struct Quoted {
    id: u8,
    r#type: u8,
    order: u8,
    select: u8,
    from: u8,
    table: u8,
    index: u8,
    primary: u8,
    date: u8,
    null: u8,
    distinct: u8,
    key: u8,
    größe: String,
    #[ch(name = "with space")]
    #[serde(rename = "with space")]
    with_space: u8,
    #[ch(name = "back`tick")]
    #[serde(rename = "back`tick")]
    back_tick: u8,
    #[ch(name = "what?")]
    #[serde(rename = "what?")]
    what: u8,
    #[ch(name = "back\\slash")]
    #[serde(rename = "back\\slash")]
    back_slash: u8,
}

fn quoted(engine: &Engine) -> Outcome {
    engine.round_trip(&[Quoted {
        id: 0,
        r#type: 1,
        order: 2,
        select: 3,
        from: 4,
        table: 5,
        index: 6,
        primary: 7,
        date: 8,
        null: 9,
        distinct: 10,
        key: 11,
        größe: "groß".into(),
        with_space: 12,
        back_tick: 13,
        what: 14,
        back_slash: 15,
    }])
}
