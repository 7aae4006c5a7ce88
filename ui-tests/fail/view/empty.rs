use chx::prelude::*;

// It starts without rows anyway.
#[derive(ChMaterializedView)]
#[ch(engine = Memory, empty, query = "SELECT site FROM page_view")]
struct Fed {
    site: String,
}

#[derive(ChMaterializedView)]
#[ch(engine = Memory, populate, query = "SELECT site FROM page_view")]
struct Filled {
    site: String,
}

fn main() {}
