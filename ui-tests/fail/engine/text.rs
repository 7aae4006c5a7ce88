use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = URL("http://localhost/page.csv", CSV))]
struct Page {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = Kafka("broker:9092", "'pages'", "'chx'", "'JSONEachRow'"))]
struct Queue {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = URL("'http://localhost/page.csv'", CSV))]
struct Right {
    id: u64,
}

#[derive(ChDatabase)]
#[ch(engine = PostgreSQL("db:5432", "'crm'", "'reader'", "'env:CRM_PASSWORD'"))]
struct Crm;

fn main() {}
