//! The embedded engine: in process, through HTTP by hand, and through the official client, side by side.
//!
//! `cargo bench -p chx-benches --bench local`
#![expect(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

use chx_local::Local;
use chx_local::child::{Child, DataPath};
use clickhouse::{Client, Row};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::LazyLock;
use tokio::runtime::Runtime;

static LOCAL: LazyLock<Local> = LazyLock::new(|| Local::open_temporary().expect("an engine"));
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    Client::default()
        .with_url(LOCAL.url())
        .with_user(LOCAL.user())
        .with_password(LOCAL.password())
});

fn main() {
    chx_local::child::serve_if_child();
    divan::main();
}

/// From nothing to an engine that answers: a process, the library, an empty data path, the HTTP interface.
#[divan::bench(sample_count = 10)]
fn start_in_a_child() -> Child {
    let child = Child::start(&DataPath::Temporary).expect("a child");
    let client = Client::default()
        .with_url(child.url())
        .with_user(child.user())
        .with_password(child.password());
    let one: u8 = RUNTIME
        .block_on(client.query_raw("SELECT 1").fetch_one())
        .expect("an answer");
    assert_eq!(one, 1);
    child
}

#[divan::bench]
fn select_1_in_process(bencher: Bencher<'_, '_>) {
    let mut connection = LOCAL.engine().connect().expect("a connection");
    bencher.bench_local(|| connection.query("SELECT 1", "TSV", &[]).expect("an answer"));
}

#[divan::bench]
fn select_1_in_process_on_a_new_connection(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        LOCAL
            .engine()
            .connect()
            .expect("a connection")
            .query("SELECT 1", "TSV", &[])
            .expect("an answer")
    });
}

#[divan::bench]
fn select_1_by_http(bencher: Bencher<'_, '_>) {
    let mut socket = TcpStream::connect(LOCAL.url().trim_start_matches("http://")).expect("a connection");
    socket.set_nodelay(true).expect("nodelay");
    let request = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: {}\r\nContent-Length: 8\r\n\r\nSELECT 1",
        LOCAL.password()
    );
    let mut answer = [0; 4096];
    bencher.bench_local(|| {
        socket.write_all(request.as_bytes()).expect("request");
        let length = socket.read(&mut answer).expect("answer");
        assert!(answer[..length].ends_with(b"1\n"));
    });
}

#[divan::bench]
fn select_1_by_the_client(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        RUNTIME
            .block_on(CLIENT.query_raw("SELECT 1").fetch_one::<u8>())
            .expect("an answer")
    });
}

#[derive(Row, Serialize, Deserialize)]
struct Event {
    id: u64,
    text: String,
    value: f64,
}

const ROWS: u64 = 1_000_000;

fn table() {
    RUNTIME.block_on(async {
        for sql in [
            "CREATE DATABASE IF NOT EXISTS d",
            "CREATE OR REPLACE TABLE d.events (id UInt64, text String, value Float64) ENGINE = MergeTree ORDER BY id",
        ] {
            CLIENT.query_raw(sql).execute().await.expect("DDL");
        }
    });
}

async fn insert() {
    let mut insert = CLIENT
        .insert_unescaped::<Event>("d.events")
        .await
        .expect("insert");
    for id in 0..ROWS {
        insert
            .write(&Event {
                id,
                text: format!("event {id}"),
                value: 0.5,
            })
            .await
            .expect("write");
    }
    insert.end().await.expect("end");
}

#[divan::bench(sample_count = 5)]
fn insert_a_million_rows_by_the_client(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(ROWS))
        .with_inputs(table)
        .bench_local_values(|()| RUNTIME.block_on(insert()));
}

#[divan::bench(sample_count = 5)]
fn select_a_million_rows_by_the_client(bencher: Bencher<'_, '_>) {
    table();
    RUNTIME.block_on(insert());
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        RUNTIME.block_on(async {
            let mut rows = CLIENT
                .query_raw("SELECT id, text, value FROM d.events")
                .fetch::<Event>()
                .expect("rows");
            let mut sum = 0;
            while let Some(row) = rows.next().await.expect("row") {
                sum += row.id;
            }
            sum
        })
    });
}

const BIG: &str = "SELECT number, toString(number) FROM numbers(5000000)";
const BIG_BYTES: u64 = 78_888_890;

#[divan::bench(sample_count = 5)]
fn result_of_75_mib_in_process(bencher: Bencher<'_, '_>) {
    let mut connection = LOCAL.engine().connect().expect("a connection");
    bencher.counter(BytesCount::new(BIG_BYTES)).bench_local(|| {
        let output = connection.query(BIG, "RowBinary", &[]).expect("an answer");
        assert_eq!(output.bytes().len() as u64, BIG_BYTES);
    });
}

#[divan::bench(sample_count = 5)]
fn result_of_75_mib_by_http(bencher: Bencher<'_, '_>) {
    let mut piece = vec![0; 1 << 18];
    bencher.counter(BytesCount::new(BIG_BYTES)).bench_local(|| {
        let mut socket = TcpStream::connect(LOCAL.url().trim_start_matches("http://")).expect("a connection");
        let sql = format!("{BIG} FORMAT RowBinary");
        write!(
            socket,
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-ClickHouse-Key: {}\r\nContent-Length: {}\r\n\r\n{sql}",
            LOCAL.password(),
            sql.len()
        )
        .expect("request");
        let mut length = 0;
        loop {
            match socket.read(&mut piece).expect("answer") {
                0 => break,
                count => length += count as u64,
            }
        }
        assert!(length > BIG_BYTES);
    });
}
