//! What `#[chx::test]` costs a test: databases before it, and their end after it; beside it the schema alone, as
//! statements on the same engine.
//!
//! `cargo bench -p chx-benches --bench testing`
#![expect(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

use std::sync::LazyLock;

use chx_runtime::client::Session;
use chx_runtime::migrations::Migrations;
use chx_runtime::testing::{Ground, Schema, Spec};
use divan::Bencher;
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

fn main() {
    divan::main();
}

fn spec(schema: Schema) -> Spec {
    Spec {
        package: env!("CARGO_MANIFEST_DIR"),
        name: "benches::testing",
        schema,
        database: None,
        databases: &[],
    }
}

fn migrations() -> Migrations {
    Migrations::folder(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../examples/migrate-at-start/migrations"
    ))
}

fn one_test(spec: &Spec) {
    let ground = Ground::take(spec).expect("databases");
    RUNTIME.block_on(ground.build()).expect("a schema");
    ground.clear().expect("an end");
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn empty(bencher: Bencher<'_, '_>) {
    let spec = spec(Schema::Empty);
    one_test(&spec);
    bencher.bench_local(|| one_test(&spec));
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn migrated(bencher: Bencher<'_, '_>) {
    let spec = spec(Schema::Migrations(migrations()));
    one_test(&spec);
    bencher.bench_local(|| one_test(&spec));
}

/// The three statements of the two migrations, and nothing around them.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn statements_of_the_migrations_alone(bencher: Bencher<'_, '_>) {
    let ground = Ground::take(&spec(Schema::Empty)).expect("databases");
    let client = ground.database().client();
    let session = RUNTIME
        .block_on(Session::of_client(client.with_database("")))
        .expect("a session");
    let (history, _) =
        chx_core::history::History::load(&migrations().read().expect("files")).expect("a history");
    let statements: Vec<&str> = history
        .entries()
        .iter()
        .flat_map(|entry| &entry.parsed.migration.up)
        .map(|step| step.sql.as_str())
        .collect();
    let run = |sql: &str| RUNTIME.block_on(session.execute(sql, None)).expect("a statement");
    bencher
        .with_inputs(|| run("DROP DATABASE IF EXISTS sensors"))
        .bench_local_values(|()| statements.iter().for_each(|sql| run(sql)));
    run("DROP DATABASE IF EXISTS sensors");
}
