//! What `#[chx::test]` writes into a test: databases before it, its verdict, and what becomes of them after it.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use chx_runtime::testing::{Ground, TestDatabase};
use clickhouse::Client;

pub use chx_runtime::testing::{Schema, Spec};

/// What a test may take.
#[diagnostic::on_unimplemented(
    message = "a test cannot take a `{Self}`",
    label = "not a `clickhouse::Client` and not a `chx::TestDatabase`, both by value",
    note = "`client: clickhouse::Client` is connected to the test's database; `database: chx::TestDatabase` knows its name and address"
)]
pub trait Argument {
    /// Makes it.
    fn of(database: &TestDatabase) -> Self;
}

impl Argument for Client {
    fn of(database: &TestDatabase) -> Self {
        database.client()
    }
}

impl Argument for TestDatabase {
    fn of(database: &TestDatabase) -> Self {
        database.clone()
    }
}

/// What a test may return.
#[diagnostic::on_unimplemented(
    message = "a test cannot return a `{Self}`",
    label = "a test returns nothing, or a `Result`"
)]
pub trait Verdict {
    /// Did it fail?
    fn is_failure(&self) -> bool;
}

impl Verdict for () {
    fn is_failure(&self) -> bool {
        false
    }
}

impl<T, E> Verdict for Result<T, E> {
    fn is_failure(&self) -> bool {
        self.is_err()
    }
}

/// Runs a test on its own databases, on a runtime of its own.
#[track_caller]
pub fn run<V: Verdict, F: Future<Output = V>>(
    spec: &Spec,
    expects_panic: bool,
    test: impl FnOnce(&TestDatabase) -> F,
) -> V {
    let ground = Ground::take(spec).unwrap_or_else(|error| fail(&error));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap_or_else(|error| fail(&error));
    let result = match runtime.block_on(ground.build()) {
        Ok(()) => catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(ground.database())))),
        Err(error) => {
            keep(ground);
            fail(&error)
        }
    };
    // Ends what the test left running, so that nothing of it meets the next test.
    drop(runtime);
    let failed = match &result {
        Ok(verdict) => expects_panic || verdict.is_failure(),
        Err(_) => !expects_panic,
    };
    if failed {
        keep(ground);
    } else if let Err(error) = ground.clear() {
        fail(&error);
    }
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

#[expect(
    clippy::print_stderr,
    reason = "the test harness shows what a failed test says"
)]
fn keep(ground: Ground) {
    match ground.keep() {
        Ok(kept) => eprintln!("{kept}"),
        Err(error) => eprintln!("what the test did cannot be kept: {error}"),
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a test fails by panicking")]
fn fail(error: &dyn std::fmt::Display) -> ! {
    panic!("{error}")
}
