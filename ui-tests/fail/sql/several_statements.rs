use chx::prelude::*;

#[derive(ChView)]
#[ch(query = "SELECT 1 AS id; DROP TABLE page")]
struct Page {
    id: u8,
}

fn main() {}
