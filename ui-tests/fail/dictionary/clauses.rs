use chx::prelude::*;

#[derive(ChDictionary)]
#[ch(database = "web")]
struct Nothing {
    id: u64,
}

#[derive(ChDictionary)]
#[ch(primary_key = idd, source = "CLICKHOUSE(TABLE 'country'", layout = "HASHED()")]
struct Country {
    id: u64,
    #[ch(bidirectional)]
    parent: u64,
    #[ch(codec = "ZSTD")]
    name: String,
}

#[derive(ChDictionary)]
#[ch(
    primary_key = (),
    source = "MYSQL(HOST 'a' PASSWORD 'hunter2')",
    layout = "DIRECT()",
    lifetime = (300, 60),
    range = id,
)]
struct Direct {
    id: u64,
    tags: Option<Vec<String>>,
}

#[derive(ChDictionary)]
#[ch(primary_key = id, source = "NULL()", layout = "DIRECT()", lifetime = 60)]
struct Kept {
    id: u64,
}

fn main() {}
