//! A view's fields may be stored in another way in its target, and leave out what has a default there.

use chx::prelude::*;

#[derive(ChTable)]
#[ch(engine = AggregatingMergeTree, order_by = site)]
struct Target {
    #[ch(low_cardinality)]
    site: String,
    #[ch(type = "SimpleAggregateFunction(max, DateTime('UTC'))")]
    last: DateTime,
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    users: (),
    #[ch(type = "SimpleAggregateFunction(anyLast, Nullable(String))")]
    note: Option<String>,
    #[ch(type = "SimpleAggregateFunction(groupArrayArray, Array(Tuple(a UInt8, b DateTime64(3))))")]
    pairs: Vec<(u8, DateTime64<3>)>,
    #[ch(materialized = "toDate(last)")]
    day: Date,
}

#[derive(ChMaterializedView)]
#[ch(to = Target, query = "SELECT ...")]
struct Mv<'a> {
    site: &'a str,
    last: DateTime,
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    users: (),
    note: String,
    pairs: Vec<(u8, DateTime64<3>)>,
}

fn main() {}
