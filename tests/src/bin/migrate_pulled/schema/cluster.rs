//! The database `cluster`.

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = MergeTree,
    partition_by = "toYYYYMM(day)",
    order_by = (day, id),
    ttl = ("day + toIntervalMonth(1) TO VOLUME 'cold'", "day + toIntervalYear(2) RECOMPRESS CODEC(ZSTD(17))", "day + toIntervalYear(10)"),
    settings(storage_policy = "tiered")
)]
pub struct Archive {
    pub id: u64,
    pub day: Date,
    #[ch(codec = "ZSTD(9)")]
    pub body: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    query = "
        SELECT day, count() AS documents, sum(length(body)) AS bytes
        FROM cluster.archive
        GROUP BY day
    "
)]
pub struct ArchiveSize {
    pub day: Date,
    pub documents: u64,
    pub bytes: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/audit_local', '{replica}')",
    order_by = at,
    ttl = "at + toIntervalDay(7) TO DISK 'hdd'",
    settings(storage_policy = "tiered")
)]
pub struct AuditLocal {
    pub at: DateTime,
    pub who: String,
    pub what: String,
}

/// the same on every node
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedReplacingMergeTree('/clickhouse/tables/all/cluster/counter_local', '{shard}-{replica}', updated)",
    order_by = id
)]
pub struct CounterLocal {
    pub id: u32,
    pub name: String,
    pub updated: DateTime,
}

/// ask this one
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Distributed('main', 'cluster', 'daily_local', rand())"
)]
pub struct Daily {
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    pub day: Date,
    pub hits: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    pub users: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/cluster/daily_local', '{replica}', hits)",
    partition_by = "toYear(day)",
    order_by = (counter_id, day)
)]
pub struct DailyLocal {
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    pub day: Date,
    pub hits: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    pub users: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "cluster",
    to = "cluster.daily_local",
    query = "
        SELECT CounterID, EventDate AS day, sum(Sign) AS hits, uniqState(UserID) AS users
        FROM cluster.hits_local
        GROUP BY CounterID, day
    "
)]
pub struct DailyMv {
    #[ch(name = "CounterID")]
    pub counter_id: u32,
    pub day: Date,
    pub hits: i64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    pub users: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Buffer('cluster', 'hits', 16, 10, 60, 10000, 1000000, 10000000, 100000000)"
)]
pub struct EventsBuffer {
    #[ch(name = "WatchID")]
    #[serde(rename = "WatchID")]
    pub watch_id: u64,
    #[ch(name = "EventTime", codec = "Delta(4), LZ4")]
    #[serde(rename = "EventTime")]
    pub event_time: DateTime,
    #[ch(name = "EventDate", default = "toDate(EventTime)")]
    #[serde(rename = "EventDate")]
    pub event_date: Date,
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "URL", codec = "ZSTD(3)")]
    #[serde(rename = "URL")]
    pub url: String,
    #[ch(name = "Title")]
    #[serde(rename = "Title")]
    pub title: String,
    #[ch(name = "Referer", default = "''")]
    #[serde(rename = "Referer")]
    pub referer: String,
    #[ch(name = "OS", default = "0")]
    #[serde(rename = "OS")]
    pub os: u8,
    #[ch(name = "ClientIP")]
    #[serde(rename = "ClientIP", with = "clickhouse::serde::ipv4")]
    pub client_ip: std::net::Ipv4Addr,
    #[ch(name = "RegionID")]
    #[serde(rename = "RegionID")]
    pub region_id: u32,
    #[ch(name = "ParsedParams.Key1")]
    #[serde(rename = "ParsedParams.Key1")]
    pub parsed_params_key1: Vec<String>,
    #[ch(name = "ParsedParams.Key2")]
    #[serde(rename = "ParsedParams.Key2")]
    pub parsed_params_key2: Vec<String>,
    #[ch(name = "ParsedParams.ValueDouble")]
    #[serde(rename = "ParsedParams.ValueDouble")]
    pub parsed_params_value_double: Vec<f64>,
    #[ch(name = "GoalsReached")]
    #[serde(rename = "GoalsReached")]
    pub goals_reached: Vec<u32>,
    #[ch(name = "Sign", default = "1")]
    #[serde(rename = "Sign")]
    pub sign: i8,
    #[ch(name = "IsMobile")]
    #[serde(rename = "IsMobile")]
    pub is_mobile: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "cluster", engine = "Merge('cluster', '_local$')")]
pub struct Everything {
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    pub day: Date,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    query = "
        SELECT v.StartDate AS day, sum(has(v.Goals.ID, 1) * v.Sign) / sum(v.Sign) AS rate
        FROM cluster.visits AS v
        GROUP BY day
    "
)]
pub struct GoalConversion {
    pub day: Date,
    pub rate: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Distributed('main', 'cluster', 'hits_local', intHash64(UserID))",
    settings(
        background_insert_batch = 1,
        bytes_to_throw_insert = 10000000000,
        fsync_after_insert = 0
    )
)]
pub struct Hits {
    #[ch(name = "WatchID")]
    #[serde(rename = "WatchID")]
    pub watch_id: u64,
    #[ch(name = "EventTime", codec = "Delta(4), LZ4")]
    #[serde(rename = "EventTime")]
    pub event_time: DateTime,
    #[ch(name = "EventDate", default = "toDate(EventTime)")]
    #[serde(rename = "EventDate")]
    pub event_date: Date,
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "URL", codec = "ZSTD(3)")]
    #[serde(rename = "URL")]
    pub url: String,
    #[ch(name = "Title")]
    #[serde(rename = "Title")]
    pub title: String,
    #[ch(name = "Referer", default = "''")]
    #[serde(rename = "Referer")]
    pub referer: String,
    #[ch(name = "OS", default = "0")]
    #[serde(rename = "OS")]
    pub os: u8,
    #[ch(name = "ClientIP")]
    #[serde(rename = "ClientIP", with = "clickhouse::serde::ipv4")]
    pub client_ip: std::net::Ipv4Addr,
    #[ch(name = "RegionID")]
    #[serde(rename = "RegionID")]
    pub region_id: u32,
    #[ch(name = "ParsedParams.Key1")]
    #[serde(rename = "ParsedParams.Key1")]
    pub parsed_params_key1: Vec<String>,
    #[ch(name = "ParsedParams.Key2")]
    #[serde(rename = "ParsedParams.Key2")]
    pub parsed_params_key2: Vec<String>,
    #[ch(name = "ParsedParams.ValueDouble")]
    #[serde(rename = "ParsedParams.ValueDouble")]
    pub parsed_params_value_double: Vec<f64>,
    #[ch(name = "GoalsReached")]
    #[serde(rename = "GoalsReached")]
    pub goals_reached: Vec<u32>,
    #[ch(name = "Sign", default = "1")]
    #[serde(rename = "Sign")]
    pub sign: i8,
    #[ch(name = "IsMobile")]
    #[serde(rename = "IsMobile")]
    pub is_mobile: u8,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "cluster",
    to = "cluster.hits",
    query = "
        SELECT WatchID, EventTime, toDate(EventTime) AS EventDate, CounterID, UserID, URL
        FROM cluster.hits_queue
    "
)]
pub struct HitsConsumer {
    #[ch(name = "WatchID")]
    pub watch_id: u64,
    #[ch(name = "EventTime")]
    pub event_time: DateTime,
    #[ch(name = "EventDate")]
    pub event_date: Date,
    #[ch(name = "CounterID")]
    pub counter_id: u32,
    #[ch(name = "UserID")]
    pub user_id: u64,
    #[ch(name = "URL")]
    pub url: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/hits_errors', '{replica}')",
    order_by = (topic, partition, offset),
    ttl = "at + toIntervalWeek(1)"
)]
pub struct HitsErrors {
    pub topic: String,
    pub partition: i64,
    pub offset: i64,
    pub raw: String,
    pub error: String,
    #[ch(default = "now()")]
    pub at: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/hits_local', '{replica}')",
    partition_by = "toYYYYMM(EventDate)",
    order_by = (counter_id, event_date, "intHash32(UserID)"),
    sample_by = "intHash32(UserID)",
    ttl = "EventDate + toIntervalYear(3)",
    settings(
        max_replicated_merges_in_queue = 8,
        min_replicated_logs_to_keep = 50,
        storage_policy = "default"
    ),
    index(url, expr = url, type = "ngrambf_v1(3, 65536, 2, 42)", granularity = 4)
)]
pub struct HitsLocal {
    #[ch(name = "WatchID")]
    #[serde(rename = "WatchID")]
    pub watch_id: u64,
    #[ch(name = "EventTime", codec = "Delta(4), LZ4")]
    #[serde(rename = "EventTime")]
    pub event_time: DateTime,
    #[ch(name = "EventDate", default = "toDate(EventTime)")]
    #[serde(rename = "EventDate")]
    pub event_date: Date,
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "URL", codec = "ZSTD(3)")]
    #[serde(rename = "URL")]
    pub url: String,
    #[ch(name = "Title")]
    #[serde(rename = "Title")]
    pub title: String,
    #[ch(name = "Referer", default = "''")]
    #[serde(rename = "Referer")]
    pub referer: String,
    #[ch(name = "OS", default = "0")]
    #[serde(rename = "OS")]
    pub os: u8,
    #[ch(name = "ClientIP")]
    #[serde(rename = "ClientIP", with = "clickhouse::serde::ipv4")]
    pub client_ip: std::net::Ipv4Addr,
    #[ch(name = "RegionID")]
    #[serde(rename = "RegionID")]
    pub region_id: u32,
    #[ch(name = "ParsedParams.Key1")]
    #[serde(rename = "ParsedParams.Key1")]
    pub parsed_params_key1: Vec<String>,
    #[ch(name = "ParsedParams.Key2")]
    #[serde(rename = "ParsedParams.Key2")]
    pub parsed_params_key2: Vec<String>,
    #[ch(name = "ParsedParams.ValueDouble")]
    #[serde(rename = "ParsedParams.ValueDouble")]
    pub parsed_params_value_double: Vec<f64>,
    #[ch(name = "GoalsReached")]
    #[serde(rename = "GoalsReached")]
    pub goals_reached: Vec<u32>,
    #[ch(name = "Sign", default = "1")]
    #[serde(rename = "Sign")]
    pub sign: i8,
    #[ch(name = "IsMobile")]
    #[serde(rename = "IsMobile")]
    pub is_mobile: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Kafka",
    settings(
        kafka_broker_list = "kafka-1:9092,kafka-2:9092",
        kafka_format = "JSONEachRow",
        kafka_group_name = "clickhouse-{shard}",
        kafka_max_block_size = 1048576,
        kafka_num_consumers = 2,
        kafka_skip_broken_messages = 10,
        kafka_topic_list = "hits"
    )
)]
pub struct HitsQueue {
    #[ch(name = "WatchID")]
    #[serde(rename = "WatchID")]
    pub watch_id: u64,
    #[ch(name = "EventTime")]
    #[serde(rename = "EventTime")]
    pub event_time: DateTime,
    #[ch(name = "CounterID")]
    #[serde(rename = "CounterID")]
    pub counter_id: u32,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "URL")]
    #[serde(rename = "URL")]
    pub url: String,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    query = "
        SELECT h.CounterID AS id, c.name AS name, count() AS hits
        FROM cluster.hits AS h GLOBAL ANY LEFT JOIN cluster.counter_local AS c ON h.CounterID = c.id
        WHERE h.UserID GLOBAL IN (SELECT user FROM cluster.user_state_local WHERE has(segment, 7))
        GROUP BY id, name
    "
)]
pub struct Joined {
    pub id: u32,
    pub name: String,
    pub hits: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedCoalescingMergeTree('/clickhouse/tables/{shard}/cluster/latest_local', '{replica}')",
    order_by = device
)]
pub struct LatestLocal {
    pub device: u64,
    pub temperature: Option<f32>,
    pub battery: Option<u8>,
    pub seen: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedGraphiteMergeTree('/clickhouse/tables/{shard}/cluster/graphite', '{replica}', 'graphite_rollup')",
    partition_by = "toYYYYMM(Time)",
    order_by = (path, time)
)]
pub struct MetricGraphiteLocal {
    #[ch(name = "Path")]
    #[serde(rename = "Path")]
    pub path: String,
    #[ch(name = "Time")]
    #[serde(rename = "Time")]
    pub time: DateTime,
    #[ch(name = "Value")]
    #[serde(rename = "Value")]
    pub value: f64,
    #[ch(name = "Timestamp")]
    #[serde(rename = "Timestamp")]
    pub timestamp: i64,
}

/// not replicated, on purpose
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "cluster", engine = MergeTree, order_by = key)]
pub struct Plain {
    pub key: String,
    pub value: String,
    #[ch(default = "now()")]
    pub at: DateTime,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/cluster/region_mv', '{replica}')",
    partition_by = "toYYYYMM(EventDate)",
    order_by = (region_id, event_date),
    query = "
        SELECT RegionID, EventDate, count() AS hits
        FROM cluster.hits_local
        GROUP BY RegionID, EventDate
    "
)]
pub struct RegionMv {
    #[ch(name = "RegionID")]
    pub region_id: u32,
    #[ch(name = "EventDate")]
    pub event_date: Date,
    pub hits: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Distributed('main', 'cluster', 'session_local', user, 'default')"
)]
pub struct Session {
    #[serde(with = "clickhouse::serde::uuid")]
    pub session: uuid::Uuid,
    pub user: u64,
    pub start: DateTime,
    #[ch(type = "SimpleAggregateFunction(max, DateTime)")]
    pub end: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub pages: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqHLL12, String)")]
    #[serde(skip)]
    pub urls: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, String, DateTime)")]
    #[serde(skip)]
    pub entry: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/cluster/session_local', '{replica}')",
    partition_by = "toYYYYMM(start)",
    order_by = (user, session, start)
)]
pub struct SessionLocal {
    #[serde(with = "clickhouse::serde::uuid")]
    pub session: uuid::Uuid,
    pub user: u64,
    pub start: DateTime,
    #[ch(type = "SimpleAggregateFunction(max, DateTime)")]
    pub end: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub pages: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqHLL12, String)")]
    #[serde(skip)]
    pub urls: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, String, DateTime)")]
    #[serde(skip)]
    pub entry: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "cluster",
    to = "cluster.session_local",
    query = "
        SELECT toUUID('00000000-0000-0000-0000-000000000000') AS session, UserID AS user, min(EventTime) AS start, max(EventTime) AS end, count() AS pages, uniqHLL12State(URL) AS urls, argMinState(URL, EventTime) AS entry
        FROM cluster.hits_local
        GROUP BY session, user
    "
)]
pub struct SessionMv {
    pub session: uuid::Uuid,
    pub user: u64,
    pub start: DateTime,
    pub end: DateTime,
    pub pages: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqHLL12, String)")]
    pub urls: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMin, String, DateTime)")]
    pub entry: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = MergeTree,
    order_by = bucket,
    settings(index_granularity = 64)
)]
pub struct ShardMap {
    pub bucket: u16,
    pub shard: u8,
    #[ch(default = "1")]
    pub weight: f32,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "cluster",
    query = "
        SELECT URL, count() AS views, uniq(UserID) AS users
        FROM cluster.hits
        WHERE (CounterID = {counter:UInt32}) AND (EventDate = today())
        GROUP BY URL
        ORDER BY views DESC
        LIMIT 100
        SETTINGS distributed_group_by_no_merge = 0
    "
)]
pub struct TopPages {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Distributed('main', 'cluster', 'user_state_local', user % 2)"
)]
pub struct UserState {
    pub user: u64,
    pub segment: Vec<u16>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedCollapsingMergeTree('/clickhouse/tables/{shard}/cluster/user_state_local', '{replica}', sign)",
    order_by = user,
    settings(replicated_deduplication_window = 1000)
)]
pub struct UserStateLocal {
    pub user: u64,
    pub segment: Vec<u16>,
    pub sign: i8,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    query = "
        SELECT day, uniqMerge(users) AS users
        FROM cluster.daily
        GROUP BY day
    "
)]
pub struct UsersByDay {
    pub day: Date,
    pub users: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "Distributed('main', 'cluster', 'visits_local', cityHash64(UserID))"
)]
pub struct Visits {
    #[ch(name = "VisitID")]
    #[serde(rename = "VisitID")]
    pub visit_id: u64,
    #[ch(name = "StartDate")]
    #[serde(rename = "StartDate")]
    pub start_date: Date,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "Duration")]
    #[serde(rename = "Duration")]
    pub duration: u32,
    #[ch(name = "Hits")]
    #[serde(rename = "Hits")]
    pub hits: u16,
    #[ch(name = "Sign")]
    #[serde(rename = "Sign")]
    pub sign: i8,
    #[ch(name = "Version")]
    #[serde(rename = "Version")]
    pub version: u8,
    #[ch(name = "Goals.ID")]
    #[serde(rename = "Goals.ID")]
    pub goals_id: Vec<u32>,
    #[ch(name = "Goals.Serial")]
    #[serde(rename = "Goals.Serial")]
    pub goals_serial: Vec<u32>,
    #[ch(name = "Goals.EventTime")]
    #[serde(rename = "Goals.EventTime")]
    pub goals_event_time: Vec<DateTime>,
    #[ch(name = "Goals.Price")]
    #[serde(rename = "Goals.Price")]
    pub goals_price: Vec<i64>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "cluster",
    engine = "ReplicatedVersionedCollapsingMergeTree('/clickhouse/tables/{shard}/cluster/visits_local', '{replica}', Sign, Version)",
    partition_by = "toYYYYMM(StartDate)",
    order_by = (start_date, user_id, visit_id)
)]
pub struct VisitsLocal {
    #[ch(name = "VisitID")]
    #[serde(rename = "VisitID")]
    pub visit_id: u64,
    #[ch(name = "StartDate")]
    #[serde(rename = "StartDate")]
    pub start_date: Date,
    #[ch(name = "UserID")]
    #[serde(rename = "UserID")]
    pub user_id: u64,
    #[ch(name = "Duration")]
    #[serde(rename = "Duration")]
    pub duration: u32,
    #[ch(name = "Hits")]
    #[serde(rename = "Hits")]
    pub hits: u16,
    #[ch(name = "Sign")]
    #[serde(rename = "Sign")]
    pub sign: i8,
    #[ch(name = "Version")]
    #[serde(rename = "Version")]
    pub version: u8,
    #[ch(name = "Goals.ID")]
    #[serde(rename = "Goals.ID")]
    pub goals_id: Vec<u32>,
    #[ch(name = "Goals.Serial")]
    #[serde(rename = "Goals.Serial")]
    pub goals_serial: Vec<u32>,
    #[ch(name = "Goals.EventTime")]
    #[serde(rename = "Goals.EventTime")]
    pub goals_event_time: Vec<DateTime>,
    #[ch(name = "Goals.Price")]
    #[serde(rename = "Goals.Price")]
    pub goals_price: Vec<i64>,
}
