//! Several runs at once: one works, the others wait, and a dead one stands in nobody's way.

use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::project::{Program, Project, Ran, finish};
use crate::proxy::{Held, Hold, Moment, Served, proxy};

/// Two migrations that must run once each: what runs twice fails, or leaves rows that can be counted.
fn counted() -> Project {
    let project = Project::new();
    let up = "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
              INSERT INTO shop.a SELECT number FROM numbers(1000);";
    project.write("1_a", up, "");
    let more =
        "ALTER TABLE shop.a ADD COLUMN s String;\nINSERT INTO shop.a SELECT number, 'x' FROM numbers(500);";
    project.write("2_b", more, "");
    project
}

/// Everything ran once, and nobody holds the lock.
#[track_caller]
fn ran_once(served: &Served) {
    assert_eq!(
        served.query("SELECT count(), countIf(s = 'x') FROM shop.a"),
        "1500\t500"
    );
    let twice = "SELECT count() FROM (SELECT count() AS n FROM chx.journal GROUP BY migration, statement, event HAVING n > 1)";
    assert_eq!(served.query(twice), "0");
    assert_eq!(
        served.query("SELECT countIf(event = 'started'), countIf(event = 'finished') FROM chx.journal"),
        "7\t7"
    );
    assert_eq!(served.query("SELECT countIf(name LIKE 'lock%'), countIf(name LIKE 'free%') FROM system.tables WHERE database = 'chx'"), "0\t1");
}

#[test]
fn twenty_runs_at_once_apply_a_set_once() {
    let project = counted();
    let served = Served::start(&project);
    let args = ["migrate", "--json", "--url", &served.url()];
    let runs: Vec<Child> = (0..20)
        .map(|_| project.command(Program::First, &args).spawn().unwrap())
        .collect();
    let applied: Vec<usize> = runs
        .into_iter()
        .map(|run| finish(run).expect(0).json()["applied"].as_array().unwrap().len())
        .collect();
    assert_eq!(applied.iter().sum::<usize>(), 2, "{applied:?}");
    ran_once(&served);
    println!(
        "{} runs at once, {} of them applied something",
        applied.len(),
        applied.iter().filter(|n| **n > 0).count()
    );
}

/// A run that waits in the middle of its third statement, and the lock with it.
fn held(project: &Project, served: &Served) -> (Child, Held) {
    let (hold, held) = Hold::new();
    let url = proxy(served, "FROM numbers(1000)", Moment::Held(hold));
    let run = project
        .command(Program::First, &["migrate", "--url", &url])
        .spawn()
        .unwrap();
    held.wait();
    (run, held)
}

fn migrate(project: &Project, served: &Served, more: &[&str]) -> Ran {
    let url = served.url();
    project.run(Program::First, &[&["migrate", "--url", &url], more].concat())
}

#[test]
fn a_lock_that_is_held_is_said_by_whom() {
    let project = counted();
    let served = Served::start(&project);
    let (run, held) = held(&project, &served);
    let process = format!("(process {},", run.id());
    let refused = migrate(&project, &served, &["--wait", "0"])
        .expect(7)
        .complains(&process)
        .complains("chx-migrate unlock");
    assert!(!refused.stderr.contains("waiting"), "{}", refused.stderr);
    migrate(&project, &served, &["--wait", "1"])
        .expect(7)
        .complains("waiting: ")
        .complains("; waited 1 s");
    let status = project
        .run(Program::First, &["status", "--json", "--url", &served.url()])
        .expect(1);
    assert_eq!(status.json()["lock"]["pid"], run.id());
    project
        .run(Program::First, &["unlock", "--url", &served.url()])
        .expect(4)
        .complains(&process)
        .complains("last sign of life")
        .complains("--owner-is-dead");
    held.release();
    finish(run).expect(0);
    ran_once(&served);
    project
        .run(Program::First, &["unlock", "--url", &served.url()])
        .expect(0)
        .says("nobody holds the lock");
}

/// A run that lost the lock finishes the statement that it had sent, writes nothing and sends nothing more.
#[test]
fn a_run_that_lost_the_lock_stops_before_its_next_statement() {
    let project = counted();
    let served = Served::start(&project);
    let (run, held) = held(&project, &served);
    project
        .run(
            Program::First,
            &["unlock", "--owner-is-dead", "--url", &served.url()],
        )
        .expect(0)
        .says("unlocked");
    held.release();
    finish(run)
        .expect(1)
        .complains("the lock was taken away from this run");
    assert_eq!(served.query("SELECT count() FROM shop.a"), "1000");
    assert_eq!(
        served.query("SELECT argMax(event, sequence) FROM chx.journal WHERE statement = 3"),
        "started"
    );
}

/// A process of this machine that is gone is known to be dead at once.
#[test]
fn a_run_that_was_killed_stands_in_nobodys_way() {
    let project = counted();
    let served = Served::start(&project);
    let (mut run, held) = held(&project, &served);
    run.kill().unwrap();
    run.wait().unwrap();
    let next = migrate(&project, &served, &["--wait", "0"]);
    next.expect(1)
        .complains("took the lock over")
        .complains("its process has ended");
    held.release();
}

/// An owner on a machine that this one cannot look into.
const ELSEWHERE: &str = r#"{"run":"r","host":"elsewhere","user":"deploy","version":"0.1.0","pid":4711,"since":"2026-01-01 00:00:00"}"#;

fn held_elsewhere() -> (Project, Served) {
    let project = counted();
    project.edit("chx.toml", "[env.dev]", "[lock]\nlease = 1\n\n[env.dev]");
    let served = Served::start(&project);
    served.query("CREATE DATABASE chx");
    served.query(&format!(
        "CREATE TABLE chx.lock_41 (at DateTime('UTC')) ENGINE = Memory COMMENT '{ELSEWHERE}'"
    ));
    (project, served)
}

#[test]
fn an_owner_without_signs_of_life_is_dead_after_the_lease() {
    let (project, served) = held_elsewhere();
    // One that looks at it for less than the lease cannot know.
    migrate(&project, &served, &["--wait", "0"])
        .expect(7)
        .complains("deploy@elsewhere");
    migrate(&project, &served, &[])
        .expect(0)
        .complains("took the lock over from deploy@elsewhere")
        .complains("no sign of life");
    ran_once(&served);
    assert_eq!(
        served.query("SELECT count() FROM system.tables WHERE database = 'chx' AND name = 'free_42'"),
        "1"
    );
}

#[test]
fn an_owner_with_signs_of_life_is_not_taken_for_dead() {
    let (project, served) = held_elsewhere();
    let served = Arc::new(served);
    let dead = Arc::new(AtomicBool::new(false));
    let beating = {
        let (served, dead) = (Arc::clone(&served), Arc::clone(&dead));
        std::thread::spawn(move || {
            while !dead.load(Ordering::Relaxed) {
                served.query("INSERT INTO chx.lock_41 SELECT now()");
                std::thread::sleep(Duration::from_millis(100));
            }
        })
    };
    migrate(&project, &served, &["--wait", "3"])
        .expect(7)
        .complains("deploy@elsewhere");
    dead.store(true, Ordering::Relaxed);
    beating.join().unwrap();
    migrate(&project, &served, &[]).expect(0);
    ran_once(&served);
}

#[test]
fn a_table_that_is_no_lock_is_left_alone() {
    let project = counted();
    let served = Served::start(&project);
    served.query("CREATE DATABASE chx");
    served.query("CREATE TABLE chx.lock_1 (a UInt8) ENGINE = Memory");
    migrate(&project, &served, &[])
        .expect(1)
        .complains("`lock_1`")
        .complains("drop it");
    assert_eq!(
        served.query("SELECT count() FROM system.tables WHERE database IN ('chx', 'shop')"),
        "1"
    );
}

/// The signs of life of a run end with it.
#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_while_it_waits_leaves_nothing() {
    let (project, served) = held_elsewhere();
    project.edit("chx.toml", "lease = 1", "lease = 60");
    let mut run = project
        .command(Program::First, &["migrate", "--url", &served.url()])
        .spawn()
        .unwrap();
    let mut talk = std::io::BufReader::new(run.stderr.take().unwrap());
    let mut heard = String::new();
    while !heard.contains("waiting: ") {
        assert_ne!(
            std::io::BufRead::read_line(&mut talk, &mut heard).unwrap(),
            0,
            "{heard}"
        );
    }
    assert!(
        Command::new("kill")
            .args(["-INT", &run.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    finish(run).expect(130);
    assert_eq!(
        served.query("SELECT groupArray(name) FROM system.tables WHERE database = 'chx'"),
        "['lock_41']"
    );
}
