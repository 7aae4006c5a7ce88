use chx::prelude::*;

#[derive(ChView)]
struct Pages {
    id: u64,
}

#[derive(ChMaterializedView)]
#[ch(to = "pages")]
struct PagesMv {
    id: u64,
}

fn main() {}
