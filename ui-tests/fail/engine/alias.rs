use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = Alias(web, page_view), index(by_id, expr = id, type = "minmax"))]
struct Clauses {
    #[ch(codec = "ZSTD", default = "1")]
    id: u64,
    /// What it says is said of the table behind.
    #[ch(renamed_from = "b", comment = "c")]
    a: String,
}

#[derive(ChTable)]
#[ch(engine = Memory)]
struct Empty {}

#[derive(ChTable)]
#[ch(engine = Alias(web, page_view))]
struct OnlyTheName {}

fn main() {}
