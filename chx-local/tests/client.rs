//! The official client against the local engine.

use chx_local::Local;
use clickhouse::{Client, Compression, Row};
use serde::{Deserialize, Serialize};

fn client(local: &Local) -> Client {
    Client::default()
        .with_url(local.url())
        .with_user(local.user())
        .with_password(local.password())
}

#[derive(Debug, PartialEq, Row, Serialize, Deserialize)]
struct Event {
    id: u64,
    text: String,
    value: Option<f64>,
}

const ROWS: u64 = 1_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_official_client_works() {
    let local = Local::open_temporary().expect("an engine");
    let client = client(&local);
    client
        .query_raw("CREATE DATABASE d")
        .execute()
        .await
        .expect("database");
    client
        .query_raw("CREATE TABLE d.events (id UInt64, text String, value Nullable(Float64)) ENGINE = MergeTree ORDER BY id")
        .execute()
        .await
        .expect("table");
    let event = |id: u64| Event {
        id,
        text: format!("event; {id}"),
        value: id.is_multiple_of(2).then_some(0.5),
    };
    let mut insert = client
        .insert_unescaped::<Event>("d.events")
        .await
        .expect("insert");
    for id in 0..ROWS {
        insert.write(&event(id)).await.expect("write");
    }
    insert.end().await.expect("end");
    let count: u64 = client
        .query_raw("SELECT count() FROM d.events")
        .fetch_one()
        .await
        .expect("count");
    assert_eq!(count, ROWS);
    let mut rows = client
        .query_raw("SELECT id, text, value FROM d.events ORDER BY id")
        .fetch::<Event>()
        .expect("rows");
    let mut next = 0;
    while let Some(row) = rows.next().await.expect("row") {
        assert_eq!(row, event(next));
        next += 1;
    }
    assert_eq!(next, ROWS);
    let error = client
        .query_raw("SELECT * FROM d.nope")
        .execute()
        .await
        .expect_err("no such table");
    assert!(error.to_string().contains("Code: 60. DB::Exception:"), "{error}");
    assert!(error.to_string().contains("(UNKNOWN_TABLE)"), "{error}");
    let sum: u64 = client
        .query_raw("SELECT {a:UInt64} + {b:UInt64}")
        .param("a", 40)
        .param("b", 2)
        .fetch_one()
        .await
        .expect("parameters");
    assert_eq!(sum, 42);
    // An exception after a million rows is an error of the cursor, compressed or not.
    for compression in [Compression::Lz4, Compression::None] {
        let client = client.clone().with_compression(compression);
        let sql = "SELECT number, throwIf(number = 1999999) FROM numbers(2000000)";
        let mut rows = client.query_raw(sql).fetch::<(u64, u8)>().expect("cursor");
        let error = loop {
            match rows.next().await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the exception was lost"),
                Err(error) => break error.to_string(),
            }
        };
        assert!(error.contains("Code: 395. DB::Exception:"), "{error}");
    }
    // Sessions, settings and the summary, as the client spells them.
    let session = client.clone().with_setting("session_id", "mine");
    session
        .query_raw("CREATE TEMPORARY TABLE tt (a UInt8)")
        .execute()
        .await
        .expect("temporary table");
    session
        .query_raw("INSERT INTO tt VALUES (1), (2)")
        .execute()
        .await
        .expect("rows");
    let sum: u64 = session
        .query_raw("SELECT sum(a) FROM tt")
        .fetch_one()
        .await
        .expect("sum");
    assert_eq!(sum, 3);
    local.close().expect("close");
}
