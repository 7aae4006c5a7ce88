//! Large results and inserts pass through in pieces: memory does not grow with them. In a process of its own, so
//! that nothing else is measured.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

mod support;

use chx_local::Local;
use std::io::{Read, Write};

/// The most memory that this process has held so far, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("status");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("VmHWM");
    line.split_whitespace()
        .next()
        .expect("a number")
        .parse::<u64>()
        .expect("a number")
        >> 10
}

#[test]
fn memory_does_not_grow_with_the_data() {
    let local = Local::open_temporary().expect("an engine");
    let ask = |sql: &str| {
        let reply = support::request(
            &local.url(),
            "POST",
            "/",
            &[("X-ClickHouse-Key", local.password())],
            sql.as_bytes(),
        );
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.text()
    };
    ask("CREATE DATABASE d");
    ask("CREATE TABLE d.t (a UInt64, s String) ENGINE = MergeTree ORDER BY a");
    // So that what every query and insert needs is there.
    ask("INSERT INTO d.t SELECT number, toString(number) FROM numbers(1000000)");
    ask("SELECT count() FROM d.t WHERE NOT ignore(*)");

    let before = peak();
    let sql = "SELECT number, toString(number) AS s FROM numbers(20000000) FORMAT JSONEachRow";
    let mut socket = support::connect(&local.url());
    let head = format!(
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-ClickHouse-Key: {}\r\nContent-Length: {}\r\n\r\n{sql}",
        local.password(),
        sql.len()
    );
    socket.write_all(head.as_bytes()).expect("request");
    let mut piece = vec![0; 1 << 16];
    let mut length = 0_u64;
    loop {
        match socket.read(&mut piece).expect("read") {
            0 => break,
            count => length += count as u64,
        }
    }
    assert!(length > 600_000_000, "{length}");
    let selected = peak();
    assert!(
        selected - before < 150,
        "a result of {} MiB took {} MiB",
        length >> 20,
        selected - before
    );

    let rows = 20_000_000_u64;
    let mut socket = support::connect(&local.url());
    let head = format!(
        "POST /?query=INSERT%20INTO%20d.t%20(a)%20FORMAT%20RowBinary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         X-ClickHouse-Key: {}\r\nContent-Length: {}\r\n\r\n",
        local.password(),
        rows * 8
    );
    socket.write_all(head.as_bytes()).expect("request");
    for start in (0..rows).step_by(100_000) {
        let bytes: Vec<u8> = (start..start + 100_000).flat_map(u64::to_le_bytes).collect();
        socket.write_all(&bytes).expect("rows");
    }
    let mut answer = String::new();
    socket.read_to_string(&mut answer).expect("answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let inserted = peak();
    assert!(
        inserted - selected < 100,
        "an insert of {} MiB took {} MiB",
        (rows * 8) >> 20,
        inserted - selected
    );
    assert_eq!(ask("SELECT count() FROM d.t"), format!("{}\n", rows + 1_000_000));
    println!("peak memory: {before} MiB, after the result {selected} MiB, after the insert {inserted} MiB");
}
