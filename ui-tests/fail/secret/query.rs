//! A secret that is written out in a query, a source or a statement is refused, and neither it nor its line is shown.

use chx::prelude::*;

#[derive(ChView)]
#[ch(database = "d", query = "SELECT a FROM s3('https://bucket.example.com/a', 'AKIA', 'hunter2', 'CSV')")]
struct View {
    a: u8,
}

#[derive(ChMaterializedView)]
#[ch(
    database = "d",
    engine = MergeTree,
    order_by = a,
    query = "SELECT a FROM remote('h', 'd', 't', 'u', 'hunter2')",
)]
struct Filled {
    a: u8,
}

#[derive(ChMaterializedView)]
#[ch(database = "d", engine = "MySQL('db:3306', 'd', 't', 'u', 'hunter2')", query = "SELECT 1 AS a")]
struct Inner {
    a: u8,
}

#[derive(ChView)]
#[ch(database = "d", query = "SELECT a FROM url('https://u:hunter2@example.com/a'")]
struct NotClosed {
    a: u8,
}

#[derive(ChDictionary)]
#[ch(
    database = "d",
    primary_key = a,
    source = "CLICKHOUSE(HOST 'h' USER 'u' PASSWORD 'hunter2' TABLE 't')",
    layout = "FLAT()",
    lifetimes = 300,
)]
struct Source {
    a: u64,
    b: String,
}

#[derive(ChDictionary)]
#[ch(
    database = "d",
    primary_key = a,
    source = "MONGODB(URI 'mongodb://u:hunter2@h:1/d' COLLECTION 't')",
    layout = "FLAT()",
    lifetime = 300,
)]
struct Uri {
    a: u64,
    b: String,
}

#[derive(ChFunction)]
#[ch(lambda = "x -> (SELECT count() FROM mysql('h:1', 'd', 't', 'u', 'hunter2') WHERE a = x)")]
struct Function;

#[derive(ChRaw)]
#[ch(sql = "CREATE TABLE d.t ODDLY SETTINGS kafka_sasl_password = 'hunter2'")]
struct Raw;

#[derive(ChRowPolicy)]
#[ch(on = "d.t", using = "a IN (SELECT a FROM mysql('h:1', 'd', 't', 'u', 'hunter2'))", to = "u")]
struct Policy;

fn main() {}
