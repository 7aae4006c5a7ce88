//! Raw identifiers, keywords of ClickHouse, letters beyond ASCII, names with blanks; a table without a database.

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize)]
#[ch(engine = MergeTree, order_by = (r#type, order, größe, "`with space`"))]
struct Größenliste {
    r#type: u8,
    order: u8,
    select: u8,
    größe: f32,
    #[ch(name = "with space")]
    #[serde(rename = "with space")]
    spaced: u8,
    #[ch(name = "what?")]
    #[serde(rename = "what?")]
    what: u8,
    #[ch(name = "nested.key")]
    #[serde(rename = "nested.key")]
    key: Vec<String>,
}

#[derive(ChTable)]
#[ch(name = "Some Table", database = "my-db", engine = "Memory")]
struct Quoted {
    id: u64,
}

fn main() {
    assert_eq!(Größenliste::TABLE, "`größenliste`");
    assert_eq!(
        Größenliste::SELECT,
        "SELECT type, order, `select`, `größe`, `with space`, `what??`, `nested.key` FROM `größenliste`"
    );
    assert_eq!(Quoted::TABLE, "`my-db`.`Some Table`");
    assert_eq!(Quoted { id: 1 }.id, 1);
}
