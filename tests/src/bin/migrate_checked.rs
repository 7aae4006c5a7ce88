//! `chx-migrate` of a project that says what is to be checked about its rows.

use chx::prelude::*;

/// What has to be paid.
#[derive(ChTable)]
#[ch(
    database = "shop",
    engine = MergeTree,
    order_by = id,
    check(
        no_debts,
        sql = "SELECT throwIf(count() > 0, 'invoices below zero') FROM shop.invoice WHERE cents < 0"
    ),
    check(
        name = "not too old",
        sql = "SELECT throwIf(min(day) < '2000-01-01', 'older than the shop') FROM shop.invoice",
        severity = warning
    )
)]
struct Invoice {
    id: u64,
    cents: i64,
    day: Date,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
