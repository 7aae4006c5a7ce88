//! Runs every scenario twice: purely, and on the real engine. One file is one fact of ClickHouse.

#![expect(
    clippy::print_stdout,
    reason = "a test program of its own talks to whoever runs it"
)]

mod engine;
mod file;
mod pure;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use file::Scenario;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut trials = Vec::new();
    for path in files {
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        let (pure_path, engine_path) = (path.clone(), path);
        trials.push(Trial::test(format!("pure/{name}"), move || {
            check(&pure_path, pure::run)
        }));
        trials.push(Trial::test(format!("engine/{name}"), move || {
            check(&engine_path, engine::run)
        }));
    }
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    engine::close();
    conclusion.exit_code()
}

fn check(path: &Path, run: impl Fn(&Scenario) -> Result<(), String>) -> Result<(), Failed> {
    Scenario::read(path)
        .and_then(|scenario| run(&scenario))
        .map_err(Failed::from)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "scn") {
            files.push(path);
        }
    }
}
