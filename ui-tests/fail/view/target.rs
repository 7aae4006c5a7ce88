use chx::prelude::*;

struct Plain;

#[derive(ChMaterializedView)]
#[ch(query = "SELECT 1 AS id")]
struct Nowhere {
    id: u8,
}

#[derive(ChMaterializedView)]
#[ch(query = "SELECT 1 AS id", to = "pages", engine = MergeTree, order_by = id)]
struct Both {
    id: u8,
}

#[derive(ChMaterializedView)]
#[ch(query = "SELECT 1 AS id", to = "a.b.c")]
struct TooLong {
    id: u8,
}

#[derive(ChMaterializedView)]
#[ch(query = "SELECT 1 AS id", to = Plain)]
struct NoTable {
    id: u8,
}

fn main() {}
