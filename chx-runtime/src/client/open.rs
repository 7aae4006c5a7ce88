//! Opens a connection: to a server by its address, or to the embedded engine, which is started for it.

use std::sync::Arc;

use chx_core::diag::Diagnostic;
use chx_core::version::unsupported;
use chx_local::Local;
use chx_local::child::{Child, DataPath};
use chx_local::engine::Error::OtherPath;
use secrecy::{ExposeSecret, SecretString};

use super::error::causes;
use super::{Retry, RowsError, Server, ServerError, Session, rows};
use crate::config::{Address, Environment, PasswordError, Redactor};

/// The embedded engine of a session, closed when the last session of it goes.
#[derive(Clone)]
pub(super) enum Engine {
    /// In this process, which can hold one.
    Here { _local: Arc<Local> },
    /// In a process of its own.
    Child { _child: Arc<Child> },
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The password cannot be read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The embedded engine cannot be opened.
    #[error("the embedded engine cannot be opened at `{path}`: {}", causes(.source))]
    Engine {
        /// Its folder.
        path: String,
        /// Why.
        source: chx_local::Error,
    },
    /// The engine in a child process cannot be started.
    #[error("{}", causes(.0))]
    Child(#[source] chx_local::child::Error),
    /// The folder of the embedded engine cannot be made.
    #[error("the folder `{path}` of the embedded engine cannot be made: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Opening the engine was interrupted.
    #[error("opening the embedded engine was interrupted")]
    Interrupted,
    /// The server is older than chx supports.
    #[error("`{address}` is too old")]
    Old {
        /// The address, as it may be shown.
        address: String,
        /// What there is to say.
        finding: Box<Diagnostic>,
    },
    /// The server does not answer, or refuses.
    #[error("`{address}` cannot be used: {source}")]
    Server {
        /// The address, as it may be shown.
        address: String,
        /// What it said.
        source: ServerError,
    },
}

impl ConnectError {
    /// Was there no answer at all?
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Server { source, .. } if source.code().is_none())
    }
}

impl Session {
    /// Opens the connection of an environment and asks the server who it is.
    pub async fn open(environment: &Environment) -> Result<Self, ConnectError> {
        let mut redactor = Redactor::default();
        let password = environment
            .password
            .as_ref()
            .map(crate::config::Password::resolve)
            .transpose()?;
        if let Some(password) = &password {
            redactor.learn(password.clone());
        }
        match &environment.address {
            Address::Local(path) => {
                let shown = path.display().to_string();
                if let Err(source) = std::fs::create_dir_all(path) {
                    return Err(ConnectError::Folder { path: shown, source });
                }
                let folder = path.clone();
                let local = blocking(move || Local::open(folder), &shown).await?;
                Self::of_local(local, environment.address.to_string()).await
            }
            Address::Http {
                url,
                user,
                password: in_address,
            } => {
                let password = password.or_else(|| in_address.clone());
                if let Some(password) = &password {
                    redactor.learn(password.clone());
                }
                let user = environment.user.as_ref().or(user.as_ref());
                let client = client(url, user.map(String::as_str), password.as_ref());
                Self::greet(client, redactor, environment.address.to_string(), None).await
            }
        }
    }

    /// A session on the server of a client, with its user, roles, settings and default database.
    pub async fn of_client(client: clickhouse::Client) -> Result<Self, ConnectError> {
        Self::greet(
            client,
            Redactor::default(),
            "the server of the client".to_owned(),
            None,
        )
        .await
    }

    /// An empty engine that goes away with the session: in this process, or in a child where this one holds a path.
    pub(crate) async fn open_scratch() -> Result<Self, ConnectError> {
        const PLACE: &str = "a temporary folder";
        const SHOWN: &str = "the scratch engine";
        match blocking(Local::open_temporary, PLACE).await {
            Ok(local) => Self::of_local(local, SHOWN.to_owned()).await,
            Err(ConnectError::Engine {
                source: chx_local::Error::Engine(OtherPath { .. }),
                ..
            }) => {
                let start = || Child::start(&DataPath::Temporary);
                let child = match tokio::task::spawn_blocking(start).await {
                    Ok(child) => child.map_err(ConnectError::Child)?,
                    Err(_) => return Err(ConnectError::Interrupted),
                };
                let (url, user) = (child.url().to_owned(), child.user());
                let password = child.password().to_owned().into();
                let engine = Engine::Child {
                    _child: Arc::new(child),
                };
                Self::of_engine(&url, user, password, SHOWN.to_owned(), engine).await
            }
            Err(error) => Err(error),
        }
    }

    async fn of_local(local: Local, address: String) -> Result<Self, ConnectError> {
        let (url, user) = (local.url(), local.user());
        let password = local.password().to_owned().into();
        Self::of_engine(
            &url,
            user,
            password,
            address,
            Engine::Here {
                _local: Arc::new(local),
            },
        )
        .await
    }

    async fn of_engine(
        url: &str,
        user: &str,
        password: SecretString,
        address: String,
        engine: Engine,
    ) -> Result<Self, ConnectError> {
        let client = client(url, Some(user), Some(&password));
        let mut redactor = Redactor::default();
        redactor.learn(password);
        Self::greet(client, redactor, address, Some(engine)).await
    }

    async fn greet(
        client: clickhouse::Client,
        redactor: Redactor,
        address: String,
        engine: Option<Engine>,
    ) -> Result<Self, ConnectError> {
        let found = rows::<Server>(&client, "SELECT version() AS version, hostName() AS host").await;
        let failed = |source| ConnectError::Server {
            address: address.clone(),
            source,
        };
        let server = match found {
            Ok(servers) => servers.into_iter().next(),
            Err(RowsError::Client(error)) => return Err(failed(ServerError::from_client(&error, &redactor))),
            Err(RowsError::Json(_)) => None,
        };
        let Some(server) = server else {
            return Err(failed(ServerError::Answer("this is no ClickHouse".to_owned())));
        };
        // One whose version cannot be read is taken for a new one.
        let old = server.version.parse().ok();
        if let Some(finding) = old.and_then(|version| unsupported(&address, version)) {
            let finding = Box::new(finding);
            return Err(ConnectError::Old { address, finding });
        }
        Ok(Self {
            client,
            redactor,
            server,
            address,
            retry: Retry::NEVER,
            _engine: engine,
        })
    }
}

/// A client for an address, without a default database.
pub(crate) fn client(url: &str, user: Option<&str>, password: Option<&SecretString>) -> clickhouse::Client {
    let mut client = clickhouse::Client::default()
        .with_url(url)
        .with_product_info("chx", env!("CARGO_PKG_VERSION"));
    if let Some(user) = user {
        client = client.with_user(user);
    }
    if let Some(password) = password {
        client = client.with_password(password.expose_secret());
    }
    client
}

/// Opening an engine takes a third of a second, and minutes when it has to be fetched first.
async fn blocking(
    open: impl FnOnce() -> Result<Local, chx_local::Error> + Send + 'static,
    path: &str,
) -> Result<Local, ConnectError> {
    match tokio::task::spawn_blocking(open).await {
        Ok(Ok(local)) => Ok(local),
        Ok(Err(source)) => Err(ConnectError::Engine {
            path: path.to_owned(),
            source,
        }),
        Err(_) => Err(ConnectError::Interrupted),
    }
}
