//! The database `features`.

use std::collections::HashMap;

use chx::prelude::*;

/// offline store
#[derive(ChDatabase)]
pub struct Features;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = ReplacingMergeTree(at),
    partition_by = experiment,
    order_by = (experiment, user)
)]
pub struct Assignment {
    pub experiment: u32,
    pub user: u64,
    #[ch(low_cardinality)]
    pub variant: String,
    pub at: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = "SummingMergeTree((pulls, reward))",
    order_by = arm
)]
pub struct BanditArm {
    #[ch(low_cardinality)]
    pub arm: String,
    pub pulls: u64,
    pub reward: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = SummingMergeTree,
    order_by = (a, b),
    settings(index_granularity = 1024)
)]
pub struct CoOccurrence {
    pub a: u64,
    pub b: u64,
    pub n: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "features",
    to = CoOccurrence,
    query = "
        WITH baskets AS (SELECT session, groupUniqArray(100)(item) AS items FROM features.interaction WHERE action IN ('cart', 'buy') GROUP BY session)
        SELECT pair.1 AS a, pair.2 AS b, count() AS n
        FROM baskets
        ARRAY JOIN arrayFlatten(arrayMap(x -> arrayMap(y -> (x, y), arrayFilter(z -> (z > x), items)), items)) AS pair
        GROUP BY a, b
    "
)]
pub struct CoOccurrenceMv {
    pub a: u64,
    pub b: u64,
    pub n: u64,
}

/// One row a feature
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = ReplacingMergeTree(version),
    order_by = name
)]
pub struct Definition {
    #[ch(low_cardinality)]
    pub name: String,
    pub version: u16,
    #[ch(low_cardinality)]
    pub entity: String,
    #[ch(low_cardinality)]
    pub r#type: String,
    pub sql: String,
    #[ch(low_cardinality)]
    pub owner: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "IntervalDay", default = "toIntervalDay(30)")]
    #[serde(skip)]
    pub ttl: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "Dynamic")]
    #[serde(skip)]
    pub default_value: (),
    pub tests: Vec<Test>,
    pub deprecated: Option<Date>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Test {
    pub name: String,
    pub sql: String,
    pub severity: Severity,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Warn = 1,
    Fail = 2,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = MergeTree,
    order_by = (feature, bucket),
    settings(index_granularity = 128)
)]
pub struct DriftBaseline {
    #[ch(low_cardinality)]
    pub feature: String,
    pub bucket: u8,
    pub share: f64,
    pub mean: Option<f64>,
    pub std: Option<f64>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = ReplacingMergeTree,
    order_by = (kind, id),
    index(ext, expr = external_id, type = "bloom_filter(0.001)")
)]
pub struct Entity {
    pub id: u64,
    pub kind: EntityKind,
    pub external_id: String,
    pub created: DateTime,
    #[ch(type = "Map(LowCardinality(String), Float32)")]
    pub attributes: HashMap<String, f32>,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    User = 1,
    Item = 2,
    Session = 3,
    Merchant = 4,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = MergeTree,
    order_by = id,
    constraint(shares, check = "abs(arraySum(v -> (v.2), variants) - 1) < 0.001")
)]
pub struct Experiment {
    pub id: u32,
    pub name: String,
    pub start: DateTime,
    pub end: Option<DateTime>,
    pub variants: Vec<Variant>,
    #[ch(low_cardinality)]
    pub metric: String,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Variant {
    pub name: String,
    pub share: f32,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    query = "
        SELECT a.experiment AS experiment, a.variant AS variant, uniq(a.user) AS users, countIf(i.action = 'buy') AS buys, buys / users AS rate, mannWhitneyUTest('two-sided')(i.weight, a.variant = 'control') AS test
        FROM features.assignment AS a LEFT JOIN features.interaction AS i ON (a.user = i.user) AND (i.at >= a.at)
        GROUP BY experiment, variant
    "
)]
pub struct ExperimentResult {
    pub experiment: u32,
    #[ch(low_cardinality)]
    pub variant: String,
    pub users: u64,
    pub buys: u64,
    pub rate: f64,
    pub test: TestTuple,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct TestTuple {
    pub u_statistic: f64,
    pub p_value: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "features", engine = "Set")]
pub struct HeavyUser {
    pub user: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = MergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (user, at),
    sample_by = user,
    ttl = "toDateTime(at) + toIntervalYear(1)"
)]
pub struct Interaction {
    pub user: u64,
    pub item: u64,
    pub at: DateTime64<3>,
    pub action: Action,
    #[ch(default = "multiIf(action = 'buy', 5., action = 'cart', 2., 1.)")]
    pub weight: f32,
    pub context: Context,
    #[serde(with = "clickhouse::serde::uuid")]
    pub session: uuid::Uuid,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Return = -1,
    View = 1,
    Click = 2,
    Cart = 3,
    Buy = 4,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Context {
    #[ch(low_cardinality)]
    pub device: String,
    #[ch(low_cardinality)]
    pub page: String,
    pub position: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = ReplacingMergeTree,
    partition_by = "toMonday(day)",
    order_by = (item, day)
)]
pub struct ItemDaily {
    pub item: u64,
    pub day: Date,
    #[ch(type = "Decimal(12, 2)")]
    pub price: i64,
    pub stock: i32,
    pub rating: f32,
    pub rating_count: u32,
    pub title_tokens: Vec<u32>,
    pub image_hash: FixedString<16>,
    pub colors: Vec<Color>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = SummingMergeTree(score),
    partition_by = "toYYYYMM(day)",
    order_by = (day, item)
)]
pub struct ItemPopularity {
    pub item: u64,
    pub day: Date,
    pub score: f64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined64(17), UInt64)")]
    #[serde(skip)]
    pub buyers: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "features",
    to = ItemPopularity,
    query = "
        SELECT item, toDate(at) AS day, sum(weight) AS score, uniqCombined64State(17)(if(action = 'buy', user, 0)) AS buyers
        FROM features.interaction
        GROUP BY item, day
    "
)]
pub struct ItemPopularityMv {
    pub item: u64,
    pub day: Date,
    pub score: f64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniqCombined64(17), UInt64)")]
    pub buyers: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = CollapsingMergeTree(sign),
    partition_by = model,
    order_by = (entity, at)
)]
pub struct Label {
    pub entity: u64,
    #[ch(low_cardinality)]
    pub model: String,
    pub at: DateTime,
    pub label: i8,
    #[ch(default = "1.")]
    pub confidence: f32,
    pub annotator: Option<u32>,
    #[ch(default = "1")]
    pub sign: i8,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    query = "
        SELECT user, argMax(tuple(orders_7d, spend_7d, churn_score), day) AS newest, tupleElement(newest, 1) AS orders, tupleElement(newest, 2) AS spend
        FROM features.user_daily
        GROUP BY user
    "
)]
pub struct LatestUser {
    pub user: u64,
    pub newest: (u16, Decimal64<2>, f32),
    pub orders: u16,
    pub spend: Decimal64<2>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    query = "
        SELECT user, arrayMap(x -> if(isNaN(x), 0, x), [toFloat64(orders_7d), toFloat64(spend_7d), log_spend, churn_score]) AS x, toUInt8(spend_7d > 0) AS y
        FROM features.user_daily
        WHERE (cityHash64(user) % 10) < 8
    "
)]
pub struct Matrix {
    pub user: u64,
    pub x: Vec<f64>,
    pub y: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = "Join(ANY, LEFT, item)",
    settings(join_use_nulls = 0, persistent = 0)
)]
pub struct OnlineItem {
    pub item: u64,
    pub price: f32,
    pub stock: i32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = "EmbeddedRocksDB(86400)",
    primary_key = user
)]
pub struct OnlineUser {
    pub user: u64,
    pub vector: String,
    pub updated: DateTime,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "features",
    query = "
        SELECT l.entity AS entity, l.at AS at, l.label AS label, u.orders_30d AS orders_30d, u.log_spend AS log_spend, u.churn_score AS churn_score
        FROM features.label AS l ASOF LEFT JOIN features.user_daily AS u ON (l.entity = u.user) AND (toDate(l.at) >= u.day)
        WHERE l.model = {model:String}
    "
)]
pub struct PointInTime {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = MergeTree,
    partition_by = (model, "toYYYYMM(at)"),
    order_by = (model, version, entity, at),
    ttl = "toDateTime(at) + toIntervalDay(90)",
    settings(
        ttl_only_drop_parts = 1,
        vertical_merge_algorithm_min_rows_to_activate = 1
    ),
    index(scores, expr = score, type = "minmax"),
    index(variants, expr = variant, type = "set(0)", granularity = 2),
    constraint(probability, check = "(score >= 0) AND (score <= 1)")
)]
pub struct Prediction {
    #[ch(low_cardinality)]
    pub model: String,
    pub version: u32,
    pub entity: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub at: DateTime64<3>,
    #[ch(codec = "FPC(12), ZSTD(1)")]
    pub score: f32,
    #[ch(type = "Map(LowCardinality(String), Float32)")]
    pub scores: HashMap<String, f32>,
    #[ch(codec = "ZSTD(1)")]
    pub features: Vec<f32>,
    #[ch(codec = "T64('bit'), LZ4")]
    pub latency_us: u32,
    #[ch(low_cardinality)]
    pub variant: Option<String>,
    #[ch(ttl = "toDateTime(at) + toIntervalWeek(1)")]
    pub explanation: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = AggregatingMergeTree,
    order_by = (model, version, hour)
)]
pub struct PredictionStats {
    #[ch(low_cardinality)]
    pub model: String,
    pub version: u32,
    pub hour: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub n: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avg, Float32)")]
    #[serde(skip)]
    pub mean: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(varPop, Float32)")]
    #[serde(skip)]
    pub variance: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(histogram(20), Float32)")]
    #[serde(skip)]
    pub histogram: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantileTiming(0.99), UInt32)")]
    #[serde(skip)]
    pub p99_us: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "features",
    to = "features.prediction_stats",
    query = "
        SELECT model, version, toStartOfHour(at) AS hour, count() AS n, avgState(score) AS mean, varPopState(score) AS variance, histogramState(20)(score) AS histogram, quantileTimingState(0.99)(latency_us) AS p99_us
        FROM features.prediction
        GROUP BY model, version, hour
    "
)]
pub struct PredictionStatsMv {
    #[ch(low_cardinality)]
    pub model: String,
    pub version: u32,
    pub hour: DateTime,
    pub n: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avg, Float32)")]
    pub mean: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(varPop, Float32)")]
    pub variance: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(histogram(20), Float32)")]
    pub histogram: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantileTiming(0.99), UInt32)")]
    pub p99_us: (),
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    query = "
        SELECT b.feature AS feature, sum((b.share - c.share) * log(b.share / c.share)) AS psi, psi > 0.2 AS drifted
        FROM features.drift_baseline AS b INNER JOIN (SELECT 'orders_30d' AS feature, toUInt8(least(orders_30d, 9)) AS bucket, count() / sum(count()) OVER () AS share FROM features.user_daily WHERE day = yesterday() GROUP BY bucket) AS c USING (feature, bucket)
        GROUP BY feature
    "
)]
pub struct Psi {
    pub feature: String,
    pub psi: f64,
    pub drifted: u8,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "features", engine = Log)]
pub struct TrainingSet {
    #[ch(low_cardinality)]
    pub name: String,
    #[ch(default = "now()")]
    pub created: DateTime,
    pub query: String,
    pub rows: u64,
    #[ch(default = "rand64()")]
    pub seed: u64,
    #[ch(default = "(0.8, 0.1, 0.1)")]
    pub split: Split,
    pub columns: Vec<String>,
    pub checksum: FixedString<32>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Split {
    pub train: f32,
    pub test: f32,
    pub validate: f32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = MergeTree,
    partition_by = "toYYYYMM(day)",
    order_by = (user, day),
    ttl = "day + toIntervalDay(400)",
    settings(index_granularity = 2048),
    projection(by_day, "SELECT user, day, churn_score ORDER BY day, user"),
    projection(histogram, "SELECT day, orders_30d, count() GROUP BY day, orders_30d")
)]
pub struct UserDaily {
    #[ch(codec = "Delta(8), LZ4")]
    pub user: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub day: Date,
    #[ch(codec = "T64, LZ4")]
    pub orders_7d: u16,
    #[ch(codec = "T64, LZ4")]
    pub orders_30d: u16,
    pub spend_7d: Decimal64<2>,
    pub spend_30d: Decimal64<2>,
    pub last_order: Option<DateTime>,
    #[ch(codec = "Gorilla(4), LZ4")]
    pub avg_basket: Option<f32>,
    #[ch(type = "Array(LowCardinality(String))")]
    pub categories: Vec<String>,
    #[ch(codec = "NONE")]
    pub embedding: Vec<clickhouse::types::BFloat16>,
    #[ch(default = "nan")]
    pub churn_score: f32,
    #[ch(alias = "orders_30d = 0")]
    pub is_new: bool,
    #[ch(materialized = "log1p(toFloat64(spend_30d))")]
    pub log_spend: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "features",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMMDD(hour)",
    order_by = (user, hour, clicks, views, ctr),
    ttl = "hour + toIntervalDay(14)"
)]
pub struct UserHourly {
    pub user: u64,
    pub hour: DateTime,
    pub clicks: u32,
    pub views: u32,
    #[ch(materialized = "if(views = 0, 0, clicks / views)")]
    pub ctr: f32,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UUID)")]
    #[serde(skip)]
    pub sessions: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantileTDigest(0.5), Float32)")]
    #[serde(skip)]
    pub dwell: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "features",
    to = "features.user_hourly",
    query = "
        SELECT user, toStartOfHour(at) AS hour, toUInt32(countIf(action = 'click')) AS clicks, toUInt32(countIf(action = 'view')) AS views, uniqState(session) AS sessions, quantileTDigestState(0.5)(toFloat32(weight)) AS dwell
        FROM features.interaction
        GROUP BY user, hour
    "
)]
pub struct UserHourlyMv {
    pub user: u64,
    pub hour: DateTime,
    pub clicks: u32,
    pub views: u32,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UUID)")]
    pub sessions: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantileTDigest(0.5), Float32)")]
    pub dwell: (),
}
