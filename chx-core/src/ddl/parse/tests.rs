//! Each row is a statement and how it reads back on one line. Whatever parses is also put through both layouts.

mod access;
mod alters;
mod columns;
mod functions;
mod members;
mod mistakes;
mod raw;
mod server;
mod storage;
mod views;

use super::*;
use crate::ddl::{render, render_line, render_object_line};

fn context_in(database: &Ident) -> ParseContext<'_> {
    ParseContext::in_database(database)
}

/// Reads as `expected`, and both layouts read back as the same statement.
#[track_caller]
fn reads(sql: &str, expected: &str) {
    let database = Ident::new("d").unwrap();
    let statement =
        parse_statement(sql, &context_in(&database)).unwrap_or_else(|error| panic!("{sql}\n{error}"));
    assert_eq!(render_line(&statement), expected, "{sql}");
    for text in [render(&statement), render_line(&statement)] {
        let again = parse_statement(&text, &ParseContext::default());
        assert_eq!(again.as_ref(), Ok(&statement), "{text}");
    }
}

#[track_caller]
fn same(sql: &str) {
    reads(sql, sql);
}

#[track_caller]
fn fails(sql: &str, message: &str) {
    let error = parse_statement(sql, &ParseContext::default()).unwrap_err();
    assert_eq!(error.to_string(), message, "{sql}");
}

#[track_caller]
fn unsupported(sql: &str, expected: &str) {
    let error = parse_statement(sql, &ParseContext::default()).unwrap_err();
    match &*error.kind {
        ParseErrorKind::Unsupported { clause } => assert_eq!(clause, expected, "{sql}"),
        other => panic!("{sql}\n{other:?}"),
    }
}

/// What is said in another way here: the words in front of the place.
#[track_caller]
fn instead(sql: &str, expected: &str) {
    let error = parse_statement(sql, &ParseContext::default()).unwrap_err();
    match &*error.kind {
        kind @ ParseErrorKind::Instead { .. } => assert_eq!(kind.to_string(), expected, "{sql}"),
        other => panic!("{sql}\n{other:?}"),
    }
}

/// A table with these columns, as a whole statement.
#[track_caller]
fn column(written: &str, expected: &str) {
    reads(
        &format!("CREATE TABLE d.t (k UInt8, {written}) ENGINE = MergeTree ORDER BY k"),
        &format!("CREATE TABLE d.t (k UInt8, {expected}) ENGINE = MergeTree ORDER BY k"),
    );
}

/// A table with these clauses behind its columns.
#[track_caller]
fn clauses(written: &str, expected: &str) {
    reads(
        &format!("CREATE TABLE d.t (k UInt8) {written}"),
        &format!("CREATE TABLE d.t (k UInt8) {expected}"),
    );
}

#[test]
fn databases() {
    same("CREATE DATABASE web");
    same("CREATE DATABASE web ENGINE = Atomic COMMENT 'all of it'");
    reads(
        "create database if not exists web engine Memory()",
        "CREATE DATABASE IF NOT EXISTS web ENGINE = Memory",
    );
    reads(
        "CREATE DATABASE `a b`\nENGINE = Atomic\nCOMMENT 'x';",
        "CREATE DATABASE `a b` ENGINE = Atomic COMMENT 'x'",
    );
    reads(
        "ALTER DATABASE web (MODIFY COMMENT 'it''s')",
        "ALTER DATABASE web MODIFY COMMENT 'it\\'s'",
    );
    reads(
        "DROP DATABASE IF EXISTS web NO DELAY",
        "DROP DATABASE IF EXISTS web SYNC",
    );
    unsupported("CREATE DATABASE web ON CLUSTER c", "ON CLUSTER");
    reads(
        "CREATE DATABASE web ENGINE = Atomic() SETTINGS lazy_load_tables = true, disk = 'a' COMMENT 'c'",
        "CREATE DATABASE web ENGINE = Atomic SETTINGS disk = 'a', lazy_load_tables = 1 COMMENT 'c'",
    );
    same(
        "CREATE DATABASE lake ENGINE = DataLakeCatalog('http://h') SETTINGS catalog_credential = 'env:LAKE'",
    );
    fails(
        "CREATE DATABASE web SETTINGS disk = 'a'",
        "expected `ENGINE` before the settings of a database: without one they are settings of the statement, found `SETTINGS` (line 1, column 21, at `SETTINGS disk = 'a'`)",
    );
    fails(
        "CREATE DATABASE lake ENGINE = DataLakeCatalog('http://h') SETTINGS catalog_credential = 'planted'",
        "the value of `catalog_credential` is written out: put it into the environment or a file, and write `'env:NAME'` or `'file:PATH'` here (line 1, column 59)",
    );
}

#[test]
fn names() {
    reads(
        "CREATE TABLE t (k Int8) ENGINE = Log",
        "CREATE TABLE d.t (k Int8) ENGINE = Log",
    );
    reads(
        "CREATE TABLE \"a\".\"b c\" (`k` Int8) ENGINE = Log",
        "CREATE TABLE a.`b c` (k Int8) ENGINE = Log",
    );
    reads(
        "CREATE TABLE `a``b`.`c\\`d` (k Int8) ENGINE = Log",
        "CREATE TABLE `a\\`b`.`c\\`d` (k Int8) ENGINE = Log",
    );
    reads(
        "CREATE TABLE if (k Int8) ENGINE = Log",
        "CREATE TABLE d.if (k Int8) ENGINE = Log",
    );
    reads(
        "CREATE TABLE IF NOT EXISTS if.not (k Int8) ENGINE = Log",
        "CREATE TABLE IF NOT EXISTS if.not (k Int8) ENGINE = Log",
    );
    reads(
        "CREATE TABLE `my-db`.`select` (`from` Int8, `n.a` Array(Int8)) ENGINE = Log",
        "CREATE TABLE `my-db`.`select` (`from` Int8, `n.a` Array(Int8)) ENGINE = Log",
    );
    fails(
        "CREATE TABLE t (k Int8) ENGINE = Log",
        "`t` has no database: write `database.t` (line 1, column 14, at `t (k Int8) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.`` (k Int8) ENGINE = Log",
        "a name must not be empty (line 1, column 16, at ``` (k Int8) ENGINE = Log`)",
    );
}

#[test]
fn objects_from_what_the_server_stores() {
    let stored = "CREATE TABLE app.t UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0'\n(\n    `k` UInt8,\n    `s` String CODEC(ZSTD(1))\n)\nENGINE = MergeTree\nORDER BY k\nSETTINGS index_granularity = 8192";
    let object = parse_object(stored, &ParseContext::default()).unwrap();
    assert_eq!(
        crate::ddl::render_object_line(&object),
        "CREATE TABLE app.t (k UInt8, s String CODEC(ZSTD(1))) ENGINE = MergeTree ORDER BY k SETTINGS index_granularity = 8192"
    );
    let error = parse_object("DROP TABLE a.b", &ParseContext::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a CREATE statement, found `DROP` (line 1, column 1, at `DROP TABLE a.b`)"
    );
}

/// What other tools have read wrongly from a stored text, all in one: words of clauses in projections, comments,
/// strings and names, and a comment behind the settings.

#[test]
fn clauses_are_found_where_they_stand() {
    let stored = "CREATE TABLE app.t (`engine` String COMMENT 'the PRIMARY KEY of it', \
        `ttl` Date DEFAULT '2020-01-01' COMMENT 'TTL is 3 days' CODEC(Delta(2), ZSTD(1)) TTL ttl + toIntervalDay(3), \
        `e` Enum8('b' = 1, 'ORDER BY' = 2), `n` Array(Nullable(String)), \
        INDEX `order by` lower(engine) TYPE ngrambf_v1(3, 256, 2, 0) GRANULARITY 2, \
        CONSTRAINT c CHECK engine != ') ENGINE = Log', \
        PROJECTION p (SELECT engine, ttl ORDER BY ttl)) \
        ENGINE = ReplacingMergeTree(ttl) PARTITION BY toYYYYMM(ttl) PRIMARY KEY engine ORDER BY (engine, e DESC) \
        TTL ttl + toIntervalMonth(1) TO DISK 'ORDER BY x', ttl + toIntervalYear(1) WHERE engine = 'SETTINGS' \
        SETTINGS index_granularity = 1024, storage_policy = 'COMMENT' COMMENT 'ENGINE = Memory'";
    let object = parse_object(stored, &ParseContext::default()).unwrap();
    let crate::model::Object::Table(table) = object else {
        panic!("a table")
    };
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["engine", "ttl", "e", "n"]);
    assert_eq!(table.columns.get(0).unwrap().comment, "the PRIMARY KEY of it");
    assert_eq!(
        table.columns.get(1).unwrap().ttl.as_ref().unwrap().as_sql(),
        "ttl + toIntervalDay(3)"
    );
    assert_eq!(
        table.columns.get(1).unwrap().codec.as_ref().unwrap().stages.len(),
        2
    );
    assert_eq!(table.indexes[0].name.as_str(), "order by");
    assert_eq!(
        table.projections[0].body.as_sql(),
        "SELECT engine, ttl ORDER BY ttl"
    );
    assert_eq!(table.constraints[0].expr.as_sql(), "engine != ') ENGINE = Log'");
    let storage = &table.storage;
    assert_eq!(storage.engine.name, "ReplacingMergeTree");
    assert_eq!(storage.order_by.parts.len(), 2);
    assert_eq!(storage.primary_key.as_ref().unwrap().parts.len(), 1);
    assert_eq!(storage.partition_by.parts[0].expr.as_sql(), "toYYYYMM(ttl)");
    assert_eq!(storage.ttl.len(), 2);
    assert_eq!(
        storage.settings.get("index_granularity").unwrap().as_str(),
        "1024"
    );
    assert_eq!(
        storage.settings.get("storage_policy").unwrap().as_str(),
        "COMMENT"
    );
    assert_eq!(table.comment, "ENGINE = Memory");
}

#[test]
fn fragments() {
    assert_eq!(
        crate::ddl::render_engine(&parse_engine("ReplacingMergeTree(version)").unwrap()),
        "ReplacingMergeTree(version)"
    );
    assert_eq!(parse_key("(a, b DESC)").unwrap().parts.len(), 2);
    assert_eq!(parse_ttl("d TO DISK 'a', e").unwrap().len(), 2);
    assert_eq!(parse_settings("a = 1").unwrap().0.len(), 1);
    assert_eq!(parse_codec("Delta, ZSTD(3)").unwrap().stages.len(), 2);
    assert_eq!(parse_index_type("bloom_filter(0.01)").unwrap().args.len(), 1);
    assert_eq!(
        parse_projection_body("SELECT a ORDER BY a").unwrap().as_sql(),
        "SELECT a ORDER BY a"
    );
    assert!(parse_engine("MergeTree x").is_err());
    assert!(parse_codec("").is_err());
    assert!(parse_projection_body("DROP TABLE x").is_err());
}
