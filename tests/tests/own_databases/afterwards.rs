//! What becomes of the databases when a test has ended, seen from outside: programs with one engine each.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clickhouse::Client;

use super::visit_alone;

/// Makes [`fails_when_told`] fail, and says how.
const HOW: &str = "CHX_TESTS_FAIL";

#[chx::test(registry)]
async fn fails_when_told(client: Client) -> clickhouse::error::Result<()> {
    visit_alone(&client, "kept").await?;
    match std::env::var(HOW).as_deref() {
        Ok("panic") => panic!("as told"),
        Ok("error") => client.query("SELECT as told").execute().await,
        Ok("exit") =>
        {
            #[expect(clippy::exit, reason = "what a program does that was not meant for tests")]
            std::process::exit(3)
        }
        _ => Ok(()),
    }
}

/// This program again, with one of its tests, as a test runner with a process for each test starts it.
fn program(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", test, "--nocapture"]).env_remove(HOW);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The path that a failed test named.
fn kept_path(said: &str) -> PathBuf {
    let line = said.lines().find_map(|line| line.trim().strip_prefix("path "));
    line.unwrap_or_else(|| panic!("no path in: {said}")).trim().into()
}

fn rows_in(path: &Path, database: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_migrate-first"))
        .args(["engine", "query", "--format", "TSV", "--path"])
        .arg(path)
        .arg(format!("SELECT id, site FROM {database}.visit"))
        .output()
        .expect("chx-migrate");
    said(&output)
}

#[test]
fn what_a_failed_test_did_is_kept_until_it_runs_again() {
    const TEST: &str = "afterwards::fails_when_told";
    // A folder for temporary files of their own: other programs of the workspace keep and remove theirs meanwhile.
    let folder = tempfile::tempdir().expect("folder");
    let run = |how: &str| {
        let mut command = program(TEST);
        let output = command.env(HOW, how).env("TMPDIR", folder.path()).output();
        output.expect("this program")
    };
    let left = || std::fs::read_dir(folder.path()).expect("folder").count();
    let mut last = None;
    for how in ["panic", "error"] {
        let output = run(how);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(101), "{said}");
        assert!(
            said.contains("`own_databases::afterwards::fails_when_told` failed"),
            "{said}"
        );
        let database = "test_1_fails_when_told";
        assert!(said.contains(database), "{said}");
        let path = kept_path(&said);
        assert_eq!(rows_in(&path, database), "1\tkept\n");
        assert_eq!(left(), 1, "the run before is forgotten");
        assert_ne!(last.replace(path.clone()), Some(path));
    }
    let output = run("exit");
    assert_eq!(
        output.status.code(),
        Some(3),
        "no crash, whatever ends the program: {}",
        said(&output)
    );
    let output = run("not at all");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(left(), 0);
}

#[test]
fn programs_that_start_at_once_do_not_meet() {
    let folder = tempfile::tempdir().expect("folder");
    let started: Vec<_> = (0..6)
        .map(|number| {
            let mut command = program(&format!("hundred::t{number:02}"));
            command
                .env("TMPDIR", folder.path())
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("this program")
        })
        .collect();
    for program in started {
        let output = program.wait_with_output().expect("this program");
        let said = said(&output);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 0);
}

#[test]
fn without_an_engine_there_is_one_clear_error() {
    let output = program("hundred::t00").env("CHX_LIBCHDB", "/nowhere").output();
    let output = output.expect("this program");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(101), "{said}");
    let message = "there is no ClickHouse to test on: CHX_LIBCHDB is `/nowhere`, and there is no libchdb.so";
    assert_eq!(said.matches(message).count(), 1, "{said}");
}
