//! The embedded ClickHouse of this process: one data path, many connections.
//!
//! The engine is opened once per process and path and closed when the last [`Engine`] of it goes away. A second
//! path in the same process, and a path that another process holds, are refused. Whatever way the process ends
//! short of a kill, a hook closes the engine first: libchdb crashes when it is torn down with connections open.

mod connection;
mod exception;
mod ffi;

use std::ffi::CString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

pub use connection::{Connection, Insert, Output};
pub use exception::Exception;

/// The version of chDB that chx is written for and fetches.
pub const CHDB_VERSION: &str = "26.7.3";

/// What every connection starts with, so that the embedded engine behaves as a server does.
const SERVER_DEFAULTS: [&str; 4] = [
    // clickhouse-local takes `1 + 1` for a statement; a server answers with a syntax error.
    "--implicit_select=0",
    // clickhouse-local waits for mutations; a server does not unless asked.
    "--mutations_sync=0",
    "--allow_introspection_functions=0",
    // clickhouse-local maps files into memory; with pipes and growing files only reading is sound.
    "--storage_file_read_method=pread",
];

/// The setting that carries the caller's query id: the embedded engine makes up its own `query_id` and lets
/// nobody choose it, but it shows every changed setting in `system.processes`.
pub const QUERY_ID_SETTING: &str = "chdb_client_name";

/// Why the engine could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The library could not be opened, or it is not libchdb.
    #[error("cannot open `{}` as libchdb; set CHX_LIBCHDB to a libchdb {CHDB_VERSION} for this platform", path.display())]
    Library {
        /// The file.
        path: PathBuf,
        /// What the loader said.
        #[source]
        source: libloading::Error,
    },
    /// Two different libraries in one process.
    #[error("this process has already opened `{}`; it cannot open `{}` as well", opened.display(), wanted.display())]
    OtherLibrary {
        /// The library in use.
        opened: PathBuf,
        /// The one asked for.
        wanted: PathBuf,
    },
    /// The data path cannot be created or read.
    #[error("cannot use `{}` as a data path", path.display())]
    Path {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// One process holds one data path.
    #[error(
        "this process has already opened the data path `{}` and cannot open `{}`: one process holds one data path; \
         close the first, or open the second in a child process (`chx_local::child::Child`)",
        opened.display(), wanted.display()
    )]
    OtherPath {
        /// The path in use.
        opened: PathBuf,
        /// The one asked for.
        wanted: PathBuf,
    },
    /// Another process holds the path.
    #[error("the data path `{}` is in use by another process; end it, or open another path", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The engine refused to start, after it wrote its reason to stderr.
    #[error("the engine refuses to open the data path `{}`; it wrote the reason to stderr", path.display())]
    Refused {
        /// The folder.
        path: PathBuf,
    },
    /// The process is ending.
    #[error("the engine is shut down: the process is ending")]
    Closed,
}

/// What a statement cost, as far as the engine tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Time in the engine.
    pub elapsed: Duration,
    /// Rows of the result.
    pub result_rows: u64,
    /// Rows read from tables.
    pub read_rows: u64,
    /// Bytes read from tables, uncompressed.
    pub read_bytes: u64,
    /// Rows written, those of materialized views included.
    pub written_rows: u64,
    /// Bytes written, uncompressed, those of materialized views included.
    pub written_bytes: u64,
}

/// An open data path. Cheap to clone; when the last clone and the last connection are gone, it is closed.
#[derive(Clone)]
pub struct Engine {
    hold: Hold,
}

struct Shared {
    api: &'static ffi::Api,
    path: PathBuf,
    arguments: Vec<CString>,
}

/// What the process has opened. One lock guards it, so that closing one engine and opening the next cannot meet.
#[derive(Default)]
struct Process {
    library: Option<(PathBuf, &'static ffi::Api)>,
    engine: Option<Opened>,
    idle: Vec<Weak<dyn CloseIdle>>,
    /// Goes away when the process ends.
    temporary: Option<PathBuf>,
    ending: bool,
}

struct Opened {
    shared: Arc<Shared>,
    /// Keeps the engine up while no other connection is open.
    keeper: ffi::RawConnection,
    /// Engines and connections that hold it.
    holds: usize,
    /// Connections among them.
    connections: usize,
    /// Connections so far.
    ever: u64,
}

fn process() -> MutexGuard<'static, Process> {
    static PROCESS: OnceLock<Mutex<Process>> = OnceLock::new();
    lock(PROCESS.get_or_init(Mutex::default))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// Opens the data path with the given library, creating the folder if it is not there. In a process that has
    /// this very path open, returns the same engine. Blocks for about 0.3 seconds the first time.
    ///
    /// # Errors
    /// See [`Error`]; nothing is changed on disk when the path is in use.
    pub fn open(library: &Path, path: &Path) -> Result<Self, Error> {
        Self::open_with(library, path, None)
    }

    /// As [`Engine::open`], with a ClickHouse configuration file (`macros`, `remote_servers`, ...).
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_with(library: &Path, path: &Path, config: Option<&Path>) -> Result<Self, Error> {
        let on_path = |source| Error::Path {
            path: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(on_path)?;
        let path = path.canonicalize().map_err(on_path)?;

        let mut process = process();
        if process.ending {
            return Err(Error::Closed);
        }
        if let Some(opened) = &mut process.engine {
            return if opened.shared.path == path {
                Ok(Self {
                    hold: Hold::new(opened),
                })
            } else {
                Err(Error::OtherPath {
                    opened: opened.shared.path.clone(),
                    wanted: path,
                })
            };
        }
        let api = match &process.library {
            Some((opened, api)) if opened == library => *api,
            Some((opened, _)) => {
                return Err(Error::OtherLibrary {
                    opened: opened.clone(),
                    wanted: library.to_owned(),
                });
            }
            None => {
                let api = ffi::Api::load(library).map_err(|source| Error::Library {
                    path: library.to_owned(),
                    source,
                })?;
                process.library = Some((library.to_owned(), api));
                api
            }
        };
        if held_elsewhere(&path) {
            return Err(Error::InUse { path });
        }
        // A named file keeps the engine from reading `./config.xml` or `~/.clickhouse-local`, which are not ours.
        let config = config.map_or_else(|| path.join("no-config"), Path::to_owned);
        let mut arguments = vec![
            argument("clickhouse"),
            argument(&format!("--path={}", path.display())),
        ];
        arguments.push(argument(&format!("--config-file={}", config.display())));
        arguments.extend(SERVER_DEFAULTS.iter().map(|text| argument(text)));
        let first = api.connect(&arguments);
        let Some(keeper) = first else {
            return Err(if held_elsewhere(&path) {
                Error::InUse { path }
            } else {
                Error::Refused { path }
            });
        };
        // After the engine has started: hooks run in reverse order, so ours runs before those of the library.
        ffi::at_exit(close_at_exit);
        if ffi::on_main_thread() {
            FIRST_OUT.with(|_| ());
        }
        let shared = Arc::new(Shared { api, path, arguments });
        let opened = process.engine.insert(Opened {
            shared,
            keeper,
            holds: 0,
            connections: 0,
            ever: 0,
        });
        Ok(Self {
            hold: Hold::new(opened),
        })
    }

    /// The data path, absolute.
    pub fn path(&self) -> &Path {
        &self.hold.shared.path
    }

    /// chDB's version, such as `26.7.3`.
    pub fn chdb_version(&self) -> String {
        self.hold.shared.api.version()
    }

    /// Opens a connection: a session with its own settings, current database and temporary tables. About 0.25 ms.
    ///
    /// # Errors
    /// [`Error::Closed`] when the process is ending.
    pub fn connect(&self) -> Result<Connection, Error> {
        self.connect_as(None)
    }

    /// As [`Engine::connect`], marking all that it runs with a query id (see [`QUERY_ID_SETTING`]).
    ///
    /// # Errors
    /// [`Error::Closed`] when the process is ending.
    pub fn connect_as(&self, query_id: Option<&str>) -> Result<Connection, Error> {
        let lease = Lease::new(&self.hold)?;
        let mut arguments = self.hold.shared.arguments.clone();
        if let Some(id) = query_id {
            arguments.push(argument(&format!("--{QUERY_ID_SETTING}={id}")));
        }
        let raw = self.hold.shared.api.connect(&arguments).ok_or(Error::Closed)?;
        Ok(Connection::new(raw, lease))
    }

    /// Names a folder that is removed when the process ends by `exit` or by returning from `main`, once the engine in
    /// it is closed; `None` keeps it after all. For engines that live in a `static`, which nothing drops.
    pub fn remove_at_exit(&self, folder: Option<PathBuf>) {
        process().temporary = folder;
    }

    /// Registers connections that are to be closed when the process ends.
    #[expect(
        clippy::unused_self,
        reason = "there is a process to register with once an engine is open"
    )]
    pub(crate) fn close_at_exit(&self, idle: Weak<dyn CloseIdle>) {
        let mut process = process();
        process.idle.retain(|idle| idle.strong_count() > 0);
        process.idle.push(idle);
    }

    /// Asks every running statement that carries this query id to stop.
    ///
    /// # Errors
    /// When no connection can be opened or the engine refuses.
    pub fn kill(&self, query_id: &str) -> Result<(), crate::Error> {
        let mut connection = self.connect()?;
        let parameters = [("id".to_owned(), escaped(query_id))];
        connection.query(
            format!("KILL QUERY WHERE Settings['{QUERY_ID_SETTING}'] = {{id:String}} ASYNC"),
            "Null",
            &parameters,
        )?;
        Ok(())
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("path", &self.hold.shared.path)
            .finish_non_exhaustive()
    }
}

/// Whoever keeps connections that nobody uses at the moment.
pub(crate) trait CloseIdle: Send + Sync {
    /// Closes them; the process is ending.
    fn close_idle(&self);
}

/// Keeps the data path open for as long as it lives.
struct Hold {
    shared: Arc<Shared>,
}

impl Hold {
    fn new(opened: &mut Opened) -> Self {
        opened.holds += 1;
        Self {
            shared: Arc::clone(&opened.shared),
        }
    }
}

impl Clone for Hold {
    fn clone(&self) -> Self {
        if let Some(opened) = &mut process().engine {
            opened.holds += 1;
        }
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut process = process();
        if let Some(opened) = &mut process.engine {
            opened.holds -= 1;
            if opened.holds == 0 {
                // Closed under the lock: whoever opens the path next finds it free.
                process.engine = None;
            }
        }
    }
}

/// Counts a connection as in use for as long as it lives.
struct Lease {
    _hold: Hold,
}

impl Lease {
    fn new(hold: &Hold) -> Result<Self, Error> {
        let hold = hold.clone();
        let mut process = process();
        let ending = process.ending;
        match &mut process.engine {
            Some(opened) if !ending => {
                opened.connections += 1;
                opened.ever += 1;
                if opened.ever < 256 || opened.ever.is_power_of_two() {
                    ffi::at_exit(close_at_exit);
                }
            }
            _ => {
                // Before `hold` is dropped, which takes the lock itself.
                drop(process);
                return Err(Error::Closed);
            }
        }
        drop(process);
        Ok(Self { _hold: hold })
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(opened) = &mut process().engine {
            opened.connections -= 1;
        }
    }
}

/// Writes a parameter's value as the engine reads it: one field of tab-separated text.
pub(crate) fn escaped(value: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            0 => out.extend_from_slice(b"\\0"),
            other => out.push(other),
        }
    }
    out
}

/// A C string of it; what stands behind a NUL byte, which no path or id holds, is cut.
fn argument(text: &str) -> CString {
    let upto = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..upto]).unwrap_or_default()
}

/// Does another process hold the path? The engine locks `status` in it with `flock`.
fn held_elsewhere(path: &Path) -> bool {
    let Ok(file) = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(path.join("status"))
    else {
        return false;
    };
    matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
}

thread_local! {
    /// Touched on the main thread only, whose values `exit` drops before it runs any hook: so early, no destructor that
    /// a running statement has registered a moment ago has run. Programs that open the engine on another thread have
    /// the hook alone.
    static FIRST_OUT: FirstOut = const { FirstOut };
}

struct FirstOut;

impl Drop for FirstOut {
    fn drop(&mut self) {
        close_at_exit();
    }
}

/// Ends what runs, waits for it, and stops the engine. It is registered again with new connections: statements make
/// the library register destructors of its own, which would run before an older hook and crash what still runs.
/// The second call finds nothing to do. Connections that stay busy for ten seconds are given up:
/// then the process ends as it would have without this hook.
extern "C" fn close_at_exit() {
    let idle = {
        let mut process = process();
        process.ending = true;
        std::mem::take(&mut process.idle)
    };
    for _ in 0..1000 {
        // Without the lock, which closing takes.
        idle.iter()
            .filter_map(Weak::upgrade)
            .for_each(|idle| idle.close_idle());
        let mut process = process();
        let Some(opened) = &mut process.engine else { return };
        if opened.connections == 0 {
            let api = opened.shared.api;
            process.engine = None;
            api.shutdown();
            if let Some(folder) = process.temporary.take() {
                // Nobody is left to be told.
                let _ = fs::remove_dir_all(folder);
            }
            return;
        }
        opened.keeper.query(KILL_ALL, "Null", &ffi::Parameters::new(&[]));
        drop(process);
        std::thread::sleep(Duration::from_millis(10));
    }
}

const KILL_ALL: &[u8] = b"KILL QUERY WHERE query NOT LIKE 'KILL QUERY %' ASYNC";
