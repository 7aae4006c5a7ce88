//! Names in an expression that are no columns and no mistakes: functions that ClickHouse calls without parentheses, and the
//! parameters of a lambda that is written as a call.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(database = "app", engine = MergeTree, order_by = k)]
struct Event {
    k: u8,
    #[ch(default = "CURRENT_TIMESTAMP")]
    at: DateTime,
    #[ch(default = "now + INTERVAL 1 DAY")]
    due: DateTime,
    #[ch(default = "arrayMap(lambda(tuple(y), y + k), [k])")]
    next: Vec<u16>,
}

fn main() {}
