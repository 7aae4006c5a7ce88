//! A run so long that statements are announced to the journal together: what it may not forget all the same.

use crate::killed::{Death, killed_at};
use crate::project::{Program, Project, finish};
use crate::proxy::{Hold, Moment, Served, proxy};
use crate::thirty::clear;

/// Thirty-six migrations of one statement. Most are announced together; rows, a state that comes back and a statement
/// that nobody sees part them.
fn statements() -> Vec<String> {
    let mut all = vec!["CREATE DATABASE IF NOT EXISTS shop".to_owned()];
    for table in 0..5 {
        all.push(format!(
            "CREATE TABLE shop.t{table} (n UInt64, s String, v UInt8) ENGINE = MergeTree ORDER BY n"
        ));
        all.push(format!("ALTER TABLE shop.t{table} ADD COLUMN x UInt16 DEFAULT n"));
        all.push(format!("ALTER TABLE shop.t{table} MODIFY COLUMN v UInt32"));
        all.push(format!("ALTER TABLE shop.t{table} RENAME COLUMN s TO text"));
        all.push(match table {
            0 => "-- chx:probe SELECT count() > 0 FROM shop.t0\nINSERT INTO shop.t0 SELECT number, 'r', 1, 2 FROM numbers(100)"
                .to_owned(),
            1 => "ALTER TABLE shop.t1 RENAME COLUMN text TO s".to_owned(),
            2 => "ALTER TABLE shop.t2 MATERIALIZE COLUMN x".to_owned(),
            _ => format!("ALTER TABLE shop.t{table} ADD INDEX i n TYPE minmax GRANULARITY 1"),
        });
        all.push(format!("ALTER TABLE shop.t{table} COMMENT COLUMN x 'why'"));
        all.push(format!("RENAME TABLE shop.t{table} TO shop.u{table}"));
    }
    assert_eq!(all.len(), 36);
    all
}

fn project() -> Project {
    let project = Project::new();
    for (number, sql) in statements().iter().enumerate() {
        project.draft(&format!("m{number:02}"), &format!("{sql};"), "");
    }
    project.run(Program::First, &["seal"]).expect(0);
    project
}

fn picture(served: &Served) -> String {
    [
        "SELECT name, replaceRegexpAll(create_table_query, '\\\\s+', ' ') FROM system.tables WHERE database = 'shop' ORDER BY name",
        "SELECT count(), sum(n), sum(x), min(text) FROM shop.u0",
        "SELECT migration, statement, argMax(event, sequence) IN ('finished', 'found_done'), \
         countIf(event IN ('finished', 'found_done')) FROM chx.journal GROUP BY migration, statement ORDER BY migration, statement",
    ]
    .map(|sql| served.query(sql))
    .join("\n")
}

#[track_caller]
fn every_death_is_survived(death: Death, least: usize) {
    let project = project();
    let served = Served::start(&project);
    let url = served.url();
    let args = ["migrate", "--url", &url];
    project.run(Program::First, &args).expect(0);
    let undisturbed = picture(&served);
    let rows = served.query("SELECT countIf(event = 'started'), countIf(event = 'announced') FROM chx.journal WHERE statement > 0");
    clear(&served);
    let (mut kills, mut open) = (0, 0);
    while let Some(request) = killed_at(&project, &served, &["migrate"], kills, death) {
        kills += 1;
        let again = finish(project.command(Program::First, &args).spawn().unwrap());
        let context = format!("killed at request {kills}: {request}\n{}", again.stderr);
        assert_eq!(again.code, 0, "{context}");
        assert_eq!(picture(&served), undisturbed, "{context}");
        open += again.stderr.matches("the database shows").count();
        clear(&served);
    }
    assert!(kills >= least, "{kills}");
    println!(
        "{death:?}: {kills} kills of a long run, {open} open statements looked up; started, announced: {rows}"
    );
}

#[test]
fn a_long_run_that_dies_before_any_request_is_continued() {
    every_death_is_survived(Death::Before, 55);
}

#[test]
fn a_long_run_that_dies_while_the_server_works_is_continued() {
    every_death_is_survived(Death::During, 36);
}

/// A row for each statement before it is sent, and all of them closed in the end.
#[test]
fn every_statement_is_announced_before_it_is_sent() {
    let project = project();
    let served = Served::start(&project);
    let (hold, held) = Hold::new();
    let url = proxy(&served, "ALTER TABLE shop.t3 ADD COLUMN x", Moment::Held(hold));
    let args = ["migrate", "--url", &url];
    let run = project.command(Program::First, &args).spawn().unwrap();
    held.wait();
    let open = |migration: &str| {
        served.query(&format!(
            "SELECT argMax(event, sequence) FROM chx.journal WHERE migration = '{migration}' AND statement = 1"
        ))
    };
    assert_eq!(open("m23"), "announced");
    // Two behind it are announced as well, and what was brought to its end earlier has one.
    assert_eq!(
        (open("m25").as_str(), open("m07").as_str()),
        ("announced", "finished")
    );
    held.release();
    finish(run).expect(0);
    assert_eq!(
        served.query(
            "SELECT count(), countIf(last = 'finished') FROM \
             (SELECT argMax(event, sequence) AS last FROM chx.journal GROUP BY migration, statement)"
        ),
        "72\t72"
    );
}

/// The lock went to somebody else while a statement ran: those that were announced with it are not sent.
#[test]
fn a_long_run_that_lost_the_lock_stops_before_its_next_statement() {
    let project = project();
    let served = Served::start(&project);
    let (hold, held) = Hold::new();
    let url = proxy(&served, "ALTER TABLE shop.t3 ADD COLUMN x", Moment::Held(hold));
    let run = project
        .command(Program::First, &["migrate", "--url", &url])
        .spawn()
        .unwrap();
    held.wait();
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
    let columns = "SELECT groupArray(name) FROM system.columns WHERE database = 'shop' AND table = 't3'";
    assert_eq!(served.query(columns), "['n','s','v','x']");
    // Whoever holds the lock now finds out what ran.
    project
        .run(Program::First, &["migrate", "--url", &served.url()])
        .expect(0)
        .complains("the database shows that it ran")
        .complains("the database shows that it did not run");
}

/// What was announced and not sent is taken back in the journal: a run that fails leaves no question.
#[test]
fn what_a_failure_leaves_unsent_is_not_open() {
    let project = project();
    let served = Served::start(&project);
    let url = served.url();
    let args = ["migrate", "--url", &url];
    // Somebody takes the name after the run has looked whether everything can work.
    let (hold, held) = Hold::new();
    let slow = proxy(&served, "ALTER TABLE shop.t3 ADD COLUMN x", Moment::Held(hold));
    let run = project
        .command(Program::First, &["migrate", "--url", &slow])
        .spawn()
        .unwrap();
    held.wait();
    served.query("CREATE TABLE shop.u3 (n UInt64) ENGINE = MergeTree ORDER BY n");
    held.release();
    finish(run).expect(1).complains("in `m28`");
    assert_eq!(
        served.query("SELECT countIf(event = 'withdrawn') FROM chx.journal WHERE statement > 0"),
        "6",
        "the last one stands in a write of its own"
    );
    let open = "SELECT count() FROM (SELECT argMax(event, sequence) AS last FROM chx.journal \
                GROUP BY migration, direction, statement HAVING last IN ('started', 'announced') AND statement > 0)";
    assert_eq!(served.query(open), "0");
    project
        .run(Program::First, &["status", "--url", &url])
        .expect(1)
        .says("28 applied, 7 pending, 1 failed");
    served.query("DROP TABLE shop.u3");
    let ran = project.run(Program::First, &args).expect(0);
    assert!(
        !ran.stderr.contains("an earlier run started it"),
        "{}",
        ran.stderr
    );
}
