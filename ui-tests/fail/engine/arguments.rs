use chx::prelude::*;

#[derive(ChType)]
struct Version(String);

#[derive(ChTable)]
#[ch(engine = ReplacingMergeTree(version, gone), order_by = id)]
struct Replacing {
    id: u64,
    version: Version,
    gone: i8,
}

#[derive(ChTable)]
#[ch(engine = CollapsingMergeTree(sign), order_by = id)]
struct Collapsing {
    id: u64,
    sign: u8,
}

#[derive(ChTable)]
#[ch(engine = SummingMergeTree((id, name, views)), order_by = id)]
struct Summing {
    id: u64,
    name: String,
    views: u64,
}

#[derive(ChTable)]
#[ch(engine = VersionedCollapsingMergeTree(sign), order_by = id)]
struct TooFew {
    id: u64,
    sign: i8,
}

#[derive(ChTable)]
#[ch(engine = MergeTree(id), order_by = id)]
struct TooMany {
    id: u64,
}

#[derive(ChTable)]
#[ch(engine = ReplicatedReplacingMergeTree("'/tables/{uuid}'", "'{replica}'", version, version), order_by = id)]
struct Twice {
    id: u64,
    version: u8,
}

#[derive(ChTable)]
#[ch(engine = ReplacingMergeTree("version + 1"), order_by = id)]
struct Expression {
    id: u64,
    version: u8,
}

#[derive(ChTable)]
#[ch(engine = ReplacingMergeTree(version), order_by = id)]
struct Computed {
    id: u64,
    #[ch(alias = "id")]
    version: u64,
}

#[derive(ChTable)]
#[ch(engine = Join(ANY, LEFT, idd))]
struct Joined {
    id: u64,
}

fn main() {}
