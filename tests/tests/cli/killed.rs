//! A run that is killed, before every request that it makes and during every statement, and the run after it.

use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project, finish};
use crate::proxy::Served;
use crate::thirty::{CONSENT, clear, picture, project};

/// The moment at which a run dies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Death {
    /// Before the request leaves.
    Before,
    /// While the server works on it.
    During,
}

/// Requests that come in one order. Signs of life come when they come, and mutations are asked about until they end.
fn is_counted(request: &str, death: Death) -> bool {
    let is_own = ["chx.", "system.", "version()"]
        .iter()
        .any(|words| request.contains(words));
    match death {
        Death::Before => !request.contains("INSERT INTO chx.lock_") && !request.contains("system.mutations"),
        Death::During => !is_own,
    }
}

/// Runs a command and kills it at its nth request. `None`: it made fewer. Otherwise the request.
pub(crate) fn killed_at(
    project: &Project,
    served: &Served,
    args: &[&str],
    n: usize,
    death: Death,
) -> Option<String> {
    let run: Arc<Mutex<Option<Child>>> = Arc::default();
    let (count, at) = (AtomicUsize::new(0), Arc::new(Mutex::new(None)));
    let url = {
        let (run, at) = (Arc::clone(&run), Arc::clone(&at));
        interpose(served, move |request| {
            if !is_counted(request, death) || count.fetch_add(1, Ordering::Relaxed) != n {
                return Action::Pass;
            }
            let mut run = run.lock().unwrap();
            let child = run.as_mut().unwrap();
            if matches!(death, Death::Before) {
                child.kill().unwrap();
            }
            *at.lock().unwrap() = request.split("\r\n\r\n").nth(1).map(str::to_owned);
            match death {
                Death::Before => Action::Drop,
                Death::During => Action::Abandon,
            }
        })
    };
    let args = [args, &["--url", &url, "--retries", "0"]].concat();
    {
        let mut slot = run.lock().unwrap();
        *slot = Some(project.command(Program::First, &args).spawn().unwrap());
    }
    loop {
        // The run ends by itself when nobody kills it.
        if let Some(status) = run.lock().unwrap().as_mut().unwrap().try_wait().unwrap() {
            let request = at.lock().unwrap().clone();
            assert!(request.is_some() || status.success(), "{status}");
            break request;
        }
        if matches!(death, Death::During) && at.lock().unwrap().is_some() {
            let mut run = run.lock().unwrap();
            let child = run.as_mut().unwrap();
            child.kill().unwrap();
            child.wait().unwrap();
            break at.lock().unwrap().clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[track_caller]
fn every_death_is_survived(death: Death) {
    let project = project();
    let served = Served::start(&project);
    let url = served.url();
    let run = [&["migrate"][..], &CONSENT].concat();
    let args = [&run[..], &["--url", &url]].concat();
    project.run(Program::First, &args).expect(0);
    let undisturbed = picture(&served);
    clear(&served);
    let (mut kills, mut writes) = (0, 0);
    while let Some(request) = killed_at(&project, &served, &run, kills, death) {
        kills += 1;
        writes += usize::from(request.contains("INSERT INTO chx.journal"));
        let again = finish(project.command(Program::First, &args).spawn().unwrap());
        assert_eq!(
            again.code, 0,
            "killed at request {kills}: {request}\n{}",
            again.stderr
        );
        assert_eq!(
            picture(&served),
            undisturbed,
            "killed at request {kills}: {request}\n{}",
            again.stderr
        );
        clear(&served);
    }
    let least = match death {
        Death::Before => (60, 31),
        Death::During => (30, 0),
    };
    assert!((kills, writes) >= least, "{kills} kills, {writes} at the journal");
    println!("{death:?}: killed at {kills} requests, {writes} of them writes of the journal");
}

#[test]
fn a_run_that_dies_before_any_request_is_continued() {
    every_death_is_survived(Death::Before);
}

#[test]
fn a_run_that_dies_while_the_server_works_is_continued() {
    every_death_is_survived(Death::During);
}

/// The way back is as safe as the way there.
#[test]
fn a_way_back_that_dies_is_continued() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE IF NOT EXISTS shop;\nCREATE TABLE shop.a (n UInt64, s String) ENGINE = MergeTree ORDER BY n;",
        "DROP TABLE shop.a;",
    );
    project.write(
        "2_b",
        "ALTER TABLE shop.a ADD COLUMN x UInt64;\nALTER TABLE shop.a RENAME COLUMN s TO t;\n\
         CREATE TABLE shop.b (n UInt64) ENGINE = MergeTree ORDER BY n;\nEXCHANGE TABLES shop.a AND shop.b;",
        "EXCHANGE TABLES shop.a AND shop.b;\nDROP TABLE shop.b;\nALTER TABLE shop.a RENAME COLUMN t TO s;\nALTER TABLE shop.a DROP COLUMN x;",
    );
    let served = Served::start(&project);
    let url = served.url();
    let there = ["migrate", "--url", &url];
    let back = [
        "rollback",
        "--to",
        "1_a",
        "--allow-destructive",
        "shop.b",
        "--allow-destructive",
        "shop.a.x",
    ];
    let again = [&back[..], &["--url", &url]].concat();
    let picture = || {
        [
            "SELECT name, create_table_query FROM system.tables WHERE database = 'shop'",
            "SELECT count(), sum(n), max(s) FROM shop.a",
        ]
        .map(|sql| served.query(sql))
    };
    project
        .run(Program::First, &["migrate", "--to", "1_a", "--url", &url])
        .expect(0);
    served.query("INSERT INTO shop.a SELECT number, 'kept' FROM numbers(10)");
    let undisturbed = picture();
    project.run(Program::First, &there).expect(0);
    let mut kills = 0;
    while let Some(request) = killed_at(&project, &served, &back, kills, Death::Before) {
        kills += 1;
        let ran = finish(project.command(Program::First, &again).spawn().unwrap());
        assert_eq!(
            ran.code, 0,
            "killed at request {kills}: {request}\n{}",
            ran.stderr
        );
        assert_eq!(picture(), undisturbed, "killed at request {kills}: {request}");
        project.run(Program::First, &there).expect(0);
    }
    assert!(kills >= 15, "{kills}");
    println!("killed a way back of 4 statements at {kills} requests");
}
