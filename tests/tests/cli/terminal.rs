//! A terminal for a program, and what stands on its screen.
#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use crate::project::{Program, Project};

/// A program on a pseudo-terminal of this width. `script` of util-linux gives it one.
pub(crate) fn on_a_terminal(
    project: &Project,
    program: Program,
    args: &[&str],
    columns: u16,
    variables: &[(&str, &str)],
) -> Command {
    let wanted = project.command(program, args);
    let words: Vec<String> = std::iter::once(wanted.get_program())
        .chain(wanted.get_args())
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--return", "--flush", "--command"])
        .arg(format!("stty cols {columns} rows 24; exec {}", words.join(" ")))
        .arg("/dev/null")
        .current_dir(project.path())
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        // Where it is set, a dumb terminal counts as one with colours.
        .env_remove("CI")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, _) in wanted.get_envs() {
        command.env_remove(name);
    }
    command
}

/// The rows of a screen of this width when all of it was written.
pub(crate) fn screen(written: &str, columns: u16) -> Vec<String> {
    let mut terminal = vt100::Parser::new(24, columns, 0);
    terminal.process(written.as_bytes());
    assert!(
        !terminal.screen().hide_cursor(),
        "nobody brings the cursor back after a SIGKILL"
    );
    let rows = terminal.screen().rows(0, columns);
    let mut rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    while rows.last().is_some_and(String::is_empty) {
        rows.pop();
    }
    rows
}
