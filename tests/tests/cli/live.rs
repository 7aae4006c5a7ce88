//! The view of a run on a terminal, by a pseudo-terminal: redrawn while it runs, and clean behind it.
#![cfg(target_os = "linux")]

use std::io::Read as _;

use crate::project::{Program, Project};
use crate::proxy::{Held, Hold, Moment, Served, proxy};
use crate::terminal::{on_a_terminal, screen};

struct Watched {
    project: Project,
    /// Lives as long as the run.
    _served: Served,
    held: Held,
    url: String,
}

/// A run of three statements, of which the second one waits.
fn watched() -> Watched {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
         ALTER TABLE shop.a ADD COLUMN x UInt8;",
        "",
    );
    let served = Served::start(&project);
    let (hold, held) = Hold::new();
    let url = proxy(&served, "CREATE TABLE shop.a", Moment::Held(hold));
    Watched {
        project,
        _served: served,
        held,
        url,
    }
}

impl Watched {
    /// Runs it; gives all that was written, and its exit code.
    fn run(&self, columns: u16, variables: &[(&str, &str)]) -> (String, i32) {
        let args = ["migrate", "--retries", "0", "--url", &self.url];
        let mut child = on_a_terminal(&self.project, Program::First, &args, columns, variables)
            .spawn()
            .unwrap();
        let keyboard = child.stdin.take();
        let mut screen = child.stdout.take().unwrap();
        let mut written = String::new();
        let mut until = |words: &str| {
            let mut buffer = [0; 4096];
            while !written.contains(words) {
                match screen.read(&mut buffer).unwrap() {
                    0 => break,
                    read => written += &String::from_utf8_lossy(&buffer[..read]),
                }
            }
        };
        self.held.wait();
        until("1 of 3");
        if let Some(mut keyboard) = keyboard {
            if variables.contains(&("PRESS", "ctrl-c")) {
                std::io::Write::write_all(&mut keyboard, b"\x03").unwrap();
                until("stopping after this statement");
            }
            self.held.release();
            until("nothing ever says this");
        }
        (written, child.wait().unwrap().code().unwrap())
    }
}

#[test]
fn a_terminal_is_redrawn_and_left_clean() {
    let (written, code) = watched().run(100, &[]);
    assert_eq!(code, 0, "{written:?}");
    assert!(written.contains("statement 2 of 3: CREATE TABLE"), "{written:?}");
    let rows = screen(&written, 100);
    assert_eq!(rows.len(), 5, "{rows:#?}\n{written:?}");
    assert_eq!(rows[0], "1_a (1 of 1)");
    for (row, number) in rows[1..4].iter().zip(1..) {
        assert!(row.starts_with(&format!("  {number} of 3: ")), "{rows:#?}");
    }
    assert!(rows[4].starts_with("applied 1 migration to http://"), "{rows:#?}");
}

#[test]
fn a_narrow_terminal_is_left_clean() {
    let (written, code) = watched().run(24, &[]);
    assert_eq!(code, 0, "{written:?}");
    assert!(written.contains("statement 2 of"), "{written:?}");
    let rows = screen(&written, 24);
    let text = rows.concat();
    assert!(!text.contains("statement "), "{rows:#?}");
    for number in 1..=3 {
        assert_eq!(text.matches(&format!("{number} of 3: ")).count(), 1, "{rows:#?}");
    }
}

#[test]
fn ctrl_c_on_a_terminal_leaves_it_clean() {
    let (written, code) = watched().run(80, &[("PRESS", "ctrl-c")]);
    assert_eq!(code, 130, "{written:?}");
    let rows = screen(&written, 80);
    let has = |words: &str| rows.iter().any(|row| row.contains(words));
    assert!(has("stopping after this statement"), "{rows:#?}");
    assert!(
        rows.last().unwrap().starts_with("stopped between two statements"),
        "{rows:#?}\n{written:?}"
    );
    assert!(!has("statement 2 of 3: "), "{rows:#?}");
}

#[test]
fn a_failure_on_a_terminal_leaves_it_clean() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\n\
         ALTER TABLE shop.a ADD CONSTRAINT c CHECK no_such_column = 0;",
        "",
    );
    let output = on_a_terminal(&project, Program::First, &["migrate"], 100, &[])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let rows = screen(&String::from_utf8(output.stdout).unwrap(), 100);
    assert!(rows[3].starts_with("  3 of 3: ALTER TABLE shop.a"), "{rows:#?}");
    assert!(rows[3].ends_with("failed"), "{rows:#?}");
    assert!(
        rows[4].starts_with("error: statement 3 of 3 in `1_a`"),
        "{rows:#?}"
    );
}

#[test]
fn plain_lines_where_a_terminal_is_asked_for_nothing_else() {
    for variables in [[("NO_COLOR", "1")], [("TERM", "dumb")]] {
        let (written, code) = watched().run(80, &variables);
        assert_eq!(code, 0, "{written:?}");
        assert!(!written.contains('\u{1b}'), "{written:?}");
        assert_eq!(written.lines().count(), 5, "{written:?}");
    }
}
