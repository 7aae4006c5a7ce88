//! Engines, keys, settings, TTL.

use super::*;

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
        "CREATE OR REPLACE TABLE d.t (k Int8) ENGINE = Merge('x', 'y')",
        "CREATE OR REPLACE TABLE d.t (k Int8) ENGINE = Merge('x', 'y')",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k ORDER BY k",
        "`ORDER BY` stands here twice (line 1, column 57, at `ORDER BY k`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ORDER BY k",
        "the engine is missing, and which one the server would take depends on its settings: write `ENGINE = ...` (line 1, column 27, at `ORDER BY k`)",
    );
    // The setting is of the statement, and no server stores it.
    for stored in [
        "UNIQUE KEY k",
        "UNIQUE KEY (k) SETTINGS allow_experimental_unique_key = 0",
    ] {
        clauses(
            &format!("ENGINE = MergeTree ORDER BY k {stored}"),
            "ENGINE = MergeTree ORDER BY k UNIQUE KEY k SETTINGS allow_experimental_unique_key = 1",
        );
    }
    clauses(
        "ENGINE = MergeTree UNIQUE KEY (k, `a b`) ORDER BY k SETTINGS index_granularity = 5",
        "ENGINE = MergeTree ORDER BY k UNIQUE KEY (k, `a b`) SETTINGS index_granularity = 5, allow_experimental_unique_key = 1",
    );
    for (key, message) in [
        ("k + 1", "columns as the unique key, and no expressions"),
        ("tuple()", "at least one column as the unique key"),
        ("(k, k)", "`column of the unique key` stands here twice"),
        ("k DESC", "a key without `DESC`"),
        ("k UNIQUE KEY k", "`UNIQUE KEY` stands here twice"),
    ] {
        let sql = format!("CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k UNIQUE KEY {key}");
        let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains(message), "{sql}: {error}");
    }
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
    // As the server stores it; the value beside it is the one that counts.
    settings("a = 1, b = 8192, a = DEFAULT, b = default", "a = 1, b = 8192");
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS a = 1, a = 2",
        "`setting` stands here twice (line 1, column 56, at `a = 2`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS a",
        "expected `=` behind the setting `a`, found the end of the text (line 1, column 50)",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS a = disk(type = local)",
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
fn settings_of_queries_are_no_settings_of_a_table() {
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k SETTINGS index_granularity = 1024, max_threads = 2",
        "the setting max_threads of the query among those of the table",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v ENGINE = SummingMergeTree ORDER BY k SETTINGS enable_json_type = 1 AS SELECT 1 AS k",
        "the setting enable_json_type of the query among those of the table",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log SETTINGS max_threads = 2",
        "the setting max_threads of the query among those of the table",
    );
    // Other engines keep them.
    let file = "CREATE TABLE d.t (k Int8) ENGINE = File(CSV) SETTINGS format_csv_delimiter = '|'";
    reads(file, file);
}

#[test]
fn a_table_without_columns_gets_those_that_the_server_finds() {
    unsupported(
        "CREATE TABLE d.t ENGINE = Merge(d, '^t')",
        "CREATE TABLE without columns",
    );
    let alias = "CREATE TABLE d.t ENGINE = Alias(d, u)";
    reads(alias, alias);
}

#[test]
fn the_old_form_of_merge_tree_is_not_read() {
    let clause = "MergeTree with its keys as arguments";
    unsupported(
        "CREATE TABLE d.t (a Date, k Int8) ENGINE = MergeTree(a, k, 8192)",
        clause,
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v ENGINE = SummingMergeTree(a, k, 8192) AS SELECT 1 AS k, today() AS a",
        clause,
    );
    let new = "CREATE TABLE d.t (k Int8 PRIMARY KEY, v Int8) ENGINE = ReplacingMergeTree(v)";
    reads(
        new,
        "CREATE TABLE d.t (k Int8, v Int8) ENGINE = ReplacingMergeTree(v) PRIMARY KEY k",
    );
}
