//! `chx-migrate` of the same project after a column and a table went.

use chx::prelude::*;

/// One page view.
#[derive(ChTable)]
#[ch(
    database = "shop",
    engine = MergeTree,
    partition_by = "toYYYYMM(ts)",
    order_by = (site, ts),
    ttl = "toDateTime(ts) + INTERVAL 90 DAY"
)]
struct PageView {
    #[ch(codec = "Delta, ZSTD(3)")]
    id: u64,
    ts: DateTime64<3>,
    #[ch(low_cardinality)]
    site: String,
}

fn main() -> std::process::ExitCode {
    chx_cli::main()
}
