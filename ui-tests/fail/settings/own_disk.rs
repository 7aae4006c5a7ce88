//! A disk that a table brings along. What is written out is not shown, and neither is its line.

use chx::ChTable;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    order_by = id,
    settings(disk(type = s3, endpoint = "https://s3/b/", secret_access_key = "hunter2")),
)]
struct WrittenOut {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, settings(disk(path = "/a/")))]
struct NoType {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, settings(disk(type = local, path = "/a/", path = "/b/")))]
struct Twice {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, settings(disk = "disk(type = local)"))]
struct AsText {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = MergeTree, order_by = id, settings(disk(type = local, path)))]
struct NoValue {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = Log, settings(disk(type = local, path = "/a/")))]
struct NotSorted {
    id: u64,
}

fn main() {}
