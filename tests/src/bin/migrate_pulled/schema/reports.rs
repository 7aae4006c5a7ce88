//! The database `reports`.

use chx::prelude::*;

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "EVERY 1 DAY OFFSET 2 HOUR 30 MINUTE RANDOMIZE FOR 10 MINUTE DEPENDS ON reports.hourly SETTINGS refresh_retries = 3, refresh_retry_initial_backoff_ms = 10 APPEND",
    to = PerHour,
    sql_security = definer,
    definer = "default",
    query = "
        SELECT toStartOfHour(at) AS hour, count() AS visits
        FROM reports.visit
        GROUP BY hour
    "
)]
pub struct Appended {
    pub hour: DateTime,
    pub visits: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(database = "reports", query = "SELECT site FROM reports.visit")]
pub struct Asked {
    #[ch(low_cardinality)]
    pub site: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "reports", engine = MergeTree, order_by = site)]
pub struct Copied {
    pub site: String,
    #[ch(default = "''")]
    pub note: String,
    pub visits: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    to = "reports.copied",
    sql_security = definer,
    definer = "default",
    query = "SELECT site, toUInt64(1) AS visits FROM reports.visit"
)]
pub struct Copying {
    pub site: String,
    pub visits: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "DEPENDS ON reports.hourly, reports.kept",
    to = Totals,
    sql_security = definer,
    definer = "reporter",
    query = "SELECT count() AS visits FROM reports.visit"
)]
pub struct Followed {
    pub visits: u64,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "reports",
    sql_security = none,
    query = "SELECT count() AS visits FROM reports.visit"
)]
pub struct ForAll {
    pub visits: u64,
}

/// What the reporter may see.
#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "reports",
    sql_security = definer,
    definer = "reporter",
    query = "
        SELECT site, count() AS visits
        FROM reports.visit
        GROUP BY site
    "
)]
pub struct ForReporter {
    #[ch(low_cardinality)]
    pub site: String,
    pub visits: u64,
}

/// Visits per site, all of them.
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "EVERY 1 HOUR",
    to = PerSite,
    sql_security = definer,
    definer = "default",
    query = "
        SELECT site, count() AS visits
        FROM reports.visit
        GROUP BY site
    "
)]
pub struct Hourly {
    #[ch(low_cardinality)]
    pub site: String,
    pub visits: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "EVERY 1 WEEK",
    engine = Memory,
    sql_security = none,
    query = "
        SELECT site, count() AS visits
        FROM reports.visit
        GROUP BY site
    "
)]
pub struct InMemory {
    #[ch(low_cardinality)]
    pub site: String,
    pub visits: u64,
}

/// The last visit of each site.
#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "AFTER 30 MINUTE",
    engine = MergeTree,
    order_by = site,
    settings(index_granularity = 1024),
    index(by_last, expr = last, type = "minmax", granularity = 2),
    constraint(begun, check = "last > 0"),
    sql_security = definer,
    definer = "default",
    query = "
        SELECT site, max(at) AS last
        FROM reports.visit
        GROUP BY site
    "
)]
pub struct Kept {
    #[ch(low_cardinality, comment = "As it came")]
    pub site: String,
    #[ch(codec = "Delta(4), ZSTD(1)")]
    pub last: DateTime,
    #[ch(materialized = "toDate(last)")]
    pub day: Date,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "reports",
    sql_security = definer,
    definer = "default",
    query = "SELECT count() AS visits FROM reports.visit"
)]
pub struct Mine {
    pub visits: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    refresh = "EVERY 1 MONTH OFFSET 5 DAY APPEND",
    to = "reports.copied",
    sql_security = definer,
    definer = "default",
    query = "
        SELECT site, count() AS visits
        FROM reports.visit
        GROUP BY site
    "
)]
pub struct Monthly {
    #[ch(low_cardinality)]
    pub site: String,
    pub visits: u64,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "reports",
    sql_security = none,
    query = "SELECT id, at FROM reports.visit WHERE site = {site:String}"
)]
pub struct OfSite {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "reports", engine = MergeTree, order_by = hour)]
pub struct PerHour {
    pub hour: DateTime,
    pub visits: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "reports", engine = MergeTree, order_by = site)]
pub struct PerSite {
    #[ch(low_cardinality)]
    pub site: String,
    pub visits: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "reports", engine = Memory)]
pub struct Totals {
    pub visits: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "reports",
    to = PerHour,
    sql_security = none,
    query = "
        SELECT toStartOfHour(at) AS hour, count() AS visits
        FROM reports.visit
        GROUP BY hour
    "
)]
pub struct Unchecked {
    pub hour: DateTime,
    pub visits: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "reports", engine = MergeTree, order_by = (site, at))]
pub struct Visit {
    pub id: u64,
    #[ch(low_cardinality)]
    pub site: String,
    pub at: DateTime,
}
