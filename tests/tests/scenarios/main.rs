//! Runs every scenario twice: purely, and on the real engine. One file is one fact of ClickHouse.

#![expect(
    clippy::print_stdout,
    reason = "a test program of its own talks to whoever runs it"
)]

mod pure;

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use chx_tests::engine::Engine;
use chx_tests::scenario::{Scenario, files, folder, on_engine};
use libtest_mimic::{Arguments, Failed, Trial};

/// One engine for all scenarios; they take turns, because they use the same names.
static ENGINE: Mutex<Option<Engine>> = Mutex::new(None);

fn main() -> ExitCode {
    let root = folder();
    let mut trials = Vec::new();
    for path in files() {
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        let (pure_path, engine_path) = (path.clone(), path);
        trials.push(Trial::test(format!("pure/{name}"), move || {
            check(&pure_path, pure::run)
        }));
        trials.push(Trial::test(format!("engine/{name}"), move || {
            check(&engine_path, on_the_engine)
        }));
    }
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    let engine = ENGINE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Err(error)) = engine.map(Engine::close) {
        println!("the engine did not close: {error}");
    }
    conclusion.exit_code()
}

/// A scenario that failed leaves the engine as it was: the next one starts over.
fn on_the_engine(scenario: &Scenario) -> Result<(), String> {
    let mut guard = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
    if guard.is_none() {
        *guard = Some(Engine::start()?);
    }
    on_engine::run(guard.as_ref().ok_or("the engine did not start")?, scenario)
}

fn check(path: &Path, run: impl Fn(&Scenario) -> Result<(), String>) -> Result<(), Failed> {
    Scenario::read(path)
        .and_then(|scenario| run(&scenario))
        .map_err(Failed::from)
}
