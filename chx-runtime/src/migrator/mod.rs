//! Migrations as a library: what `chx-migrate migrate` does, for an application that migrates when it starts.
//!
//! Decides how an application says what the command line says with `chx.toml` and flags. Nothing is destroyed by
//! default: the policy and the name of each thing that may go are both said in code. It refuses what the command line
//! refuses, with the same findings.

mod error;
mod plan;
mod run;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use chx_core::history::{History, MigrationId};
use chx_core::ident::Ident;

use crate::client::Session;
use crate::config::{Config, Destructive};
use crate::journal::{Journal, JournalState, Runner};
use crate::lock::{TableRegister, owner};
use crate::migrations::Migrations;
use crate::runner::mutations::unfinished;
use crate::runner::{Consent, Pending, Settings};
use crate::status::{StatusReport, detached, status};

pub use error::MigratorError;
pub use plan::{MigrationPlan, PlannedMigration, PlannedStatement};
pub use run::{MigrationRun, StopHandle};

/// Applies migrations to one server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Migrator {
    migrations: Migrations,
    session: Session,
    /// Where the runs live.
    runtime: tokio::runtime::Handle,
    /// The database of the journal and the lock.
    database: Ident,
    settings: Settings,
    consent: Consent,
    /// Where relative paths of secrets start.
    root: PathBuf,
    to: Option<MigrationId>,
    /// The environment that wants to be confirmed by its name, and was not.
    unconfirmed: Option<String>,
}

impl Migrator {
    /// Connects to the server of a client. The journal is in the database `chx`, and nothing may be destroyed, unless
    /// the methods below say otherwise. The client's default database need not exist yet: migrations name the database
    /// of every object.
    ///
    /// # Errors
    /// The server does not answer, or this does not run in a tokio runtime.
    pub async fn connect(
        migrations: impl Into<Migrations>,
        client: &clickhouse::Client,
    ) -> Result<Self, MigratorError> {
        let session = Session::of_client(client.clone().with_database("")).await?;
        let database = Ident::new(JOURNAL).map_err(|_| MigratorError::Name(JOURNAL.to_owned()))?;
        let settings = Settings::default();
        Self::new(
            migrations.into(),
            session.patient(settings.retry),
            database,
            settings,
        )
    }

    /// Connects as `chx.toml`, the `CHX_*` variables and the flags say, which also say where the journal is, how long to
    /// wait for the lock, and whether anything may be destroyed. In an environment with `policy.confirm = true` a run needs
    /// its name in [`Flags::confirm`](crate::config::Flags::confirm). The folder of the configuration is not read: the
    /// migrations are those that are given.
    ///
    /// # Errors
    /// No server is configured, it does not answer, or this does not run in a tokio runtime.
    pub async fn from_config(
        migrations: impl Into<Migrations>,
        config: &Config,
    ) -> Result<Self, MigratorError> {
        let environment = config.environment()?;
        let session = Session::open(&environment).await?.patient(config.run.retry);
        let database = config.journal_database.clone();
        let mut migrator = Self::new(migrations.into(), session, database, config.run)?;
        let name = environment
            .name
            .unwrap_or_else(|| environment.address.to_string());
        if environment.policy.confirm && config.confirmed.as_deref() != Some(&name) {
            migrator.unconfirmed = Some(name);
        }
        Ok(migrator
            .secrets_in(&config.root)
            .policy(environment.policy.destructive))
    }

    fn new(
        migrations: Migrations,
        session: Session,
        database: Ident,
        settings: Settings,
    ) -> Result<Self, MigratorError> {
        Ok(Self {
            migrations,
            session,
            runtime: tokio::runtime::Handle::try_current().map_err(|_| MigratorError::NoRuntime)?,
            database,
            settings,
            consent: Consent::default(),
            root: PathBuf::new(),
            to: None,
            unconfirmed: None,
        })
    }

    /// The database of the journal and the lock [default: `chx`]. It must be the same for everyone who migrates this
    /// server, or they do not know of each other.
    ///
    /// # Errors
    /// The name cannot be that of a database.
    pub fn journal_database(mut self, name: &str) -> Result<Self, MigratorError> {
        self.database = Ident::new(name).map_err(|_| MigratorError::Name(name.to_owned()))?;
        Ok(self)
    }

    /// How long to wait for another run on the same server to end [default: one minute].
    #[must_use]
    pub fn lock_wait(mut self, wait: Duration) -> Self {
        self.settings.lock.wait = wait;
        self
    }

    /// The folder that `'file:PATH'` starts from, where a migration says so in the place of a password [default: the
    /// working directory].
    #[must_use]
    pub fn secrets_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = folder.into();
        self
    }

    /// The first of two consents: may anything be destroyed on this server at all [default: no]?
    #[must_use]
    pub fn policy(mut self, destructive: Destructive) -> Self {
        self.consent.policy = destructive == Destructive::Flag;
        self
    }

    /// The second consent: what may be destroyed, by the names that [`MigrationPlan::destroys`] shows
    /// (`web.page_view`, `web.page_view.usr`). Consent for one is none for another.
    #[must_use]
    pub fn allow_destructive(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.consent.names = names.into_iter().map(Into::into).collect::<BTreeSet<_>>();
        self
    }

    /// Only up to and including this migration.
    ///
    /// # Errors
    /// The text cannot be the id of a migration.
    pub fn up_to(mut self, id: &str) -> Result<Self, MigratorError> {
        self.to = Some(MigrationId::new(id).map_err(|_| MigratorError::Name(id.to_owned()))?);
        Ok(self)
    }

    /// What [`run`](Self::run) would do. Changes nothing.
    ///
    /// # Errors
    /// The history is not sound, is not what was applied, or the server does not answer.
    pub async fn plan(&self) -> Result<MigrationPlan, MigratorError> {
        let history = self.history()?;
        let state = self.journal().await?;
        let pending = Pending::find(&history, &state, self.to.as_ref()).map_err(MigratorError::History)?;
        Ok(MigrationPlan::new(pending))
    }

    /// What was applied, by whom and when, what is left, and who is migrating right now. Changes nothing.
    ///
    /// # Errors
    /// The files cannot be read, or the server does not answer. What is wrong with the history is in the report.
    pub async fn status(&self) -> Result<StatusReport, MigratorError> {
        let (history, findings) = History::read(&self.migrations.read()?);
        let state = self.journal().await?;
        Ok(StatusReport {
            migrations: status(&history, &state),
            mutations: unfinished(&self.session, &detached(&history, &state))
                .await
                .map_err(crate::runner::RunError::Ask)?,
            lock: owner(&TableRegister::new(&self.session, &self.database))
                .await
                .map_err(crate::runner::RunError::Lock)?,
            findings,
        })
    }

    /// Begins to apply what is pending, under the lock, in a task of its own. Nothing is pending: nothing happens.
    ///
    /// Await the run for what was done, or read its events first. Dropping it stops the work before its next
    /// statement: a statement that is running is waited for, and its end is written down.
    ///
    /// ```no_run
    /// # async fn migrate(migrator: chx_runtime::migrator::Migrator) -> Result<(), chx_runtime::migrator::MigratorError> {
    /// let mut run = migrator.run();
    /// while let Some(event) = run.next().await {
    ///     println!("{event:?}");
    /// }
    /// let outcome = run.await?;
    /// println!("{} migrations applied", outcome.applied.len());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "dropping it stops the work"]
    pub fn run(&self) -> MigrationRun {
        MigrationRun::spawn(self.clone())
    }

    fn history(&self) -> Result<History, MigratorError> {
        let (history, _) = History::load(&self.migrations.read()?).map_err(MigratorError::Unsound)?;
        Ok(history)
    }

    async fn journal(&self) -> Result<JournalState, MigratorError> {
        let mut journal = Journal::new(&self.session, &self.database, Runner::of_process());
        let read = journal.read().await;
        read.map_err(|source| {
            MigratorError::Run(crate::runner::RunError::Journal {
                action: "read",
                source,
            })
        })
    }
}

/// The database of the journal and the lock where nobody says another.
const JOURNAL: &str = "chx";
