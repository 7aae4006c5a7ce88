//! Holds the rules of chx-core to the real engine: for every type, each clause is tried in a CREATE TABLE, and what
//! the engine takes must be what the rules take. So a rule can neither refuse what is right nor let pass what is not.
#![expect(clippy::print_stdout, reason = "a failed comparison is shown whole")]

use chx_core::rules::engine::{Role, aggregates};
use chx_core::rules::{codec, index, key, query_setting, statistics, ttl};
use chx_core::types::{TypeArg, TypeExpr};
use chx_tests::engine::Engine;

const fn of(family: &'static str, inner: &'static [TypeArg]) -> TypeExpr {
    TypeExpr::with(family, inner)
}

const UINT8: TypeArg = TypeArg::Type(TypeExpr::named("UInt8"));
const UINT64: TypeArg = TypeArg::Type(TypeExpr::named("UInt64"));
const FLOAT32: TypeArg = TypeArg::Type(TypeExpr::named("Float32"));
const STRING: TypeArg = TypeArg::Type(TypeExpr::named("String"));
const DATETIME: TypeArg = TypeArg::Type(TypeExpr::named("DateTime"));
const NULLABLE_STRING: TypeArg = TypeArg::Type(of("Nullable", &[STRING]));
const STRINGS: TypeArg = TypeArg::Type(of("Array", &[STRING]));

/// One of each kind, and what can stand inside of it.
const TYPES: [TypeExpr; 54] = [
    TypeExpr::named("Int8"),
    TypeExpr::named("Int32"),
    TypeExpr::named("UInt8"),
    TypeExpr::named("UInt16"),
    TypeExpr::named("UInt64"),
    TypeExpr::named("Int128"),
    TypeExpr::named("UInt256"),
    TypeExpr::named("Float32"),
    TypeExpr::named("Float64"),
    TypeExpr::named("BFloat16"),
    TypeExpr::named("Bool"),
    TypeExpr::named("String"),
    TypeExpr::named("UUID"),
    TypeExpr::named("IPv4"),
    TypeExpr::named("IPv6"),
    TypeExpr::named("Date"),
    TypeExpr::named("Date32"),
    TypeExpr::named("DateTime"),
    TypeExpr::named("Time"),
    TypeExpr::named("Point"),
    TypeExpr::named("JSON"),
    TypeExpr::named("Dynamic"),
    of("Decimal", &[TypeArg::Number(9), TypeArg::Number(2)]),
    of("Decimal", &[TypeArg::Number(18), TypeArg::Number(2)]),
    of("Decimal", &[TypeArg::Number(38), TypeArg::Number(2)]),
    of("Decimal", &[TypeArg::Number(76), TypeArg::Number(2)]),
    of("FixedString", &[TypeArg::Number(8)]),
    of("FixedString", &[TypeArg::Number(3)]),
    of("DateTime64", &[TypeArg::Number(3)]),
    of("Time64", &[TypeArg::Number(3)]),
    of("Enum8", &[TypeArg::Sql("'a' = 1")]),
    of("Enum16", &[TypeArg::Sql("'a' = 1")]),
    of("Nullable", &[UINT64]),
    of("Nullable", &[STRING]),
    of("Nullable", &[DATETIME]),
    of("LowCardinality", &[STRING]),
    of("LowCardinality", &[NULLABLE_STRING]),
    of("Array", &[UINT64]),
    of("Array", &[FLOAT32]),
    of("Array", &[STRING]),
    of("Array", &[STRINGS]),
    of("Array", &[NULLABLE_STRING]),
    of("Array", &[TypeArg::Type(of("LowCardinality", &[STRING]))]),
    of("Map", &[STRING, UINT64]),
    of("Map", &[UINT8, UINT64]),
    of("Map", &[STRING, NULLABLE_STRING]),
    of("Tuple", &[UINT8, UINT8]),
    of("Tuple", &[TypeArg::Named("a", TypeExpr::named("String")), UINT8]),
    of("Tuple", &[UINT8, NULLABLE_STRING]),
    of("Variant", &[STRING, UINT64]),
    of("AggregateFunction", &[TypeArg::Sql("sum, UInt64")]),
    of("SimpleAggregateFunction", &[TypeArg::Sql("sum"), UINT64]),
    of("SimpleAggregateFunction", &[TypeArg::Sql("max"), STRING]),
    of("SimpleAggregateFunction", &[TypeArg::Sql("max"), DATETIME]),
];

/// Tries one clause with every type; `sql` writes the statement, `refuse` is the rule.
fn hold(
    engine: &Engine,
    rule: &str,
    sql: impl Fn(&str) -> String,
    refuse: impl Fn(&TypeExpr) -> Option<&'static str>,
) -> usize {
    let mut different = 0;
    for data_type in &TYPES {
        // A named element in a list of unnamed ones is this table's shorthand, not SQL.
        let text = data_type
            .to_string()
            .replace("Tuple(a String, UInt8)", "Tuple(a String, b UInt8)");
        let answer = engine.run(&sql(&text));
        let _ = engine.run("DROP TABLE IF EXISTS rules.t");
        if answer.is_ok() != refuse(data_type).is_none() {
            different += 1;
            println!(
                "{rule} on {text}\n  engine: {answer:?}\n  rule: {:?}",
                refuse(data_type)
            );
        }
    }
    different
}

fn table(column: &str, rest: &str) -> String {
    format!("CREATE TABLE rules.t (k UInt8, s Int8, c {column}) ENGINE = {rest}")
}

/// One process holds one data path, so this is one test.
#[test]
fn the_engine_and_the_rules_agree() -> Result<(), String> {
    let engine = Engine::start()?;
    let columns = columns(&engine);
    let engines = engines(&engine);
    let settings = settings_of_queries(&engine);
    engine.close()?;
    columns.and(engines).and(settings)
}

fn columns(engine: &Engine) -> Result<(), String> {
    engine.run("CREATE DATABASE rules")?;
    let mut different = 0;

    for name in ["Delta", "DoubleDelta", "Gorilla", "FPC", "T64", "GCD"] {
        let sql = |column: &str| table(&format!("{column} CODEC({name}, LZ4)"), "MergeTree ORDER BY k");
        different += hold(engine, name, sql, |column| codec::refuse(name, column));
    }
    let by = |clause: &'static str| move |column: &str| table(column, &format!("MergeTree {clause}"));
    different += hold(engine, "sorting key", by("ORDER BY c"), |column| {
        key::refuse(column, false)
    });
    let nullable = by("ORDER BY c SETTINGS allow_nullable_key = 1");
    different += hold(engine, "nullable key", nullable, |column| {
        key::refuse(column, true)
    });
    different += hold(
        engine,
        "partition key",
        by("PARTITION BY c ORDER BY k"),
        |column| key::refuse_partition(column, false, true),
    );
    different += hold(engine, "sampling key", by("ORDER BY c SAMPLE BY c"), |column| {
        key::refuse(column, false).or(key::refuse_sample(column))
    });
    let expiry = by("ORDER BY k TTL c");
    different += hold(engine, "TTL", expiry, |column| ttl::refuse(column, false));
    let expiry = by("ORDER BY k TTL c + INTERVAL 1 DAY");
    different += hold(engine, "TTL and interval", expiry, |column| {
        ttl::refuse(column, true)
    });

    for (role, clause) in [
        (Role::Version, "ReplacingMergeTree(c) ORDER BY k"),
        (Role::IsDeleted, "ReplacingMergeTree(k, c) ORDER BY k"),
        (Role::Sign, "CollapsingMergeTree(c) ORDER BY k"),
        (Role::Version, "VersionedCollapsingMergeTree(s, c) ORDER BY k"),
    ] {
        let sql = |column: &str| table(column, clause);
        // The version of a VersionedCollapsingMergeTree is the last part of its sorting key.
        let is_in_key = clause.starts_with("Versioned");
        different += hold(engine, clause, sql, |column| {
            let in_key = key::refuse(column, false).filter(|_| is_in_key);
            role.refuse(column).or(in_key)
        });
    }
    for kind in [
        "minmax",
        "set(100)",
        "bloom_filter(0.01)",
        "ngrambf_v1(3, 256, 2, 0)",
        "tokenbf_v1(256, 2, 0)",
        "sparse_grams(3, 5, 256, 2, 0)",
        "text(tokenizer = 'splitByNonAlpha')",
        "vector_similarity('hnsw', 'L2Distance', 4)",
    ] {
        let name = kind.split('(').next().unwrap_or(kind);
        let sql = |column: &str| {
            table(
                &format!("{column}, INDEX i c TYPE {kind}"),
                "MergeTree ORDER BY k",
            )
        };
        different += hold(engine, kind, sql, |column| index::refuse(name, column));
    }
    for kind in ["basic", "minmax", "tdigest", "uniq", "uniq_v2"] {
        let sql = |column: &str| table(&format!("{column} STATISTICS({kind})"), "MergeTree ORDER BY k");
        different += hold(engine, kind, sql, |column| statistics::refuse(kind, column));
    }
    let sql = |column: &str| {
        let column = format!("{column}, n SimpleAggregateFunction(sum, UInt64)");
        table(&column, "AggregatingMergeTree ORDER BY (k, s)")
    };
    different += hold(engine, "dimension", sql, |column| {
        (!aggregates(column)).then_some("a dimension")
    });

    if different > 0 {
        return Err(format!("{different} differences"));
    }
    Ok(())
}

/// Every engine that the server has is known, and what it says of itself is what the rules say.
fn engines(engine: &Engine) -> Result<(), String> {
    let listed = engine.query(
        "SELECT name, supports_sort_order, supports_ttl, supports_settings, supports_skipping_indices \
         FROM system.table_engines WHERE name NOT IN ('View', 'MaterializedView')",
        "TabSeparated",
    )?;
    let mut different = Vec::new();
    for line in listed.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, flags @ ..] = fields.as_slice() else {
            continue;
        };
        let says: Vec<bool> = flags.iter().map(|flag| *flag == "1").collect();
        let rules = chx_core::rules::engine::rules(name);
        let known = rules.map(|rules| vec![rules.keys, rules.ttl, rules.settings, rules.members]);
        if known.as_ref() != Some(&says) {
            different.push(format!("{name}: the server says {says:?}, the rules {known:?}"));
        }
    }
    if different.is_empty() {
        Ok(())
    } else {
        Err(different.join("\n"))
    }
}

/// The settings that a query has and a table has not are those of the list, and a table is stored without them.
fn settings_of_queries(engine: &Engine) -> Result<(), String> {
    let listed = engine.query(
        "SELECT name FROM system.settings WHERE name NOT IN (SELECT name FROM system.merge_tree_settings) ORDER BY name",
        "TSVRaw",
    )?;
    if listed != query_setting::OF_QUERIES {
        return Err("`query_settings.txt` is not what the engine lists".to_owned());
    }
    engine.run(&table("UInt8", "MergeTree ORDER BY k SETTINGS max_threads = 2"))?;
    let stored = engine.query("SELECT engine_full FROM system.tables WHERE name = 't'", "TSVRaw")?;
    if stored.contains("max_threads") {
        return Err(format!("a setting of the query is stored: {stored}"));
    }
    Ok(())
}
