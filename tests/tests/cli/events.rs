//! `--events`: what happens in a run, as JSON while it happens.

use std::io::{BufRead as _, BufReader};

use serde_json::Value;

use crate::project::{Program, Project, Ran, finish};
use crate::proxy::{Hold, Moment, Served, proxy};

const UP: &str = "CREATE DATABASE IF NOT EXISTS shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
                  ALTER TABLE shop.a ADD COLUMN x UInt8;";
const DOWN: &str = "ALTER TABLE shop.a DROP COLUMN x;\nDROP TABLE shop.a;";

fn project() -> Project {
    let project = Project::new();
    project.write("1_a", UP, DOWN);
    project
}

/// Every line is an object of version 1 that names its command and what happened; the last one is the end.
#[track_caller]
fn events(ran: &Ran, command: &str) -> Vec<Value> {
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    for line in &lines {
        assert_eq!(
            (&line["version"], &line["command"]),
            (&1.into(), &command.into()),
            "{line}"
        );
        assert!(line["event"].is_string(), "{line}");
    }
    let ends = lines.iter().filter(|line| line["event"] == "end").count();
    assert_eq!((ends, &lines.last().unwrap()["event"]), (1, &"end".into()));
    lines
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect()
}

#[test]
fn a_run_is_told_line_by_line_and_ends_with_the_document() {
    let project = project();
    let ran = project.run(Program::First, &["migrate", "--events"]).expect(0);
    let told = events(&ran, "migrate");
    let statement = ["statement_started", "statement_finished"];
    let expected = [
        &["run_started", "migration_started"][..],
        &statement,
        &statement,
        &statement,
        &["migration_finished", "end"],
    ]
    .concat();
    assert_eq!(names(&told), expected);
    assert_eq!(
        (&told[0]["migrations"], &told[0]["statements"]),
        (&1.into(), &3.into())
    );
    assert_eq!(told[1]["id"], "1_a");
    let second = &told[4];
    assert_eq!(second["statement"]["number"], 2);
    assert!(
        second["statement"]["sql"]
            .as_str()
            .unwrap()
            .starts_with("CREATE TABLE shop.a")
    );
    assert!(told[5]["took_ms"].is_u64());
    let end = told.last().unwrap();
    assert_eq!(end["applied"], serde_json::json!(["1_a"]));
    assert_eq!((&end["statements"], &end["stopped"]), (&3.into(), &false.into()));

    // With nothing to do the end is all that there is, and `--json` alone is one document as everywhere.
    let ran = project
        .run(Program::First, &["migrate", "--events", "--json"])
        .expect(0);
    assert_eq!(names(&events(&ran, "migrate")), ["end"]);
    assert_eq!(
        project
            .run(Program::First, &["migrate", "--json"])
            .expect(0)
            .json()["statements"],
        0
    );

    let back = [
        "rollback",
        "--steps",
        "1",
        "--events",
        "--allow-destructive",
        "shop.a",
    ];
    let ran = project.run(Program::First, &back).expect(4);
    let told = events(&ran, "rollback");
    assert_eq!(names(&told), ["end"]);
    assert_eq!(told[0]["error"]["exit_code"], 4);
    let ran = project
        .run(
            Program::First,
            &[&back[..], &["--allow-destructive", "shop.a.x"]].concat(),
        )
        .expect(0);
    let told = events(&ran, "rollback");
    assert_eq!(told[1]["direction"], "down");
    assert_eq!(told.last().unwrap()["reverted"], serde_json::json!(["1_a"]));
}

#[test]
fn a_failure_is_an_event_and_the_end_says_why() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;",
        "",
    );
    project.write(
        "2_b",
        "ALTER TABLE shop.a ADD CONSTRAINT c CHECK no_such_column = 0;",
        "",
    );
    let ran = project.run(Program::First, &["migrate", "--events"]).expect(1);
    let told = events(&ran, "migrate");
    let last = &told[told.len() - 2..];
    assert_eq!(names(last), ["statement_failed", "end"]);
    assert!(
        last[0]["error"].as_str().unwrap().contains("error "),
        "{}",
        last[0]
    );
    assert_eq!(last[1]["error"]["exit_code"], 1);
    assert!(
        last[1]["error"]["sql"]
            .as_str()
            .unwrap()
            .contains("no_such_column")
    );
}

/// A reader that went away does not stop the work: a deploy does not depend on who looks at it.
#[test]
fn a_reader_that_goes_away_is_not_missed() {
    let project = project();
    let served = Served::start(&project);
    let (hold, held) = Hold::new();
    let url = proxy(&served, "CREATE TABLE shop.a", Moment::Held(hold));
    let args = ["migrate", "--events", "--retries", "0", "--url", &url];
    let mut running = project.command(Program::First, &args).spawn().unwrap();
    let mut events = BufReader::new(running.stdout.take().unwrap());
    let mut first = String::new();
    events.read_line(&mut first).unwrap();
    assert!(first.contains("run_started"), "{first}");
    held.wait();
    drop(events);
    held.release();
    finish(running).expect(0);
    assert_eq!(
        served.query("SELECT count() FROM system.columns WHERE database = 'shop'"),
        "2"
    );
}

/// The first Ctrl-C ends the run behind the statement that runs, and the stream ends as it always does; the second one
/// ends at once, and the stream still says so.
#[cfg(unix)]
#[test]
fn an_interrupted_stream_has_an_end() {
    for times in [1, 2] {
        let project = project();
        let served = Served::start(&project);
        let (hold, held) = Hold::new();
        let url = proxy(&served, "CREATE TABLE shop.a", Moment::Held(hold));
        let args = ["migrate", "--events", "--retries", "0", "--url", &url];
        let mut running = project.command(Program::First, &args).spawn().unwrap();
        let mut talk = BufReader::new(running.stderr.take().unwrap());
        held.wait();
        let interrupt = |id: u32| {
            let kill = std::process::Command::new("kill")
                .args(["-INT", &id.to_string()])
                .status();
            assert!(kill.unwrap().success());
        };
        interrupt(running.id());
        let mut heard = String::new();
        while !heard.contains("stopping after this statement") {
            assert_ne!(talk.read_line(&mut heard).unwrap(), 0, "{heard}");
        }
        if times == 2 {
            interrupt(running.id());
            while !heard.contains("ended in the middle") {
                assert_ne!(talk.read_line(&mut heard).unwrap(), 0, "{heard}");
            }
        }
        held.release();
        let told = events(&finish(running).expect(130), "migrate");
        let end = told.last().unwrap();
        if times == 1 {
            assert_eq!((&end["stopped"], &end["statements"]), (&true.into(), &2.into()));
        } else {
            assert_eq!(end["error"]["exit_code"], 130);
        }
    }
}
