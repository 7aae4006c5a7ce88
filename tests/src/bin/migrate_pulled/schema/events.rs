//! The database `events`.

use chx::prelude::*;

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    query = "
        SELECT team_id, day, uniqCombined64Merge(users) AS users
        FROM events.daily_active
        GROUP BY team_id, day
        ORDER BY day DESC
    "
)]
pub struct ActiveUsers {
    pub team_id: i64,
    pub day: Date,
    pub users: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = "Buffer('events', 'heatmap', 1, 10, 100, 10000, 1000000, 10000000, 100000000)"
)]
pub struct Buffer {
    pub session_id: String,
    pub team_id: i64,
    pub distinct_id: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub timestamp: DateTime64<6>,
    /// Pixels, divided by 16.
    pub x: i16,
    pub y: i16,
    /// How the client scaled: `x / scale_factor`
    pub scale_factor: i16,
    pub viewport_width: i16,
    pub pointer_target_fixed: bool,
    pub current_url: String,
    #[ch(low_cardinality)]
    pub r#type: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = VersionedCollapsingMergeTree(sign, version),
    order_by = (team_id, cohort_id, person_id)
)]
pub struct CohortPeople {
    #[serde(with = "clickhouse::serde::uuid")]
    pub person_id: uuid::Uuid,
    pub cohort_id: i64,
    pub team_id: i64,
    pub sign: i8,
    pub version: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = AggregatingMergeTree,
    partition_by = "toYear(day)",
    order_by = (team_id, day)
)]
pub struct DailyActive {
    pub team_id: i64,
    pub day: Date,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined64, String)")]
    #[serde(skip)]
    pub users: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "events",
    to = DailyActive,
    query = "
        SELECT team_id, toDate(timestamp) AS day, uniqCombined64State(distinct_id) AS users
        FROM events.event
        GROUP BY team_id, day
    "
)]
pub struct DailyActiveMv {
    pub team_id: i64,
    pub day: Date,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined64, String)")]
    pub users: (),
}

/// Every event that a product sent.
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = ReplacingMergeTree(_timestamp),
    partition_by = "toYYYYMM(timestamp)",
    order_by = (team_id, "toDate(timestamp)", event, "cityHash64(distinct_id)", "cityHash64(uuid)"),
    sample_by = "cityHash64(distinct_id)",
    ttl = "toDateTime(timestamp) + toIntervalYear(7)",
    settings(deduplicate_merge_projection_mode = "rebuild", ttl_only_drop_parts = 1),
    index(by_offset, expr = _offset, type = "minmax", granularity = 3),
    index(by_session, expr = session_id, type = "bloom_filter(0.01)"),
    index(kinds, expr = event, type = "set(100)", granularity = 4),
    projection(
        per_day,
        "SELECT team_id, toDate(timestamp), count() GROUP BY team_id, toDate(timestamp)"
    ),
    constraint(known_team, check = "team_id > 0")
)]
pub struct Event {
    #[serde(with = "clickhouse::serde::uuid")]
    pub uuid: uuid::Uuid,
    #[ch(low_cardinality)]
    pub event: String,
    #[ch(codec = "ZSTD(3)")]
    pub properties: String,
    #[ch(type = "DateTime64(6, 'UTC')", codec = "Delta(8), ZSTD(1)")]
    pub timestamp: DateTime64<6>,
    pub team_id: i64,
    pub distinct_id: String,
    pub elements_chain: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub created_at: DateTime64<6>,
    #[serde(with = "clickhouse::serde::uuid")]
    pub person_id: uuid::Uuid,
    #[ch(codec = "ZSTD(3)")]
    pub person_properties: String,
    #[ch(default = "''")]
    pub group0: String,
    #[ch(default = "''")]
    pub group1: String,
    #[ch(
        name = "$session_id",
        materialized = "JSONExtractString(properties, '$session_id')"
    )]
    #[serde(rename = "$session_id")]
    pub session_id: String,
    #[ch(
        name = "$window_id",
        alias = "JSONExtractString(properties, '$window_id')"
    )]
    #[serde(rename = "$window_id")]
    pub window_id: String,
    #[ch(materialized = "cityHash64(elements_chain)")]
    pub elements_hash: u64,
    pub person_mode: PersonMode,
    pub _timestamp: DateTime,
    pub _offset: u64,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonMode {
    Full = 0,
    Propertyless = 1,
    ForceUpgrade = 2,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "events",
    engine = AggregatingMergeTree,
    order_by = (team_id, event),
    query = "
        SELECT team_id, event, min(_timestamp) AS first_seen, count() AS volume
        FROM events.event
        GROUP BY team_id, event
    "
)]
pub struct EventNames {
    pub team_id: i64,
    pub event: String,
    #[ch(type = "SimpleAggregateFunction(min, DateTime)")]
    pub first_seen: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub volume: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = MergeTree,
    partition_by = "toYYYYMM(timestamp)",
    order_by = ("type", team_id, "toDate(timestamp)", current_url, viewport_width)
)]
pub struct Heatmap {
    pub session_id: String,
    pub team_id: i64,
    pub distinct_id: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub timestamp: DateTime64<6>,
    /// Pixels, divided by 16.
    pub x: i16,
    pub y: i16,
    /// How the client scaled: `x / scale_factor`
    pub scale_factor: i16,
    pub viewport_width: i16,
    pub pointer_target_fixed: bool,
    pub current_url: String,
    #[ch(low_cardinality)]
    pub r#type: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(timestamp)",
    order_by = (team_id, "toHour(timestamp)", "type", source, timestamp),
    index(words, expr = details, type = "tokenbf_v1(10240, 3, 0)")
)]
pub struct IngestionWarning {
    pub team_id: i64,
    #[ch(low_cardinality)]
    pub source: String,
    pub r#type: String,
    #[ch(codec = "ZSTD(3)")]
    pub details: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub timestamp: DateTime64<6>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = ReplacingMergeTree(version),
    order_by = (team_id, id)
)]
pub struct Person {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    pub created_at: DateTime64<3>,
    pub team_id: i64,
    /// As JSON.
    pub properties: String,
    pub is_identified: i8,
    #[ch(default = "0")]
    pub is_deleted: i8,
    pub version: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = ReplacingMergeTree(version),
    order_by = (team_id, distinct_id),
    settings(index_granularity = 512)
)]
pub struct PersonDistinctId {
    pub team_id: i64,
    pub distinct_id: String,
    #[serde(with = "clickhouse::serde::uuid")]
    pub person_id: uuid::Uuid,
    pub is_deleted: i8,
    #[ch(default = "1")]
    pub version: i64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(timestamp)",
    order_by = (team_id, timestamp),
    ttl = "toDate(timestamp) + toIntervalWeek(1)",
    settings(index_granularity = 512)
)]
pub struct PluginLog {
    #[serde(with = "clickhouse::serde::uuid")]
    pub id: uuid::Uuid,
    pub team_id: i64,
    #[ch(low_cardinality)]
    pub source: String,
    pub r#type: PluginLogType,
    pub message: String,
    #[serde(with = "clickhouse::serde::uuid")]
    pub instance_id: uuid::Uuid,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub timestamp: DateTime64<6>,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[ch(rename_all = "UPPERCASE")]
pub enum PluginLogType {
    Debug = 10,
    Log = 20,
    Info = 30,
    Warn = 40,
    Error = 500,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(min_timestamp)",
    order_by = (team_id, session_id, min_timestamp)
)]
pub struct Session {
    pub session_id: String,
    pub team_id: i64,
    #[ch(type = "SimpleAggregateFunction(any, String)")]
    pub distinct_id: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub min_timestamp: DateTime64<6>,
    #[ch(type = "SimpleAggregateFunction(max, DateTime64(6, 'UTC'))")]
    pub max_timestamp: DateTime64<6>,
    #[ch(type = "SimpleAggregateFunction(groupUniqArrayArray, Array(String))")]
    pub urls: Vec<String>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, String, DateTime64(6, 'UTC'))")]
    #[serde(skip)]
    pub entry_url: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(6, 'UTC'))")]
    #[serde(skip)]
    pub exit_url: (),
    #[ch(type = "SimpleAggregateFunction(sum, Int64)")]
    pub pageviews: i64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, Nullable(String))")]
    #[serde(skip)]
    pub uniq_pages: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "events",
    to = "events.session",
    query = "
        SELECT `$session_id` AS session_id, team_id, any(distinct_id) AS distinct_id, min(timestamp) AS min_timestamp, max(timestamp) AS max_timestamp, groupUniqArray(JSONExtractString(properties, '$current_url')) AS urls, argMinState(JSONExtractString(properties, '$current_url'), timestamp) AS entry_url, argMaxState(JSONExtractString(properties, '$current_url'), timestamp) AS exit_url, toInt64(countIf(event = '$pageview')) AS pageviews, uniqState(CAST(if(event = '$pageview', JSONExtractString(properties, '$current_url'), NULL), 'Nullable(String)')) AS uniq_pages
        FROM events.event
        WHERE `$session_id` != ''
        GROUP BY session_id, team_id
    "
)]
pub struct SessionMv {
    pub session_id: String,
    pub team_id: i64,
    pub distinct_id: String,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub min_timestamp: DateTime64<6>,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub max_timestamp: DateTime64<6>,
    pub urls: Vec<String>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, String, DateTime64(6, 'UTC'))")]
    pub entry_url: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, String, DateTime64(6, 'UTC'))")]
    pub exit_url: (),
    pub pageviews: i64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, Nullable(String))")]
    pub uniq_pages: (),
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "events",
    query = "
        SELECT session_id, team_id, min(min_timestamp) AS started, max(max_timestamp) AS ended, argMinMerge(entry_url) AS entry, dateDiff('second', min(min_timestamp), max(max_timestamp)) AS duration
        FROM events.session
        GROUP BY session_id, team_id
    "
)]
pub struct SessionSummary {
    pub session_id: String,
    pub team_id: i64,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub started: DateTime64<6>,
    #[ch(type = "SimpleAggregateFunction(max, DateTime64(6, 'UTC'))")]
    pub ended: DateTime64<6>,
    pub entry: String,
    pub duration: i64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "events", engine = Null)]
pub struct Sink {
    pub raw: String,
}
