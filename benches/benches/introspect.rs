//! Reading a schema from a server: against the same reads of system tables raw, and the comparison behind it.
//!
//! `cargo bench -p chx-benches --bench introspect`
//!
//! Tables of 20 columns on the embedded engine. Reading and the raw reads take turns; making the tables is not measured.
#![expect(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex};

use chx_benches::turns::{self, Cost};
use chx_core::ident::Ident;
use chx_core::model::Schema;
use chx_runtime::client::Session;
use chx_runtime::config::{Address, Environment, Policy};
use chx_runtime::drift::compare;
use chx_runtime::introspect::{Live, Scope, introspect};
use divan::Bencher;
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOC: divan::AllocProfiler = divan::AllocProfiler::system();

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));
static SESSION: LazyLock<Session> = LazyLock::new(|| {
    let environment = Environment {
        name: None,
        address: Address::Local(FOLDER.path().to_owned()),
        user: None,
        password: None,
        policy: Policy::default(),
        version: None,
    };
    RUNTIME.block_on(Session::open(&environment)).expect("an engine")
});
static MADE: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    chx_local::child::serve_if_child();
    // `cargo test` runs benches too.
    if std::env::args().all(|word| word != "--test") {
        for tables in SIZES {
            make(tables);
            turns::take(
                &format!("{tables} tables"),
                turns::rounds(),
                || Cost::of(|| raw(tables)),
                || Cost::of(|| drop(live(tables))),
            );
        }
    }
    divan::main();
}

fn database(tables: usize) -> Ident {
    Ident::new(format!("with_{tables}")).expect("a name")
}

fn make(tables: usize) {
    if !MADE.lock().expect("no panic").insert(tables) {
        return;
    }
    let execute = |sql: &str| RUNTIME.block_on(SESSION.execute(sql, None)).expect("a statement");
    let database = database(tables);
    execute(&format!("CREATE DATABASE {database}"));
    for table in 0..tables {
        let mut sql =
            format!("CREATE TABLE {database}.t{table} (id UInt64 CODEC(Delta, ZSTD(1)), ts DateTime64(3)");
        for column in 2..20 {
            let _ = write!(
                sql,
                ", c{column} LowCardinality(String) DEFAULT 'n{column}' COMMENT 'column {column}'"
            );
        }
        sql.push_str(
            ", INDEX i c2 TYPE bloom_filter(0.01)) ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (id, ts) \
             TTL toDateTime(ts) + INTERVAL 90 DAY",
        );
        execute(&sql);
    }
}

/// The reads of [`introspect`], by hand: the same three queries, their answers thrown away.
fn raw(tables: usize) {
    let database = database(tables);
    let queries = [
        "SELECT table, name FROM system.columns WHERE database = 'system' AND table IN ('databases', 'tables')".to_owned(),
        format!("SELECT name, engine, engine_full, comment FROM system.databases WHERE name IN ('{database}') ORDER BY name"),
        format!(
            "SELECT database, name, create_table_query FROM system.tables WHERE database IN ('{database}') AND NOT \
             is_temporary"
        ),
    ];
    RUNTIME.block_on(async {
        for sql in &queries {
            let query = SESSION.client().query_raw(sql);
            let mut bytes = query.fetch_bytes("JSONEachRow").expect("an answer");
            while bytes.next().await.expect("an answer").is_some() {}
        }
    });
}

/// Level 1: nothing differs, so that no engine is asked.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn compare_with_what_it_should_be(bencher: Bencher<'_, '_>, tables: usize) {
    make(tables);
    let expected: Schema = live(tables).schema;
    let live = live(tables);
    bencher
        .with_inputs(|| (live.clone(), expected.clone()))
        .bench_local_values(|(live, expected)| {
            let drift = RUNTIME.block_on(compare(live, expected)).expect("a comparison");
            assert!(drift.is_empty());
        });
}

fn live(tables: usize) -> Live {
    let scope = Scope::databases([database(tables)]);
    let live = RUNTIME.block_on(introspect(&SESSION, &scope)).expect("a schema");
    assert_eq!(live.schema.len(), tables + 1);
    live
}
