use chx::prelude::*;

#[derive(ChType)]
struct Maybe(Option<u64>);

type Tags = Vec<Option<String>>;

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    partition_by = day,
    order_by = (site, "user", tags),
    primary_key = site,
)]
struct Table {
    day: Option<Date>,
    site: Maybe,
    user: Option<String>,
    tags: Tags,
}

#[derive(ChTable)]
#[ch(
    engine = MergeTree,
    partition_by = day,
    order_by = site,
    settings(allow_nullable_key = true),
)]
struct Allowed {
    day: Option<Date>,
    site: Maybe,
}

fn main() {}
