//! Columns and their clauses.

use super::*;

#[test]
fn columns_with_every_clause() {
    column(
        "a Int8 DEFAULT 1 COMMENT 'c' CODEC(Delta, ZSTD(3)) STATISTICS(tdigest, uniq) TTL d + toIntervalDay(1) SETTINGS (max_compress_block_size = 1, min_compress_block_size = 2)",
        "a Int8 DEFAULT 1 COMMENT 'c' CODEC(Delta, ZSTD(3)) STATISTICS(tdigest, uniq) TTL d + toIntervalDay(1) SETTINGS (max_compress_block_size = 1, min_compress_block_size = 2)",
    );
    column(
        "a Int8 default 1 comment 'c' codec(ZSTD) statistics(uniq) ttl d settings (x = 1)",
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
    // What no integer holds is a Float64 to the server.
    for (default, stored) in [
        ("1.5", "1.5"),
        ("-1.50", "-1.5"),
        ("1e3", "1000."),
        ("99999999999999999999", "100000000000000000000."),
    ] {
        column(
            &format!("a DEFAULT {default}"),
            &format!("a Float64 DEFAULT {stored}"),
        );
    }
    for default in ["now()", "[]", "NULL", "1 + 1", "'a' || 'b'", "k", "1.5 * 2"] {
        let sql = format!("CREATE TABLE d.t (k UInt8, a DEFAULT {default}) ENGINE = Log");
        let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
        assert_eq!(
            *error.kind,
            ParseErrorKind::NoType { column: "a".into() },
            "{sql}"
        );
    }
}

/// Measured on 26.7, in CREATE and in ALTER: 26.9 takes any order.
#[test]
fn the_parts_of_a_column_have_an_order() {
    let parts = [
        "COLLATE binary",
        "DEFAULT 1",
        "COMMENT 'x'",
        "CODEC(ZSTD(1))",
        "STATISTICS(tdigest)",
        "TTL d + INTERVAL 1 DAY",
        "SETTINGS (max_compress_block_size = 16384)",
    ];
    for (at, first) in parts.iter().enumerate() {
        for second in &parts[at + 1..] {
            for (begin, end) in [
                (
                    "CREATE TABLE d.t (d DateTime, a UInt8",
                    ") ENGINE = MergeTree ORDER BY d",
                ),
                ("ALTER TABLE d.t ADD COLUMN a UInt8", ""),
                ("ALTER TABLE d.t MODIFY COLUMN a UInt8", ""),
            ] {
                let read =
                    |parts: &str| parse_statement(&format!("{begin} {parts}{end}"), &ParseContext::default());
                if let Err(error) = read(&format!("{first} {second}")) {
                    assert!(error.is_unsupported(), "{first} {second}: {error}");
                }
                let error = read(&format!("{second} {first}")).unwrap_err();
                let word = first.split([' ', '(']).next().unwrap_or_default();
                assert!(
                    error
                        .to_string()
                        .contains(&format!("`{word}` has to stand before `")),
                    "{second} {first}: {error}"
                );
                assert!(
                    error.position.column > u32::try_from(begin.len()).unwrap() as usize,
                    "{error}"
                );
            }
        }
    }
    for (sql, message) in [
        ("a UInt8 COMMENT 'x' NULL", "`NULL` has to stand before `COMMENT`"),
        (
            "a UInt8 CODEC(ZSTD) NOT NULL",
            "`NOT NULL` has to stand before `CODEC`",
        ),
        (
            "a UInt8 PRIMARY KEY TTL d",
            "`TTL` has to stand before `PRIMARY KEY`",
        ),
        (
            "a UInt8 SETTINGS (x = 1) PRIMARY KEY",
            "`PRIMARY KEY` has to stand before `SETTINGS`",
        ),
        ("a UInt8 ALIAS 1 DEFAULT 1", "`DEFAULT` stands here twice"),
    ] {
        let sql = format!("CREATE TABLE d.t ({sql}) ENGINE = MergeTree ORDER BY tuple()");
        let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains(message), "{sql}: {error}");
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
fn names_that_old_servers_store_without_quotes_are_names() {
    // Stored by 25.8 and by 26.7.
    for (old, new) in [
        (
            "CREATE TABLE d.t (`k` UInt8, `select` UInt8, `from` UInt8, `x` UInt16 DEFAULT (select + 1) * from, INDEX i select TYPE minmax GRANULARITY 1, \
             CONSTRAINT c CHECK select > 1, PROJECTION p (SELECT select, from ORDER BY select)) ENGINE = MergeTree PARTITION BY from ORDER BY (select, k)",
            "CREATE TABLE d.t (`k` UInt8, `select` UInt8, `from` UInt8, `x` UInt16 DEFAULT (`select` + 1) * `from`, INDEX i `select` TYPE minmax GRANULARITY 1, \
             CONSTRAINT c CHECK `select` > 1, PROJECTION p (SELECT `select`, `from` ORDER BY `select`)) ENGINE = MergeTree PARTITION BY `from` ORDER BY (`select`, k)",
        ),
        (
            "CREATE VIEW d.v (`From` String) AS SELECT From FROM d.t",
            "CREATE VIEW d.v (`From` String) AS SELECT `From` FROM d.t",
        ),
    ] {
        let read = |sql: &str| {
            parse_object(sql, &ParseContext::default()).unwrap_or_else(|error| panic!("{sql}\n{error}"))
        };
        assert_eq!(read(old), read(new), "{old}");
    }
    // Without such a column, a word is what it is for everybody.
    let query = "CREATE VIEW d.v AS select k from d.t";
    let object = parse_object(query, &ParseContext::default()).unwrap();
    assert_eq!(
        render_object_line(&object),
        "CREATE VIEW d.v AS SELECT k FROM d.t"
    );
}
