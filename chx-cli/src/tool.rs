//! The command line as a value, for programs that carry it inside: tests, examples, an application with a command of
//! its own for migrations.

use std::ffi::OsString;
use std::path::PathBuf;

use chx_core::declare::Declaration;
use clap::Parser as _;

use crate::args::Cli;
use crate::exit::Exit;
use crate::output::Output;
use crate::{name_of, run};

/// `chx-migrate` with a folder and a schema of its own.
///
/// Programs that prove plans call `chx_local::child::serve_if_child()` first in `main`, as [`main`](crate::main) does: a
/// process that already holds a data path opens the scratch engine in a second process of the same program.
///
/// ```
/// use chx_cli::Tool;
/// assert_eq!(Tool::new().run(["--version"]), 0);
/// assert_eq!(Tool::new().run(["no-such-command"]), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Tool {
    directory: Option<PathBuf>,
    declarations: Option<Vec<Declaration>>,
}

impl Tool {
    /// The tool as it is: the current folder, and whatever the program has registered.
    pub fn new() -> Self {
        Self::default()
    }

    /// The folder in which to look for `chx.toml`, instead of the current one.
    #[must_use]
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// The schema, instead of everything that is registered.
    #[must_use]
    pub fn declarations(mut self, declarations: &[Declaration]) -> Self {
        self.declarations = Some(declarations.to_vec());
        self
    }

    /// Runs one command and gives its exit code. `args` are the words behind the program's name.
    pub fn run<I>(&self, args: I) -> u8
    where
        I: IntoIterator<Item: Into<OsString>>,
    {
        self.exit(args.into_iter().map(Into::into)) as u8
    }

    pub(crate) fn exit(&self, args: impl Iterator<Item = OsString>) -> Exit {
        let args = std::iter::once(OsString::from("chx-migrate")).chain(args);
        let cli = match Cli::try_parse_from(args) {
            Ok(cli) => cli,
            Err(error) => {
                // Nobody reads any more: nothing to be done.
                let _ = error.print();
                return if error.use_stderr() {
                    Exit::Usage
                } else {
                    Exit::Done
                };
            }
        };
        let output = Output {
            command: name_of(&cli.command),
            json: cli.global.json || cli.events(),
            events: cli.events(),
        };
        run(&cli, self, output).unwrap_or_else(|failure| {
            output.failure(&failure);
            failure.exit_code
        })
    }

    /// The folder to work in.
    pub(crate) fn folder(&self) -> std::io::Result<PathBuf> {
        match &self.directory {
            Some(directory) => Ok(directory.clone()),
            None => std::env::current_dir(),
        }
    }

    /// The schema that was given, if one was.
    pub(crate) fn schema(&self) -> Option<&[Declaration]> {
        self.declarations.as_deref()
    }
}
