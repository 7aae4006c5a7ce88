//! `chx-migrate` of a project whose schema compiles, and which ClickHouse does not take.

use chx::prelude::*;

/// Its default calls a function that does not exist.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = id)]
struct ByNoFunction {
    id: u64,
    #[ch(default = "noSuchFunction(id)")]
    other: u64,
}

/// Reads what is refused.
#[derive(ChView)]
#[ch(database = "shop", query = "SELECT id FROM shop.by_no_function")]
struct Follows {
    id: u64,
}

/// An engine that no server knows.
#[derive(ChTable)]
#[ch(database = "shop", engine = "NoSuchEngine(1)")]
struct NoSuchEngine {
    id: u64,
}

/// A cluster that only the real server has.
#[derive(ChTable)]
#[ch(database = "shop", engine = "Distributed(no_such_cluster, shop, fine)")]
struct Elsewhere {
    id: u64,
}

/// Nothing is wrong with it.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = id)]
struct Fine {
    id: u64,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
