use chx::prelude::*;

#[derive(ChView)]
#[ch(query = "SELECT 1 AS one")]
struct One {}

/// Its columns are known to nobody before it is asked.
#[derive(ChView)]
#[ch(query = "SELECT number FROM numbers({rows:UInt64})")]
struct Numbers {}

fn main() {}
