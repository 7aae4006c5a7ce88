//! `generate` as a whole process, without the proof: nothing to do, and from empty, for 100, 1000 and 10 000 tables of 20
//! columns. What it costs to start the program at all stands beside it. The growth from line to line is the measure;
//! the peak memory is printed first.
#![expect(clippy::print_stdout, reason = "peak memory is printed beside divan's table")]
#![expect(clippy::expect_used, reason = "a bench that cannot run must stop")]

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const SIZES: [usize; 3] = [100, 1000, 10_000];

fn main() {
    for tables in SIZES {
        let folder = project();
        let from_empty = peak_memory(tables, folder.path());
        let nothing = peak_memory(tables, folder.path());
        println!("peak memory, {tables} tables: from empty {from_empty} KiB, nothing to do {nothing} KiB");
    }
    divan::main();
}

/// The program does nothing: the floor under the other lines.
#[divan::bench(sample_count = 20)]
fn start_of_the_program(bencher: divan::Bencher<'_, '_>) {
    let folder = project();
    bencher.bench_local(|| run(0, folder.path(), &["--version"]));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn nothing_to_do(bencher: divan::Bencher<'_, '_>, tables: usize) {
    let folder = project();
    run(tables, folder.path(), &GENERATE);
    bencher.bench_local(|| run(tables, folder.path(), &GENERATE));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn from_empty(bencher: divan::Bencher<'_, '_>, tables: usize) {
    bencher.with_inputs(project).bench_local_values(|folder| {
        run(tables, folder.path(), &GENERATE);
        folder
    });
}

const GENERATE: [&str; 4] = ["generate", "--no-verify", "--name", "all"];

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("migrations")).expect("the folder is writable");
    let config = "migrations = \"migrations\"\n[env.dev]\nurl = \"local:.chx/db\"\n";
    std::fs::write(folder.path().join("chx.toml"), config).expect("the folder is writable");
    folder
}

fn command(tables: usize, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_many_tables"));
    command
        .arg(tables.to_string())
        .arg(folder)
        .args(args)
        .stdout(Stdio::null());
    command
}

fn run(tables: usize, folder: &Path, args: &[&str]) {
    let status = command(tables, folder, args)
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{args:?} ended with {status}");
}

fn peak_memory(tables: usize, folder: &Path) -> u64 {
    let output = command(tables, folder, &GENERATE)
        .env("CHX_BENCH_MEMORY", "1")
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    let talk = String::from_utf8_lossy(&output.stderr);
    talk.lines()
        .last()
        .and_then(|line| line.parse().ok())
        .expect("the program prints its memory")
}
