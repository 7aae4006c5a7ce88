//! Taking turns: a database of one name, or a function, is used by one test at a time.
//!
//! A test takes all its names at once or waits, so that no two tests wait for each other.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use chx_core::model::ObjectId;

static TAKEN: Mutex<BTreeSet<ObjectId>> = Mutex::new(BTreeSet::new());
static GIVEN_BACK: Condvar = Condvar::new();

/// The right to use databases and functions of these names, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn(BTreeSet<ObjectId>);

impl Turn {
    /// Waits until no other test uses any of the names.
    pub(super) fn take(names: BTreeSet<ObjectId>) -> Self {
        let mut taken = taken();
        while !taken.is_disjoint(&names) {
            taken = GIVEN_BACK.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        taken.extend(names.iter().cloned());
        Self(names)
    }

    /// The names.
    pub(super) fn names(&self) -> &BTreeSet<ObjectId> {
        &self.0
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = taken();
        for name in &self.0 {
            taken.remove(name);
        }
        drop(taken);
        GIVEN_BACK.notify_all();
    }
}

fn taken() -> MutexGuard<'static, BTreeSet<ObjectId>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chx_core::ident::Ident;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn names(list: &[&str]) -> BTreeSet<ObjectId> {
        let database = |name: &&str| ObjectId::Database(Ident::new(*name).unwrap());
        list.iter().map(database).collect()
    }

    #[test]
    fn one_at_a_time_uses_a_name() {
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for list in [
                &["turn_a", "turn_b"],
                &["turn_b", "turn_c"],
                &["turn_c", "turn_b"],
            ] {
                for _ in 0..3 {
                    scope.spawn(|| {
                        let turn = Turn::take(names(list));
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(turn);
                    });
                }
            }
        });
    }

    #[test]
    fn other_names_do_not_wait() {
        let _first = Turn::take(names(&["turn_x"]));
        let _second = Turn::take(names(&["turn_y"]));
        let _none = Turn::take(names(&[]));
    }
}
