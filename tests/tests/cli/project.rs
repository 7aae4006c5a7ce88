//! A project in a temporary folder, and what its program says.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The programs of one project at different times; see `tests/src/bin`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Program {
    /// With its first schema.
    First,
    /// After a change that destroys nothing.
    Second,
    /// After a column and a table went.
    Third,
    /// After two columns got other names.
    Renamed,
    /// With a schema that ClickHouse refuses.
    Refused,
    /// With checks beside its struct.
    Checked,
    /// With a database that says what it is.
    Database,
    /// With a role, a user, a row policy, a quota and a settings profile.
    Access,
    /// With a named collection, workloads and a resource.
    Collections,
    /// After a value of the collection and a workload changed.
    CollectionsChanged,
    /// With functions.
    Functions,
    /// After one of the functions changed.
    FunctionsChanged,
    /// With a table that chx does not read all of.
    Raw,
    /// Without a schema.
    Nothing,
    /// With the schema that was pulled from `tests/live`.
    Pulled,
    /// With types that are nested as deep as they can be, and deeper.
    Deep,
}

impl Program {
    fn path(self) -> &'static str {
        match self {
            Self::First => env!("CARGO_BIN_EXE_migrate-first"),
            Self::Second => env!("CARGO_BIN_EXE_migrate-second"),
            Self::Third => env!("CARGO_BIN_EXE_migrate-third"),
            Self::Pulled => env!("CARGO_BIN_EXE_migrate-pulled"),
            Self::Renamed => env!("CARGO_BIN_EXE_migrate-renamed"),
            Self::Refused => env!("CARGO_BIN_EXE_migrate-refused"),
            Self::Checked => env!("CARGO_BIN_EXE_migrate-checked"),
            Self::Database => env!("CARGO_BIN_EXE_migrate-database"),
            Self::Access => env!("CARGO_BIN_EXE_migrate-access"),
            Self::Collections => env!("CARGO_BIN_EXE_migrate-collections"),
            Self::CollectionsChanged => env!("CARGO_BIN_EXE_migrate-collections-changed"),
            Self::Functions => env!("CARGO_BIN_EXE_migrate-functions"),
            Self::FunctionsChanged => env!("CARGO_BIN_EXE_migrate-functions-changed"),
            Self::Raw => env!("CARGO_BIN_EXE_migrate-raw"),
            Self::Deep => env!("CARGO_BIN_EXE_migrate-deep"),
            Self::Nothing => env!("CARGO_BIN_EXE_migrate-nothing"),
        }
    }
}

/// A project.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

/// What a program said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// As `init` leaves it.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("Cargo.toml"),
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n",
        )
        .unwrap();
        let project = Self { folder };
        project.run(Program::First, &["init"]).expect(0);
        project
    }

    /// A Rust package with a library, and nothing of chx.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        for (name, text) in [
            (
                "Cargo.toml",
                "[package]\nname = \"my-shop\"\nversion = \"0.1.0\"\n",
            ),
            ("src/lib.rs", ""),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The command of a program, in this project, with nothing of the surroundings in its configuration.
    pub(crate) fn command(&self, program: Program, args: &[&str]) -> Command {
        let mut command = Command::new(program.path());
        command
            .args(args)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, _) in
            std::env::vars().filter(|(name, _)| name.starts_with("CHX_") && name != "CHX_LIBCHDB")
        {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, program: Program, args: &[&str]) -> Ran {
        finish(self.command(program, args).spawn().unwrap())
    }

    /// Runs a program in a shell that takes a limit upon itself first. The limit is an error to the program, not a
    /// signal.
    #[cfg(unix)]
    pub(crate) fn run_limited(&self, program: Program, args: &[&str], limit: &str) -> Ran {
        let wanted = self.command(program, args);
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("trap '' XFSZ; {limit}; exec \"$0\" \"$@\""))
            .arg(wanted.get_program())
            .args(wanted.get_args())
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, _) in wanted.get_envs() {
            shell.env_remove(name);
        }
        finish(shell.spawn().unwrap())
    }

    /// The migrations, in the order of their names.
    pub(crate) fn migrations(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.path().join("migrations"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
            .collect();
        files.sort();
        files
    }

    /// All files of the folder of the migrations, and of the folders in it, and their bytes.
    pub(crate) fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut folders = vec![self.path().join("migrations")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), std::fs::read(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// Runs SQL on the project's own engine, which no other process may hold.
    #[track_caller]
    pub(crate) fn query(&self, sql: &str) -> String {
        let ran = self.run(
            Program::First,
            &["engine", "query", sql, "--path", ".chx/db", "--format", "TSV"],
        );
        ran.expect(0).stdout.trim_end().to_owned()
    }

    /// Writes a migration by hand and seals it.
    pub(crate) fn write(&self, id: &str, up: &str, down: &str) {
        self.draft(id, up, down);
        self.run(Program::First, &["seal"]).expect(0);
    }

    /// Writes a migration by hand.
    pub(crate) fn draft(&self, id: &str, up: &str, down: &str) {
        let text = format!(
            "-- chx:migration 1\n-- chx:id {id}\n-- chx:draft\n\n-- chx:up\n{up}\n\n-- chx:down\n{down}\n"
        );
        std::fs::write(self.path().join(format!("migrations/{id}.sql")), text).unwrap();
    }

    /// Replaces a text in a file of the project.
    #[track_caller]
    pub(crate) fn edit(&self, file: impl AsRef<Path>, from: &str, to: &str) {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "`{from}` is not in\n{text}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
}

/// Waits for a program and collects what it said.
pub(crate) fn finish(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.stdout.contains(words),
            "`{words}` is not in\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn complains(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "`{words}` is not in\n{}\nstdout:\n{}",
            self.stderr,
            self.stdout
        );
        self
    }

    /// The JSON document that stdout is.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout))
    }
}
