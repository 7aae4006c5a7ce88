//! The way back: by steps, to a migration, to a savepoint; out of a migration that failed; and what no way back brings
//! back.

use crate::project::{Program, Project, Ran};
use crate::proxy::Served;

fn three() -> (Project, Served) {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE IF NOT EXISTS shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;",
        "DROP TABLE shop.a;",
    );
    project.write(
        "2_b",
        "ALTER TABLE shop.a ADD COLUMN x UInt64;",
        "ALTER TABLE shop.a DROP COLUMN x;",
    );
    project.write(
        "3_c",
        "CREATE TABLE shop.c (n UInt64) ENGINE = MergeTree ORDER BY n;",
        "-- chx:lost what was in shop.c\nDROP TABLE shop.c;",
    );
    let served = Served::start(&project);
    (project, served)
}

fn run(project: &Project, served: &Served, words: &str) -> Ran {
    let url = served.url();
    let words: Vec<&str> = words.split(' ').chain(["--url", &url]).collect();
    project.run(Program::First, &words)
}

fn tables(served: &Served) -> String {
    served.query("SELECT arraySort(groupArray(name)) FROM system.tables WHERE database = 'shop'")
}

#[test]
fn migrations_are_taken_back_by_steps_and_to_a_migration() {
    let (project, served) = three();
    let chx = |words: &str| run(&project, &served, words);
    chx("migrate").expect(0);
    served.query("INSERT INTO shop.a SELECT number, 1 FROM numbers(10)");
    chx("rollback").expect(2).complains("--steps");
    chx("rollback --steps 1 --plan")
        .expect(0)
        .says("3_c, back")
        .says("DROP TABLE shop.c");
    chx("rollback --steps 1")
        .expect(4)
        .complains("3_c: what was in shop.c")
        .complains("shop.c: all its rows")
        .complains("run `rollback --allow-destructive '3_c' --allow-destructive 'shop.c'`");
    assert_eq!(tables(&served), "['a','c']");
    chx("rollback --steps 1 --allow-destructive 3_c --allow-destructive shop.c")
        .expect(0)
        .says("took back 3_c");
    assert_eq!(tables(&served), "['a']");
    chx("status").expect(0).says("2 applied, 1 pending");
    chx("rollback --to 3_c --allow-destructive shop.a.x")
        .expect(4)
        .complains("is neither a migration that is applied here nor a savepoint");
    chx("rollback --to 1_a --allow-destructive shop.a.x")
        .expect(0)
        .says("took back 2_b");
    assert_eq!(served.query("SELECT count(), sum(n) FROM shop.a"), "10\t45");
    chx("rollback --to 1_a").expect(0).says("nothing to do");
    chx("migrate").expect(0).says("applied 2 migrations");
    chx("drift").expect(0);
}

#[test]
fn a_savepoint_is_a_place_to_go_back_to() {
    let (project, served) = three();
    let chx = |words: &str| run(&project, &served, words);
    chx("migrate --to 1_a").expect(0);
    chx("migrate --savepoint friday")
        .expect(0)
        .says("savepoint friday")
        .says("applied 2 migrations");
    chx("migrate --savepoint friday")
        .expect(2)
        .complains("there is a savepoint `friday` already");
    chx("migrate --savepoint 1_a")
        .expect(2)
        .complains("is the id of a migration");
    chx("rollback --to fridy")
        .expect(4)
        .complains("did you mean `friday`?");
    let consent = "--allow-destructive 3_c --allow-destructive shop.c --allow-destructive shop.a.x";
    let back = chx(&format!("rollback --json --to friday {consent}"))
        .expect(0)
        .json();
    assert_eq!(back["reverted"], serde_json::json!(["3_c", "2_b"]));
    assert_eq!(tables(&served), "['a']");
    chx("status").expect(0).says("1 applied, 2 pending");
}

#[test]
fn a_way_back_that_leads_nowhere_is_refused() {
    let project = Project::new();
    project.write("1_a", "CREATE DATABASE shop;", "SELECT 1;");
    project.write(
        "2_b",
        "CREATE TABLE shop.b (n UInt64) ENGINE = MergeTree ORDER BY n;",
        "SELECT 1;",
    );
    let served = Served::start(&project);
    let chx = |words: &str| run(&project, &served, words);
    chx("migrate").expect(0);
    chx("rollback --steps 1")
        .expect(4)
        .complains("does not lead back: `shop.b`");
    project.write(
        "3_c",
        "CREATE TABLE shop.c (n UInt64) ENGINE = MergeTree ORDER BY n;",
        "",
    );
    chx("migrate").expect(0);
    chx("rollback --steps 1")
        .expect(4)
        .complains("nothing stands below `chx:down`")
        .complains("--mark-reverted");
    // By hand, and the journal believes it only when it sees it.
    chx("repair --mark-reverted 3_c")
        .expect(5)
        .complains("`shop.c` is not what the history says it is before it");
    served.query("DROP TABLE shop.c");
    chx("repair --mark-reverted 3_c")
        .expect(0)
        .says("marked 3_c as reverted");
    chx("repair --mark-reverted 3_c").expect(0).says("nothing to do");
    chx("repair --mark-reverted 3_d")
        .expect(5)
        .complains("is not in the history");
    chx("status").expect(0).says("2 applied, 1 pending");
    served.query("CREATE TABLE shop.c (n UInt32) ENGINE = MergeTree ORDER BY n");
    chx("repair --mark-applied 3_c").expect(5);
    served.query("DROP TABLE shop.c");
    served.query("CREATE TABLE shop.c (n UInt64) ENGINE = MergeTree ORDER BY n");
    chx("repair --mark-applied 3_c")
        .expect(0)
        .says("marked 3_c as applied");
    chx("status").expect(0).says("3 applied, 0 pending");
    chx("migrate").expect(0).says("nothing to do");
}

/// The three ways out of a migration that failed halfway.
#[test]
fn a_failed_migration_offers_three_ways_on() {
    let (project, served) = three();
    let chx = |words: &str| run(&project, &served, words);
    chx("migrate").expect(0);
    let up = "CREATE TABLE shop.d (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
              ALTER TABLE shop.a ADD COLUMN y UInt64;\nSELECT throwIf((SELECT count() FROM shop.a) = 0, 'nobody there');\n\
              ALTER TABLE shop.a ADD COLUMN z UInt64;";
    project.write(
        "4_d",
        up,
        "DROP TABLE shop.d;\nALTER TABLE shop.a DROP COLUMN y;\nALTER TABLE shop.a DROP COLUMN z;",
    );
    chx("migrate")
        .expect(1)
        .complains("nobody there")
        .complains("resume:")
        .complains("rollback: `chx-migrate rollback --steps 1`")
        .complains("repair --mark-applied 4_d");
    // Back: only what ran is taken back.
    chx("rollback --steps 1 --plan")
        .expect(0)
        .says("DROP TABLE shop.d")
        .says("DROP COLUMN y");
    let back = "rollback --steps 1 --allow-destructive shop.d --allow-destructive shop.a.y";
    assert_eq!(chx(&format!("{back} --json")).expect(0).json()["statements"], 2);
    chx("status").expect(0).says("3 applied, 1 pending");
    assert_eq!(tables(&served), "['a','c']");
    assert_eq!(
        served.query("SELECT groupArray(name) FROM system.columns WHERE database = 'shop' AND table = 'a'"),
        "['n','x']"
    );
    // There again, and on: the cause is gone.
    chx("migrate").expect(1);
    chx("repair --mark-applied 4_d").expect(5);
    served.query("INSERT INTO shop.a (n) VALUES (1)");
    chx("resume").expect(0).says("applied 1 migration");
    chx("drift").expect(0);
    assert_eq!(
        served.query("SELECT countIf(event = 'failed') > 0 FROM chx.journal"),
        "1",
        "what was recorded stays"
    );
}
