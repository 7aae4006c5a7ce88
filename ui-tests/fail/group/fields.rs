use chx::prelude::*;

#[derive(ChColumns)]
struct Skipped {
    a: u8,
    #[ch(skip)]
    b: u8,
}

#[derive(ChNested)]
struct Renamed {
    #[ch(renamed_from = "b")]
    a: Vec<u8>,
}

fn main() {}
