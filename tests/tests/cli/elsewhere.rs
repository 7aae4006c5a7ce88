//! Databases that are not the server's own: those that show another place, and a Replicated one.

use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use crate::databases::served;
use crate::project::{Program, Project};

/// A place that takes every caller and says nothing to it: where it is, and something for each of them.
fn silent_place() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (tell, callers) = channel();
    std::thread::spawn(move || {
        for caller in listener.incoming() {
            drop(caller);
            if tell.send(()).is_err() {
                return;
            }
        }
    });
    (address, callers)
}

/// A server that lists the tables of all databases asks such a place, and fails or waits where it does not answer. No command does.
#[test]
fn a_database_that_shows_another_place_is_named_and_never_asked() {
    let (address, callers) = silent_place();
    let project = Project::new();
    let served = served(&project);
    let url = served.url();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate", "--url", &url]).expect(0);
    served.execute(&format!(
        "CREATE DATABASE books ENGINE = PostgreSQL('{address}', 'books', 'joe', 'planted-1')"
    ));
    // The new database looks twice by itself, and then once a minute.
    for _ in 0..2 {
        callers.recv().unwrap();
    }
    let run = |program: Program, args: &[&str]| {
        let ran = project.run(program, &[args, &["--url", &url]].concat());
        assert!(!format!("{ran:?}").contains("planted"), "{ran:?}");
        assert!(callers.try_recv().is_err(), "{args:?} asks the other place");
        ran
    };
    run(Program::First, &["migrate"]).expect(0);
    run(Program::First, &["status"]).expect(0);
    run(Program::First, &["validate"]).expect(0);
    run(Program::First, &["check"]).expect(0);
    run(
        Program::First,
        &["drift", "--against", "registry", "--everything"],
    )
    .expect(0);
    run(Program::First, &["diff", "live", "registry"]).expect(0);
    // This plan asks what is in the tables, and who else reads them.
    run(Program::Third, &["generate", "--plan"])
        .expect(0)
        .says("DROP TABLE");
    run(Program::Third, &["check"]).expect(3);
    run(Program::Nothing, &["pull", "--out", "pulled"])
        .expect(0)
        .says("created pulled/shop.rs")
        .complains("note[CHX402]: `books` shows the objects of another place");
    assert!(!project.path().join("pulled/books.rs").exists());
    let adopting = Project::new();
    adopting
        .run(Program::Nothing, &["baseline", "--plan", "--url", &url])
        .expect(0)
        .says("CREATE TABLE shop.page_view");
    assert!(callers.try_recv().is_err());

    // As the server does that is asked for all tables.
    served.execute_bytes(b"SELECT count() FROM system.tables");
    callers.recv().unwrap();
}

/// No embedded engine makes a Replicated database, but it loads one that is there, as a server does that has lost its Keeper.
#[test]
fn a_replicated_database_is_pulled_and_adopted() {
    let project = Project::new();
    let made = served(&project);
    for sql in [
        "CREATE DATABASE ledger ENGINE = Atomic COMMENT 'On all nodes'",
        "CREATE TABLE ledger.entry (id UInt64, cents Int64 COMMENT 'Of the entry') ENGINE = MergeTree ORDER BY id",
        "CREATE MATERIALIZED VIEW ledger.total (s Int64) ENGINE = SummingMergeTree ORDER BY tuple() AS SELECT sum(cents) AS s FROM ledger.entry",
    ] {
        made.execute(sql);
    }
    drop(made);
    project.edit(
        ".chx/db/metadata/ledger.sql",
        "ENGINE = Atomic",
        "ENGINE = Replicated('/clickhouse/ledger', '{shard}', '{replica}')",
    );
    let served = served(&project);
    assert_eq!(
        served.query("SELECT engine FROM system.databases WHERE name = 'ledger'"),
        "Replicated"
    );
    let url = served.url();
    let run = |args: &[&str]| {
        project.run(
            Program::Nothing,
            &[args, &["--url", &url, "--include", "ledger"]].concat(),
        )
    };
    run(&["pull", "--out", "pulled"])
        .expect(0)
        .says("3 of 3 objects are new");
    let text = std::fs::read_to_string(project.path().join("pulled/ledger.rs")).unwrap();
    assert!(
        text.contains(
            "/// On all nodes\n#[derive(ChDatabase)]\n#[ch(engine = \"Replicated('/clickhouse/ledger', '{shard}', '{replica}')\")]"
        ),
        "{text}"
    );
    assert!(
        text.contains("pub struct Entry {") && text.contains("pub struct Total {"),
        "{text}"
    );
    run(&["baseline"]).expect(0);
    let migration = std::fs::read_to_string(&project.migrations()[0]).unwrap();
    assert!(
        migration.contains("CREATE DATABASE IF NOT EXISTS ledger\nENGINE = Replicated('/clickhouse/ledger', '{shard}', '{replica}')\nCOMMENT 'On all nodes';"),
        "{migration}"
    );
    run(&["drift"]).expect(0);
    run(&["validate"]).expect(0);
}
