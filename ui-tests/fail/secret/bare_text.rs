use chx::prelude::*;

#[derive(ChDatabase)]
#[ch(engine = PostgreSQL("db:5432", "'crm'", "'reader'", "'planted'"))]
struct Crm;

#[derive(ChTable)]
#[ch(engine = MySQL("db:3306", "'crm'", "'customer'", "'reader'", "'planted'"))]
struct Customer {
    id: u64,
}

fn main() {}
