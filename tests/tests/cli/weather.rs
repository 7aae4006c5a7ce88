//! Bad connections and tired servers: what passes is tried again, and nothing runs twice.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project};
use crate::proxy::Served;
use crate::thirty::{CONSENT, clear, picture, project};

/// Every seventh request is dropped, its answer is swallowed or cut, or it comes late, through the whole set.
#[test]
fn a_connection_that_breaks_all_the_time_gets_the_set_through() {
    let project = project();
    let served = Served::start(&project);
    let direct = served.url();
    let args = [&["migrate", "--url", &direct][..], &CONSENT].concat();
    project.run(Program::First, &args).expect(0);
    let undisturbed = picture(&served);
    for action in [
        Action::Drop,
        Action::Swallow,
        Action::Truncate,
        Action::Delay(Duration::from_millis(50)),
    ] {
        clear(&served);
        let count = AtomicUsize::new(0);
        let url = interpose(&served, move |request| {
            // The first thing that a run does is to ask who is there; without an answer there is no run.
            if request.contains("version()") || count.fetch_add(1, Ordering::Relaxed) % 7 != 3 {
                Action::Pass
            } else {
                action
            }
        });
        let ran = project.run(
            Program::First,
            &[&["migrate", "--url", &url][..], &CONSENT].concat(),
        );
        let retries = ran.stderr.matches("trying again").count();
        let settled = ran.stderr.matches("the database shows").count();
        ran.expect(0);
        assert_eq!(picture(&served), undisturbed, "{action:?}");
        println!("{action:?}: {retries} tries more, {settled} statements looked up in the database");
    }
}

/// A project with one statement that a server may refuse for a moment.
fn one(sql: &str) -> (Project, Served) {
    let project = Project::new();
    let up = format!(
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64, s String) ENGINE = MergeTree ORDER BY n;\n{sql}"
    );
    project.write("1_a", &up, "");
    let served = Served::start(&project);
    (project, served)
}

fn migrate(project: &Project, served: &Served, more: &[&str]) -> crate::project::Ran {
    let url = served.url();
    project.run(Program::First, &[&["migrate", "--url", &url], more].concat())
}

#[test]
fn a_server_that_is_gone_for_good_is_given_up() {
    let (project, served) = one("ALTER TABLE shop.a ADD COLUMN x UInt8;");
    let url = interpose(&served, |request| {
        if request.contains("ADD COLUMN x") && !request.contains("chx.") {
            Action::Drop
        } else {
            Action::Pass
        }
    });
    project
        .run(Program::First, &["migrate", "--url", &url, "--retries", "2"])
        .expect(6)
        .complains("trying again in 200 ms")
        .complains("trying again in 400 ms")
        .complains("whether statement 3 of 3 in `1_a`");
    migrate(&project, &served, &[])
        .expect(0)
        .complains("the database shows that it did not run");
}

/// What a server of another day says: these exceptions cannot be had from the embedded engine, and only they are made up.
const PASSES: [(&str, bool); 6] = [
    (
        "Code: 252. DB::Exception: Too many parts (300). (TOO_MANY_PARTS)",
        false,
    ),
    (
        "Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)",
        false,
    ),
    (
        "Code: 242. DB::Exception: Table is in readonly mode. (TABLE_IS_READ_ONLY)",
        false,
    ),
    (
        "Code: 999. Coordination::Exception: Session expired. (KEEPER_EXCEPTION)",
        true,
    ),
    (
        "Code: 225. DB::Exception: ZooKeeper is not configured. (NO_ZOOKEEPER)",
        true,
    ),
    (
        "Code: 209. DB::Exception: Timeout exceeded while reading from socket. (SOCKET_TIMEOUT)",
        true,
    ),
];

/// Each class of what passes is tried again; where the statement may have run, the database is asked before.
#[test]
fn what_passes_is_tried_again_by_its_class() {
    for (exception, may_have_run) in PASSES {
        let (project, served) = one("ALTER TABLE shop.a ADD COLUMN x UInt8;");
        let count = AtomicUsize::new(0);
        let url = interpose(&served, move |request| {
            let is_statement = request.contains("ADD COLUMN x") && !request.contains("chx.");
            if is_statement && count.fetch_add(1, Ordering::Relaxed) < 2 {
                Action::Refuse(exception)
            } else {
                Action::Pass
            }
        });
        let ran = project
            .run(Program::First, &["migrate", "--url", &url])
            .expect(0)
            .complains("trying again in 200 ms")
            .complains("trying again in 400 ms");
        let asked = ran
            .stderr
            .matches("the database shows that it did not run")
            .count();
        assert_eq!(
            asked,
            if may_have_run { 2 } else { 0 },
            "{exception}\n{}",
            ran.stderr
        );
    }
}

/// An INSERT of which rows may be there is not sent again by itself, whatever the server said.
#[test]
fn an_insert_that_may_have_run_is_never_sent_again() {
    for (exception, _) in PASSES
        .into_iter()
        .filter(|(exception, _)| !exception.contains("TABLE_IS_READ_ONLY"))
    {
        let (project, served) = one("INSERT INTO shop.a SELECT number, 'a' FROM numbers(10);");
        let count = std::sync::Arc::new(AtomicUsize::new(0));
        let sent = std::sync::Arc::clone(&count);
        let url = interpose(&served, move |request| {
            if request.contains("INSERT INTO shop.a") && !request.contains("chx.") {
                sent.fetch_add(1, Ordering::Relaxed);
                Action::Refuse(exception)
            } else {
                Action::Pass
            }
        });
        project
            .run(Program::First, &["migrate", "--url", &url])
            .expect(1)
            .complains("trying again in 200 ms")
            .complains("it changes rows, and rows do not tell");
        assert_eq!(count.load(Ordering::Relaxed), 1, "{exception}");
    }
}

/// A statement that ran out of its own time is not sent again.
#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    let (project, served) = one("-- chx:probe SELECT count() > 0 FROM shop.a\n\
         INSERT INTO shop.a SELECT number, toString(sleepEachRow(0.1)) FROM numbers(50) SETTINGS max_block_size = 1;");
    migrate(&project, &served, &["--timeout", "1"])
        .expect(6)
        .complains("statement 3 of 3")
        .complains("TIMEOUT_EXCEEDED");
    assert_eq!(served.query("SELECT count() FROM shop.a"), "0");
    project
        .run(Program::First, &["migrate", "--timeout", "soon"])
        .expect(2);
}

/// A value that does not fit: the mutation fails each time, and the way out that is shown works.
#[test]
fn a_stuck_mutation_is_shown_with_reason_part_and_way_out() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64, s String) ENGINE = MergeTree ORDER BY n;",
        "",
    );
    project.write(
        "2_b",
        "ALTER TABLE shop.a MODIFY COLUMN s UInt64;\nALTER TABLE shop.a ADD COLUMN x UInt8;",
        "",
    );
    let served = Served::start(&project);
    migrate(&project, &served, &["--to", "1_a"]).expect(0);
    served.query("INSERT INTO shop.a SELECT number, 'x' FROM numbers(3)");
    let consent = ["--allow-destructive", "shop.a.s"];
    let stuck = |ran: crate::project::Ran| {
        ran.expect(1)
            .complains("is stuck: it fails on part `all_1_1_0")
            .complains("of `shop.a`")
            .complains("CANNOT_PARSE_TEXT")
            .complains(
                "KILL MUTATION WHERE database = 'shop' AND table = 'a' AND mutation_id = 'mutation_2.txt'",
            )
            .complains("`ALTER TABLE shop.a (MODIFY COLUMN s String)` frees it")
    };
    stuck(migrate(&project, &served, &consent));
    // Again: nothing has changed.
    stuck(migrate(&project, &served, &consent));
    assert_eq!(
        served.query("SELECT count() FROM system.columns WHERE database = 'shop' AND name = 'x'"),
        "0"
    );
    served.query("ALTER TABLE shop.a (MODIFY COLUMN `s` String)");
    served.query("ALTER TABLE shop.a UPDATE s = '7' WHERE 1 SETTINGS mutations_sync = 1");
    migrate(&project, &served, &consent)
        .expect(0)
        .complains("the database shows that it did not run");
    assert_eq!(served.query("SELECT sum(s) FROM shop.a"), "21");
}

/// With `--detach` the mutation goes on by itself, and `status` follows it.
#[test]
fn a_detached_mutation_is_followed() {
    let (project, served) = one(
        "-- chx:probe SELECT count() > 0 FROM shop.a\nINSERT INTO shop.a SELECT number, 'a' FROM numbers(100);\n\
         ALTER TABLE shop.a UPDATE s = toString(sleepEachRow(0.05)) WHERE 1;",
    );
    migrate(&project, &served, &["--detach", "--allow-destructive", "1_a:4"]).expect(0);
    let url = served.url();
    let status = || project.run(Program::First, &["status", "--url", &url]).expect(0);
    status()
        .says("1 applied")
        .says("mutation mutation_2.txt on shop.a");
    served.query("KILL MUTATION WHERE database = 'shop' SYNC");
    let ran = status();
    assert!(!ran.stdout.contains("mutation_2"), "{}", ran.stdout);
}

/// What runs often and has nothing to do asks little: who is there, what was applied, who holds the lock.
#[test]
fn status_with_nothing_to_do_makes_three_requests() {
    let (project, served) = one("ALTER TABLE shop.a ADD COLUMN x UInt8;");
    let requests = std::sync::Arc::new(AtomicUsize::new(0));
    let url = {
        let requests = std::sync::Arc::clone(&requests);
        interpose(&served, move |_| {
            requests.fetch_add(1, Ordering::Relaxed);
            Action::Pass
        })
    };
    project.run(Program::First, &["migrate", "--url", &url]).expect(0);
    println!("3 statements: {} requests", requests.swap(0, Ordering::Relaxed));
    project.run(Program::First, &["status", "--url", &url]).expect(0);
    assert_eq!(requests.swap(0, Ordering::Relaxed), 3);
    project
        .run(Program::First, &["migrate", "--url", &url])
        .expect(0)
        .says("nothing to do");
    assert_eq!(requests.load(Ordering::Relaxed), 2);
}
