//! What most commands start from: configuration, registry, history, and a runtime where one is needed.

use std::future::Future;
use std::path::PathBuf;
use std::sync::OnceLock;

use chx_core::declare::Declaration;
use chx_core::history::{History, HistoryFiles};
use chx_core::model::Schema;
use chx_runtime::client::Session;
use chx_runtime::config::{Config, Flags};
use chx_runtime::introspect::Selection;
use chx_runtime::registry::{Registry, RegistryError};
use chx_runtime::store::Store;

use crate::args::Choose;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::prompt;
use crate::tool::Tool;

/// Configuration and streams of a command.
pub(crate) struct Context {
    /// The streams.
    pub(crate) output: Output,
    /// The configuration.
    pub(crate) config: Config,
    /// The folder that the program runs in.
    pub(crate) directory: PathBuf,
    /// The Rust schema, where it is not everything that is registered.
    declarations: Option<Vec<Declaration>>,
    /// What waits for servers, made when there is something to wait for.
    runtime: OnceLock<tokio::runtime::Runtime>,
}

impl Context {
    /// Reads the configuration.
    pub(crate) fn load(flags: &Flags, tool: &Tool, output: Output) -> Result<Self, Failure> {
        let directory = tool
            .folder()
            .map_err(|error| Failure::failed(format!("the current folder cannot be found: {error}")))?;
        let config = Config::load(&directory, flags, |name| std::env::var(name).ok())?;
        Ok(Self {
            output,
            config,
            directory,
            declarations: tool.schema().map(<[Declaration]>::to_vec),
            runtime: OnceLock::new(),
        })
    }

    /// The folder of the migrations.
    pub(crate) fn store(&self) -> Store {
        Store::new(&self.config.migrations, &self.directory)
    }

    /// The objects that are meant: what the command line includes, or else what the configuration does; without what
    /// either of them excludes.
    pub(crate) fn selection(&self, choose: &Choose) -> Selection {
        let mut selection = self.config.scope.clone();
        if !choose.include.is_empty() {
            selection.include.clone_from(&choose.include);
        }
        selection.exclude.extend(choose.exclude.iter().cloned());
        selection
    }

    /// The Rust schema, if this program has one.
    pub(crate) fn registry_if_any(&self) -> Result<Option<Registry>, Failure> {
        match self.load_registry() {
            Ok(registry) => Ok(Some(registry)),
            Err(RegistryError::Empty) => Ok(None),
            Err(RegistryError::Invalid(_)) => self.registry().map(Some),
        }
    }

    /// The Rust schema, or what is wrong with it.
    pub(crate) fn load_registry(&self) -> Result<Registry, RegistryError> {
        let database = &self.config.database;
        match &self.declarations {
            Some(declarations) => Registry::of(declarations, database),
            None => Registry::load(database),
        }
    }

    /// The Rust schema.
    pub(crate) fn registry(&self) -> Result<Registry, Failure> {
        self.load_registry().map_err(|error| match error {
            RegistryError::Empty => Failure::new(Exit::Usage, "no table is declared: the registry is empty")
                .help(
                    "a crate that is named nowhere in the source is not linked, and registers nothing: write \
                 `use my_schema as _;` in `src/bin/chx-migrate.rs`, and run that program. \
                 `chx-migrate` on its own knows no schema",
                ),
            RegistryError::Invalid(findings) => {
                Failure::new(Exit::Usage, "the Rust schema cannot be what it says").findings(findings)
            }
        })
    }

    /// The history and the schema behind it, if all of it is sound.
    pub(crate) fn history(files: &HistoryFiles) -> Result<(History, Schema), Failure> {
        chx_runtime::history::load(files).map_err(|findings| {
            Failure::failed("the history of the migrations is not sound").findings(findings)
        })
    }

    /// Runs what has to wait for a server. Nothing of it is started before.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let runtime = match self.runtime.get() {
            Some(runtime) => runtime,
            None => {
                let made = runtime()?;
                self.runtime.get_or_init(|| made)
            }
        };
        runtime.block_on(work)
    }

    /// Asks whether the environment may be changed, where its policy demands that. Nobody to ask and no flag: no.
    pub(crate) fn confirm(&self) -> Result<(), Failure> {
        let environment = self.config.environment()?;
        if !environment.policy.confirm {
            return Ok(());
        }
        let address = &environment.address;
        let name = environment.name.clone().unwrap_or_else(|| address.to_string());
        let refused = |message: String| Failure::new(Exit::Refused, message);
        match &self.config.confirmed {
            Some(confirmed) if *confirmed == name => Ok(()),
            Some(other) => Err(refused(format!(
                "`--confirm {other}` is not `{name}`; nothing was run"
            ))),
            None if prompt::confirm(&format!("this changes `{name}` ({address}). Go on?")) => Ok(()),
            None => Err(refused(format!(
                "a change of `{name}` has to be confirmed; nothing was run"
            ))
            .help(format!(
                "run it at a terminal, which asks, or add `--confirm {name}`"
            ))),
        }
    }

    /// The connection to the server that is meant.
    pub(crate) async fn session(&self) -> Result<Session, Failure> {
        Ok(Session::open(&self.config.environment()?).await?)
    }
}

/// A runtime on this thread.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("no connection can be made: {error}")))
}
