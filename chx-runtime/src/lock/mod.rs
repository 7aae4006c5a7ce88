//! One runner at a time: the lock, its owner, its signs of life, and how it changes hands.
//!
//! Decides who may work on a database. The lock is a number in a [`Register`]; whoever writes the next one down holds
//! it. An owner gives signs of life. It is taken for dead when its process has certainly ended, or when it gave no
//! sign for as long as the lease, by the watch of the one who waits: no clock is compared with another, so none can
//! be wrong. The next owner removes the number of the last one before it does anything, and every row of the journal is
//! written only where the number still stands ([`Lock::fence`]): an owner that was taken for dead and is not stops before
//! its next statement.

mod owner;
mod register;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chx_core::ident::Ident;
use serde::Serialize;

use crate::client::{ErrorClass, ServerError, Session};

pub use owner::Owner;
pub use register::{Mark, Register, TableRegister};

/// How long to wait, and when an owner is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How long to wait for a lock that somebody holds.
    pub wait: Duration,
    /// An owner that gave no sign of life for so long is dead. It gives six in that time.
    pub lease: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            wait: Duration::from_mins(1),
            lease: Duration::from_secs(30),
        }
    }
}

/// What happens on the way to the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LockEvent {
    /// Somebody holds it; told once for each owner.
    Waiting(Owner),
    /// It was taken from an owner that is dead.
    TakenOver(Owner, Death),
}

/// Why an owner is taken for dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Death {
    /// Its process has ended.
    Ended,
    /// It gave no sign of life for as long as the lease.
    Silent,
}

/// Why there is no lock, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody holds it.
    #[error("{owner} is migrating this database{}", for_how_long(*waited))]
    Held {
        /// Who.
        owner: Box<Owner>,
        /// How long it was waited for.
        waited: Duration,
    },
    /// It was taken away from this runner.
    #[error("the lock was taken away from this run: {}", taken_by(.0.as_deref()))]
    Lost(Option<Box<Owner>>),
    /// Whoever waits was asked to stop.
    #[error("stopped while waiting for the lock")]
    Stopped,
    /// A table has the name of a lock and is none.
    #[error("the table `{table}` stands where chx keeps its lock, and is none: {reason}")]
    Foreign {
        /// The table.
        table: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server does not do what the lock needs.
    #[error("the lock cannot be {action}: {source}")]
    Server {
        /// `read`, `taken`, `kept`.
        action: &'static str,
        /// What the server said.
        source: ServerError,
    },
}

fn for_how_long(time: Duration) -> String {
    if time.is_zero() {
        String::new()
    } else {
        format!("; waited {} s", time.as_secs())
    }
}

fn taken_by(owner: Option<&Owner>) -> String {
    owner.map_or_else(
        || "somebody unlocked it".to_owned(),
        |owner| format!("{owner} holds it now"),
    )
}

fn failed(action: &'static str) -> impl Fn(ServerError) -> LockError {
    move |source| LockError::Server { action, source }
}

/// The lock, held.
#[derive(Debug)]
pub struct Lock<R: Register = TableRegister> {
    register: R,
    number: u64,
    lease: Duration,
    pulse: Arc<Pulse>,
    beating: tokio::task::JoinHandle<()>,
}

/// When the owner last gave a sign of life that arrived.
#[derive(Debug)]
struct Pulse {
    /// The moment at which the sign was sent: what the others have seen is not older.
    sent: Mutex<Instant>,
    /// The moment at which the last question was sent that showed that the lock is held.
    proven: Mutex<Instant>,
    lost: AtomicBool,
}

impl Pulse {
    fn arrived(&self, sent: Instant) {
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = sent;
        self.proven(sent);
    }

    fn proven(&self, sent: Instant) {
        let mut proven = self.proven.lock().unwrap_or_else(PoisonError::into_inner);
        *proven = sent.max(*proven);
    }

    fn proven_since(&self) -> Duration {
        self.proven
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed()
    }

    fn age(&self) -> Duration {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// The signs of life of an owner, seen from outside.
#[derive(Debug, Default)]
struct Watch(Option<(u64, u64, Instant)>);

impl Watch {
    /// For how long the owner has been silent since it is watched, and whether it is one that was not seen before.
    fn look(&mut self, mark: &Mark) -> (Duration, bool) {
        match self.0 {
            Some((number, beats, since)) if (number, beats) == (mark.number, mark.beats) => {
                (since.elapsed(), false)
            }
            before => {
                self.0 = Some((mark.number, mark.beats, Instant::now()));
                (
                    Duration::ZERO,
                    before.is_none_or(|(number, ..)| number != mark.number),
                )
            }
        }
    }
}

/// The lock as somebody else finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Its number.
    pub number: u64,
    /// Who holds it.
    pub owner: Owner,
    /// How long ago its last sign of life was, in seconds of the server's clock. `None` before the first one.
    pub silent_s: Option<u64>,
}

impl Lock {
    /// Takes the lock of a database of chx, waiting for it as the terms say.
    pub async fn take(
        session: &Session,
        database: &Ident,
        owner: &Owner,
        terms: Terms,
        stop: &(dyn Fn() -> bool + Sync),
        events: &mut (dyn FnMut(LockEvent) + Send),
    ) -> Result<Self, LockError> {
        Self::take_in(TableRegister::new(session, database), owner, terms, stop, events).await
    }
}

impl<R: Register> Lock<R> {
    /// As [`take`](Lock::take), in any register.
    pub async fn take_in(
        register: R,
        owner: &Owner,
        terms: Terms,
        stop: &(dyn Fn() -> bool + Sync),
        events: &mut (dyn FnMut(LockEvent) + Send),
    ) -> Result<Self, LockError> {
        let began = Instant::now();
        let mut watch = Watch::default();
        loop {
            if stop() {
                return Err(LockError::Stopped);
            }
            let marks = register.read().await.map_err(failed("read"))?;
            let next = match greatest(&marks) {
                None => 1,
                Some(top) if !top.is_held => top.number + 1,
                Some(top) => {
                    let holder = known_owner(top)?;
                    if holder.runner.run == owner.runner.run {
                        // The answer to an earlier try was lost on its way.
                        return Self::begin(register, top.number, marks, terms).await;
                    }
                    let (silence, is_new) = watch.look(top);
                    let death = if holder.is_gone() {
                        Some(Death::Ended)
                    } else {
                        (silence >= terms.lease).then_some(Death::Silent)
                    };
                    let Some(death) = death else {
                        let waited = began.elapsed();
                        if waited >= terms.wait {
                            let owner = Box::new(holder.clone());
                            return Err(LockError::Held { owner, waited });
                        }
                        if is_new {
                            events(LockEvent::Waiting(holder.clone()));
                        }
                        tokio::time::sleep(POLL.min(terms.wait)).await;
                        continue;
                    };
                    tracing::info!(number = top.number, %holder, ?death, "the lock is taken over");
                    events(LockEvent::TakenOver(holder.clone(), death));
                    top.number + 1
                }
            };
            match register.take(next, owner).await {
                // The next round shows whether it is ours; if nothing arrived, the number is still free.
                Err(error) if error.may_have_run() && began.elapsed() < terms.wait => {
                    tokio::time::sleep(POLL.min(terms.wait)).await;
                }
                Err(error) => return Err(failed("taken")(error)),
                Ok(false) => {}
                Ok(true) => {
                    let marks = register.read().await.map_err(failed("read"))?;
                    match greatest(&marks) {
                        Some(top) if top.number == next => {
                            return Self::begin(register, next, marks, terms).await;
                        }
                        // Greater numbers were there and are gone: this one is worth nothing.
                        _ => {
                            if let Some(own) = marks.iter().find(|mark| mark.number == next) {
                                register.forget(own).await.map_err(failed("taken"))?;
                            }
                        }
                    }
                }
            }
        }
    }

    /// The number is ours: the older ones go, and signs of life begin.
    async fn begin(register: R, number: u64, marks: Vec<Mark>, terms: Terms) -> Result<Self, LockError> {
        let pulse = Arc::new(Pulse {
            sent: Mutex::new(Instant::now()),
            proven: Mutex::new(Instant::now()),
            lost: AtomicBool::new(false),
        });
        let beating = tokio::spawn(keep_alive(
            register.clone(),
            number,
            terms.lease / 6,
            Arc::clone(&pulse),
        ));
        let lock = Self {
            register,
            number,
            lease: terms.lease,
            pulse,
            beating,
        };
        for old in marks.iter().filter(|mark| mark.number < number) {
            lock.register.forget(old).await.map_err(failed("taken"))?;
        }
        Ok(lock)
    }

    /// Its number, which grows with every owner.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A scalar subquery that fails on the server when the lock was taken away: with it in a statement, the server
    /// itself refuses the statement.
    pub fn fence(&self) -> String {
        self.register.fence(self.number)
    }

    /// Is it still ours, as far as is known here? Asks the server only when the last sign of life is old.
    pub async fn check(&self) -> Result<(), LockError> {
        if self.pulse.lost.load(Ordering::Relaxed) {
            return Err(self.lost().await);
        }
        if self.pulse.age() < self.lease / 2 {
            return Ok(());
        }
        self.verify().await
    }

    /// Is it still ours, as it was at most so long ago? Asks the server unless it has said so since.
    pub async fn check_within(&self, age: Duration) -> Result<(), LockError> {
        if self.pulse.lost.load(Ordering::Relaxed) {
            return Err(self.lost().await);
        }
        if self.pulse.proven_since() < age && self.pulse.age() < self.lease / 2 {
            return Ok(());
        }
        self.verify().await
    }

    /// The server has let something through the [fence](Self::fence) that was sent at this moment.
    pub fn was_held(&self, sent: Instant) {
        self.pulse.proven(sent);
    }

    /// Is it still ours? Asks the server.
    pub async fn verify(&self) -> Result<(), LockError> {
        let sent = Instant::now();
        match self.register.beat(self.number).await {
            Ok(()) => {
                self.pulse.arrived(sent);
                Ok(())
            }
            Err(error) if error.class() == ErrorClass::Missing => Err(self.lost().await),
            Err(error) => Err(failed("kept")(error)),
        }
    }

    async fn lost(&self) -> LockError {
        let marks = self.register.read().await.unwrap_or_default();
        let owner = greatest(&marks).filter(|top| top.is_held);
        LockError::Lost(owner.and_then(|top| top.owner.clone().ok()).map(Box::new))
    }

    /// Gives it back. That it was taken away meanwhile is no error: nothing is left to give back.
    pub async fn release(&self) -> Result<(), LockError> {
        self.beating.abort();
        match self.register.free(self.number).await {
            Err(error) if error.class() != ErrorClass::Missing => Err(failed("given back")(error)),
            _ => Ok(()),
        }
    }
}

impl<R: Register> Drop for Lock<R> {
    /// Without [`release`](Self::release) the lock stays, and nobody gives signs of life any more.
    fn drop(&mut self) {
        self.beating.abort();
    }
}

/// Who holds the lock, if somebody does. One request.
pub async fn owner<R: Register>(register: &R) -> Result<Option<Owner>, LockError> {
    let marks = register.read().await.map_err(failed("read"))?;
    let top = greatest(&marks).filter(|top| top.is_held);
    top.map(|top| known_owner(top).cloned()).transpose()
}

/// Who holds the lock, if somebody does, and when it last gave a sign of life.
pub async fn held<R: Register>(register: &R) -> Result<Option<Held>, LockError> {
    let marks = register.read().await.map_err(failed("read"))?;
    let Some(top) = greatest(&marks).filter(|top| top.is_held) else {
        return Ok(None);
    };
    Ok(Some(Held {
        number: top.number,
        owner: known_owner(top)?.clone(),
        silent_s: register.silence(top.number).await.map_err(failed("read"))?,
    }))
}

/// Takes the lock away from its owner, which stops before its next statement. `false`: it was not held any more.
pub async fn unlock<R: Register>(register: &R, number: u64) -> Result<bool, LockError> {
    match register.free(number).await {
        Ok(()) => Ok(true),
        Err(error) if error.class() == ErrorClass::Missing => Ok(false),
        Err(error) => Err(failed("taken away")(error)),
    }
}

/// How often a lock that somebody holds is looked at.
const POLL: Duration = Duration::from_millis(300);

fn greatest(marks: &[Mark]) -> Option<&Mark> {
    marks.iter().max_by_key(|mark| mark.number)
}

fn known_owner(mark: &Mark) -> Result<&Owner, LockError> {
    mark.owner.as_ref().map_err(|reason| LockError::Foreign {
        table: format!("lock_{}", mark.number),
        reason: reason.clone(),
    })
}

async fn keep_alive<R: Register>(register: R, number: u64, every: Duration, pulse: Arc<Pulse>) {
    loop {
        let sent = Instant::now();
        match tokio::time::timeout(every, register.beat(number)).await {
            Ok(Ok(())) => pulse.arrived(sent),
            Ok(Err(error)) if error.class() == ErrorClass::Missing => {
                tracing::warn!(number, "the lock was taken away");
                pulse.lost.store(true, Ordering::Relaxed);
                return;
            }
            // The next one may arrive; meanwhile the pulse grows old.
            Ok(Err(error)) => tracing::warn!(number, %error, "a sign of life did not arrive"),
            Err(_) => tracing::warn!(number, "a sign of life did not arrive in time"),
        }
        tokio::time::sleep(every).await;
    }
}
