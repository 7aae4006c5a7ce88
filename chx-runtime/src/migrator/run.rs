//! A run in progress: a task, its events as a stream, and the ways to stop it.
//!
//! Decides what stopping means: no further statement begins. One that was sent is waited for and its end is written
//! down, because a server goes on with it whether anybody listens or not.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::{Migrator, MigratorError};
use crate::runner::{Event, Outcome, Run};

/// A run in progress. See [`Migrator::run`].
#[derive(Debug)]
pub struct MigrationRun {
    events: UnboundedReceiver<Event>,
    work: JoinHandle<Result<Outcome, MigratorError>>,
    stop: StopHandle,
}

/// Stops a run from elsewhere, such as a handler of Ctrl-C. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct StopHandle {
    stopped: Arc<AtomicBool>,
}

impl StopHandle {
    /// Begins no further statement. The run ends after the one that is running, with [`Outcome::stopped`].
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

impl MigrationRun {
    pub(super) fn spawn(migrator: Migrator) -> Self {
        let (sender, events) = unbounded_channel();
        let stop = StopHandle::default();
        let work = migrator
            .runtime
            .clone()
            .spawn(work(migrator, stop.clone(), sender));
        Self { events, work, stop }
    }

    /// The next event; `None` when the run has ended. Also a `Stream`.
    pub async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// What stops this run from elsewhere.
    pub fn stop_handle(&self) -> StopHandle {
        self.stop.clone()
    }
}

async fn work(
    migrator: Migrator,
    stop: StopHandle,
    sender: UnboundedSender<Event>,
) -> Result<Outcome, MigratorError> {
    if let Some(environment) = migrator.unconfirmed {
        return Err(MigratorError::Unconfirmed(environment));
    }
    let history = migrator.history()?;
    let run = Run {
        session: &migrator.session,
        database: &migrator.database,
        history: &history,
        root: &migrator.root,
        settings: migrator.settings,
        stop: &|| stop.stopped.load(Ordering::Relaxed),
        // Nobody has to listen.
        events: &mut |event| drop(sender.send(event)),
    };
    Ok(run.migrate(migrator.to.as_ref(), &migrator.consent).await?)
}

impl futures_core::Stream for MigrationRun {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.events.poll_recv(context)
    }
}

impl IntoFuture for MigrationRun {
    type Output = Result<Outcome, MigratorError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// Waits for the end. What was not read of the events is lost.
    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            match (&mut self.work).await {
                Ok(result) => result,
                Err(ended) => match ended.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => Err(MigratorError::Aborted),
                },
            }
        })
    }
}

impl Drop for MigrationRun {
    fn drop(&mut self) {
        self.stop.stop();
    }
}
