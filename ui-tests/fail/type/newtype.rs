use chx::prelude::*;

#[derive(ChType)]
struct Two(u8, u8);

#[derive(ChType)]
enum Kind {
    A,
}

#[derive(ChType)]
#[ch(type = "String")]
struct Id(u64);

#[derive(ChType)]
#[ch(engine = MergeTree)]
struct Other(u64);

fn main() {}
