//! `raw("...")` takes what is newer than this version, or what a setting of the session allows.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(
    engine = raw("BrandNewMergeTree(version + 1)"),
    order_by = raw("somewhere"),
    sample_by = raw("cityHash64(id)"),
    ttl = raw("now() + INTERVAL 1 DAY"),
    index(newest, expr = raw("elsewhere"), type = raw("newest(1)")),
    projection(per_id, raw("SELECT elsewhere ORDER BY elsewhere")),
    constraint(sane, check = raw("elsewhere > 0")),
)]
struct Table {
    #[ch(codec = raw("Delta"), statistics(raw("newest")))]
    id: u64,
    #[ch(default = raw("elsewhere"), ttl = raw("now()"))]
    text: String,
}

fn main() {
    let sql = Table::create_sql().unwrap();
    assert!(sql.contains("CODEC(Delta(8))"), "{sql}");
    assert!(sql.contains("ENGINE = BrandNewMergeTree(version + 1)"), "{sql}");
    assert!(sql.contains("ORDER BY somewhere"), "{sql}");
}
