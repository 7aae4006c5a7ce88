//! Servers that refuse, go away, are full, or whose clock was set: what is said, and that nothing is lost.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::interposer::{Action, interpose, interpose_before};
use crate::project::{Program, Project, Ran};
use crate::proxy::Served;

const UP: &str = "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
                  ALTER TABLE shop.a ADD COLUMN x UInt8;";

fn project() -> Project {
    let project = Project::new();
    project.write("1_a", UP, "");
    project
}

fn migrate(project: &Project, url: &str) -> Ran {
    project.run(Program::First, &["migrate", "--url", url])
}

/// A user whose profile says `readonly`: the engine itself refuses whatever is no SELECT.
#[test]
fn a_user_that_may_only_read_is_told_so() {
    let project = project();
    let served = Served::start(&project);
    let url = interpose(&served, |_| Action::Setting("readonly=2"));
    let ran = migrate(&project, &url)
        .expect(1)
        .complains("(READONLY)")
        .complains("may only read")
        .complains("nothing was run");
    assert!(!ran.stderr.contains("trying again"), "{}", ran.stderr);
    assert_eq!(
        served.query("SELECT count() FROM system.databases WHERE name IN ('shop', 'chx')"),
        "0"
    );
    // Looking is allowed.
    project
        .run(Program::First, &["status", "--url", &url])
        .expect(0)
        .says("0 applied, 1 pending");
    project
        .run(Program::First, &["migrate", "--plan", "--url", &url])
        .expect(0)
        .says("create table shop.a");
    migrate(&project, &served.url()).expect(0);
}

#[test]
fn a_journal_that_cannot_be_written_stops_the_run_before_the_statement() {
    let project = project();
    let served = Served::start(&project);
    let writes = AtomicUsize::new(0);
    let url = interpose(&served, move |request| {
        let is_write = request.contains("INSERT INTO chx.journal");
        if is_write && writes.fetch_add(1, Ordering::Relaxed) >= 2 {
            Action::Setting("readonly=2")
        } else {
            Action::Pass
        }
    });
    migrate(&project, &url)
        .expect(1)
        .complains("the journal cannot be written")
        .complains("(READONLY)")
        .complains("nothing that is not in the journal was run");
    assert_eq!(
        served.query("SELECT groupArray(name) FROM system.columns WHERE database = 'shop'"),
        "['n']"
    );
    // The end of the second statement could not be written either: the database shows it.
    migrate(&project, &served.url())
        .expect(0)
        .complains("the database shows that it ran");
}

#[test]
fn a_table_that_is_no_journal_is_left_alone() {
    let project = project();
    let served = Served::start(&project);
    served.query("CREATE DATABASE chx");
    served.query("CREATE TABLE chx.journal (n UInt64) ENGINE = MergeTree ORDER BY n");
    migrate(&project, &served.url())
        .expect(1)
        .complains("the journal cannot be read")
        .complains("Is its table one that chx made?")
        .complains("`[journal]`");
    assert_eq!(served.query("SELECT count() FROM chx.journal"), "0");
    assert_eq!(
        served.query("SELECT count() FROM system.databases WHERE name = 'shop'"),
        "0"
    );
}

/// The server dies under a statement, and another one on the same data is there a moment later.
#[test]
fn a_server_that_comes_back_in_the_middle_is_waited_for() {
    for ran_before in [false, true] {
        let project = Arc::new(project());
        let served = Arc::new(Mutex::new(Some(Served::start(&project))));
        let deaths = AtomicUsize::new(0);
        let url = {
            let (upstream, served, project) =
                (Arc::clone(&served), Arc::clone(&served), Arc::clone(&project));
            interpose_before(
                move || upstream.lock().unwrap().as_ref().unwrap().url(),
                move |request| {
                    let is_statement = request.contains("CREATE TABLE shop.a") && !request.contains("chx.");
                    if !is_statement || deaths.fetch_add(1, Ordering::Relaxed) > 0 {
                        return Action::Pass;
                    }
                    let mut served = served.lock().unwrap();
                    if ran_before {
                        let sql = request.split("\r\n\r\n").nth(1).unwrap();
                        served.as_ref().unwrap().query(sql);
                    }
                    drop(served.take());
                    *served = Some(Served::start(&project));
                    Action::Drop
                },
            )
        };
        let expected = if ran_before {
            "the database shows that it ran"
        } else {
            "the database shows that it did not run"
        };
        migrate(&project, &url)
            .expect(0)
            .complains("trying again")
            .complains(expected);
        let served = served.lock().unwrap().take().unwrap();
        assert_eq!(
            served.query("SELECT groupArray(name) FROM system.columns WHERE database = 'shop'"),
            "['n','x']"
        );
    }
}

/// What a server says that has no room left, by a disk of which nothing may be used.
fn full(project: &Project, which: &str) -> Served {
    let path = project.path().join("full");
    let disk = |name: &str, path: &str| {
        format!("<{name}>{path}<keep_free_space_bytes>1000000000000000</keep_free_space_bytes></{name}>")
    };
    let (disks, policies) = match which {
        "default" => (disk("default", ""), String::new()),
        _ => (
            disk("full", &format!("<path>{}/</path>", path.display())),
            "<policies><full><volumes><main><disk>full</disk></main></volumes></full></policies>".to_owned(),
        ),
    };
    let config = format!(
        "<clickhouse><storage_configuration><disks>{disks}</disks>{policies}</storage_configuration></clickhouse>"
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    Served::start_with(project, &["--config-file", "config.xml"])
}

#[test]
fn a_full_disk_under_the_journal_stops_the_run() {
    let project = project();
    let served = Served::start(&project);
    project.write("2_b", "ALTER TABLE shop.a ADD COLUMN y UInt8;", "");
    project
        .run(
            Program::First,
            &["migrate", "--to", "1_a", "--url", &served.url()],
        )
        .expect(0);
    drop(served);
    let served = full(&project, "default");
    let ran = migrate(&project, &served.url())
        .expect(1)
        .complains("the journal cannot be written")
        .complains("NOT_ENOUGH_SPACE")
        .complains("the server has no room left on its disk");
    assert!(!ran.stderr.contains("trying again"), "{}", ran.stderr);
    drop(served);
    let served = Served::start(&project);
    let columns = || served.query("SELECT groupArray(name) FROM system.columns WHERE database = 'shop'");
    assert_eq!(columns(), "['n','x']");
    migrate(&project, &served.url()).expect(0);
    assert_eq!(columns(), "['n','x','y']");
}

/// A part of the rows may be there: it is not sent again unless its probe says that none is.
#[test]
fn a_full_disk_under_an_insert_is_not_tried_blindly() {
    for probe in ["", "-- chx:probe SELECT count() > 0 FROM shop.a\n"] {
        let project = Project::new();
        let up = format!(
            "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n \
             SETTINGS storage_policy = 'full';\n{probe}INSERT INTO shop.a SELECT number FROM numbers(10);"
        );
        project.write("1_a", &up, "");
        let served = full(&project, "policy");
        migrate(&project, &served.url())
            .expect(1)
            .complains("whether statement 3 of 3 in `1_a`")
            .complains("NOT_ENOUGH_SPACE")
            .complains("the server has no room left on its disk");
        let again = migrate(&project, &served.url()).expect(1);
        if probe.is_empty() {
            again.complains("it changes rows, and rows do not tell");
        } else {
            again.complains("the database shows that it did not run");
        }
    }
}

/// Rows of the journal and signs of life from a time that has not come yet: what comes first is a number, and who is dead
/// a matter of one watch.
#[test]
fn clocks_that_were_set_change_nothing() {
    let project = project();
    project.edit("chx.toml", "[env.dev]", "[lock]\nlease = 1\n\n[env.dev]");
    project.write("2_b", "ALTER TABLE shop.a ADD COLUMN y UInt8;", "");
    let served = Served::start(&project);
    let url = served.url();
    project
        .run(Program::First, &["migrate", "--to", "1_a", "--url", &url])
        .expect(0);
    // The server's clock was ahead then: 1_a was applied in 2090, by a run whose machine was in 1990.
    served.query("CREATE TABLE chx.moved AS chx.journal ENGINE = MergeTree ORDER BY (migration, sequence)");
    served.query(
        "INSERT INTO chx.moved SELECT * REPLACE (toDateTime('2090-01-01 00:00:00', 'UTC') AS at, \
         concat('19900101T000000000000-', toString(length(run))) AS run) FROM chx.journal",
    );
    served.query("EXCHANGE TABLES chx.moved AND chx.journal");
    served.query("DROP TABLE chx.moved SYNC");
    // Somebody elsewhere held the lock, gave a sign of life in 2090, and is gone.
    let owner = "{\"run\":\"r\",\"host\":\"elsewhere\",\"user\":\"deploy\",\"version\":\"0.1.0\",\"pid\":4711,\"since\":\"2090-01-01 00:00:00\"}";
    served.query(&format!(
        "CREATE TABLE chx.lock_7 (at DateTime('UTC')) ENGINE = Memory COMMENT '{owner}'"
    ));
    served.query("INSERT INTO chx.lock_7 VALUES ('2090-01-01 00:00:00')");
    migrate(&project, &url)
        .expect(0)
        .complains("it gave no sign of life");
    project
        .run(Program::First, &["status", "--url", &url])
        .expect(0)
        .says("2 applied, 0 pending");
    assert_eq!(
        served.query(
            "SELECT argMax(migration, sequence), argMax(event, sequence), max(sequence) = count() FROM chx.journal"
        ),
        "2_b\tfinished\t1"
    );
    project.run(Program::First, &["drift", "--url", &url]).expect(0);
}

/// The server's clock was set back while an UPDATE ran: its mutation is older than its row in the journal, and is not
/// taken for none.
#[test]
fn a_mutation_from_before_its_row_is_not_taken_for_none() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64, s String) ENGINE = MergeTree ORDER BY n;\n\
         -- chx:probe SELECT count() > 0 FROM shop.a\nINSERT INTO shop.a SELECT 1, 'a';\n\
         ALTER TABLE shop.a UPDATE s = concat(s, 'b') WHERE 1;",
        "",
    );
    let served = Served::start(&project);
    let swallowing = interpose(&served, |request| {
        if request.contains("UPDATE s") && !request.contains("chx.") && !request.contains("system.") {
            Action::Swallow
        } else {
            Action::Pass
        }
    });
    let consent = ["--allow-destructive", "1_a:4"];
    let args = ["migrate", "--retries", "0", "--url", &swallowing];
    project
        .run(Program::First, &[&args[..], &consent].concat())
        .expect(6);
    served.query("CREATE TABLE chx.moved AS chx.journal ENGINE = MergeTree ORDER BY (migration, sequence)");
    served.query("INSERT INTO chx.moved SELECT * REPLACE (at + 3600 AS at) FROM chx.journal");
    served.query("EXCHANGE TABLES chx.moved AND chx.journal");
    served.query("DROP TABLE chx.moved SYNC");
    let direct = ["migrate", "--url", &served.url()];
    project
        .run(Program::First, &[&direct[..], &consent].concat())
        .expect(1)
        .complains("it changes rows, and rows do not tell");
    assert_eq!(served.query("SELECT s FROM shop.a"), "ab");
}
