//! The stages of CI, in the order in which they fail fastest. Each prints its time; the first failure ends the run.

use std::process::Command;
use std::time::Instant;

/// A stage: its name, environment, and the command line behind `cargo`.
struct Stage {
    name: &'static str,
    env: &'static [(&'static str, &'static str)],
    args: &'static str,
}

const STAGES: [Stage; 7] = [
    Stage {
        name: "lock file",
        env: &[],
        args: "metadata --locked --quiet --format-version 1",
    },
    Stage {
        name: "format",
        env: &[],
        args: "fmt --all --check",
    },
    Stage {
        name: "clippy",
        env: &[],
        args: "clippy --workspace --all-targets --locked -- -D warnings",
    },
    Stage {
        name: "docs",
        env: &[("RUSTDOCFLAGS", "-D warnings")],
        args: "doc --workspace --no-deps --document-private-items --locked",
    },
    // The README's second command.
    Stage {
        name: "tests",
        env: &[],
        args: "test --workspace --locked",
    },
    // The README's first command.
    Stage {
        name: "quickstart",
        env: &[],
        args: "run --locked --package quickstart",
    },
    Stage {
        name: "migrate-at-start",
        env: &[],
        args: "run --locked --package migrate-at-start",
    },
];

/// Runs all stages; `false` when one failed.
pub(crate) fn run() -> bool {
    let begin = Instant::now();
    if !timed("tidy", crate::tidy::run) {
        return false;
    }
    for stage in &STAGES {
        if !timed(stage.name, || cargo(stage)) {
            return false;
        }
    }
    // 26.7 is held to the page by the tests.
    if !timed("ClickHouse 26.5", || crate::versions::check("26.5")) {
        return false;
    }
    if !timed("fuzz", || crate::fuzz::run(None, None)) {
        return false;
    }
    if !timed("licences and bans", deny) {
        return false;
    }
    println!("== everything passed in {:.0} s", begin.elapsed().as_secs_f64());
    true
}

fn timed(name: &str, stage: impl FnOnce() -> bool) -> bool {
    println!("== {name}");
    let begin = Instant::now();
    let passed = stage();
    let outcome = if passed { "passed" } else { "FAILED" };
    println!("== {name} {outcome} after {:.0} s", begin.elapsed().as_secs_f64());
    passed
}

fn cargo(stage: &Stage) -> bool {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(crate::root())
        .args(stage.args.split(' '))
        .envs(stage.env.iter().copied());
    if stage.args.starts_with("metadata") {
        command.stdout(std::process::Stdio::null());
    }
    command.status().is_ok_and(|status| status.success())
}

/// cargo-deny, where it is installed. It reads `deny.toml` and needs no network.
fn deny() -> bool {
    let installed = Command::new(env!("CARGO"))
        .args(["deny", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !installed {
        println!("cargo-deny is not installed: licences and bans were not checked");
        return true;
    }
    Command::new(env!("CARGO"))
        .current_dir(crate::root())
        .args(["deny", "--offline", "check", "bans", "licenses", "sources"])
        .status()
        .is_ok_and(|status| status.success())
}
