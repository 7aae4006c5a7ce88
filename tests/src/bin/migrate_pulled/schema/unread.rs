//! The database `unread`.

use chx::prelude::*;

/// Beyond the words of chx
#[derive(ChDatabase)]
#[ch(engine = Atomic, settings(lazy_load_tables = 1))]
pub struct Unread;

/// One row an account
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "unread",
    engine = MergeTree,
    order_by = id,
    unique_key = id,
    settings(index_granularity = 1024)
)]
pub struct Account {
    pub id: u64,
    /// Of the newest row
    pub cents: i64,
}

/// As the server stores it: chx has no words for a part of it.
#[derive(ChRaw)]
#[ch(
    sql = "CREATE TABLE unread.drawn (`id` UInt64, `cents` Int64) AS generateRandom('id UInt64, cents Int64', 1)"
)]
pub struct Drawn;

/// As the server stores it: chx has no words for a part of it.
#[derive(ChRaw)]
#[ch(
    sql = "CREATE VIEW unread.noted (`id` UInt64 COMMENT 'Of the account') AS SELECT id FROM unread.account"
)]
pub struct Noted;

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
