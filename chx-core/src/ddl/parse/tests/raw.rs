//! Statements that chx does not read all of.

use proptest::prelude::*;

use crate::ddl::{
    ParseContext, parse_object_or_raw, parse_statement, parse_statement_or_raw, render, render_line,
    render_object_line,
};
use crate::model::{Object, RawKind, RawObject};
use crate::testing;

fn raw(sql: &str) -> RawObject {
    match parse_object_or_raw(sql, &ParseContext::default()).unwrap() {
        Object::Raw(raw) => raw,
        other => panic!("{sql} is read: {other:?}"),
    }
}

#[track_caller]
fn check(sql: &str, kind: RawKind, text: &str) {
    let object = raw(sql);
    assert_eq!((object.raw_kind, object.text.as_str()), (kind, text));
    let rendered = render_object_line(&Object::Raw(object.clone()));
    assert_eq!(raw(&rendered), object, "{rendered}");
}

#[test]
fn the_statement_is_kept_as_it_is() {
    check(
        "CREATE TABLE d.t (k UInt8,  /* why */ v  String) ENGINE = MergeTree ORDER BY k QUANTUM 5;",
        RawKind::Table,
        "(k UInt8, v String) ENGINE = MergeTree ORDER BY k QUANTUM 5",
    );
    check(
        "create or replace window view d.w UUID 'a' as select 1",
        RawKind::MaterializedView,
        "as select 1",
    );
    check(
        "CREATE VIEW IF NOT EXISTS d.v WITH MAGIC AS SELECT `index` FROM d.t",
        RawKind::View,
        "WITH MAGIC AS SELECT `index` FROM d.t",
    );
    check(
        "CREATE MATERIALIZED VIEW d.v TO INNER UUID 'b' ODDLY AS SELECT 1",
        RawKind::MaterializedView,
        "ODDLY AS SELECT 1",
    );
    check(
        "CREATE DICTIONARY d.d (k UInt64) PRIMARY KEY k SOURCE(NULL()) LAYOUT(FLAT()) ODDLY",
        RawKind::Dictionary,
        "(k UInt64) PRIMARY KEY k SOURCE(NULL()) LAYOUT(FLAT()) ODDLY",
    );
    check(
        "CREATE FUNCTION f LANGUAGE WASM FROM 'm'",
        RawKind::Function,
        "LANGUAGE WASM FROM 'm'",
    );
}

#[test]
fn what_is_read_is_not_raw() {
    let sql = "CREATE TABLE d.t (k UInt8) ENGINE = Memory";
    let object = parse_object_or_raw(sql, &ParseContext::default()).unwrap();
    assert!(matches!(object, Object::Table(_)), "{object:?}");
}

#[test]
fn what_it_reads_and_holds_is_seen() {
    let view = raw("CREATE MATERIALIZED VIEW d.v ODDLY TO e.t AS SELECT 1 FROM s JOIN f.u USING k");
    let names: Vec<String> = view.reads().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["d.s", "e.t", "f.u"]);
    assert!(!view.holds_rows());
    assert!(raw("CREATE WINDOW VIEW d.w ENGINE = Memory AS SELECT 1 FROM d.t").holds_rows());
    assert!(raw("CREATE TABLE d.t ODDLY").holds_rows());
}

#[test]
fn no_raw_text_holds_a_secret() {
    for (sql, what) in [
        ("CREATE TABLE d.t ODDLY ENGINE = S3('u', 'key', 'planted')", "S3"),
        (
            "CREATE TABLE d.t ODDLY ENGINE = MySQL('h', 'd', 't', 'u', 'env:P')",
            "string",
        ),
        (
            "CREATE DICTIONARY d.d ODDLY SOURCE(MYSQL(USER 'u' PASSWORD 'planted'))",
            "PASSWORD",
        ),
        (
            "CREATE TABLE d.t ODDLY SETTINGS kafka_sasl_password = 'planted'",
            "kafka_sasl_password",
        ),
        (
            "CREATE TABLE d.t ODDLY SETTINGS disk = disk(access_key_id = 'planted')",
            "access_key_id",
        ),
        (
            "CREATE VIEW d.v ODDLY AS SELECT * FROM s3('u', 'key', 'planted')",
            "secret",
        ),
        (
            "CREATE TABLE d.t ODDLY ENGINE = URL('http://u:planted@h/')",
            "URL",
        ),
        ("CREATE TABLE d.t ODDLY SETTINGS a = '[HIDDEN]'", "string"),
    ] {
        let error = parse_object_or_raw(sql, &ParseContext::default()).unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.contains(what) && !shown.contains("planted"),
            "{sql}: {shown}"
        );
    }
}

#[test]
fn what_creates_no_object_is_the_mistake_that_it_is() {
    for sql in [
        "CREATE MASKING POLICY m ON d.t",
        "ALTER TABLE d.t ODDLY",
        "CREATE TABLE d.t",
        "CREATE TABLE d.t ON CLUSTER c (k UInt8) ENGINE = Memory",
        "CREATE TABLE d.t ODDLY; DROP TABLE d.s",
        "CREATE TABLE t ODDLY",
        "CREATE DATABASE d ODDLY",
    ] {
        let raw = parse_statement_or_raw(sql, &ParseContext::default()).unwrap_err();
        assert_eq!(
            raw,
            parse_statement(sql, &ParseContext::default()).unwrap_err(),
            "{sql}"
        );
    }
}

proptest! {
    /// A statement with words that chx does not know reads back as itself.
    #[test]
    fn a_raw_statement_reads_back(statement in testing::statement(), at in 0..4_usize) {
        let line = render_line(&statement);
        let odd = ["", " ODDLY", " ODDLY (a, 'b')", " ODDLY = 1"][at];
        if let Ok(read) = parse_statement_or_raw(&format!("{line}{odd}"), &ParseContext::default()) {
            for text in [render(&read), render_line(&read)] {
                prop_assert_eq!(parse_statement_or_raw(&text, &ParseContext::default()), Ok(read.clone()), "{}", text);
            }
        }
    }
}
