//! What servers have whose users relax a rule, as `pull` writes it, and what only looks as if no server took it.

use chx::prelude::*;

#[derive(ChTuple)]
struct Pair {
    a: u8,
    b: String,
}

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    // The server takes the same twice, and a direction is the sorting key's alone.
    partition_by = ("toDate(day)", "toDate(day)"),
    order_by = "(id DESC, day)",
    primary_key = id,
    projection(all, "SELECT * APPLY groupUniqArray(100)"),
    // The names of a subquery are columns of other tables.
    ttl = (
        "day + INTERVAL 1 DAY DELETE WHERE id IN (SELECT number FROM system.numbers LIMIT 10)",
        raw("toDate('2000-01-02') DELETE WHERE id > 5"),
    ),
    // A word means the string.
    index(near, expr = vector, type = "vector_similarity(hnsw, L2Distance, 2)"),
)]
struct Event {
    id: u64,
    day: chx::types::Date,
    vector: Vec<f32>,
    #[ch(codec = raw("Delta(2)"))]
    small: u16,
    #[ch(codec = raw("Gorilla(2), LZ4"))]
    whole: i16,
    // `enable_nullable_tuple_type`, on by default in 26.9.
    pair: Option<Pair>,
}

// A key may be NULL where rows are found by it and not sorted.
#[derive(ChTable)]
#[ch(engine = "EmbeddedRocksDB", primary_key = key)]
struct Found {
    key: Option<u16>,
    text: String,
}

#[derive(ChDictionary)]
#[ch(primary_key = id, source = "CLICKHOUSE(TABLE 'event')", layout = "COMPLEX_KEY_DIRECT()", lifetime = 0)]
struct Direct {
    id: u64,
    text: String,
}

fn main() {
    let sql = Event::create_sql().unwrap();
    assert!(sql.contains("Nullable(Tuple(a UInt8, b String))"), "{sql}");
    assert!(Found::create_sql().unwrap().contains("key Nullable(UInt16)"));
    assert!(Direct::create_sql().unwrap().contains("LIFETIME(MIN 0 MAX 0)"));
}
