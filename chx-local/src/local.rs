//! A data path, opened and served: all that a program needs to talk to a ClickHouse of its own.

use crate::engine::Engine;
use crate::secret::Password;
use crate::server::{Options, Server};
use crate::{Error, library};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An embedded ClickHouse behind ClickHouse's HTTP interface, for this process only: it listens on 127.0.0.1 on a
/// free port and demands a secret that is made anew each time.
///
/// Dropping it ends what runs in it, stops the interface and closes the engine.
#[derive(Debug)]
pub struct Local {
    // Dropped in this order: first nobody asks, then the engine closes, then its folder may go.
    server: Server,
    engine: Engine,
    password: Password,
    temporary: Option<TempDir>,
}

impl Local {
    /// Opens a data path, creating it if it is not there. Fetches the library if it is not on this machine yet.
    /// Blocks: about 0.3 seconds, minutes when the library must be fetched.
    ///
    /// # Errors
    /// No library, a path that is in use or not writable, a second path in one process.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::serve(Engine::open(&fetched()?, path.as_ref())?, None)
    }

    /// As [`Local::open`], with an empty path that is removed when this is dropped.
    ///
    /// # Errors
    /// As [`Local::open`].
    pub fn open_temporary() -> Result<Self, Error> {
        let folder = tempfile::Builder::new()
            .prefix("chx-")
            .tempdir()
            .map_err(Error::Temporary)?;
        Self::serve(Engine::open(&fetched()?, folder.path())?, Some(folder))
    }

    fn serve(engine: Engine, temporary: Option<TempDir>) -> Result<Self, Error> {
        let password = Password::random();
        let server = Server::start(engine.clone(), Options::new().password(password.expose()))?;
        Ok(Self {
            server,
            engine,
            password,
            temporary,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The user, `default`.
    pub fn user(&self) -> &'static str {
        "default"
    }

    /// The secret that requests must show.
    pub fn password(&self) -> &str {
        self.password.expose()
    }

    /// The engine behind it, for statements without the way through HTTP.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// A client with address, user and password set, without a default database.
    #[cfg(feature = "client")]
    pub fn client(&self) -> clickhouse::Client {
        clickhouse::Client::default()
            .with_url(self.url())
            .with_user(self.user())
            .with_password(self.password())
    }

    /// Ends what runs, stops the interface, closes the engine, removes a temporary path.
    ///
    /// # Errors
    /// When the temporary path cannot be removed.
    pub fn close(self) -> Result<(), Error> {
        let Self {
            server,
            engine,
            temporary,
            ..
        } = self;
        drop(server);
        drop(engine);
        temporary.map_or(Ok(()), TempDir::close).map_err(Error::Temporary)
    }
}

/// The library, fetched if need be; stderr shows how far it is.
fn fetched() -> Result<PathBuf, library::Error> {
    let mut printer = library::Printer::stderr();
    library::find_or_fetch(&mut |progress| printer.show(progress))
}
