use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    index(by_id, expr = id, type = 5),
    projection(p, "SELECT id ORDER BY id", "SELECT id GROUP BY id"),
    insert(derive = Debug),
    crate = 5,
)]
struct Table {
    #[ch(codec = 5, statistics = 5)]
    id: u64,
    #[ch(flatten, nested)]
    group: Group,
}

#[derive(ChColumns)]
struct Group {
    a: u8,
}

#[derive(ChView)]
#[ch(query = 5, definer = 5)]
struct View {
    a: u8,
}

#[derive(ChMaterializedView)]
#[ch(to = 5, refresh = 5, query = "SELECT 1 AS a")]
struct Target {
    a: u8,
}

#[derive(ChEnum)]
#[ch(rename_all = 5)]
enum Case {
    #[ch(name = 5)]
    A = 1,
}

fn main() {}
