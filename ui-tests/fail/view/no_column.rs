use chx::prelude::*;

#[derive(ChView)]
#[ch(query = "SELECT 1 AS one")]
struct One {}

fn main() {}
