//! The project's own chores: `cargo xtask ci` runs everything that has to be true of a commit, `cargo xtask tidy`
//! checks what no compiler checks, `cargo xtask rules`
//! writes the pages of the findings, `cargo xtask reference` the page of all clauses, `cargo xtask fuzz` tries to break every reader of SQL, `cargo xtask versions` runs chx on other versions of ClickHouse, `cargo xtask bench-derive` measures what the derives cost a build.
#![expect(clippy::print_stdout, reason = "a chore talks to the person who runs it")]

mod bench_derive;
mod ci;
mod fuzz;
mod pairs;
mod reference;
mod rules;
mod tidy;
mod versions;

use std::process::ExitCode;

fn main() -> ExitCode {
    let task = std::env::args().nth(1);
    let done = match task.as_deref() {
        Some("ci") => ci::run(),
        Some("tidy") => tidy::run(),
        Some("fuzz") => fuzz::run(
            std::env::args().nth(2).as_deref(),
            std::env::args().nth(3).as_deref(),
        ),
        Some("rules") => rules::run(),
        Some("reference") => reference::run(),
        Some("pairs") => pairs::run(std::env::args().nth(2).as_deref()),
        Some("versions") => versions::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        Some("bench-derive") => bench_derive::run(),
        _ => {
            println!(
                "usage: cargo xtask ci | tidy | rules | reference | fuzz [CASES [SEED]] | pairs [NUMBER] | versions [--keep] [VERSION...] | bench-derive"
            );
            return ExitCode::from(2);
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The root of the workspace.
fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
