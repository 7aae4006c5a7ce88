//! Every fact, on the last version that was seen to mind and on the first that was seen not to.

use super::*;
use crate::ddl::{ParseContext, parse_statement, parse_statement_or_raw};
use crate::diag::{Code, code};
use crate::model::SettingValue;

const COLUMNS: &str = "k UInt8, s String, v Array(Float32)";

/// A table with one more column.
fn column(data_type: &str) -> String {
    format!("CREATE TABLE app.t ({COLUMNS}, c {data_type}) ENGINE = MergeTree ORDER BY k")
}

/// A table with one more member.
fn member(member: &str) -> String {
    column(&format!("UInt8, {member}"))
}

/// A table with one more column, which is computed.
fn default(expr: &str) -> String {
    column(&format!("String DEFAULT {expr}"))
}

/// What a server says of a statement about the table `app.t`.
fn said(sql: &str, version: &str, enabled: Option<&[&str]>) -> Vec<(Code, Severity)> {
    let read = |sql: &str| {
        parse_statement(sql, &ParseContext::default()).unwrap_or_else(|error| panic!("{error}: {sql}"))
    };
    let mut before = Schema::default();
    before.apply(&read(&member("INDEX i c TYPE minmax"))).unwrap();
    let server = Server {
        version: version.parse().unwrap(),
        enabled: enabled.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
    };
    let statement = parse_statement_or_raw(sql, &ParseContext::default())
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    check_statement(&statement, &before, &server)
        .into_iter()
        .map(|demand| (demand.finding.code, demand.finding.severity))
        .collect()
}

#[test]
fn each_version_takes_what_it_was_seen_to_take() {
    let key =
        |settings: &str| format!("CREATE TABLE app.t (k UInt8) ENGINE = MergeTree ORDER BY k DESC{settings}");
    let mv = |rest: &str| {
        format!("CREATE MATERIALIZED VIEW app.mv REFRESH EVERY 1 DAY {rest}TO app.t AS SELECT 1 AS k")
    };
    let aggregating = "CREATE TABLE app.t (k UInt8, s String, n SimpleAggregateFunction(sum, UInt64)) \
                       ENGINE = AggregatingMergeTree ORDER BY k";
    let vector = "INDEX i v TYPE vector_similarity('hnsw', 'L2Distance', 8)";
    // The rule, the statement, a version that minds, one that does not.
    let cases: &[(Code, String, &str, &str)] = &[
        (code::DESCENDING_KEY, key(""), "26.3", "26.7"),
        (
            code::DESCENDING_KEY,
            key(" SETTINGS allow_experimental_reverse_key = 1"),
            "24.8",
            "25.5",
        ),
        (code::JSON_TYPE, column("Array(JSON(a UInt8))"), "24.8", "25.5"),
        (
            code::VARIANT_TYPE,
            column("Variant(UInt8, String)"),
            "24.8",
            "25.5",
        ),
        (code::DYNAMIC_TYPE, column("Dynamic"), "24.8", "25.5"),
        (code::TIME_TYPE, column("Time"), "25.5", "26.1"),
        (code::TIME_TYPE, column("Time"), "25.8", "26.1"),
        (code::TIME64_TYPE, column("Time64(3)"), "25.8", "26.1"),
        (code::QBIT_TYPE, column("QBit(Float32, 8)"), "25.8", "26.1"),
        (code::GEOMETRY_TYPE, column("Geometry"), "25.8", "26.1"),
        (code::MULTI_POINT_TYPE, column("MultiPoint"), "26.7", "26.9"),
        (code::BFLOAT16_TYPE, column("BFloat16"), "24.8", "25.5"),
        (
            code::NULLABLE_TUPLE,
            column("Nullable(Tuple(a UInt8))"),
            "25.8",
            "26.9",
        ),
        (
            code::NULLABLE_TUPLE,
            column("Nullable(Tuple(a UInt8))"),
            "26.7",
            "26.9",
        ),
        (code::OBJECT_TYPE, column("Object('json')"), "26.1", ""),
        (
            code::TEXT_INDEX,
            member("INDEX i s TYPE text(tokenizer = 'splitByNonAlpha')"),
            "26.1",
            "26.3",
        ),
        (
            code::FULL_TEXT_INDEX,
            member("INDEX i s TYPE full_text"),
            "25.8",
            "25.5",
        ),
        (code::ANNOY_INDEX, member("INDEX i v TYPE annoy"), "25.5", "24.8"),
        (
            code::HYPOTHESIS_INDEX,
            member("INDEX i k > 1 TYPE hypothesis"),
            "26.3",
            "26.1",
        ),
        (code::VECTOR_SIMILARITY_INDEX, member(vector), "25.5", "26.7"),
        (
            code::SPARSE_GRAMS_INDEX,
            member("INDEX i s TYPE sparse_grams(3, 100, 256, 2, 0)"),
            "25.8",
            "26.1",
        ),
        (
            code::STATISTICS,
            column("UInt8 STATISTICS(tdigest)"),
            "26.1",
            "26.3",
        ),
        (
            code::COALESCING_ENGINE,
            "CREATE TABLE app.t (k UInt8) ENGINE = CoalescingMergeTree ORDER BY k".to_owned(),
            "25.5",
            "25.8",
        ),
        (
            code::AGGREGATING_DIMENSIONS,
            aggregating.to_owned(),
            "26.7",
            "26.5",
        ),
        (
            code::AGGREGATING_DIMENSIONS,
            aggregating.to_owned(),
            "26.9",
            "26.3",
        ),
        (
            code::PROJECTION_INDEX,
            member("PROJECTION p INDEX s TYPE basic"),
            "25.8",
            "26.1",
        ),
        (
            code::PROJECTION_SETTINGS,
            member("PROJECTION p (SELECT s ORDER BY s) WITH SETTINGS (index_granularity = 1024)"),
            "25.8",
            "26.1",
        ),
        (
            code::PROJECTION_WHERE,
            member("PROJECTION p (SELECT s WHERE k > 1 ORDER BY s)"),
            "26.5",
            "26.7",
        ),
        (code::REFRESHABLE_VIEW, mv(""), "24.8", "25.5"),
        (code::REFRESH_APPEND, mv("APPEND "), "24.8", "25.5"),
        (
            code::REPLACE_MATERIALIZED_VIEW,
            "CREATE OR REPLACE MATERIALIZED VIEW app.mv TO app.t AS SELECT 1 AS k".to_owned(),
            "26.3",
            "26.7",
        ),
        (
            code::DATABASE_COMMENT,
            "ALTER DATABASE app MODIFY COMMENT 'x'".to_owned(),
            "24.8",
            "25.5",
        ),
        (
            code::INDEXED_COLUMN_TYPE,
            "ALTER TABLE app.t MODIFY COLUMN c UInt32".to_owned(),
            "25.8",
            "26.1",
        ),
        (
            code::COLUMN_TTL_ALONE,
            "ALTER TABLE app.t MODIFY COLUMN s TTL toDate(k) + INTERVAL 1 DAY".to_owned(),
            "26.1",
            "26.3",
        ),
        (
            code::PARENTHESISED_ALTER,
            "ALTER TABLE app.t DROP COLUMN s".to_owned(),
            "23.10",
            "24.8",
        ),
        (
            code::STATISTICS,
            "ALTER TABLE app.t ADD STATISTICS c TYPE tdigest".to_owned(),
            "26.1",
            "26.3",
        ),
        (
            code::ADD_ENUM_VALUES,
            "ALTER TABLE app.t MODIFY COLUMN e ADD ENUM VALUES ('b' = 2)".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::MODIFY_CONSTRAINT,
            "ALTER TABLE app.t MODIFY CONSTRAINT c CHECK k > 2".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::STATISTICS_BASIC,
            column("UInt8 STATISTICS(basic)"),
            "26.5",
            "26.7",
        ),
        (
            code::STATISTICS_BASIC,
            "ALTER TABLE app.t MODIFY STATISTICS c TYPE uniq_v2".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::STATISTICS_MINMAX,
            column("UInt8 STATISTICS(minmax)"),
            "24.8",
            "25.5",
        ),
        (
            code::DICTIONARY_MAP,
            "CREATE DICTIONARY app.d (k UInt64, m Map(String, UInt8)) PRIMARY KEY k SOURCE(CLICKHOUSE(TABLE 's')) \
             LAYOUT(HASHED()) LIFETIME(1)"
                .to_owned(),
            "26.3",
            "26.5",
        ),
        (
            code::REFRESH_AFTER_OTHERS,
            "CREATE MATERIALIZED VIEW app.mv REFRESH DEPENDS ON app.other TO app.t AS SELECT 1 AS k".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::MATERIALIZED_UNION,
            "CREATE MATERIALIZED VIEW app.mv TO app.t AS SELECT 1 AS k UNION ALL SELECT 2 AS k".to_owned(),
            "24.8",
            "25.5",
        ),
        (
            code::EPHEMERAL_CLAUSES,
            column("String EPHEMERAL COMMENT 'x'"),
            "24.8",
            "25.5",
        ),
        (
            code::EPHEMERAL_CLAUSES,
            column("String EPHEMERAL COMMENT '' CODEC(ZSTD(1))"),
            "24.8",
            "25.5",
        ),
        (
            code::ALIAS_ENGINE,
            "CREATE TABLE app.t ENGINE = Alias('app', 'of')".to_owned(),
            "25.8",
            "26.5",
        ),
        (code::SUBCOLUMN, default("v.size0"), "24.8", "25.5"),
        (code::SUBCOLUMN, default("(v[1]).a"), "24.8", "25.5"),
        (code::SUBCOLUMN, member("INDEX i v.size0 TYPE minmax"), "24.8", "25.5"),
        (
            code::SUBCOLUMN,
            "ALTER TABLE app.t ADD COLUMN n UInt64 DEFAULT v.size0".to_owned(),
            "24.8",
            "25.5",
        ),
        (
            code::SUBCOLUMN,
            "CREATE TABLE app.t (k UInt8, j JSON, c String DEFAULT toString(j.^a)) ENGINE = MergeTree ORDER BY k"
                .to_owned(),
            "24.8",
            "25.5",
        ),
        (code::IS_DISTINCT_FROM, default("k IS DISTINCT FROM 1"), "25.8", "26.1"),
        (code::LIKE_ESCAPE, default("s NOT ILIKE 'a!%' ESCAPE '!'"), "26.5", "26.7"),
        (
            code::LIKE_ESCAPE,
            "CREATE FUNCTION f AS (a) -> a LIKE 'b' ESCAPE '!'".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::AT_TIME_ZONE,
            "CREATE VIEW app.v AS SELECT now() AT TIME ZONE 'UTC' AS at".to_owned(),
            "26.5",
            "26.7",
        ),
        (code::TRIM_CHARACTERS, default("concat(rtrim(s, 'x'), s)"), "25.8", "26.1"),
        (code::TRIM_WORDS, default("TRIM(TRAILING 'x' FROM s)"), "24.8", "25.5"),
        (code::OVERLAY_PLACING, default("overlay(s PLACING 'x' FROM 1)"), "26.3", "26.5"),
        (code::CALL_WITHOUT_PARENTHESES, default("CURRENT_TIMESTAMP"), "26.1", "26.3"),
        (code::CALL_WITHOUT_PARENTHESES, default("toString(now)"), "26.1", "26.3"),
        (
            code::PROJECTION_PART_OFFSET,
            member("PROJECTION p (SELECT s, _part_offset ORDER BY s)"),
            "24.8",
            "25.5",
        ),
        (
            code::REFRESH_AFTER_DEPENDS,
            "CREATE MATERIALIZED VIEW app.mv REFRESH AFTER 1 DAY DEPENDS ON app.o TO app.t AS SELECT 1 AS k".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::REFRESH_AFTER_DEPENDS,
            "ALTER TABLE app.mv MODIFY REFRESH AFTER 1 DAY DEPENDS ON app.o".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::STATISTICS_OF_TEXT,
            column("LowCardinality(String) STATISTICS(uniq)"),
            "24.8",
            "25.5",
        ),
        (code::WORKLOAD_OR_RESOURCE, "CREATE WORKLOAD w".to_owned(), "24.8", "25.5"),
        (
            code::WORKLOAD_OR_RESOURCE,
            "CREATE RESOURCE r (READ ANY DISK)".to_owned(),
            "24.8",
            "25.5",
        ),
        (code::RESOURCE_QUERY, "CREATE RESOURCE r (QUERY)".to_owned(), "25.5", "25.8"),
        (
            code::RESOURCE_MEMORY,
            "CREATE RESOURCE r (MEMORY RESERVATION)".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::WORKLOAD_UNITS,
            "CREATE WORKLOAD w IN all SETTINGS max_bytes_per_second = '10M' FOR d".to_owned(),
            "26.5",
            "26.7",
        ),
        (
            code::JOIN_CONDITION,
            "CREATE VIEW app.v AS SELECT a.k AS k FROM app.a AS a LEFT JOIN app.b AS b ON (a.u = b.u) AND (b.at >= a.at)".to_owned(),
            "24.8",
            "25.5",
        ),
        (
            code::JOIN_CONDITION,
            "CREATE VIEW app.v AS SELECT 1 AS k FROM app.a AS a JOIN app.b AS b ON a.u = b.u AND startsWith(a.v, b.v) WHERE k > 1"
                .to_owned(),
            "24.8",
            "25.5",
        ),
        (
            code::UNIQUE_KEY,
            "CREATE TABLE app.t (id UInt64) ENGINE = MergeTree ORDER BY id UNIQUE KEY id".to_owned(),
            "26.3",
            "26.5",
        ),
        (
            code::DATABASE_SETTINGS,
            "CREATE DATABASE app ENGINE = Atomic SETTINGS lazy_load_tables = 1".to_owned(),
            "25.5",
            "25.8",
        ),
        (
            code::LAZY_LOAD_TABLES,
            "CREATE DATABASE app ENGINE = Atomic SETTINGS lazy_load_tables = 1".to_owned(),
            "25.5",
            "26.3",
        ),
        (
            code::SELECT_COLUMN,
            "CREATE TABLE app.t (k UInt8, `select` UInt8, x UInt16 DEFAULT `select` + k - 1) ENGINE = MergeTree ORDER BY k"
                .to_owned(),
            "26.1",
            "26.3",
        ),
        (
            code::SELECT_COLUMN,
            "CREATE TABLE app.t (k UInt8, `select` UInt8, x UInt16 DEFAULT k * (`select` - 1)) ENGINE = MergeTree ORDER BY k"
                .to_owned(),
            "26.1",
            "26.3",
        ),
    ];
    for (code, sql, minds, takes) in cases {
        let on = |version: &str| said(sql, version, Some(&[]));
        assert!(
            on(minds).contains(&(*code, Severity::Error)),
            "{code} on {minds}: {:?}\n{sql}",
            on(minds)
        );
        assert!(
            takes.is_empty() || !on(takes).iter().any(|(said, _)| said == code),
            "{code} on {takes}: {:?}\n{sql}",
            on(takes)
        );
    }
    for fact in Fact::all() {
        assert!(
            [code::NULLABLE_TO_PLAIN, code::UNSEEN_NAMED_COLLECTION].contains(&fact.code)
                || cases.iter().any(|(code, ..)| *code == fact.code),
            "{} is not shown",
            fact.code
        );
        assert!(
            fact.statuses.is_sorted_by(|one, next| one.0 < next.0),
            "{}",
            fact.code
        );
        assert!(
            !fact.source.is_empty() && !fact.instead.is_empty(),
            "{}",
            fact.code
        );
    }
}

#[test]
fn a_setting_of_a_database_that_is_not_heeded_is_warned_of() {
    let sql = "CREATE DATABASE app ENGINE = Atomic SETTINGS lazy_load_tables = 1";
    assert_eq!(
        said(sql, "26.1", Some(&[])),
        [(code::LAZY_LOAD_TABLES, Severity::Warning)]
    );
    let disk = "CREATE DATABASE app ENGINE = Atomic SETTINGS disk = 'default'";
    assert_eq!(said(disk, "25.8", Some(&[])), []);
}

#[test]
fn one_fact_has_one_code() {
    let codes: Vec<Code> = Fact::all().map(|fact| fact.code).collect();
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
}

#[test]
fn a_setting_that_is_on_is_asked_for_no_more() {
    let on = |enabled| said(&column("JSON"), "24.8", enabled);
    assert_eq!(on(Some(&["allow_experimental_json_type"])), []);
    assert_eq!(on(Some(&[])), [(code::JSON_TYPE, Severity::Error)]);
    // Nobody has asked: it may be on.
    assert_eq!(on(None), [(code::JSON_TYPE, Severity::Warning)]);
    assert!(settings().contains("allow_experimental_json_type"));
}

#[test]
fn between_two_measured_versions_nothing_is_claimed() {
    assert_eq!(
        said(&column("BFloat16"), "25.3", None),
        [(code::BFLOAT16_TYPE, Severity::Warning)]
    );
}

#[test]
fn what_is_plain_is_taken_by_all_versions_since_24_8() {
    for version in ["24.8", "25.3", "25.8", "26.3", "26.7", "26.9", "27.1"] {
        for sql in [
            member("INDEX i s TYPE bloom_filter(0.01)"),
            member("PROJECTION p (SELECT s ORDER BY s)"),
            "ALTER TABLE app.t ADD COLUMN x Nullable(UInt8)".to_owned(),
        ] {
            assert_eq!(said(&sql, version, Some(&[])), [], "{version}: {sql}");
        }
    }
}

#[test]
fn what_fails_only_at_some_rows_is_a_warning() {
    let read = |sql: &str| parse_statement(sql, &ParseContext::default()).unwrap();
    let mut before = Schema::default();
    before
        .apply(&read(&column("LowCardinality(Nullable(String))")))
        .unwrap();
    for (sql, version, expected) in [
        ("ALTER TABLE app.t MODIFY COLUMN c String DEFAULT ''", "25.8", 1),
        ("ALTER TABLE app.t MODIFY COLUMN c String DEFAULT ''", "26.1", 0),
        ("ALTER TABLE app.t MODIFY COLUMN c Nullable(String)", "25.8", 0),
        ("ALTER TABLE app.t MODIFY COLUMN c COMMENT 'x'", "25.8", 0),
    ] {
        let server = Server {
            version: version.parse().unwrap(),
            enabled: None,
        };
        let said = check_statement(&read(sql), &before, &server);
        assert_eq!(said.len(), expected, "{sql} on {version}");
        for demand in said {
            assert_eq!(demand.finding.code, code::NULLABLE_TO_PLAIN);
            assert_eq!(demand.finding.severity, Severity::Warning);
        }
    }
}

#[test]
fn a_named_collection_that_is_not_shown_is_a_warning() {
    for sql in [
        "CREATE NAMED COLLECTION c AS k = 'v'",
        "ALTER NAMED COLLECTION c SET k = 'v'",
    ] {
        let warned = [(code::UNSEEN_NAMED_COLLECTION, Severity::Warning)];
        assert_eq!(said(sql, "24.8", None), warned, "{sql}");
        assert_eq!(said(sql, "25.5", None), [], "{sql}");
    }
}

#[test]
fn a_text_that_stands_for_a_number_is_no_unit() {
    let sql = "CREATE WORKLOAD w SETTINGS weight = '3', max_bytes_per_second = '1000'";
    assert_eq!(said(sql, "25.5", None), []);
}

#[test]
fn words_that_only_look_like_a_form_are_none() {
    for sql in [
        "CREATE TABLE app.t (k UInt8, now DateTime, c DateTime DEFAULT now) ENGINE = MergeTree ORDER BY k",
        "CREATE TABLE app.t (k UInt8, `n.a` Array(UInt8), c Array(UInt8) DEFAULT n.a) ENGINE = MergeTree ORDER BY k",
        "CREATE TABLE app.t (k UInt8, t Tuple(a UInt8), CONSTRAINT c CHECK t.a > 1) ENGINE = MergeTree ORDER BY k",
        "CREATE VIEW app.v AS SELECT t.k AS at FROM app.t AS t",
        "CREATE VIEW app.v AS SELECT 'LIKE' AS escape, k IS NOT DISTINCT FROM 1 AS d FROM app.t",
        "CREATE VIEW app.v AS SELECT 1 AS k FROM app.a AS a ASOF LEFT JOIN app.b AS b ON a.u = b.u AND a.at >= b.at",
        "CREATE VIEW app.v AS SELECT 1 AS k FROM app.a AS a JOIN app.b AS b ON ((a.u = b.u) OR (b.k = a.k)) AND (b.at > 9) WHERE a.k > b.k",
        "CREATE TABLE app.t (k UInt8, `select` UInt8, x UInt16 DEFAULT greatest(`select` - k, 2), y UInt8 DEFAULT `select` + k) ENGINE = MergeTree ORDER BY k",
        "CREATE VIEW app.v AS SELECT trim(concat('a', s)) AS a, now() AS n, overlay(s, 'x', 1) AS o FROM app.t",
    ] {
        assert_eq!(said(sql, "24.8", Some(&[])), [], "{sql}");
    }
}

#[test]
fn settings_are_held_to_the_release_that_they_came_with() {
    let table = |engine: &str, setting: &str| {
        format!("CREATE TABLE app.t (k UInt8) ENGINE = {engine} SETTINGS {setting} = 1")
    };
    let replicated = "ReplicatedMergeTree('/t', 'r') ORDER BY k";
    let late = [(code::LATER_SETTING, Severity::Error)];
    for (sql, minds, takes) in [
        (table("MergeTree ORDER BY k", "auto_statistics_types"), "25.8", "26.1"),
        (table(replicated, "allow_dimensions_outside_sorting_key"), "26.5", "26.7"),
        (table("Kafka", "kafka_autodetect_client_rack"), "26.3", "26.5"),
        ("CREATE WORKLOAD w SETTINGS max_cpus = 2".to_owned(), "25.5", "25.8"),
        ("CREATE WORKLOAD w SETTINGS max_memory = 9 FOR r".to_owned(), "26.5", "26.7"),
        ("ALTER TABLE app.t MODIFY SETTING table_readonly = 1".to_owned(), "26.1", "26.3"),
        (
            "CREATE MATERIALIZED VIEW app.mv ENGINE = MergeTree ORDER BY k SETTINGS table_readonly = 1 AS SELECT 1 AS k"
                .to_owned(),
            "26.1",
            "26.3",
        ),
    ] {
        assert_eq!(said(&sql, minds, Some(&[])), late, "{sql}");
        assert_eq!(said(&sql, takes, Some(&[])), [], "{sql}");
    }
    let between = said(&table("MergeTree ORDER BY k", "table_readonly"), "26.2", None);
    assert_eq!(between, [(code::LATER_SETTING, Severity::Warning)]);
    // Of the engine alone: a name that no release knows, and another engine's.
    for sql in [
        table("MergeTree ORDER BY k", "no_such_setting"),
        table("Memory", "table_readonly"),
    ] {
        assert_eq!(said(&sql, "24.8", None), [], "{sql}");
    }
}

#[test]
fn findings_name_object_and_column() {
    let table = parse_statement(&column("JSON"), &ParseContext::default()).unwrap();
    let mut schema = Schema::default();
    schema.apply(&table).unwrap();
    let version = ServerVersion::new(24, 3);
    let demands = check_schema(
        &schema,
        &Server {
            version,
            enabled: None,
        },
    );
    let [demand] = demands.as_slice() else {
        panic!("{demands:?}")
    };
    assert_eq!(demand.object, table.object());
    assert_eq!(demand.column.as_ref().map(Ident::as_str), Some("c"));
    assert_eq!(
        demand.finding.to_string(),
        "error[CHX151]: app.t.c: the type JSON is refused by ClickHouse 24.3\n  help: it works from 25.3 on"
    );
    assert_eq!(
        SettingValue::new("true").to_string(),
        "1",
        "settings of tables compare by meaning"
    );
}

#[test]
fn versions_are_read_and_ordered() {
    let read = |text: &str| text.parse::<ServerVersion>();
    assert_eq!(read("26.7.2.1"), Ok(ServerVersion::new(26, 7)));
    assert_eq!(
        read("25.8.16.10001.altinitystable"),
        Ok(ServerVersion::new(25, 8))
    );
    assert!(ServerVersion::new(25, 12) > ServerVersion::new(25, 8));
    for text in ["", "25", "latest", "25.x", "-1.2", "25."] {
        assert!(read(text).is_err(), "{text}");
    }
}
