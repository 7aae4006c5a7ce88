//! Processes around an engine: how they end, who may open a path, and engines in child processes.
//!
//! This program has its own `main`, because it is started again: as an engine, and as the actors of its stories.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::exit,
    reason = "a test fails by panicking, and this one speaks"
)]

#[path = "support/mod.rs"]
mod support;
#[path = "support/wait.rs"]
mod wait;

use chx_local::child::{Child, DataPath};
use chx_local::engine::{self, Engine};
use chx_local::{Local, library};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use support::request;
use wait::wait_until;

fn main() {
    chx_local::child::serve_if_child();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [act, name, path] = arguments.as_slice()
        && act == "act"
    {
        return self::act(name, Path::new(path));
    }
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let tests: &[(&str, fn())] = &[
        (
            "a_process_ends_cleanly_whatever_it_does",
            a_process_ends_cleanly_whatever_it_does,
        ),
        (
            "a_process_ends_cleanly_while_statements_run",
            a_process_ends_cleanly_while_statements_run,
        ),
        ("a_path_is_held_by_one_process", a_path_is_held_by_one_process),
        ("a_process_holds_one_path", a_process_holds_one_path),
        ("a_path_can_be_opened_again", a_path_can_be_opened_again),
        (
            "what_was_acknowledged_survives_a_kill",
            what_was_acknowledged_survives_a_kill,
        ),
        (
            "unusable_paths_and_libraries_are_named",
            unusable_paths_and_libraries_are_named,
        ),
        (
            "a_child_serves_beside_its_parent",
            a_child_serves_beside_its_parent,
        ),
        ("a_child_ends_with_its_parent", a_child_ends_with_its_parent),
        ("a_killed_child_is_reported", a_killed_child_is_reported),
        (
            "a_program_without_the_hook_is_reported",
            a_program_without_the_hook_is_reported,
        ),
        (
            "a_child_that_cannot_open_says_why",
            a_child_that_cannot_open_says_why,
        ),
    ];
    for (name, test) in tests {
        if filter.is_none_or(|filter| name.contains(filter.as_str())) {
            test();
            println!("test {name} ... ok");
        }
    }
}

fn ask(url: &str, password: &str, sql: &str) -> support::Reply {
    request(
        url,
        "POST",
        "/",
        &[("X-ClickHouse-User", "default"), ("X-ClickHouse-Key", password)],
        sql.as_bytes(),
    )
}

fn answer(url: &str, password: &str, sql: &str) -> String {
    let reply = ask(url, password, sql);
    assert_eq!(reply.status, 200, "{sql}: {}", reply.text());
    reply.text().trim_end().to_owned()
}

/// What this program does when it is started as an actor.
fn act(name: &str, path: &Path) {
    if name == "open" {
        // Only tries.
        match library::find()
            .map_err(chx_local::Error::from)
            .and_then(|library| Ok(Engine::open(&library, path)?))
        {
            Ok(_) => println!("opened"),
            Err(error) => println!("{error}"),
        }
        return;
    }
    if name == "parent" {
        let child = Child::start(&DataPath::At(path.to_owned())).expect("child");
        println!("{} {}", child.id(), child.url());
        std::thread::sleep(Duration::from_mins(10));
        return;
    }
    let local = Local::open(path).expect("engine");
    assert_eq!(answer(&local.url(), local.password(), "SELECT 1"), "1");
    match name {
        "return" => {}
        "leak" => std::mem::forget(local),
        "session" => {
            let key = [("X-ClickHouse-Key", local.password())];
            assert_eq!(
                request(&local.url(), "POST", "/?session_id=open", &key, b"SELECT 1").text(),
                "1\n"
            );
            std::mem::forget(local);
        }
        "exit" => {
            let _open = &local;
            std::process::exit(7);
        }
        "panic" => panic!("on purpose"),
        "busy" => {
            for number in 0..4 {
                let (url, password) = (local.url(), local.password().to_owned());
                std::thread::spawn(move || {
                    let sql = format!(
                        "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = {number}"
                    );
                    ask(&url, &password, &sql)
                });
            }
            wait_until("four statements run", || {
                answer(
                    &local.url(),
                    local.password(),
                    "SELECT count() FROM system.processes WHERE query LIKE '%sipHash%'",
                ) == "5"
            });
            std::process::exit(0);
        }
        "hold" => {
            println!("open");
            let mut rest = String::new();
            std::io::stdin().read_to_string(&mut rest).expect("input");
        }
        "insert" => {
            for sql in [
                "CREATE DATABASE IF NOT EXISTS d",
                "CREATE TABLE IF NOT EXISTS d.t (a UInt64) ENGINE = MergeTree ORDER BY a",
            ] {
                answer(&local.url(), local.password(), sql);
            }
            for number in 0_u64.. {
                answer(
                    &local.url(),
                    local.password(),
                    &format!("INSERT INTO d.t VALUES ({number})"),
                );
                println!("{number}");
            }
        }
        other => panic!("no such act: {other}"),
    }
}

fn actor(name: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("act").arg(name).arg(path);
    command
}

fn play(name: &str, path: &Path) -> Output {
    actor(name, path).stdin(Stdio::null()).output().expect("actor")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("folder")
}

fn a_process_ends_cleanly_whatever_it_does() {
    for (name, code) in [
        ("return", 0),
        ("leak", 0),
        ("session", 0),
        ("exit", 7),
        ("panic", 101),
    ] {
        let folder = folder();
        let started = Instant::now();
        let output = play(name, folder.path());
        assert!(
            started.elapsed() < Duration::from_secs(9),
            "{name} did not find its way out"
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{name}: {}: {said}",
            output.status
        );
        if name != "panic" {
            assert_eq!(said, "", "{name}");
        }
    }
}

fn a_process_ends_cleanly_while_statements_run() {
    let folder = folder();
    let started = Instant::now();
    let output = play("busy", folder.path());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        started.elapsed() < Duration::from_secs(9),
        "the statements were waited for, not ended"
    );
}

fn a_path_is_held_by_one_process() {
    let folder = folder();
    let mut holder = actor("hold", folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("holder");
    let mut line = String::new();
    BufReader::new(holder.stdout.as_mut().expect("output"))
        .read_line(&mut line)
        .expect("line");
    assert_eq!(line, "open\n");
    let refused = play("open", folder.path());
    let said = String::from_utf8_lossy(&refused.stdout);
    assert!(said.contains("is in use by another process"), "{said}");
    assert_eq!(String::from_utf8_lossy(&refused.stderr), "");
    drop(holder.stdin.take());
    assert!(holder.wait().expect("holder").success());
    assert_eq!(
        String::from_utf8_lossy(&play("open", folder.path()).stdout),
        "opened\n"
    );
}

fn a_process_holds_one_path() {
    let (first, second) = (folder(), folder());
    let library = library::find_or_fetch(&mut |_| {}).expect("library");
    let engine = Engine::open(&library, first.path()).expect("first");
    let again = Engine::open(&library, &first.path().join(".")).expect("the same");
    assert_eq!(again.path(), engine.path());
    let error = Engine::open(&library, second.path()).expect_err("second");
    assert!(matches!(error, engine::Error::OtherPath { .. }), "{error}");
    assert!(error.to_string().contains("child process"), "{error}");
    drop((engine, again));
    Engine::open(&library, second.path()).expect("after the first was closed");
}

fn a_path_can_be_opened_again() {
    let folder = folder();
    for round in 0..3 {
        let local = Local::open(folder.path()).expect("engine");
        let (url, password) = (local.url(), local.password().to_owned());
        let run = |sql: &str| answer(&url, &password, sql);
        run("CREATE DATABASE IF NOT EXISTS d");
        run("CREATE TABLE IF NOT EXISTS d.t (a UInt64) ENGINE = MergeTree ORDER BY a");
        run(&format!("INSERT INTO d.t VALUES ({round})"));
        assert_eq!(
            run("SELECT groupArray(a) FROM (SELECT a FROM d.t ORDER BY a)"),
            format!("{:?}", (0..=round).collect::<Vec<_>>()).replace(' ', "")
        );
        local.close().expect("close");
    }
}

fn what_was_acknowledged_survives_a_kill() {
    let folder = folder();
    let mut writer = actor("insert", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("writer");
    let mut acknowledged = 0_u64;
    let output = BufReader::new(writer.stdout.take().expect("output"));
    for line in output.lines() {
        acknowledged = line.expect("line").parse().expect("number");
        if acknowledged == 50 {
            writer.kill().expect("kill");
        }
    }
    writer.wait().expect("writer");
    let local = Local::open(folder.path()).expect("engine");
    let rows = answer(
        &local.url(),
        local.password(),
        &format!("SELECT count() FROM d.t WHERE a <= {acknowledged}"),
    );
    assert_eq!(rows, (acknowledged + 1).to_string());
}

fn unusable_paths_and_libraries_are_named() {
    let folder = folder();
    let file = folder.path().join("file");
    std::fs::write(&file, b"not a library").expect("file");
    let library = library::find_or_fetch(&mut |_| {}).expect("library");
    let error = Engine::open(&library, &file).expect_err("a file as path");
    assert!(matches!(error, engine::Error::Path { .. }), "{error}");
    // In a process of its own: this one has opened the right library already.
    let mut command = actor("open", folder.path());
    let output = command.env("CHX_LIBCHDB", &file).output().expect("actor");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("as libchdb; set CHX_LIBCHDB"), "{said}");
    let mut command = actor("open", folder.path());
    let output = command
        .env("CHX_LIBCHDB", folder.path().join("nothing"))
        .output()
        .expect("actor");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("there is no libchdb.so"), "{said}");
}

fn a_child_serves_beside_its_parent() {
    let (mine, its) = (folder(), folder());
    let local = Local::open(mine.path()).expect("engine");
    let child = Child::start(&DataPath::At(its.path().to_owned())).expect("child");
    let temporary = Child::start(&DataPath::Temporary).expect("second child");
    for (url, password) in [
        (local.url(), local.password()),
        (child.url().to_owned(), child.password()),
        (temporary.url().to_owned(), temporary.password()),
    ] {
        answer(&url, password, "CREATE DATABASE same");
        assert_eq!(
            answer(
                &url,
                password,
                "SELECT count() FROM system.databases WHERE name = 'same'"
            ),
            "1"
        );
    }
    assert_eq!(ask(child.url(), "wrong", "SELECT 1").status, 403);
    assert!(its.path().join("metadata/same.sql").exists());
    child.close().expect("close");
    temporary.close().expect("close");
}

fn a_child_ends_with_its_parent() {
    let folder = folder();
    let mut parent = actor("parent", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("parent");
    let mut line = String::new();
    BufReader::new(parent.stdout.as_mut().expect("output"))
        .read_line(&mut line)
        .expect("line");
    let (_pid, url) = line.trim_end().split_once(' ').expect("pid and url");
    let address = url.trim_start_matches("http://").to_owned();
    TcpStream::connect(&address).expect("the child serves");
    parent.kill().expect("kill");
    parent.wait().expect("parent");
    wait_until("nobody listens any more", || {
        TcpStream::connect(&address).is_err()
    });
    wait_until("the path is free", || {
        String::from_utf8_lossy(&play("open", folder.path()).stdout) == "opened\n"
    });
}

fn a_killed_child_is_reported() {
    let mut child = Child::start(&DataPath::Temporary).expect("child");
    child.check().expect("alive");
    let killed = Command::new("kill")
        .arg("-9")
        .arg(child.id().to_string())
        .status()
        .expect("kill");
    assert!(killed.success());
    wait_until("it is gone", || child.check().is_err());
    let error = child.check().expect_err("gone").to_string();
    assert!(
        error.contains("has died") && error.contains("signal: 9"),
        "{error}"
    );
    assert!(child.close().is_err());
}

fn a_program_without_the_hook_is_reported() {
    for (program, heard) in [
        ("/bin/true", "it ended with exit status: 0"),
        ("/bin/cat", "it said `library="),
    ] {
        let error = Child::start_program(Path::new(program), &DataPath::Temporary)
            .expect_err("no engine")
            .to_string();
        assert!(
            error.contains(heard) && error.contains("serve_if_child"),
            "{program}: {error}"
        );
    }
    let error =
        Child::start_program(Path::new("/no/such/program"), &DataPath::Temporary).expect_err("no program");
    assert!(
        error.to_string().contains("cannot start `/no/such/program`"),
        "{error}"
    );
}

fn a_child_that_cannot_open_says_why() {
    let folder = folder();
    let local = Local::open(folder.path()).expect("engine");
    let error = Child::start(&DataPath::At(folder.path().to_owned()))
        .expect_err("held")
        .to_string();
    assert!(error.contains("is in use by another process"), "{error}");
    drop(local);
}
