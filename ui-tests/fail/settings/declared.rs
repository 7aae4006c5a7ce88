use chx::prelude::*;

#[derive(ChSettings)]
struct Empty;

#[derive(ChSettings)]
#[ch(settings(a = 1, a = 2), engine = MergeTree, settings(b = c))]
struct Wrong {
    id: u64,
}

#[derive(ChSettings)]
#[ch(settings(a = 1))]
enum Several {}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, shared_settings = "Cheap")]
struct InQuotes {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, shared_settings(Cheap))]
struct AsList {
    id: u64,
}

#[derive(ChSettings)]
#[ch(settings(a = 1))]
struct Fine;

#[derive(ChTable)]
#[ch(engine = Memory, settings(b = 1), shared_setings = Fine)]
struct Misspelt {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = Null, shared_settings = Fine)]
struct TakesNone {
    id: u64,
}

fn main() {}
