//! `chx-migrate` of a project with a named collection, workloads and a resource.

use chx::prelude::*;

/// Where countries are read from.
#[derive(ChNamedCollection)]
#[ch(entries = "
    host = 'localhost' NOT OVERRIDABLE,
    user = 'default',
    password = 'env:COUNTRIES_PASSWORD',
    table = 'source' OVERRIDABLE,
    db = 'shop'
")]
struct Countries;

/// What the dictionary reads.
#[derive(ChTable)]
#[ch(database = "shop", engine = MergeTree, order_by = id)]
struct Source {
    id: u64,
    name: String,
}

/// Takes the collection.
#[derive(ChDictionary)]
#[ch(
    database = "shop",
    primary_key = id,
    source = "CLICKHOUSE(NAME 'countries')",
    layout = "HASHED()",
    lifetime = 0
)]
struct Country {
    id: u64,
    name: String,
}

/// All disks.
#[derive(ChResource)]
#[ch(operations = "READ ANY DISK, WRITE ANY DISK")]
struct Disks;

/// The root.
#[derive(ChWorkload)]
#[ch(name = "all")]
struct Everything;

/// What may wait.
#[derive(ChWorkload)]
#[ch(parent = "all", settings = "weight = 1, max_io_requests = 100 FOR disks")]
struct Reports;

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
