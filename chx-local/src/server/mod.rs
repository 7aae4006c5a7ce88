//! ClickHouse's HTTP interface on 127.0.0.1, in front of the engine of this process.
//!
//! It takes what the official `clickhouse` client, curl and other HTTP clients send: statements by GET and POST,
//! settings, sessions, parameters, forms, compression. It listens on the loopback address only, and demands a
//! password wherever it is given one. It does not speak the native protocol, TLS, or HTTP/2.
//!
//! What the embedded engine cannot do shows here: there is one user, there are no system logs, `queryID()` is not
//! the client's id (what is done for `KILL QUERY` and `system.processes` stands in `processes`), and `INSERT ...
//! SELECT ... FROM input()` is refused.

mod auth;
mod compression;
mod error;
mod handler;
mod job;
mod lexer;
mod multipart;
mod output;
mod params;
mod processes;
mod response;
mod session;
mod statement;
mod wire;

use crate::engine::Engine;
use crate::secret::Password;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Why the interface could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The port is taken or forbidden.
    #[error("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for any free one")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Threads or sockets could not be made.
    #[error("cannot start the threads of the HTTP interface")]
    Threads(#[source] std::io::Error),
}

/// How to serve.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    password: Option<Password>,
    /// Statements at one time; one more is refused with TOO_MANY_SIMULTANEOUS_QUERIES.
    pub max_concurrent_queries: usize,
    /// How long a client may take to send or receive a piece.
    pub io_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            password: None,
            max_concurrent_queries: 100,
            io_timeout: Duration::from_mins(5),
        }
    }
}

impl Options {
    /// Any free port, no password.
    pub fn new() -> Self {
        Self::default()
    }

    /// Listens on this port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Demands this password of the user `default`. Without one every program of this machine is let in, and may
    /// also read and write files with the rights of this process (`file()`).
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(Password::from(password.into()));
        self
    }
}

/// A running HTTP interface. It has threads of its own, so it serves whatever runtime its clients use; dropping it
/// ends what it runs and waits.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve the engine. When this returns, requests are answered.
    ///
    /// # Errors
    /// When the port is not free or threads cannot be made.
    pub fn start(engine: Engine, options: Options) -> Result<Self, Error> {
        let port = options.port;
        let listen = || -> std::io::Result<(TcpListener, SocketAddr)> {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, address) = listen().map_err(|source| Error::Listen { port, source })?;
        let state = Arc::new(handler::State::new(engine, options));
        let (stop, stopped) = watch::channel(false);
        let (sender, started) = mpsc::channel();
        // The runtime lives and dies on a thread of its own: the caller may be a thread of another runtime.
        let thread = std::thread::Builder::new()
            .name("chx-local".to_owned())
            .spawn(move || match runtime(state.max_concurrent_queries()) {
                Ok(runtime) => {
                    // Whoever waits for this is there.
                    let _ = sender.send(Ok(()));
                    runtime.block_on(serve(listener, state, stopped));
                    runtime.shutdown_timeout(Duration::from_secs(10));
                }
                Err(error) => drop(sender.send(Err(error))),
            })
            .map_err(Error::Threads)?;
        let server = Self {
            address,
            stop,
            thread: Some(thread),
        };
        started
            .recv()
            .map_err(|error| Error::Threads(std::io::Error::other(error)))?
            .map_err(Error::Threads)?;
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `shutdown` is ready, for programs that do nothing else. `started` is told where.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn run(
        engine: Engine,
        options: Options,
        started: impl FnOnce(&Self),
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), Error> {
        let server = Self::start(engine, options)?;
        started(&server);
        shutdown.await;
        // Ending waits for threads, which is nothing for a thread of the caller's runtime.
        let ended = tokio::task::spawn_blocking(move || server.stop()).await;
        ended.map_err(|error| Error::Threads(std::io::Error::other(error)))
    }

    /// Stops to listen, ends what runs, and waits.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported by the panic hook; there is nothing to add to it.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn runtime(max_concurrent_queries: usize) -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // A thread for each statement, and some for what ends them.
        .max_blocking_threads(max_concurrent_queries.saturating_add(16))
        .thread_name("chx-local")
        .enable_io()
        .enable_time()
        .build()
}

async fn serve(listener: TcpListener, state: Arc<handler::State>, mut stopped: watch::Receiver<bool>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let expiring = Arc::clone(&state);
    let expiry = tokio::spawn(async move {
        loop {
            let pause = expiring.sessions.expire(Instant::now());
            tokio::time::sleep(pause.min(Duration::from_secs(1))).await;
        }
    });
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        match accepted {
            Ok((socket, _)) => {
                let state = Arc::clone(&state);
                let stopped = stopped.clone();
                tokio::spawn(handler::connection(socket, state, stopped));
            }
            // Out of file descriptors: wait until connections end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    expiry.abort();
    // On a thread that may block; a panic there has been reported.
    let _ = tokio::task::spawn_blocking(move || state.end()).await;
}
