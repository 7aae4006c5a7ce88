//! Migrations inside an application: what `chx-migrate` does on the command line, as a library.
//!
//! ```no_run
//! use chx::{Migrations, Migrator};
//!
//! static MIGRATIONS: Migrations = chx::migrations!("../examples/migrate-at-start/migrations");
//!
//! # async fn start(client: clickhouse::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let migrator = Migrator::connect(&MIGRATIONS, &client).await?;
//! let outcome = migrator.run().await?;
//! println!("{} migrations applied", outcome.applied.len());
//! # Ok(())
//! # }
//! ```
//!
//! Needs the feature `migrate`.

pub use chx_core::diag::{Code, Diagnostic, Place, Severity};
pub use chx_core::history::{Loss, MigrationId};
pub use chx_runtime::config::{Config, ConfigError, Destructive, Flags};
pub use chx_runtime::lock::{LockEvent, Owner};
pub use chx_runtime::migrations::{HistoryError, Migrations};
pub use chx_runtime::migrator::{
    MigrationPlan, MigrationRun, Migrator, MigratorError, PlannedMigration, PlannedStatement, StopHandle,
};
pub use chx_runtime::runner::{Endangered, Event, Outcome, RunError, StatementPlace};
pub use chx_runtime::status::{MigrationState, MigrationStatus, StatusReport};
