//! A second engine in a child process: one process holds one data path, so a program that already has one open runs
//! another engine by starting itself, or a program that it names, once more.
//!
//! The program calls [`serve_if_child`] first in `main`. In a child that call never returns: it serves the engine
//! on a free port and ends when its standard input closes, which happens when the parent drops its [`Child`] and
//! also when the parent is killed. The secret goes through that input, never through arguments or the environment.

use crate::engine::Engine;
use crate::library;
use crate::secret::Password;
use crate::server::{Options, Server};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Tells a program that it is to be an engine.
const VARIABLE: &str = "CHX_ENGINE_CHILD";
/// How every line of the child begins, so that other output is not taken for it.
const MARK: &str = "chx-engine-child-1";
/// A program with the hook says so at once; this leaves room for a slow start.
const GREETING: Duration = Duration::from_secs(30);
/// Opening a data path with many tables takes its time.
const START: Duration = Duration::from_mins(5);
/// An engine ends in well under a second; what still runs after this is killed.
const END: Duration = Duration::from_secs(20);

/// Why there is no engine in a child process.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// This process was itself started as an engine, but does not call [`serve_if_child`].
    #[error(
        "this program was started as an engine and does not call `chx_local::child::serve_if_child()` first in `main`; add it"
    )]
    Recursive,
    /// The library is not there.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The program cannot be started.
    #[error("cannot start `{}` as an engine", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The program is not made for it.
    #[error(
        "`{}` does not answer as an engine ({heard}); call `chx_local::child::serve_if_child()` first in its `main`, or name a program that does",
        program.display()
    )]
    NoHook {
        /// The program.
        program: PathBuf,
        /// What it did instead.
        heard: String,
    },
    /// The child reports that its engine does not start.
    #[error("the engine in the child process does not start: {0}")]
    Refused(String),
    /// The child ended or was killed.
    #[error(
        "the engine in the child process {pid} has died ({status}); what it had acknowledged is in its data path"
    )]
    Died {
        /// Its process id.
        pid: u32,
        /// How it ended.
        status: ExitStatus,
    },
    /// The system does not tell how the child is.
    #[error("cannot watch the child process {pid}")]
    Watch {
        /// Its process id.
        pid: u32,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// Where the child keeps its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataPath {
    /// A folder.
    At(PathBuf),
    /// An empty folder of the child's own, removed when it ends.
    Temporary,
}

/// An engine in a child process, served like a [`crate::Local`]. Dropping it ends the process and waits.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    /// Closing it ends the child.
    input: Option<ChildStdin>,
    url: String,
    password: Password,
}

impl Child {
    /// Starts this very program once more as an engine.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn start(path: &DataPath) -> Result<Self, Error> {
        let program = std::env::current_exe().map_err(|source| Error::Start {
            program: "this program".into(),
            source,
        })?;
        Self::start_program(&program, path)
    }

    /// Starts a program that calls [`serve_if_child`] as an engine.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn start_program(program: &Path, path: &DataPath) -> Result<Self, Error> {
        if std::env::var_os(VARIABLE).is_some() {
            return Err(Error::Recursive);
        }
        let mut printer = library::Printer::stderr();
        let library = library::find_or_fetch(&mut |progress| printer.show(progress))?;
        let on_start = |source| Error::Start {
            program: program.to_owned(),
            source,
        };
        let mut process = Command::new(program)
            .env(VARIABLE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C is for the program, which then ends its engine as it sees fit.
            .process_group(0)
            .spawn()
            .map_err(on_start)?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        // From here on dropping it ends the process.
        let mut child = Self {
            process,
            input,
            url: String::new(),
            password: Password::random(),
        };
        let lines = lines_of(output);
        let order = order(&library, path, child.password.expose());
        // A program without the hook may be gone by now; what it says or how it ended comes next.
        let _ = child
            .input
            .as_mut()
            .map(|input| input.write_all(order.as_bytes()));

        child.hear(program, &lines, GREETING, "hello")?;
        let port = child.hear(program, &lines, START, "port=")?;
        child.url = format!("http://127.0.0.1:{port}");
        Ok(child)
    }

    /// The rest of the next line, which must begin with the mark and these words.
    fn hear(
        &mut self,
        program: &Path,
        lines: &mpsc::Receiver<Vec<u8>>,
        patience: Duration,
        expected: &str,
    ) -> Result<String, Error> {
        let no_hook = |heard: String| Error::NoHook {
            program: program.to_owned(),
            heard,
        };
        let line = match lines.recv_timeout(patience) {
            Ok(line) => String::from_utf8_lossy(&line).trim_end().to_owned(),
            Err(RecvTimeoutError::Timeout) => {
                return Err(no_hook(format!(
                    "it said nothing for {} seconds",
                    patience.as_secs()
                )));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = self.process.wait().map_err(|source| Error::Watch {
                    pid: self.id(),
                    source,
                })?;
                return Err(if expected == "hello" {
                    no_hook(format!("it ended with {status}"))
                } else {
                    Error::Died {
                        pid: self.id(),
                        status,
                    }
                });
            }
        };
        let Some(said) = line.strip_prefix(MARK).map(str::trim_start) else {
            return Err(no_hook(format!(
                "it said `{}`",
                line.chars().take(80).collect::<String>()
            )));
        };
        if let Some(message) = said.strip_prefix("error=") {
            return Err(Error::Refused(decoded(message)));
        }
        match said.strip_prefix(expected) {
            Some(rest) => Ok(rest.to_owned()),
            None => Err(no_hook(format!("it said `{said}`"))),
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The user, `default`.
    pub fn user(&self) -> &'static str {
        "default"
    }

    /// The secret that requests must show.
    pub fn password(&self) -> &str {
        self.password.expose()
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A client with address, user and password set, without a default database.
    #[cfg(feature = "client")]
    pub fn client(&self) -> clickhouse::Client {
        clickhouse::Client::default()
            .with_url(&self.url)
            .with_user(self.user())
            .with_password(self.password())
    }

    /// Is it still there? Ask when a request fails at the network.
    ///
    /// # Errors
    /// [`Error::Died`] when it is not.
    pub fn check(&mut self) -> Result<(), Error> {
        let pid = self.id();
        match self.process.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Error::Died { pid, status }),
            Err(source) => Err(Error::Watch { pid, source }),
        }
    }

    /// Ends the process and waits for it.
    ///
    /// # Errors
    /// [`Error::Died`] when it ended otherwise than it should, or before.
    pub fn close(mut self) -> Result<(), Error> {
        self.check()?;
        let pid = self.id();
        match self.end() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Error::Died { pid, status }),
            Err(source) => Err(Error::Watch { pid, source }),
        }
    }

    fn end(&mut self) -> io::Result<ExitStatus> {
        self.input = None;
        let deadline = Instant::now() + END;
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.process.kill()?;
        self.process.wait()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if self.url.is_empty() {
            // It never answered as an engine, so it does not know what a closed input means.
            let _ = self.process.kill();
        }
        // There is nobody to tell.
        let _ = self.end();
    }
}

/// The lines of a stream, read on a thread of its own so that they can be waited for with patience.
fn lines_of(output: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    const LONGEST: u64 = 1 << 16;
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let Some(output) = output else { return };
        let mut output = BufReader::new(output);
        loop {
            let mut line = Vec::new();
            match output.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                // Read on when nobody listens: the child must not block on a full pipe.
                Ok(_) => drop(sender.send(line)),
            }
        }
    });
    lines
}

fn order(library: &Path, path: &DataPath, password: &str) -> String {
    let mut order = form_urlencoded::Serializer::new(String::new());
    order
        .append_pair("library", &library.to_string_lossy())
        .append_pair("password", password);
    if let DataPath::At(path) = path {
        // The child starts in the same folder, but says what it opened in its own words: make it unambiguous.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        order.append_pair("path", &path.to_string_lossy());
    }
    order.finish() + "\n"
}

fn decoded(text: &str) -> String {
    form_urlencoded::parse(format!("x={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// Makes this process an engine if a [`Child`] has started it, and then never returns. Call it first in `main`:
/// before arguments are read, threads are started or anything is printed.
pub fn serve_if_child() {
    if std::env::var_os(VARIABLE).is_some() {
        let code = i32::from(serve().is_err());
        #[expect(clippy::exit, reason = "the rest of the program is not to run in a child")]
        std::process::exit(code);
    }
}

/// Serves until the input closes. Errors are for the exit code only; the parent is told the reason by a line.
fn serve() -> io::Result<()> {
    say("hello")?;
    let mut input = BufReader::new(io::stdin().lock());
    let mut order = String::new();
    input.read_line(&mut order)?;
    match open(order.trim_end()) {
        Ok((server, engine, _folder)) => {
            say(&format!("port={}", server.address().port()))?;
            // Nothing more is sent: what ends this is the end of the input.
            io::copy(&mut input, &mut io::sink())?;
            drop(server);
            drop(engine);
            Ok(())
        }
        Err(error) => {
            let mut message = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(source) = cause {
                message = format!("{message}: {source}");
                cause = source.source();
            }
            say(&format!(
                "error={}",
                form_urlencoded::byte_serialize(message.as_bytes()).collect::<String>()
            ))?;
            Err(io::Error::other(message))
        }
    }
}

fn open(order: &str) -> Result<(Server, Engine, Option<tempfile::TempDir>), crate::Error> {
    let value = |name: &str| {
        form_urlencoded::parse(order.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let folder = match value("path") {
        Some(_) => None,
        None => Some(
            tempfile::Builder::new()
                .prefix("chx-")
                .tempdir()
                .map_err(crate::Error::Temporary)?,
        ),
    };
    let path = folder.as_ref().map_or_else(
        || value("path").unwrap_or_default().into(),
        |folder| folder.path().to_owned(),
    );
    let engine = Engine::open(Path::new(&value("library").unwrap_or_default()), &path)?;
    // Without a secret nobody is let in, rather than everybody.
    let password = value("password").map_or_else(Password::random, Password::from);
    let server = Server::start(engine.clone(), Options::new().password(password.expose()))?;
    Ok((server, engine, folder))
}

fn say(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{MARK} {words}")?;
    out.flush()
}
