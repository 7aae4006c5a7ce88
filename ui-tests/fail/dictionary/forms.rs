use chx::prelude::*;

#[derive(ChDictionary)]
#[ch(primary_key = (id, (name)), source = 5, layout = 5, lifetime = 60)]
struct Country {
    id: u64,
    #[ch(default = id)]
    name: String,
}

fn main() {}
