//! The database `unread`.

use chx::prelude::*;

/// Beyond the words of chx
#[derive(ChDatabase)]
#[ch(engine = Atomic, settings(lazy_load_tables = 1))]
pub struct Unread;

/// As the server stores it: chx has no words for a part of it.
#[derive(ChRaw)]
#[ch(
    sql = "CREATE TABLE unread.account (`id` UInt64, `cents` Int64 COMMENT 'Of the newest row') ENGINE = MergeTree ORDER BY id UNIQUE KEY id SETTINGS index_granularity = 1024 COMMENT 'One row an account'"
)]
pub struct Account;

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "unread",
    query = "SELECT id FROM unread.account WHERE (cents % 2) = 1"
)]
pub struct Odd {
    pub id: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "unread", engine = MergeTree, order_by = cents)]
pub struct Total {
    pub cents: i64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "unread",
    to = Total,
    query = "SELECT sum(cents) AS cents FROM unread.account"
)]
pub struct TotalMv {
    pub cents: i64,
}
