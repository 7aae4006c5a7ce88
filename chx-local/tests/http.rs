//! ClickHouse's HTTP interface as clients see it: raw TCP, and curl.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod support;
#[path = "support/wait.rs"]
mod wait;

use chx_local::Local;
use chx_local::server::{Options, Server};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;
use support::{Reply, raw, request};
use wait::wait_until;

/// One engine for all tests of this file; the process closes it when it ends.
static LOCAL: LazyLock<Local> = LazyLock::new(|| Local::open_temporary().expect("an engine"));

fn send(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut all = vec![
        ("X-ClickHouse-User", LOCAL.user()),
        ("X-ClickHouse-Key", LOCAL.password()),
    ];
    all.extend_from_slice(headers);
    request(&LOCAL.url(), method, target, &all, body)
}

fn post(target: &str, sql: &str) -> Reply {
    send("POST", target, &[], sql.as_bytes())
}

fn answer(sql: &str) -> String {
    let reply = post("/", sql);
    assert_eq!(reply.status, 200, "{sql}: {}", reply.text());
    reply.text()
}

fn escape(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn get(sql: &str, more: &str) -> Reply {
    send("GET", &format!("/?query={}{more}", escape(sql)), &[], b"")
}

/// A table of its own for each test.
fn table(name: &str, columns: &str) -> String {
    answer("CREATE DATABASE IF NOT EXISTS http");
    answer(&format!(
        "CREATE TABLE http.{name} ({columns}) ENGINE = MergeTree ORDER BY tuple()"
    ));
    format!("http.{name}")
}

fn curl(arguments: &[&str], input: &[u8]) -> (Option<i32>, String) {
    let user = format!("default:{}", LOCAL.password());
    let mut child = Command::new("curl")
        .args(["--silent", "--show-error", "--max-time", "60", "--user", &user])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("curl is needed for this test");
    child
        .stdin
        .take()
        .expect("input")
        .write_all(input)
        .expect("write");
    let output = child.wait_with_output().expect("curl");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

#[test]
fn ping_needs_no_password() {
    for target in ["/ping", "/", "/replicas_status"] {
        let reply = request(&LOCAL.url(), "GET", target, &[], b"");
        assert_eq!((reply.status, reply.text().as_str()), (200, "Ok.\n"), "{target}");
    }
    assert_eq!(send("GET", "/nothing", &[], b"").status, 404);
    assert_eq!(send("DELETE", "/", &[], b"").status, 405);
}

#[test]
fn get_and_post() {
    let reply = get("SELECT 1", "");
    assert_eq!((reply.status, reply.text().as_str()), (200, "1\n"));
    assert_eq!(reply.header("x-clickhouse-format"), Some("TabSeparated"));
    assert_eq!(
        reply.header("content-type"),
        Some("text/tab-separated-values; charset=UTF-8")
    );
    assert_eq!(reply.header("x-clickhouse-query-id").map(str::len), Some(36));
    assert!(
        reply
            .header("x-clickhouse-timezone")
            .is_some_and(|zone| !zone.is_empty())
    );
    let summary = reply.header("x-clickhouse-summary").expect("summary");
    assert!(
        summary.starts_with("{\"read_rows\":\"1\",") && summary.contains("\"result_rows\":\"1\""),
        "{summary}"
    );
    assert_eq!(post("/", "SELECT 1;\n-- done\n").text(), "1\n");
    // The parts of a statement are put together.
    assert_eq!(send("POST", "/?query=SELECT", &[], b"2").text(), "2\n");
    assert_eq!(send("HEAD", "/?query=SELECT%201", &[], b"").status, 200);
    assert_eq!(send("HEAD", "/?query=SELECT%201", &[], b"").body, b"");
}

#[test]
fn get_only_reads() {
    for sql in [
        "CREATE DATABASE never",
        "INSERT INTO http.t VALUES (1)",
        "SYSTEM FLUSH LOGS",
    ] {
        let reply = get(sql, "");
        assert_eq!(reply.status, 500, "{sql}");
        assert_eq!(
            reply.header("x-clickhouse-exception-code"),
            Some("164"),
            "{sql}: {}",
            reply.text()
        );
    }
    for sql in [
        "WITH 1 AS x SELECT x",
        "(SELECT 1)",
        "SHOW DATABASES",
        "EXPLAIN SELECT 1",
        "DESCRIBE TABLE system.one",
        "EXISTS system.one",
    ] {
        assert_eq!(get(sql, "").status, 200, "{sql}");
    }
}

#[test]
fn formats() {
    assert_eq!(
        post("/?default_format=JSONEachRow", "SELECT 1 AS a").text(),
        "{\"a\":1}\n"
    );
    let reply = send(
        "POST",
        "/",
        &[("X-ClickHouse-Format", "CSVWithNames")],
        b"SELECT 1 AS a",
    );
    assert_eq!(reply.text(), "\"a\"\n1\n");
    assert_eq!(reply.header("x-clickhouse-format"), Some("CSVWithNames"));
    assert_eq!(
        reply.header("content-type"),
        Some("text/csv; charset=UTF-8; header=present")
    );
    let reply = post(
        "/?default_format=CSV",
        "SELECT 1 AS a FORMAT JSONCompact SETTINGS max_threads = 1",
    );
    assert_eq!(reply.header("x-clickhouse-format"), Some("JSONCompact"));
    assert!(reply.text().contains("\"rows\": 1"), "{}", reply.text());
    assert_eq!(post("/", "SELECT 1 FORMAT Nope").status, 404);
    assert_eq!(
        post("/", "SHOW TABLES FROM system LIKE 'one' FORMAT JSONEachRow").text(),
        "{\"name\":\"one\"}\n"
    );
    assert_eq!(post("/", "SELECT 1 FORMAT Null").text(), "");
}

#[test]
fn exceptions_have_status_header_and_body() {
    for (sql, status, code, name) in [
        ("SELEC 1", 400, "62", "SYNTAX_ERROR"),
        ("1 + 1", 400, "62", "SYNTAX_ERROR"),
        ("", 400, "62", "SYNTAX_ERROR"),
        ("SELECT 1; SELECT 2", 400, "62", "SYNTAX_ERROR"),
        ("SELECT * FROM nope", 404, "60", "UNKNOWN_TABLE"),
        ("SELECT * FROM nope.nope", 404, "81", "UNKNOWN_DATABASE"),
        ("SELECT nope", 404, "47", "UNKNOWN_IDENTIFIER"),
        ("SELECT nope()", 404, "46", "UNKNOWN_FUNCTION"),
        (
            "SELECT throwIf(1)",
            500,
            "395",
            "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO",
        ),
        ("INSERT INTO nope VALUES (1)", 404, "60", "UNKNOWN_TABLE"),
        (
            "SELECT 1 INTO OUTFILE 'never.tsv'",
            500,
            "358",
            "INTO_OUTFILE_NOT_ALLOWED",
        ),
        ("SELECT 1 SETTINGS nope = 1", 404, "115", "UNKNOWN_SETTING"),
        ("SELECT {a:Int8}", 500, "456", "UNKNOWN_QUERY_PARAMETER"),
    ] {
        let reply = post("/", sql);
        let text = reply.text();
        assert_eq!(reply.status, status, "{sql}: {text}");
        assert_eq!(
            reply.header("x-clickhouse-exception-code"),
            Some(code),
            "{sql}: {text}"
        );
        assert!(
            text.starts_with(&format!("Code: {code}. DB::Exception: ")),
            "{text}"
        );
        assert!(text.contains(&format!("({name}) (version 26.7.")), "{text}");
        assert!(text.ends_with(")\n") && text.lines().count() == 1, "{text}");
    }
    assert_eq!(post("/?nope=1", "SELECT 1").status, 404);
    assert_eq!(post("/?database=nope", "SELECT 1").status, 404);
    assert_eq!(post("/?max_threads=many", "SELECT 1").status, 400);
}

#[test]
fn nobody_gets_in_without_the_secret() {
    let url = LOCAL.url();
    let ask = |target: &str, headers: &[(&str, &str)]| request(&url, "POST", target, headers, b"SELECT 1");
    let reply = ask("/", &[]);
    assert_eq!(reply.status, 401);
    assert_eq!(
        reply.header("www-authenticate"),
        Some("Basic realm=\"ClickHouse server HTTP API\"")
    );
    assert_eq!(reply.header("x-clickhouse-exception-code"), Some("194"));
    let reply = ask(
        "/",
        &[("X-ClickHouse-User", "default"), ("X-ClickHouse-Key", "wrong")],
    );
    assert_eq!(
        (reply.status, reply.header("x-clickhouse-exception-code")),
        (403, Some("516"))
    );
    assert!(!reply.text().contains(LOCAL.password()));
    assert_eq!(
        ask(&format!("/?user=default&password={}", LOCAL.password()), &[]).text(),
        "1\n"
    );
    assert_eq!(
        ask(&format!("/?user=other&password={}", LOCAL.password()), &[]).status,
        403
    );
    assert_eq!(curl(&[&format!("{url}/?query=SELECT%201")], b"").1, "1\n");
}

#[test]
fn settings_and_database_are_for_one_request() {
    let sql = "SELECT getSetting('max_block_size'), currentDatabase()";
    assert_eq!(
        post("/?max_block_size=77&database=system", sql).text(),
        "77\tsystem\n"
    );
    assert_eq!(answer(sql), "65409\tdefault\n");
    let reply = send(
        "POST",
        "/",
        &[("X-ClickHouse-Database", "system")],
        b"SELECT currentDatabase()",
    );
    assert_eq!(reply.text(), "system\n");
    // Values are data, not SQL.
    let evil = "x', max_threads = '1";
    let reply = post(
        &format!("/?log_comment={}", escape(evil)),
        "SELECT getSetting('log_comment')",
    );
    assert_eq!(reply.text(), evil.replace('\'', "\\'") + "\n");
}

#[test]
fn parameters() {
    let sql = "SELECT {a:UInt8} + 1, {b:String}, {c:Array(String)}";
    let target = format!(
        "/?param_a=41&param_b={}&param_c={}",
        escape("tab\\tand 'quote'"),
        escape("['x','y']")
    );
    assert_eq!(
        post(&target, sql).text(),
        "42\ttab\\tand \\'quote\\'\t['x','y']\n"
    );
    let (_, text) = curl(
        &[
            "-F",
            "query=SELECT {a:UInt8} * 2, {s:String}",
            "-F",
            "param_a=21",
            "--form-string",
            "param_s=a;b",
            &LOCAL.url(),
        ],
        b"",
    );
    assert_eq!(text, "42\ta;b\n");
}

#[test]
fn a_form_may_bring_tables() {
    let (_, text) = curl(
        &[
            "-F",
            "t=@-;filename=rows.csv",
            "-F",
            "query=SELECT sum(a), max(b) FROM t",
            &format!(
                "{}/?t_structure={}&t_format=CSV",
                LOCAL.url(),
                escape("a UInt8, b String")
            ),
        ],
        b"1,x\n2,y\n",
    );
    assert_eq!(text, "3\ty\n");
}

#[test]
fn inserts_in_every_shape() {
    let t = table("shapes", "a UInt32, b String DEFAULT 'd'");
    for (target, body) in [
        (
            String::from("/"),
            format!("INSERT INTO {t} VALUES (1, ';'), (2, 'x')"),
        ),
        (
            "/".to_owned(),
            format!("INSERT INTO {t} FORMAT CSV\n3,\"a\nb\"\n4,c\n"),
        ),
        (
            "/".to_owned(),
            format!("INSERT INTO {t} (a) FORMAT JSONEachRow {{\"a\": 5}}\n{{\"a\": 6}}"),
        ),
        (
            format!("/?query={}", escape(&format!("INSERT INTO {t} FORMAT TSV"))),
            "7\tx\n8\ty\n".to_owned(),
        ),
        (
            format!("/?query={}", escape(&format!("INSERT INTO {t} VALUES"))),
            "(9, 'x')".to_owned(),
        ),
        (
            format!(
                "/?query={}",
                escape(&format!("INSERT INTO {t} SETTINGS async_insert = 1 FORMAT CSV"))
            ),
            "10,x\n".to_owned(),
        ),
        ("/".to_owned(), format!("INSERT INTO {t} SELECT 11, 'x'")),
        (
            "/".to_owned(),
            format!("INSERT INTO {t} (a) WITH 12 AS x SELECT x"),
        ),
    ] {
        let reply = post(&target, &body);
        assert_eq!(
            (reply.status, reply.text().as_str()),
            (200, ""),
            "{target} {body}: {}",
            reply.text()
        );
    }
    assert_eq!(
        answer(&format!(
            "SELECT groupArray(a) FROM (SELECT a FROM {t} ORDER BY a)"
        )),
        "[1,2,3,4,5,6,7,8,9,10,11,12]\n"
    );
    assert_eq!(
        answer(&format!("SELECT b FROM {t} WHERE a IN (1, 3, 5) ORDER BY a")),
        ";\na\\nb\nd\n"
    );
    let reply = post("/", &format!("INSERT INTO {t} FORMAT CSV\n13,x\n14,y\n"));
    let summary = reply.header("x-clickhouse-summary").expect("summary").to_owned();
    assert!(summary.contains("\"written_rows\":\"2\""), "{summary}");
    let reply = post(
        "/",
        &format!("INSERT INTO {t} FORMAT CSV\n15,x\nnot a number,y\n"),
    );
    assert_eq!(
        (reply.status, reply.header("x-clickhouse-exception-code")),
        (400, Some("27")),
        "{}",
        reply.text()
    );
    assert_eq!(answer(&format!("SELECT count() FROM {t}")), "14\n");
}

#[test]
fn a_million_rows_in_binary_arrive() {
    const ROWS: u64 = 1_000_000;
    let t = table("million", "a UInt64");
    // Every byte value is there, `;` and line breaks among them.
    let body: Vec<u8> = (0..ROWS).flat_map(u64::to_le_bytes).collect();
    let reply = send(
        "POST",
        &format!("/?query={}", escape(&format!("INSERT INTO {t} FORMAT RowBinary"))),
        &[],
        &body,
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        answer(&format!("SELECT count(), sum(a) FROM {t}")),
        format!("{ROWS}\t{}\n", ROWS * (ROWS - 1) / 2)
    );
    // And with the statement in front of the rows.
    let head = format!("INSERT INTO {t} FORMAT RowBinary\n");
    let reply = send("POST", "/", &[], &[head.as_bytes(), &body].concat());
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        answer(&format!("SELECT count() FROM {t}")),
        format!("{}\n", 2 * ROWS)
    );
    let back = answer_bytes(&format!(
        "SELECT a FROM {t} ORDER BY a LIMIT 1 BY a FORMAT RowBinary"
    ));
    assert_eq!(back, body);
}

fn answer_bytes(sql: &str) -> Vec<u8> {
    let reply = post("/", sql);
    assert_eq!(reply.status, 200, "{sql}: {}", reply.text());
    assert!(reply.complete);
    reply.body
}

#[test]
fn an_insert_that_is_cut_off_stores_nothing() {
    let t = table("cut", "a UInt64");
    let target = format!("/?query={}", escape(&format!("INSERT INTO {t} FORMAT CSV")));
    let request = format!(
        "POST {target} HTTP/1.1\r\nHost: x\r\nX-ClickHouse-User: default\r\nX-ClickHouse-Key: {}\r\nContent-Length: 1000\r\n\r\n{}",
        LOCAL.password(),
        "1\n".repeat(100)
    );
    {
        let mut socket = support::connect(&LOCAL.url());
        socket.write_all(request.as_bytes()).expect("request");
        wait_until("the insert runs", || {
            answer("SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO http.cut%'") == "1\n"
        });
    }
    wait_until("the insert ended", || {
        answer("SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO http.cut%'") == "0\n"
    });
    assert_eq!(answer(&format!("SELECT count() FROM {t}")), "0\n");
}

#[test]
fn large_results_stream_in_every_format() {
    for format in [
        "RowBinaryWithNamesAndTypes",
        "JSON",
        "JSONEachRow",
        "Native",
        "CSVWithNames",
        "XML",
    ] {
        let sql = format!("SELECT number, toString(number) AS s FROM numbers(300000) FORMAT {format}");
        let reply = post("/", &sql);
        assert_eq!((reply.status, reply.complete), (200, true), "{format}");
        assert_eq!(reply.header("transfer-encoding"), Some("chunked"), "{format}");
        let held = post("/?wait_end_of_query=1", &sql);
        assert!(
            held.header("x-clickhouse-summary")
                .is_some_and(|s| s.contains("\"read_rows\":\"300000\"")),
            "{format}"
        );
        // Statistics tell times.
        if !matches!(format, "JSON" | "XML") {
            assert_eq!(reply.body, held.body, "{format}");
        }
        assert!(reply.body.len() > 3_000_000, "{format}");
    }
    let text = post("/", "SELECT number FROM numbers(300000) FORMAT JSON").text();
    assert_eq!(text.matches("\"meta\"").count(), 1);
    assert!(text.contains("\"rows\": 300000"));
}

#[test]
fn what_is_held_back_may_be_large() {
    let reply = post(
        "/?wait_end_of_query=1",
        "SELECT number FROM numbers(5000000) FORMAT RowBinary",
    );
    assert_eq!(
        (reply.status, reply.body.len(), reply.complete),
        (200, 40_000_000, true)
    );
    let sql = "SELECT number, throwIf(number = 4999999) FROM numbers(5000000) FORMAT RowBinary";
    let reply = post("/?wait_end_of_query=1", sql);
    assert_eq!(
        (reply.status, reply.header("x-clickhouse-exception-code")),
        (500, Some("395"))
    );
}

#[test]
fn an_exception_in_the_middle_ends_the_body_visibly() {
    let sql = "SELECT number, throwIf(number = 2999999) FROM numbers(3000000) FORMAT TSV";
    for _ in 0..5 {
        let reply = post("/", sql);
        assert_eq!((reply.status, reply.complete), (200, false));
        let tag = reply
            .header("x-clickhouse-exception-tag")
            .expect("tag")
            .to_owned();
        let text = reply.text();
        let (_, end) = text
            .split_once(&format!("\r\n__exception__\r\n{tag}\r\n"))
            .expect("the mark");
        assert!(end.starts_with("Code: 395. DB::Exception: "), "{end}");
        let (message, length) = end.split_once('\n').expect("a line");
        assert_eq!(
            length,
            format!("{} {tag}\r\n__exception__\r\n", message.len() + 1)
        );
    }
    let (code, text) = curl(&["--data-binary", sql, &LOCAL.url()], b"");
    assert_eq!(code, Some(18), "curl sees that the body is not whole");
    assert!(text.contains("Code: 395."));
    // What fails within the part that is held back fails with its status.
    let reply = post("/", "SELECT throwIf(number = 20000) FROM numbers(30000)");
    assert_eq!((reply.status, reply.complete), (500, true));
}

#[test]
fn compression_of_responses() {
    let sql = "SELECT number FROM numbers(1000000)";
    let plain = answer_bytes(sql);
    for encoding in ["gzip", "deflate"] {
        let (code, text) = curl(
            &[
                "--compressed",
                "-H",
                &format!("Accept-Encoding: {encoding}"),
                "--data-binary",
                sql,
                &LOCAL.url(),
            ],
            b"",
        );
        assert_eq!(code, Some(0));
        assert!(text.as_bytes() == plain, "{encoding}");
    }
    let reply = send("POST", "/", &[("Accept-Encoding", "lz4")], sql.as_bytes());
    assert_eq!(reply.header("content-encoding"), Some("lz4"));
    assert!(reply.body.len() < plain.len());
    let off = send(
        "POST",
        "/?enable_http_compression=0",
        &[("Accept-Encoding", "lz4")],
        sql.as_bytes(),
    );
    assert_eq!(
        (off.header("content-encoding"), off.body.as_slice()),
        (None, plain.as_slice())
    );
    // ClickHouse's own blocks there and back: what one request returns, the next one takes.
    let blocks = post(
        "/?compress=1",
        "SELECT number FROM numbers(1000000) FORMAT RowBinary",
    );
    assert!(blocks.body.len() < 8_000_000);
    let t = table("blocks", "a UInt64");
    let target = format!(
        "/?decompress=1&query={}",
        escape(&format!("INSERT INTO {t} FORMAT RowBinary"))
    );
    assert_eq!(send("POST", &target, &[], &blocks.body).status, 200);
    assert_eq!(
        answer(&format!("SELECT count(), sum(a) FROM {t}")),
        "1000000\t499999500000\n"
    );
    let mut damaged = blocks.body.clone();
    damaged[100] ^= 1;
    let reply = send("POST", &target, &[], &damaged);
    assert_eq!(
        reply.header("x-clickhouse-exception-code"),
        Some("271"),
        "{}",
        reply.text()
    );
}

#[test]
fn compression_of_requests() {
    let t = table("gzip", "a UInt64");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(format!("INSERT INTO {t} FORMAT CSV\n1\n2\n").as_bytes())
        .expect("gzip");
    let body = encoder.finish().expect("gzip");
    assert_eq!(
        send("POST", "/", &[("Content-Encoding", "gzip")], &body).status,
        200
    );
    assert_eq!(answer(&format!("SELECT sum(a) FROM {t}")), "3\n");
    let reply = send("POST", "/", &[("Content-Encoding", "zstd")], &body);
    assert_eq!(
        (reply.status, reply.header("x-clickhouse-exception-code")),
        (501, Some("48"))
    );
    assert_eq!(
        send("POST", "/", &[("Content-Encoding", "gzip")], &body[..20]).status,
        500
    );
}

#[test]
fn sessions_keep_settings_and_temporary_tables() {
    let session = "/?session_id=s1&session_timeout=60";
    let ask = |target: &str, sql: &str| {
        let reply = post(target, sql);
        assert_eq!(reply.status, 200, "{sql}: {}", reply.text());
        reply.text()
    };
    ask(session, "SET max_threads = 3, log_comment = 'mine'");
    ask(session, "CREATE TEMPORARY TABLE tt (a UInt8)");
    ask(session, "INSERT INTO tt FORMAT CSV\n1\n2\n");
    assert_eq!(
        ask(session, "SELECT sum(a), getSetting('max_threads') FROM tt"),
        "3\t3\n"
    );
    // What a request brings along is for that request.
    let values = "SELECT getSetting('max_threads'), getSetting('log_comment'), getSetting('max_block_size'), currentDatabase()";
    assert_eq!(
        ask(
            "/?session_id=s1&max_threads=7&max_block_size=9&log_comment=its&database=system",
            values
        ),
        "7\tits\t9\tsystem\n"
    );
    assert_eq!(ask(session, values), "3\tmine\t65409\tdefault\n");
    ask("/?session_id=s1&database=default", "USE system");
    assert_eq!(ask(session, "SELECT currentDatabase()"), "system\n");
    // Another session, and none, see nothing of it.
    assert_eq!(post("/?session_id=s2", "SELECT * FROM tt").status, 404);
    assert_eq!(post("/", "SELECT * FROM tt").status, 404);
    assert_eq!(
        post("/?session_id=nope&session_check=1", "SELECT 1").header("x-clickhouse-exception-code"),
        Some("372")
    );
    assert_eq!(
        post("/?session_id=s1&session_timeout=99999", "SELECT 1").header("x-clickhouse-exception-code"),
        Some("374")
    );
    assert_eq!(post("/?session_id=s1&session_timeout=x", "SELECT 1").status, 400);
    ask("/?session_id=s1&close_session=1", "SELECT 1");
    assert_eq!(
        post("/?session_id=s1&session_check=1", "SELECT 1").header("x-clickhouse-exception-code"),
        Some("372")
    );
}

#[test]
fn sessions_end_after_their_timeout() {
    let ask = |check: &str| {
        post(
            &format!("/?session_id=short&session_timeout=1{check}"),
            "SELECT 1",
        )
    };
    assert_eq!(ask("").status, 200);
    wait_until("the session is gone", || {
        // Each request keeps the session alive for its timeout, so ask seldom.
        std::thread::sleep(Duration::from_millis(1500));
        ask("&session_check=1").header("x-clickhouse-exception-code") == Some("372")
    });
}

#[test]
fn one_request_at_a_time_in_a_session() {
    std::thread::scope(|scope| {
        let long = scope.spawn(|| post("/?session_id=busy&query_id=busy-1", LONG));
        wait_until("it runs", || running("busy-1"));
        let second = post("/?session_id=busy", "SELECT 1");
        assert_eq!(
            second.header("x-clickhouse-exception-code"),
            Some("373"),
            "{}",
            second.text()
        );
        answer("KILL QUERY WHERE query_id = 'busy-1' SYNC");
        assert_eq!(
            long.join().expect("thread").header("x-clickhouse-exception-code"),
            Some("394")
        );
    });
    // After its query was killed, the session is as good as before.
    assert_eq!(post("/?session_id=busy", "SELECT 1").text(), "1\n");
}

/// Runs until it is killed.
const LONG: &str = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1";

fn running(id: &str) -> bool {
    answer(&format!(
        "SELECT count() FROM system.processes WHERE query_id = '{id}'"
    )) == "1\n"
}

#[test]
fn query_ids_are_seen_and_killed() {
    std::thread::scope(|scope| {
        let long = scope.spawn(|| post("/?query_id=my-own-id", LONG));
        wait_until("it runs", || running("my-own-id"));
        let same = post("/?query_id=my-own-id", "SELECT 1");
        assert_eq!(
            same.header("x-clickhouse-exception-code"),
            Some("216"),
            "{}",
            same.text()
        );
        let seen = answer(
            "SELECT p.query_id, p.initial_query_id, query FROM system.processes AS p WHERE query_id LIKE 'my-own%'",
        );
        assert_eq!(seen, format!("my-own-id\tmy-own-id\t{LONG}\n"));
        let killed = answer("KILL QUERY WHERE query_id = 'my-own-id' SYNC");
        assert!(killed.starts_with("finished\t"), "{killed}");
        let reply = long.join().expect("thread");
        assert_eq!(
            (reply.status, reply.header("x-clickhouse-exception-code")),
            (500, Some("394")),
            "{}",
            reply.text()
        );
        assert_eq!(reply.header("x-clickhouse-query-id"), Some("my-own-id"));
    });
    assert!(!running("my-own-id"));
    assert_eq!(answer("KILL QUERY WHERE query_id = 'my-own-id' SYNC"), "");
}

#[test]
fn a_client_that_goes_away_ends_its_query() {
    let request = |id: &str, sql: &str| {
        let mut socket = support::connect(&LOCAL.url());
        let head = format!(
            "POST /?query_id={id} HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: {}\r\nContent-Length: {}\r\n\r\n{sql}",
            LOCAL.password(),
            sql.len()
        );
        socket.write_all(head.as_bytes()).expect("request");
        socket
    };
    // One that has not answered yet, and one in the middle of its answer.
    for (id, sql) in [
        ("gone-1", LONG),
        ("gone-2", "SELECT number FROM numbers(1000000000000)"),
    ] {
        let socket = request(id, sql);
        wait_until("it runs", || running(id));
        drop(socket);
        wait_until("it has ended", || !running(id));
    }
}

#[test]
fn sixteen_at_once() {
    let t = table("sixteen", "thread UInt8, a UInt32");
    let failures: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|thread| {
                let t = &t;
                scope.spawn(move || {
                    for round in 0..20 {
                        let insert = post("/", &format!("INSERT INTO {t} FORMAT CSV\n{thread},{round}\n"));
                        let sql = format!("SELECT getSetting('max_block_size'), max(a), count() FROM {t} WHERE thread = {thread}");
                        let select = post(&format!("/?max_block_size={}", 1000 + thread), &sql);
                        let expected = format!("{}\t{round}\t{}\n", 1000 + thread, round + 1);
                        if insert.status != 200 || select.text() != expected {
                            return Some(format!("{thread}/{round}: {} {}", insert.text(), select.text()));
                        }
                    }
                    None
                })
            })
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().expect("thread"))
            .collect()
    });
    assert_eq!(failures, [""; 0]);
    assert_eq!(answer(&format!("SELECT count() FROM {t}")), "320\n");
}

#[test]
fn keep_alive_serves_one_request_after_another() {
    let one = |close: &str| {
        format!(
            "POST / HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: {}\r\nContent-Length: 8\r\n{close}\r\nSELECT 1",
            LOCAL.password()
        )
    };
    let text = String::from_utf8(raw(
        &LOCAL.url(),
        (one("") + &one("") + &one("Connection: close\r\n")).as_bytes(),
    ))
    .expect("text");
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3, "{text}");
}

#[test]
fn what_is_no_http_is_refused() {
    let mut answers = BTreeSet::new();
    for request in [
        "nonsense\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nno colon\r\n\r\n".to_owned(),
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n".to_owned(),
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        format!("GET /?query={} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000)),
        format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(300)),
    ] {
        let answer = String::from_utf8_lossy(&raw(&LOCAL.url(), request.as_bytes())).into_owned();
        let status = answer.split(' ').nth(1).unwrap_or("nothing").to_owned();
        assert!(
            status.starts_with('4'),
            "{}: {answer}",
            &request[..40.min(request.len())]
        );
        answers.insert(status);
    }
    assert_eq!(
        answers.into_iter().collect::<Vec<_>>(),
        ["400", "401", "414", "431"]
    );
    assert_eq!(answer("SELECT 1"), "1\n");
}

#[test]
fn mutations_behave_as_on_a_server() {
    assert_eq!(
        answer("SELECT getSetting('mutations_sync'), getSetting('implicit_select')"),
        "0\tfalse\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_may_do_nothing_but_serve() {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (told, address) = tokio::sync::oneshot::channel();
    let serving = tokio::spawn(Server::run(
        LOCAL.engine().clone(),
        Options::new(),
        |server| told.send(server.address()).expect("a listener"),
        async { drop(stopped.await) },
    ));
    let address = address.await.expect("started");
    let url = format!("http://{address}");
    let ask = |host: &str, more: &str| {
        let head =
            format!("GET /?query=SELECT%201 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n");
        String::from_utf8_lossy(&raw(&url, head.as_bytes())).into_owned()
    };
    // Without a password programs are let in, and pages of the web are not.
    assert!(ask("localhost", "").ends_with("\r\n\r\n1\n"));
    assert!(ask("localhost", "Origin: https://example.com\r\n").starts_with("HTTP/1.1 403"));
    assert!(ask("rebound.example.com", "").starts_with("HTTP/1.1 403"));
    let error =
        Server::start(LOCAL.engine().clone(), Options::new().port(address.port())).expect_err("taken");
    assert!(error.to_string().contains("choose another port"), "{error}");
    stop.send(()).expect("stop");
    serving.await.expect("served").expect("ended");
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn nothing_is_left_behind_by_requests() {
    let open = || std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    let before = open();
    for number in 0..200 {
        assert_eq!(answer(&format!("SELECT {number}")), format!("{number}\n"));
        assert_eq!(post("/", "SELECT nope").status, 404);
    }
    // Other tests run beside this one; two hundred leaks would show.
    wait_until("files are closed", || open() < before + 150);
}
