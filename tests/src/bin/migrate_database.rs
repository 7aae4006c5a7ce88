//! `chx-migrate` of a project that says what its database is.

use chx::prelude::*;

/// What is sold.
#[derive(ChDatabase)]
#[ch(engine = Memory)]
struct Shop;

/// What has to be paid.
#[derive(ChTable)]
#[ch(database = "shop", engine = Memory)]
struct Invoice {
    id: u64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
