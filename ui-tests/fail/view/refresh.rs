use chx::prelude::*;

#[derive(ChMaterializedView)]
#[ch(
    to = "web.site_day",
    refresh = "EVERY 1 FORTNIGHT",
    sql_security = invoker,
    query = "SELECT 1 AS one",
)]
struct Mv {
    one: u8,
}

#[derive(ChView)]
#[ch(sql_security = somebody, query = "SELECT 1 AS one")]
struct Somebody {
    one: u8,
}

#[derive(ChView)]
#[ch(sql_security = none, definer = "reports", query = "SELECT 1 AS one")]
struct Both {
    one: u8,
}

fn main() {}
