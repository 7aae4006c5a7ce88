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
enum Death {
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

/// Runs the set and kills the run at its nth request. `None`: it made fewer. Otherwise the request.
fn killed_at(project: &Project, served: &Served, n: usize, death: Death) -> Option<String> {
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
    let args = [&["migrate", "--url", &url, "--retries", "0"][..], &CONSENT].concat();
    {
        let mut slot = run.lock().unwrap();
        *slot = Some(project.command(Program::First, &args).spawn().unwrap());
    }
    let request = loop {
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
    };
    request
}

#[track_caller]
fn every_death_is_survived(death: Death) {
    let project = project();
    let served = Served::start(&project);
    let url = served.url();
    let args = [&["migrate", "--url", &url][..], &CONSENT].concat();
    project.run(Program::First, &args).expect(0);
    let undisturbed = picture(&served);
    clear(&served);
    let (mut kills, mut writes) = (0, 0);
    while let Some(request) = killed_at(&project, &served, kills, death) {
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
