//! Each row is a statement and how it reads back on one line. Whatever parses is also put through both layouts.

use super::*;
use crate::ddl::{render, render_line};

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
    unsupported(
        "CREATE DATABASE web SETTINGS disk = 'a'",
        "SETTINGS of a database",
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
fn columns_with_every_clause() {
    column(
        "a Int8 DEFAULT 1 COMMENT 'c' CODEC(Delta, ZSTD(3)) STATISTICS(tdigest, uniq) TTL d + toIntervalDay(1) SETTINGS (max_compress_block_size = 1, min_compress_block_size = 2)",
        "a Int8 DEFAULT 1 COMMENT 'c' CODEC(Delta, ZSTD(3)) STATISTICS(tdigest, uniq) TTL d + toIntervalDay(1) SETTINGS (max_compress_block_size = 1, min_compress_block_size = 2)",
    );
    // In an order that only 26.9 takes, and with everything lower case.
    column(
        "a Int8 ttl d settings (x = 1) codec(ZSTD) statistics(uniq) comment 'c' default 1",
        "a Int8 DEFAULT 1 COMMENT 'c' CODEC(ZSTD) STATISTICS(uniq) TTL d SETTINGS (x = 1)",
    );
    column("a Int8 NULL", "a Nullable(Int8)");
    column("a Int8 NOT NULL DEFAULT 1", "a Int8 DEFAULT 1");
    column("a Int8 DEFAULT 1 NULL", "a Nullable(Int8) DEFAULT 1");
    column("a Int8 DEFAULT 1 NOT NULL COMMENT ''", "a Int8 DEFAULT 1");
    column("a String COLLATE binary NULL", "a Nullable(String)");
    column("a Int8 MATERIALIZED k + 1", "a Int8 MATERIALIZED k + 1");
    column("a Int8 ALIAS k IN (1, 2)", "a Int8 ALIAS k IN (1, 2)");
    column("a Int8 EPHEMERAL", "a Int8 EPHEMERAL");
    column(
        "a Nullable(Int8) EPHEMERAL NULL",
        "a Nullable(Int8) EPHEMERAL NULL",
    );
    column("a Int8 EPHEMERAL, b Int8", "a Int8 EPHEMERAL, b Int8");
    column("a Int8 EPHEMERAL 5 COMMENT 'c'", "a Int8 EPHEMERAL 5 COMMENT 'c'");
    column("a Int8 EPHEMERAL COMMENT 'c'", "a Int8 EPHEMERAL COMMENT 'c'");
    column(
        "a Int8 EPHEMERAL COMMENT '' CODEC(ZSTD)",
        "a Int8 EPHEMERAL COMMENT '' CODEC(ZSTD)",
    );
    column(
        "a Int8 EPHEMERAL CODEC(ZSTD) TTL d",
        "a Int8 EPHEMERAL COMMENT '' CODEC(ZSTD) TTL d",
    );
    column("a Int8 EPHEMERAL TTL ttl", "a Int8 EPHEMERAL COMMENT '' TTL ttl");
    column(
        "a Int8 EPHEMERAL ttl COMMENT 'c' TTL d",
        "a Int8 EPHEMERAL ttl COMMENT 'c' TTL d",
    );
    column("a Int8 EPHEMERAL ttl IN (1)", "a Int8 EPHEMERAL ttl IN (1)");
    column("a Int8 EPHEMERAL ttl TTL ttl", "a Int8 EPHEMERAL ttl TTL ttl");
    column("a Int8 EPHEMERAL first", "a Int8 EPHEMERAL first");
    column("a Int8 CODEC(NONE), b Int8,", "a Int8 CODEC(NONE), b Int8");
}

#[test]
fn types_are_found_where_they_are_literals() {
    for (default, data_type) in [
        ("1", "UInt8"),
        ("256", "UInt16"),
        ("65536", "UInt32"),
        ("4294967296", "UInt64"),
        ("-1", "Int8"),
        ("-129", "Int16"),
        ("-32769", "Int32"),
        ("-2147483649", "Int64"),
        ("true", "Bool"),
        ("''", "String"),
        ("'a b'", "String"),
    ] {
        column(
            &format!("a DEFAULT {default}"),
            &format!("a {data_type} DEFAULT {default}"),
        );
    }
    for default in [
        "now()",
        "[]",
        "NULL",
        "1 + 1",
        "'a' || 'b'",
        "99999999999999999999",
        "k",
        "1.5 * 2",
    ] {
        let sql = format!("CREATE TABLE d.t (k UInt8, a DEFAULT {default}) ENGINE = Log");
        let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
        assert_eq!(
            *error.kind,
            ParseErrorKind::NoType { column: "a".into() },
            "{sql}"
        );
    }
}

#[test]
fn columns_named_like_keywords() {
    column(
        "engine String, comment String, ttl Date, order Int8, primary String, codec Int8, settings Int8",
        "engine String, comment String, ttl Date, order Int8, `primary` String, codec Int8, settings Int8",
    );
    column(
        "`index` String, `projection` Int8, `constraint` Enum8('CHECK' = 1)",
        "`index` String, `projection` Int8, `constraint` Enum8('CHECK' = 1)",
    );
    column(
        "a String DEFAULT comment COMMENT 'x'",
        "a String DEFAULT comment COMMENT 'x'",
    );
    column(
        "a Int8 DEFAULT codec CODEC(ZSTD)",
        "a Int8 DEFAULT codec CODEC(ZSTD)",
    );
    column("a Int8 DEFAULT ttl TTL ttl", "a Int8 DEFAULT ttl TTL ttl");
    column("a Int8 EPHEMERAL ttl", "a Int8 EPHEMERAL ttl");
    column(
        "a Int8 EPHEMERAL ttl + 1 TTL ttl",
        "a Int8 EPHEMERAL ttl + 1 TTL ttl",
    );
    column(
        "a Int8 DEFAULT settings SETTINGS (x = 1)",
        "a Int8 DEFAULT settings SETTINGS (x = 1)",
    );
    column(
        "first Int8, after Int8 DEFAULT first",
        "first Int8, after Int8 DEFAULT first",
    );
    column("a Int8 DEFAULT order.primary", "a Int8 DEFAULT order.primary");
    clauses(
        "ENGINE = MergeTree ORDER BY ttl TTL ttl + toIntervalDay(1) SETTINGS index_granularity = 5",
        "ENGINE = MergeTree ORDER BY ttl TTL ttl + toIntervalDay(1) SETTINGS index_granularity = 5",
    );
    clauses(
        "ENGINE = MergeTree ORDER BY order PARTITION BY partition",
        "ENGINE = MergeTree PARTITION BY partition ORDER BY order",
    );
    clauses(
        "ENGINE = MergeTree ORDER BY settings SETTINGS a = 1 COMMENT 'x'",
        "ENGINE = MergeTree ORDER BY settings SETTINGS a = 1 COMMENT 'x'",
    );
}

#[test]
fn defaults_are_cut_out_where_they_end() {
    for default in [
        "CASE WHEN k = 1 THEN 'COMMENT' ELSE 'x' END",
        "CASE k WHEN 1 THEN 2 WHEN 3 THEN 4 END",
        "k::DOUBLE PRECISION",
        "k IS NOT NULL",
        "k IS NULL",
        "k IS DISTINCT FROM 1",
        "k NOT IN (1, 2)",
        "k GLOBAL NOT IN (1, 2)",
        "s NOT LIKE 'a' AND NOT k",
        "k BETWEEN 1 AND 5",
        "k ? 1 : 2",
        "arrayMap(x -> (x + 1), [1, 2])",
        "quantile(0.9)(k)",
        "arr[1].2",
        "j.a.b",
        "-k",
        "[1, 2]",
        "(1, 2)",
        "{p:UInt8}",
        "k DIV 2",
        "'it\\'s, PRIMARY KEY (a) ENGINE = x'",
        "now() + toIntervalDay(1)",
        "(SELECT 1)",
        "@@max_threads",
    ] {
        column(
            &format!("a Int8 DEFAULT {default} COMMENT 'c', b Int8"),
            &format!("a Int8 DEFAULT {default} COMMENT 'c', b Int8"),
        );
    }
    column(
        "a Int8 DEFAULT now() + interval 1 day comment 'c'",
        "a Int8 DEFAULT now() + toIntervalDay(1) COMMENT 'c'",
    );
    column(
        "a Int8 DEFAULT date '2020-01-01' comment 'c'",
        "a Int8 DEFAULT toDate('2020-01-01') COMMENT 'c'",
    );
    column(
        "a Int8 DEFAULT interval comment 'c'",
        "a Int8 DEFAULT interval COMMENT 'c'",
    );
}

#[test]
fn text_in_literals_and_comments_is_not_sql() {
    column(
        "a String COMMENT 'the PRIMARY KEY of it, ENGINE = Log ORDER BY x'",
        "a String COMMENT 'the PRIMARY KEY of it, ENGINE = Log ORDER BY x'",
    );
    column(
        "a String -- ) ENGINE = Log\n DEFAULT '--' /* , b Int8 ) */",
        "a String DEFAULT '--'",
    );
    column(
        "a String COMMENT 'TTL is 3 days', b Date TTL b + toIntervalDay(1)",
        "a String COMMENT 'TTL is 3 days', b Date TTL b + toIntervalDay(1)",
    );
    column(
        "a String COMMENT 'back\\\\slash\\n\\'quote\\''",
        "a String COMMENT 'back\\\\slash\\n\\'quote\\''",
    );
    column("a String COMMENT $$it's$$", "a String COMMENT 'it\\'s'");
    column("a String DEFAULT 'a  b'", "a String DEFAULT 'a  b'");
}

#[test]
fn members() {
    column(
        "INDEX i k TYPE minmax GRANULARITY 4",
        "INDEX i k TYPE minmax GRANULARITY 4",
    );
    column(
        "INDEX i lower(a) TYPE ngrambf_v1(3, 256, 2, 0)",
        "INDEX i lower(a) TYPE ngrambf_v1(3, 256, 2, 0)",
    );
    column(
        "index i (a, b) type set(100) granularity 2",
        "INDEX i (a, b) TYPE set(100) GRANULARITY 2",
    );
    column(
        "INDEX type type TYPE bloom_filter(0.010)",
        "INDEX type type TYPE bloom_filter(0.01)",
    );
    column(
        "INDEX i s TYPE text(tokenizer='splitByNonAlpha')",
        "INDEX i s TYPE text(tokenizer = 'splitByNonAlpha')",
    );
    column(
        "PROJECTION p (SELECT a, k ORDER BY a)",
        "PROJECTION p (SELECT a, k ORDER BY a)",
    );
    column(
        "projection p (select count() group by a) with settings (index_granularity = 100)",
        "PROJECTION p (SELECT count() GROUP BY a) WITH SETTINGS (index_granularity = 100)",
    );
    column(
        "PROJECTION p INDEX a TYPE basic WITH SETTINGS (x = 1)",
        "PROJECTION p INDEX a TYPE basic WITH SETTINGS (x = 1)",
    );
    column(
        "PROJECTION p (WITH 1 AS x SELECT k + x ORDER BY k)",
        "PROJECTION p (WITH 1 AS x SELECT k + x ORDER BY k)",
    );
    column(
        "CONSTRAINT c CHECK k > 0 AND k < 9, CONSTRAINT d ASSUME k < 5",
        "CONSTRAINT c CHECK k > 0 AND k < 9, CONSTRAINT d ASSUME k < 5",
    );
    // Regrouped as the server does.
    column(
        "PROJECTION p (SELECT k ORDER BY k), CONSTRAINT c CHECK k, INDEX i k TYPE minmax, z Int8",
        "z Int8, INDEX i k TYPE minmax, CONSTRAINT c CHECK k, PROJECTION p (SELECT k ORDER BY k)",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8, FOREIGN KEY (k) REFERENCES x (y)) ENGINE = Log",
        "FOREIGN KEY",
    );
}

#[test]
fn index_projections_keep_their_keywords() {
    column(
        "projection p index (a, k) type basic",
        "PROJECTION p INDEX(a, k) TYPE basic",
    );
    column(
        "PROJECTION p INDEX [a] TYPE basic",
        "PROJECTION p INDEX[a] TYPE basic",
    );
}

#[test]
fn keys() {
    let key = |written: &str, expected: &str| {
        clauses(
            &format!("ENGINE = MergeTree ORDER BY {written}"),
            &format!("ENGINE = MergeTree ORDER BY {expected}"),
        );
    };
    key("k", "k");
    key("(k)", "k");
    key("((k))", "k");
    key("tuple(k)", "k");
    key("()", "tuple()");
    key("tuple()", "tuple()");
    key("(k, toDate(s))", "(k, toDate(s))");
    key("tuple(k, s)", "(k, s)");
    key("((k, s))", "(k, s)");
    key("(tuple(k, s))", "(k, s)");
    key("tuple((k, s))", "tuple((k, s))");
    key("((k), (s))", "((k), (s))");
    key("(k,)", "k");
    key("(k, s,)", "(k, s)");
    key("k DESC", "(k DESC)");
    key("(k DESC)", "(k DESC)");
    key("tuple(k desc, s asc)", "(k DESC, s)");
    key("((k, s) DESC)", "((k, s) DESC)");
    key(
        "(k ASCENDING, s DESCENDING)",
        "(k DESC, s DESC)".replace("(k DESC", "(k").as_str(),
    );
    key("(k) + (s)", "(k) + (s)");
    key("desc", "desc");
    clauses("ENGINE = MergeTree", "ENGINE = MergeTree ORDER BY tuple()");
    clauses(
        "ENGINE = MergeTree PRIMARY KEY k",
        "ENGINE = MergeTree PRIMARY KEY k",
    );
    clauses(
        "ENGINE = MergeTree PRIMARY KEY () ORDER BY k",
        "ENGINE = MergeTree PRIMARY KEY tuple() ORDER BY k",
    );
    clauses(
        "ENGINE = MergeTree PARTITION BY tuple() ORDER BY k",
        "ENGINE = MergeTree ORDER BY k",
    );
    reads(
        "CREATE TABLE d.t (k Int8 PRIMARY KEY, s Int8 COMMENT 'x' PRIMARY KEY) ENGINE = MergeTree",
        "CREATE TABLE d.t (k Int8, s Int8 COMMENT 'x') ENGINE = MergeTree PRIMARY KEY (k, s)",
    );
    reads(
        "CREATE TABLE d.t (k Int8, PRIMARY KEY (k, s), s Int8) ENGINE = MergeTree ORDER BY (k, s)",
        "CREATE TABLE d.t (k Int8, s Int8) ENGINE = MergeTree PRIMARY KEY (k, s) ORDER BY (k, s)",
    );
    reads(
        "CREATE TABLE d.t (k Int8, PRIMARY KEY k) ENGINE = MergeTree",
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree PRIMARY KEY k",
    );
    fails(
        "CREATE TABLE d.t (k Int8 PRIMARY KEY) ENGINE = MergeTree PRIMARY KEY k",
        "`PRIMARY KEY` stands here twice (line 1, column 58, at `PRIMARY KEY k`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k, s",
        "expected the end of the statement, found `,` (line 1, column 56, at `, s`)",
    );
}

#[test]
fn storage_in_any_order() {
    clauses(
        "ENGINE=MergeTree() SETTINGS b=1,a='x' TTL d ORDER BY k SAMPLE BY k PRIMARY KEY k PARTITION BY toYYYYMM(d) COMMENT 'c'",
        "ENGINE = MergeTree PARTITION BY toYYYYMM(d) PRIMARY KEY k ORDER BY k SAMPLE BY k TTL d SETTINGS a = 'x', b = 1 COMMENT 'c'",
    );
    clauses(
        "ENGINE ReplicatedReplacingMergeTree('/clickhouse/{shard}', '{replica}', version) ORDER BY k",
        "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/{shard}', '{replica}', version) ORDER BY k",
    );
    clauses("ENGINE = `Null`", "ENGINE = `Null`");
    clauses("ENGINE = Null", "ENGINE = `Null`");
    clauses(
        "ENGINE = Distributed(c, db, t, rand())",
        "ENGINE = Distributed(c, db, t, rand())",
    );
    clauses(
        "ENGINE = Merge(REGEXP('^x'), 'y')",
        "ENGINE = Merge(REGEXP('^x'), 'y')",
    );
    clauses(
        "ENGINE = Join(ANY, LEFT, k) SETTINGS persistent = 0",
        "ENGINE = Join(ANY, LEFT, k) SETTINGS persistent = 0",
    );
    clauses("ENGINE = Log COMMENT 'c'", "ENGINE = Log COMMENT 'c'");
    reads(
        "CREATE OR REPLACE TABLE d.t ENGINE = Merge('x', 'y')",
        "CREATE OR REPLACE TABLE d.t ENGINE = Merge('x', 'y')",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k ORDER BY k",
        "`ORDER BY` stands here twice (line 1, column 57, at `ORDER BY k`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ORDER BY k",
        "the engine is missing, and which one the server would take depends on its settings: write `ENGINE = ...` (line 1, column 27, at `ORDER BY k`)",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k UNIQUE KEY k",
        "UNIQUE KEY",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k COMMENT 'c' SETTINGS a = 1",
        "SETTINGS of the query",
    );
}

#[test]
fn settings_by_meaning() {
    let settings = |written: &str, expected: &str| {
        clauses(
            &format!("ENGINE = Log SETTINGS {written}"),
            &format!("ENGINE = Log SETTINGS {expected}"),
        );
    };
    settings("b = 2, a = 1", "a = 1, b = 2");
    settings(
        "a = '1', b = true, c = 86400., d = 1e3, e = 0x10, f = -5, g = +5, h = 0.50",
        "a = 1, b = 1, c = 86400, d = 1000, e = 16, f = -5, g = 5, h = 0.5",
    );
    settings(
        "a = '10Mi', b = '', c = 'it\\'s', d = '007', e = '1e5'",
        "a = '10Mi', b = '', c = 'it\\'s', d = '007', e = '1e5'",
    );
    settings("`a` = auto", "a = 'auto'");
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS a = 1, a = 2",
        "`setting` stands here twice (line 1, column 56, at `a = 2`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS a",
        "expected `=` behind the setting `a`, found the end of the text (line 1, column 50)",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS disk = disk(type = local)",
        "setting = function(...)",
    );
}

#[test]
fn ttl_rules() {
    let ttl = |written: &str, expected: &str| {
        clauses(
            &format!("ENGINE = MergeTree ORDER BY k TTL {written}"),
            &format!("ENGINE = MergeTree ORDER BY k TTL {expected}"),
        );
    };
    ttl("d + interval 1 month", "d + toIntervalMonth(1)");
    ttl("d DELETE", "d");
    ttl(
        "d DELETE WHERE n = 1 SETTINGS a = 1",
        "d DELETE WHERE n = 1 SETTINGS a = 1",
    );
    ttl("d WHERE n = 1 AND m", "d DELETE WHERE n = 1 AND m");
    ttl(
        "d TO DISK 'hdd', d + toIntervalDay(1) TO VOLUME IF EXISTS 'cold', d + toIntervalYear(1)",
        "d TO DISK 'hdd', d + toIntervalDay(1) TO VOLUME IF EXISTS 'cold', d + toIntervalYear(1)",
    );
    ttl("d RECOMPRESS CODEC(ZSTD(5)), e", "d RECOMPRESS CODEC(ZSTD(5)), e");
    ttl(
        "d GROUP BY k, l SET n = sum(n), d = max(d), e DELETE",
        "d GROUP BY k, l SET n = sum(n), d = max(d), e",
    );
    ttl("d GROUP BY k, toDate(l)", "d GROUP BY k, toDate(l)");
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k TTL d GROUP BY k SET n = sum(n) WHERE n",
        "expected the end of the statement, found `WHERE` (line 1, column 89, at `WHERE n`)",
    );
}

#[test]
fn views() {
    same("CREATE VIEW d.v AS SELECT 1 AS a");
    reads(
        "create or replace view v as (select a from t where b)",
        "CREATE OR REPLACE VIEW d.v AS SELECT a FROM t WHERE b",
    );
    reads(
        "CREATE VIEW d.v (`a` UInt8, `b` Array(String)) COMMENT 'c' AS SELECT 1 AS a",
        "CREATE VIEW d.v (a UInt8, b Array(String)) COMMENT 'c' AS SELECT 1 AS a",
    );
    reads(
        "CREATE VIEW d.v AS SELECT 1 AS a COMMENT 'c';",
        "CREATE VIEW d.v COMMENT 'c' AS SELECT 1 AS a",
    );
    same("CREATE VIEW IF NOT EXISTS d.v AS SELECT comment FROM t AS comment");
    same(
        "CREATE VIEW d.v AS WITH x AS (SELECT 1) SELECT * FROM x WHERE s = {p:String} SETTINGS max_threads = 1",
    );
    same("CREATE VIEW d.v AS SELECT 1 AS a UNION ALL SELECT 2 AS a");
    reads(
        "CREATE VIEW d.v AS SELECT 1 -- one\n, 2",
        "CREATE VIEW d.v AS SELECT 1, 2",
    );
    unsupported(
        "CREATE VIEW d.v (a, b) AS SELECT 1, 2",
        "column aliases of a view",
    );
    unsupported(
        "CREATE VIEW d.v (`a` UInt8) (a) AS SELECT 1 AS a",
        "column aliases of a view",
    );
    unsupported(
        "CREATE VIEW d.v (a UInt8 COMMENT 'x') AS SELECT 1 AS a",
        "a column of a view with more than its type",
    );
    same("CREATE VIEW d.v SQL SECURITY INVOKER AS SELECT 1");
    same("CREATE VIEW d.v SQL SECURITY NONE COMMENT 'c' AS SELECT 1");
    same("CREATE VIEW d.v (a UInt8) DEFINER = `odd name` SQL SECURITY DEFINER AS SELECT 1");
    reads(
        "CREATE VIEW d.v sql security definer definer CURRENT_USER AS SELECT 1",
        "CREATE VIEW d.v SQL SECURITY DEFINER AS SELECT 1",
    );
    reads(
        "CREATE VIEW d.v DEFINER = 'bob' AS SELECT 1",
        "CREATE VIEW d.v DEFINER = bob SQL SECURITY DEFINER AS SELECT 1",
    );
    unsupported(
        "CREATE VIEW d.v DEFINER = bob SQL SECURITY INVOKER AS SELECT 1",
        "DEFINER of a view that does not use its rights",
    );
    unsupported("CREATE VIEW d.v AS SELECT 1 FORMAT TSV", "FORMAT");
    unsupported("CREATE WINDOW VIEW d.v AS SELECT 1", "CREATE WINDOW VIEW");
    fails(
        "CREATE VIEW d.v COMMENT 'a' AS SELECT 1 COMMENT 'b'",
        "`COMMENT` stands here twice (line 1, column 41, at `COMMENT 'b'`)",
    );
    fails(
        "CREATE VIEW d.v AS VALUES (1)",
        "expected a SELECT query, found `VALUES` (line 1, column 20, at `VALUES (1)`)",
    );
}

#[test]
fn materialized_views() {
    same("CREATE MATERIALIZED VIEW d.v TO d.t AS SELECT k FROM d.s");
    reads(
        "CREATE MATERIALIZED VIEW v TO t (`k` UInt8) AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8) AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v TO d.t COMMENT 'c' AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v TO d.t COMMENT 'c' AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v TO d.t AS SELECT k FROM d.s COMMENT 'c'",
        "CREATE MATERIALIZED VIEW d.v TO d.t COMMENT 'c' AS SELECT k FROM d.s",
    );
    same(
        "CREATE MATERIALIZED VIEW d.v (k UInt8) ENGINE = MergeTree ORDER BY k SETTINGS index_granularity = 4 POPULATE COMMENT 'c' AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k COMMENT 'c' POPULATE AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k POPULATE COMMENT 'c' AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k COMMENT 'c' EMPTY AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k EMPTY COMMENT 'c' AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v (k UInt8 PRIMARY KEY) ENGINE = MergeTree AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v (k UInt8) ENGINE = MergeTree PRIMARY KEY k AS SELECT k FROM d.s",
    );
    same("CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8) DEFINER = bob SQL SECURITY DEFINER AS SELECT 1");
    same("CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY OFFSET 2 HOUR TO d.t EMPTY AS SELECT 1");
    same(
        "CREATE MATERIALIZED VIEW d.v REFRESH DEPENDS ON d.a, d.b SETTINGS refresh_retries = 2 APPEND TO d.t AS SELECT 1",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v refresh after 90 minutes randomize for 60 s depends on a TO t AS SELECT 1",
        "CREATE MATERIALIZED VIEW d.v REFRESH AFTER 1 HOUR 30 MINUTE RANDOMIZE FOR 1 MINUTE DEPENDS ON d.a TO d.t AS SELECT 1",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 FORTNIGHT TO d.t AS SELECT 1",
        "expected a whole number and a unit of time, such as `1 HOUR`, found `1` (line 1, column 44, at `1 FORTNIGHT TO d.t AS SELECT 1`)",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH SOON TO d.t AS SELECT 1",
        "expected `EVERY`, `AFTER` or `DEPENDS ON`, found `SOON` (line 1, column 38, at `SOON TO d.t AS SELECT 1`)",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH AFTER 1 DAY ENGINE = Log POPULATE AS SELECT 1",
        "expected `AS`: a refreshable view fills itself, so it cannot be POPULATE, found `POPULATE` (line 1, column 63, at `POPULATE AS SELECT 1`)",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v (k UInt8, INDEX i k TYPE minmax) ENGINE = MergeTree ORDER BY k AS SELECT 1",
        "INDEX, PROJECTION or CONSTRAINT of a view",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v TO INNER UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba1' AS SELECT 1",
        "TO INNER UUID",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v TO d.t POPULATE AS SELECT 1",
        "expected `AS`: only a view with an inner table can be POPULATE, only that or a refreshable view EMPTY, found `POPULATE` (line 1, column 37, at `POPULATE AS SELECT 1`)",
    );
}

#[test]
fn alters() {
    reads(
        "ALTER TABLE t ADD COLUMN a Int8, ADD COLUMN IF NOT EXISTS b Int8 FIRST, ADD COLUMN c Int8 DEFAULT a AFTER b",
        "ALTER TABLE d.t (ADD COLUMN a Int8), (ADD COLUMN IF NOT EXISTS b Int8 FIRST), (ADD COLUMN c Int8 DEFAULT a AFTER b)",
    );
    reads(
        "ALTER TABLE d.t ADD COLUMN n.a Array(Int8) AFTER `n`.`b`",
        "ALTER TABLE d.t (ADD COLUMN `n.a` Array(Int8) AFTER `n.b`)",
    );
    reads(
        "ALTER TABLE d.t ADD COLUMN after Int8 DEFAULT after AFTER after",
        "ALTER TABLE d.t (ADD COLUMN after Int8 DEFAULT after AFTER after)",
    );
    for command in [
        "MODIFY REFRESH EVERY 1 HOUR DEPENDS ON d.a",
        "MODIFY DEFINER = bob SQL SECURITY DEFINER",
        "MODIFY SQL SECURITY NONE",
        "ADD COLUMN a Int8 EPHEMERAL COMMENT '' FIRST",
        "ADD COLUMN a Int8 EPHEMERAL COMMENT '' AFTER b",
        "ADD COLUMN a Int8 EPHEMERAL ttl FIRST",
        "DROP COLUMN a",
        "DROP COLUMN IF EXISTS if",
        "RENAME COLUMN a TO b",
        "RENAME COLUMN IF EXISTS a TO b",
        "MODIFY COLUMN a UInt16 DEFAULT 5 COMMENT 'x' CODEC(ZSTD) TTL d FIRST",
        "MODIFY COLUMN IF EXISTS a String AFTER b",
        "MODIFY COLUMN a DEFAULT 1",
        "MODIFY COLUMN a MATERIALIZED k + 1",
        "MODIFY COLUMN a COMMENT ''",
        "MODIFY COLUMN a CODEC(Delta, LZ4)",
        "MODIFY COLUMN a TTL d + toIntervalDay(1)",
        "MODIFY COLUMN a FIRST",
        "MODIFY COLUMN a REMOVE DEFAULT",
        "MODIFY COLUMN a REMOVE SETTINGS",
        "MODIFY COLUMN a MODIFY SETTING x = 1, y = 'z'",
        "MODIFY COLUMN a RESET SETTING x, y",
        "COMMENT COLUMN a 'x'",
        "COMMENT COLUMN IF EXISTS a ''",
        "MODIFY ORDER BY (k, l)",
        "MODIFY SAMPLE BY k",
        "REMOVE SAMPLE BY",
        "MODIFY TTL d + toIntervalDay(1), e TO DISK 'x'",
        "REMOVE TTL",
        "MODIFY SETTING a = 1, b = 'c'",
        "RESET SETTING a, b",
        "MODIFY COMMENT 'it\\'s'",
        "ADD INDEX i (a, b) TYPE minmax GRANULARITY 2 FIRST",
        "ADD INDEX IF NOT EXISTS i a TYPE minmax AFTER j",
        "DROP INDEX IF EXISTS i",
        "MATERIALIZE INDEX i",
        "ADD PROJECTION p (SELECT a ORDER BY a)",
        "ADD PROJECTION IF NOT EXISTS p INDEX a TYPE basic WITH SETTINGS (x = 1)",
        "DROP PROJECTION p",
        "MATERIALIZE PROJECTION IF EXISTS p",
        "ADD CONSTRAINT IF NOT EXISTS c CHECK a > 0",
        "DROP CONSTRAINT c",
        "MATERIALIZE COLUMN a",
        "MODIFY QUERY SELECT a, b FROM d.s WHERE c",
    ] {
        same(&format!("ALTER TABLE d.t ({command})"));
        same(&format!("ALTER TABLE d.t ({command}), (DROP COLUMN z)"));
        reads(
            &format!("alter table t {command}"),
            &format!("ALTER TABLE d.t ({command})"),
        );
    }
    reads(
        "ALTER TABLE d.t ALTER COLUMN a TYPE Int32 DEFAULT 1 FIRST",
        "ALTER TABLE d.t (MODIFY COLUMN a Int32 DEFAULT 1 FIRST)",
    );
    reads(
        "ALTER TABLE d.t MODIFY COLUMN a Int8 NULL",
        "ALTER TABLE d.t (MODIFY COLUMN a Nullable(Int8))",
    );
    fails(
        "ALTER TABLE d.t (DROP COLUMN a, DROP COLUMN b)",
        "expected `)`: each command has parentheses of its own, found `,` (line 1, column 31, at `, DROP COLUMN b)`)",
    );
    fails(
        "ALTER TABLE d.t MODIFY SETTING a = 1, DROP COLUMN b",
        "expected `=` behind the setting `DROP`, found `COLUMN` (line 1, column 44, at `COLUMN b`)",
    );
    fails(
        "ALTER TABLE d.t MODIFY COLUMN a",
        "expected what to change about the column, found the end of the text (line 1, column 32)",
    );
    unsupported("ALTER TABLE d.t ON CLUSTER c DROP COLUMN a", "ON CLUSTER");
    unsupported("ALTER TABLE d.t DELETE WHERE 1", "ALTER TABLE ... DELETE");
    unsupported(
        "ALTER TABLE d.t MATERIALIZE TTL",
        "ALTER TABLE ... MATERIALIZE TTL",
    );
    unsupported(
        "ALTER TABLE d.t MATERIALIZE INDEX i IN PARTITION 1",
        "IN PARTITION",
    );
    unsupported(
        "ALTER TABLE d.t ADD PROJECTION p (SELECT a ORDER BY a) FIRST",
        "ADD PROJECTION ... FIRST or AFTER",
    );
    unsupported(
        "ALTER TABLE d.t RENAME COLUMN a TO b SETTINGS mutations_sync = 2",
        "SETTINGS of the query",
    );
    unsupported(
        "ALTER TABLE d.t MODIFY COLUMN a Int8 STATISTICS(uniq)",
        "MODIFY COLUMN ... STATISTICS",
    );
    unsupported("ALTER USER u", "ALTER");
}

#[test]
fn renames_and_drops() {
    same("RENAME TABLE d.a TO e.b");
    same("RENAME TABLE IF EXISTS d.a TO e.b");
    reads("RENAME a TO b", "RENAME TABLE d.a TO d.b");
    same("DROP TABLE d.t");
    same("DROP TABLE IF EXISTS d.t SYNC");
    same("DROP VIEW d.v");
    unsupported("RENAME TABLE d.a TO d.b, d.b TO d.a", "RENAME of several tables");
    unsupported("RENAME DATABASE a TO b", "RENAME DATABASE");
    unsupported("DROP TABLE d.a, d.b", "DROP of several objects");
    unsupported("DROP TABLE IF EMPTY d.a", "IF EMPTY");
    same("DROP DICTIONARY IF EXISTS d.a SYNC");
    reads("RENAME DICTIONARY a TO b", "RENAME TABLE d.a TO d.b");
    same("EXCHANGE TABLES d.a AND d.b");
    reads("EXCHANGE DICTIONARIES a AND e.b", "EXCHANGE TABLES d.a AND e.b");
}

#[test]
fn what_is_not_understood_is_refused_whole() {
    unsupported(
        "CREATE TABLE d.t ON CLUSTER c (k Int8) ENGINE = Log",
        "ON CLUSTER",
    );
    unsupported(
        "CREATE TABLE d.t UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0' (k Int8) ENGINE = Log",
        "UUID",
    );
    unsupported("CREATE TABLE d.t AS d.s", "CREATE TABLE ... AS");
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log AS SELECT 1",
        "CREATE TABLE ... AS",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k AS SELECT 1 AS k",
        "CREATE TABLE ... AS",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log EMPTY AS SELECT 1",
        "CREATE TABLE ... EMPTY AS",
    );
    unsupported("CREATE TABLE d.t CLONE AS d.s", "CREATE TABLE ... CLONE AS");
    unsupported("CREATE TEMPORARY TABLE t (k Int8)", "CREATE TEMPORARY TABLE");
    unsupported("CREATE FUNCTION f AS x -> x", "CREATE FUNCTION");
    unsupported(
        "CREATE TABLE {t:Identifier} (k Int8) ENGINE = Log",
        "a query parameter as a name",
    );
    unsupported("CREATE TABLE d.t (k Int8) ENGINE = Log FORMAT Null", "FORMAT");
    unsupported("INSERT INTO t VALUES (1)", "INSERT");
    unsupported("SELECT 1", "SELECT");
}

#[test]
fn mistakes_are_named_with_their_place() {
    fails(
        "",
        "expected a DDL statement (CREATE, ALTER, RENAME or DROP), found the end of the text (line 1, column 1)",
    );
    fails(
        "CREAT TABLE d.t",
        "expected a DDL statement (CREATE, ALTER, RENAME or DROP), found `CREAT` (line 1, column 1, at `CREAT TABLE d.t`)",
    );
    fails(
        "CREATE TABLE d.t (\n  k Int8 COMENT 'x'\n) ENGINE = Log",
        "expected `,`, `)` or a clause of the element, found `COMENT` (line 2, column 10, at `COMENT 'x'`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 COMENT 'x') ENGINE = Log",
        "expected `,`, `)` or a clause of the element, found `COMENT` (line 1, column 36, at `COMENT 'x') ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k) ENGINE = Log",
        "expected the type of the column `k`, found `)` (line 1, column 20, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t () ENGINE = Log",
        "expected a column, found `)` (line 1, column 19, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (n.a Int8) ENGINE = Log",
        "expected the type of the column (a name with a dot in it needs backticks), found `.` (line 1, column 20, at `.a Int8) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT) ENGINE = Log",
        "expected the default expression, found `)` (line 1, column 33, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 +) ENGINE = Log",
        "expected the rest of the expression, found `)` (line 1, column 37, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 DEFAULT 2) ENGINE = Log",
        "`DEFAULT` stands here twice (line 1, column 36, at `DEFAULT 2) ENGINE = Log`)",
    );
    fails(
        "ALTER TABLE d.t MODIFY COLUMN a NULL DEFAULT 1",
        "expected a type in front of `NULL` or `NOT NULL`, found `NULL` (line 1, column 33, at `NULL DEFAULT 1`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8",
        "`(` is not closed (line 1, column 18, at `(k Int8`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 COMMENT 'x) ENGINE = Log",
        "this string is not closed: its last `'` is missing (a quote inside is written `\\'` or `''`) (line 1, column 34, at `'x) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8, INDEX i k) ENGINE = Log",
        "expected `TYPE`, found `)` (line 1, column 36, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log; DROP TABLE d.t",
        "expected the end of the statement, found `DROP` (line 1, column 41, at `DROP TABLE d.t`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 COMMENT '\\xFF') ENGINE = Log",
        "this string is not UTF-8 text (line 1, column 34, at `'\\xFF') ENGINE = Log`)",
    );
    fails(
        "CREATE OR REPLACE TABLE IF NOT EXISTS d.t (k Int8) ENGINE = Log",
        "expected a name: `OR REPLACE` and `IF NOT EXISTS` exclude each other, found `IF` (line 1, column 25, at `IF NOT EXISTS d.t (k Int8) ENGINE = Log`)",
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
    assert_eq!(table.columns[0].comment, "the PRIMARY KEY of it");
    assert_eq!(
        table.columns[1].ttl.as_ref().unwrap().as_sql(),
        "ttl + toIntervalDay(3)"
    );
    assert_eq!(table.columns[1].codec.as_ref().unwrap().stages.len(), 2);
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

#[test]
fn deep_and_large_text_is_no_danger() {
    let deep = "(".repeat(1 << 19) + &")".repeat(1 << 19);
    for sql in [
        format!("CREATE TABLE d.t (k Int8 DEFAULT {deep}) ENGINE = Log"),
        format!("CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY {deep}"),
        format!(
            "CREATE TABLE d.t (k {}Int8{}) ENGINE = Log",
            "Array(".repeat(1 << 16),
            ")".repeat(1 << 16)
        ),
        format!("CREATE VIEW d.v AS SELECT {deep}"),
        format!(
            "CREATE VIEW d.v AS {}SELECT 1{}",
            "(".repeat(1 << 19),
            ")".repeat(1 << 19)
        ),
        "(".repeat(1 << 20),
        "CREATE TABLE d.t (".repeat(1 << 16),
        "case ".repeat(1 << 18),
        format!(
            "CREATE TABLE d.t (k Int8 DEFAULT {}1) ENGINE = Log",
            "- ".repeat(1 << 19)
        ),
    ] {
        // Whether it parses is not the point: that it comes back is.
        let object = parse_object(&sql, &ParseContext::default());
        let _ = object.map(crate::canon::canonical);
    }
}
