//! `chx-migrate` of a project with a table that chx does not read all of.

use chx::prelude::*;

/// Accounts that nobody has, to try things out.
#[derive(ChRaw)]
#[ch(
    sql = "CREATE TABLE shop.account (id UInt64, cents Int64) AS generateRandom('id UInt64, cents Int64', 1)"
)]
struct Account;

/// What was paid.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = id)]
struct Payment {
    id: u64,
    #[ch(codec = raw("T64('bit'), LZ4"))]
    cents: i64,
}

/// What there is on all accounts.
#[derive(ChView)]
#[ch(database = "shop", query = "SELECT sum(cents) AS cents FROM shop.account")]
struct Total {
    cents: i64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
