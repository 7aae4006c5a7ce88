//! `baseline`: a database that was there before chx.

use crate::project::{Program, Project};
use crate::proxy::Served;

const TABLES: [&str; 4] = [
    "CREATE DATABASE shop",
    "CREATE TABLE shop.page_view (id UInt64 CODEC(Delta, ZSTD(3)), ts DateTime64(3), site LowCardinality(String), usr \
     String DEFAULT 'unknown') ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (site, ts) TTL toDateTime(ts) + \
     INTERVAL 90 DAY COMMENT 'One page view.'",
    "CREATE TABLE shop.site_views (site String, views UInt64) ENGINE = SummingMergeTree ORDER BY site COMMENT 'Views per \
     site.'",
    "CREATE MATERIALIZED VIEW shop.site_views_mv TO shop.site_views COMMENT 'Fills `site_views`.' AS SELECT site, count() AS \
     views FROM shop.page_view GROUP BY site",
];

fn grown() -> (Project, Served) {
    let project = Project::new();
    let served = Served::start(&project);
    for sql in TABLES {
        served.execute(sql);
    }
    (project, served)
}

#[test]
fn a_database_is_adopted_as_it_is() {
    let (project, served) = grown();
    let url = served.url();
    served.execute("INSERT INTO shop.page_view VALUES (1, now(), 'a', 'b')");
    let run = |args: &[&str]| project.run(Program::First, &[args, &["--url", &url]].concat());
    run(&["baseline", "--plan"])
        .expect(0)
        .says("create table shop.page_view");
    assert_eq!(project.migrations().len(), 0);
    run(&["baseline"]).expect(0).says("adopted").says("(3 objects)");
    assert_eq!(project.migrations().len(), 1);
    run(&["status"]).expect(0).says("1 applied, 0 pending");
    run(&["migrate"]).expect(0);
    run(&["drift"]).expect(0);
    // The Rust schema is what was there, so that nothing is left to generate.
    run(&["check"]).expect(0);
    assert_eq!(served.query("SELECT count() FROM shop.page_view"), "1");
    // Another database gets all of it from the one migration.
    let fresh = ["--url", "local:fresh"];
    project
        .run(Program::First, &[&["migrate"][..], &fresh].concat())
        .expect(0);
    project
        .run(Program::First, &[&["drift"][..], &fresh].concat())
        .expect(0);
    // There is only one beginning.
    run(&["baseline"])
        .expect(1)
        .complains("the history begins already");
}

#[test]
fn what_cannot_be_adopted_whole_is_not_adopted() {
    let project = Project::new();
    let served = Served::start(&project);
    let url = served.url();
    let run = |args: &[&str]| project.run(Program::First, &[args, &["--url", &url]].concat());
    run(&["baseline"])
        .expect(1)
        .complains("there is nothing to adopt");
    for sql in TABLES {
        served.execute(sql);
    }
    served.execute_bytes(b"CREATE TABLE shop.latin1 (n UInt8) ENGINE = Memory COMMENT 'caf\xe9'");
    served.execute(
        "CREATE VIEW shop.ciphered AS SELECT encrypt('aes-128-ecb', 'text', '1234567890123456') AS e",
    );
    let before = project.snapshot();
    run(&["baseline"])
        .expect(1)
        .complains("CHX401")
        .complains("the server hides the arguments of `encrypt`")
        .complains("nothing was written");
    assert_eq!(project.snapshot(), before);
    run(&[
        "baseline",
        "--exclude",
        "shop.latin1",
        "--exclude",
        "shop.ciphered",
    ])
    .expect(0)
    .says("(3 objects)");
}

/// Views over tables that are gone, and other tables of odd names and ways: what is made anew is adopted, the rest is named at once.
#[test]
fn what_no_statement_makes_again_is_named_at_once() {
    let project = Project::new();
    let served = Served::start(&project);
    let url = served.url();
    for sql in [
        "CREATE DATABASE old",
        "CREATE TABLE old.source (n UInt8) ENGINE = Memory",
        "CREATE TABLE old.target (n UInt8) ENGINE = Memory",
        "CREATE VIEW old.orphan AS SELECT n FROM old.source",
        "CREATE MATERIALIZED VIEW old.orphan_mv (n UInt8) ENGINE = MergeTree ORDER BY n AS SELECT n FROM old.source",
        "CREATE MATERIALIZED VIEW old.goes_nowhere TO old.target AS SELECT n FROM old.source",
        "DROP TABLE old.source",
        "DROP TABLE old.target",
        "CREATE TABLE old.tables UUID '12345678-1234-1234-1234-123456789012' (n UInt8) ENGINE = MergeTree ORDER BY n",
        "CREATE TABLE old.system (n UInt8) ENGINE = Memory",
        "CREATE DICTIONARY old.broken (n UInt64, s String) PRIMARY KEY n SOURCE(CLICKHOUSE(DB 'old' TABLE 'no_such')) \
         LIFETIME(0) LAYOUT(FLAT())",
        "CREATE TEMPORARY TABLE passing (n UInt8) ENGINE = Memory",
    ] {
        served.execute(sql);
    }
    let run = |args: &[&str]| project.run(Program::Nothing, &[args, &["--url", &url]].concat());
    run(&["pull", "--out", "pulled"])
        .expect(0)
        .says("6 of 6 objects are new");
    let before = project.snapshot();
    run(&["baseline"])
        .expect(1)
        .complains("error[CHX106]: `old.orphan` is there, and cannot be made anew: error 60")
        .complains("error[CHX106]: `old.orphan_mv` is there, and cannot be made anew: error 60")
        .complains("error[CHX106]: `old.goes_nowhere` is there, and cannot be made anew: error 60")
        .complains("`--exclude NAME`");
    assert_eq!(project.snapshot(), before);
    let chosen = ["--exclude", "old.orphan*", "--exclude", "old.goes_nowhere"];
    run(&[&["baseline"][..], &chosen].concat())
        .expect(0)
        .says("(3 objects)");
    run(&[&["drift"][..], &chosen].concat()).expect(0);
}
