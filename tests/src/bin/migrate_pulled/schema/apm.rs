//! The database `apm`.

use std::collections::HashMap;

use chx::prelude::*;

/// Traces, profiles and what is made of them
#[derive(ChDatabase)]
pub struct Apm;

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        SELECT resource['service.version'] AS version, *
        EXCEPT (events, attributes_bool) REPLACE (duration_nano / 1000 AS duration_nano)
        FROM apm.span
        WHERE timestamp >= (now() - toIntervalHour('1'))
    "
)]
pub struct ByVersion {
    pub version: String,
    pub ts_bucket: u64,
    pub resource_fingerprint: String,
    pub timestamp: DateTime64<9>,
    pub trace_id: FixedString<32>,
    pub span_id: String,
    pub parent_span_id: String,
    pub flags: u32,
    #[ch(low_cardinality)]
    pub name: String,
    pub kind: i8,
    pub kind_string: String,
    pub duration_nano: f64,
    pub status_code: i16,
    pub status_message: String,
    #[ch(type = "Map(LowCardinality(String), String)")]
    pub attributes_string: HashMap<String, String>,
    #[ch(type = "Map(LowCardinality(String), Float64)")]
    pub attributes_number: HashMap<String, f64>,
    #[ch(type = "Map(LowCardinality(String), String)")]
    pub resource: HashMap<String, String>,
    #[ch(low_cardinality)]
    pub db_name: String,
    pub has_error: bool,
    #[ch(low_cardinality)]
    pub is_remote: String,
    #[ch(name = "resource_string_service$$name", low_cardinality)]
    #[serde(rename = "resource_string_service$$name")]
    pub resource_string_service_name: String,
    #[ch(name = "resource_string_service$$name_exists")]
    #[serde(rename = "resource_string_service$$name_exists")]
    pub resource_string_service_name_exists: bool,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "apm", engine = Log)]
pub struct CollectorStats {
    #[ch(default = "now()")]
    pub at: DateTime,
    #[ch(low_cardinality)]
    pub node: String,
    pub accepted: u64,
    pub refused: u64,
    pub queue: Queue,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct Queue {
    pub size: u32,
    #[ch(name = "capacity %")]
    pub capacity: f32,
    pub oldest: Option<DateTime>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = AggregatingMergeTree,
    partition_by = day,
    order_by = (day, service, hash)
)]
pub struct DbStatement {
    pub day: Date,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(codec = "NONE")]
    pub hash: u64,
    #[ch(type = "SimpleAggregateFunction(any, String)")]
    pub statement: String,
    #[ch(type = "SimpleAggregateFunction(sumWithOverflow, UInt64)")]
    pub calls: u64,
    #[ch(type = "SimpleAggregateFunction(sum, Decimal(38, 3))")]
    pub time_us: Decimal128<3>,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(1, sumMap, Array(LowCardinality(String)), Array(UInt64))")]
    #[serde(skip)]
    pub rows: (),
    #[ch(type = "SimpleAggregateFunction(maxMap, Map(String, UInt64))")]
    pub worst: HashMap<String, u64>,
    #[ch(type = "SimpleAggregateFunction(groupArrayArray, Array(String))")]
    pub tables: Vec<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = AggregatingMergeTree,
    partition_by = "toDate(at)",
    order_by = (at, src, dest, environment),
    ttl = "at + toIntervalDay(15)"
)]
pub struct Dependency {
    #[ch(low_cardinality)]
    pub src: String,
    #[ch(low_cardinality)]
    pub dest: String,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub at: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64)")]
    #[serde(skip)]
    pub durations: (),
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub total: u64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub errors: u64,
    #[ch(low_cardinality)]
    pub environment: String,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = "apm.dependency",
    query = "
        SELECT `resource_string_service$$name` AS src, attributes_string['db.system'] AS dest, toStartOfMinute(timestamp) AS at, quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(duration_nano)) AS durations, count() AS total, countIf(status_code = 2) AS errors, resource['deployment.environment'] AS environment
        FROM apm.span
        WHERE (dest != '') AND (kind != 2)
        GROUP BY at, src, dest, environment
    "
)]
pub struct DependencyDbMv {
    #[ch(low_cardinality)]
    pub src: String,
    pub dest: String,
    pub at: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64)")]
    pub durations: (),
    pub total: u64,
    pub errors: u64,
    pub environment: String,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = "apm.dependency",
    query = "
        SELECT a.`resource_string_service$$name` AS src, b.`resource_string_service$$name` AS dest, toStartOfMinute(b.timestamp) AS at, quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(b.duration_nano)) AS durations, count() AS total, countIf(b.status_code = 2) AS errors, b.resource['deployment.environment'] AS environment
        FROM apm.span AS a, apm.span AS b
        WHERE (a.span_id = b.parent_span_id) AND (a.`resource_string_service$$name` != b.`resource_string_service$$name`)
        GROUP BY at, src, dest, environment
    "
)]
pub struct DependencyServicesMv {
    #[ch(low_cardinality)]
    pub src: String,
    #[ch(low_cardinality)]
    pub dest: String,
    pub at: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64)")]
    pub durations: (),
    pub total: u64,
    pub errors: u64,
    pub environment: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = MergeTree,
    partition_by = "toDate(timestamp)",
    order_by = (timestamp, group_id),
    ttl = "toDateTime(timestamp) + toIntervalDay(15)",
    index(
        "idx resource keys",
        expr = "mapKeys(resource_tags)",
        type = "bloom_filter(0.01)",
        granularity = 64
    ),
    index(idx_error_id, expr = error_id, type = "bloom_filter", granularity = 4)
)]
pub struct ErrorIndex {
    #[ch(codec = "DoubleDelta, LZ4")]
    pub timestamp: DateTime64<9>,
    #[ch(codec = "ZSTD(1)")]
    pub error_id: FixedString<32>,
    #[ch(codec = "ZSTD(1)")]
    pub group_id: FixedString<32>,
    pub trace_id: FixedString<32>,
    pub span_id: String,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality, codec = "ZSTD(1)")]
    pub exception_type: String,
    pub exception_message: String,
    #[ch(codec = "ZSTD(9)")]
    pub stacktrace: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub escaped: bool,
    #[ch(type = "Map(LowCardinality(String), String)", codec = "ZSTD(1)")]
    pub resource_tags: HashMap<String, String>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        SELECT service, hour, sum(errors) AS errors, sum(calls) AS calls, if(calls = 0, NULL, errors / calls) AS rate, anyLast(rate) OVER (PARTITION BY service ORDER BY hour ASC ROWS BETWEEN 24 PRECEDING AND 24 PRECEDING) AS day_before
        FROM apm.red_1h
        GROUP BY service, hour
    "
)]
pub struct ErrorRate {
    #[ch(low_cardinality)]
    pub service: String,
    pub hour: DateTime,
    pub errors: u64,
    pub calls: u64,
    pub rate: Option<f64>,
    pub day_before: Option<f64>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        SELECT e.*, s.name AS operation
        FROM apm.error_index AS e ASOF LEFT JOIN apm.span AS s ON (e.trace_id = s.trace_id) AND (e.timestamp >= s.timestamp)
    "
)]
pub struct ExceptionSample {
    pub timestamp: DateTime64<9>,
    pub error_id: FixedString<32>,
    pub group_id: FixedString<32>,
    pub trace_id: FixedString<32>,
    pub span_id: String,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub exception_type: String,
    pub exception_message: String,
    pub stacktrace: String,
    pub escaped: bool,
    #[ch(type = "Map(LowCardinality(String), String)")]
    pub resource_tags: HashMap<String, String>,
    #[ch(low_cardinality)]
    pub operation: String,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(hour)",
    order_by = (service, hour),
    ttl = "hour + toIntervalDay(60)",
    query = "
        SELECT `resource_string_service$$name` AS service, toStartOfHour(timestamp) AS hour, sumMapState(map(toUInt16OrZero(response_status_code), toUInt64(1))) AS codes
        FROM apm.span
        WHERE response_status_code != ''
        GROUP BY service, hour
    "
)]
pub struct HttpStatus {
    #[ch(low_cardinality)]
    pub service: String,
    pub hour: DateTime,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(sumMap, Map(UInt16, UInt64))")]
    pub codes: (),
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        SELECT trace_id, span_id
        FROM apm.span AS s ANTI LEFT JOIN (SELECT DISTINCT span_id FROM apm.span) AS p ON s.parent_span_id = p.span_id
        WHERE parent_span_id != ''
    "
)]
pub struct Orphan {
    pub trace_id: FixedString<32>,
    pub span_id: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = MergeTree,
    partition_by = "toDate(ts)",
    order_by = ("type", service, ts),
    settings(min_compress_block_size = 65536)
)]
pub struct Profile {
    pub ts: DateTime64<9>,
    #[ch(low_cardinality)]
    pub r#type: String,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(codec = "DoubleDelta, ZSTD(1)")]
    pub duration_ns: u64,
    #[ch(codec = "NONE")]
    pub payload: String,
    #[ch(low_cardinality)]
    pub payload_type: String,
    pub sample_types_units: Vec<(String, String)>,
    pub tree: Vec<(u64, u64, u64, Vec<(String, i64, i64)>)>,
    pub functions: Vec<(u64, String)>,
    pub values_agg: Vec<(String, i64, i32)>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = ReplacingMergeTree,
    partition_by = date,
    order_by = (date, key, val, type_id, fingerprint)
)]
pub struct ProfileSeries {
    #[ch(codec = "ZSTD(1)")]
    pub date: Date,
    pub key: String,
    pub val: String,
    #[ch(low_cardinality)]
    pub type_id: String,
    pub fingerprint: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = ProfileSeries,
    query = "
        SELECT toDate(ts) AS date, kv.1 AS key, kv.2 AS val, type AS type_id, cityHash64(service, type) AS fingerprint
        FROM apm.profile
        ARRAY JOIN arrayConcat([('service', toString(service))], sample_types_units) AS kv
    "
)]
pub struct ProfileSeriesMv {
    pub date: Date,
    pub key: String,
    pub val: String,
    #[ch(low_cardinality)]
    pub type_id: String,
    pub fingerprint: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    name = "red_1h",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(hour)",
    order_by = (service, operation, hour),
    ttl = "hour + toIntervalMonth(13)"
)]
pub struct Red1h {
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub operation: String,
    pub hour: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub calls: u64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub errors: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64)")]
    #[serde(skip)]
    pub duration: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    name = "red_1h_mv",
    to = "apm.red_1h",
    query = "
        SELECT service, operation, toStartOfHour(minute) AS hour, sum(calls) AS calls, sum(errors) AS errors, quantilesBFloat16MergeState(0.5, 0.95, 0.99)(duration) AS duration
        FROM apm.red_1m
        GROUP BY ALL
    "
)]
pub struct Red1hMv {
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub operation: String,
    pub hour: DateTime,
    pub calls: u64,
    pub errors: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64)")]
    pub duration: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    name = "red_1m",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMMDD(minute)",
    order_by = (service, operation, kind, minute),
    ttl = "minute + toIntervalDay(30)"
)]
pub struct Red1m {
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub operation: String,
    pub kind: i8,
    pub minute: DateTime,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub calls: u64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub errors: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64)")]
    #[serde(skip)]
    pub duration: (),
    #[ch(type = "SimpleAggregateFunction(max, UInt64)")]
    pub slowest: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgWeighted, Float64, UInt8)")]
    #[serde(skip)]
    pub apdex: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    name = "red_1m_mv",
    to = "apm.red_1m",
    query = "
        SELECT `resource_string_service$$name` AS service, name AS operation, kind, toStartOfMinute(timestamp) AS minute, count() AS calls, countIf(has_error) AS errors, quantilesBFloat16State(0.5, 0.95, 0.99)(duration_nano) AS duration, max(duration_nano) AS slowest, avgWeightedState(multiIf(duration_nano < 500000000, 1., duration_nano < 2000000000., 0.5, 0.), toUInt8(1)) AS apdex
        FROM apm.span
        WHERE kind IN (2, 5)
        GROUP BY service, operation, kind, minute
    "
)]
pub struct Red1mMv {
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(low_cardinality)]
    pub operation: String,
    pub kind: i8,
    pub minute: DateTime,
    pub calls: u64,
    pub errors: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64)")]
    pub duration: (),
    pub slowest: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(avgWeighted, Float64, UInt8)")]
    pub apdex: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = TopLevelOperation,
    query = "
        SELECT DISTINCT name, `resource_string_service$$name` AS service, toDateTime(timestamp) AS time
        FROM apm.span
        WHERE parent_span_id = ''
    "
)]
pub struct RootOperations {
    #[ch(low_cardinality)]
    pub name: String,
    #[ch(low_cardinality)]
    pub service: String,
    pub time: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = MergeTree,
    order_by = id,
    constraint(probability, check = "(probability >= 0) AND (probability <= 1)")
)]
pub struct SamplingRule {
    pub id: u16,
    pub service: String,
    pub operation: Option<String>,
    pub probability: f64,
    pub max_per_second: Option<u32>,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        SELECT service, operation, minute, arrayElement(quantilesBFloat16Merge(0.5, 0.95, 0.99)(duration), 3) / 1000000. AS p99_ms, sum(calls) AS calls
        FROM apm.red_1m
        GROUP BY service, operation, minute
        HAVING p99_ms > {threshold:Float64}
        ORDER BY p99_ms DESC NULLS LAST
        LIMIT 3 BY service
    "
)]
pub struct SlowOperation {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = MergeTree,
    partition_by = "toDate(timestamp)",
    order_by = (ts_bucket, resource_fingerprint, has_error, name, timestamp),
    ttl = "toDateTime(timestamp) + toIntervalSecond(1296000)",
    settings(max_compress_block_size = 131072, ttl_only_drop_parts = 1),
    index(
        idx_attr_keys,
        expr = "mapKeys(attributes_string)",
        type = "tokenbf_v1(1024, 2, 0)"
    ),
    index(
        idx_attr_number_values,
        expr = "mapValues(attributes_number)",
        type = "bloom_filter"
    ),
    index(idx_duration, expr = duration_nano, type = "minmax"),
    index(
        "idx_http.method",
        expr = http_method,
        type = "bloom_filter",
        granularity = 4
    ),
    index(idx_kind, expr = kind, type = "minmax", granularity = 4),
    index(idx_name, expr = name, type = "ngrambf_v1(4, 5000, 2, 0)"),
    index(idx_span_id, expr = span_id, type = "tokenbf_v1(5000, 5, 0)"),
    index(idx_trace_id, expr = trace_id, type = "tokenbf_v1(10000, 5, 0)")
)]
pub struct Span {
    #[ch(codec = "DoubleDelta, LZ4")]
    pub ts_bucket: u64,
    #[ch(codec = "ZSTD(1)")]
    pub resource_fingerprint: String,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub timestamp: DateTime64<9>,
    #[ch(codec = "ZSTD(1)")]
    pub trace_id: FixedString<32>,
    #[ch(codec = "ZSTD(1)")]
    pub span_id: String,
    #[ch(codec = "ZSTD(1)")]
    pub parent_span_id: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub flags: u32,
    #[ch(low_cardinality, codec = "ZSTD(1)")]
    pub name: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub kind: i8,
    #[ch(codec = "ZSTD(1)")]
    pub kind_string: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub duration_nano: u64,
    #[ch(codec = "T64, ZSTD(1)")]
    pub status_code: i16,
    #[ch(codec = "ZSTD(1)")]
    pub status_message: String,
    #[ch(type = "Map(LowCardinality(String), String)", codec = "ZSTD(1)")]
    pub attributes_string: HashMap<String, String>,
    #[ch(type = "Map(LowCardinality(String), Float64)", codec = "ZSTD(1)")]
    pub attributes_number: HashMap<String, f64>,
    #[ch(type = "Map(LowCardinality(String), Bool)", codec = "ZSTD(1)")]
    pub attributes_bool: HashMap<String, bool>,
    #[ch(type = "Map(LowCardinality(String), String)", codec = "ZSTD(1)")]
    pub resource: HashMap<String, String>,
    #[ch(codec = "ZSTD(2)")]
    pub events: Vec<String>,
    #[ch(
        low_cardinality,
        materialized = "multiIf((attributes_string['http.status_code']) != '', attributes_string['http.status_code'], attributes_string['rpc.grpc.status_code'])",
        codec = "ZSTD(1)"
    )]
    pub response_status_code: String,
    #[ch(
        low_cardinality,
        materialized = "coalesce(nullIf(attributes_string['http.request.method'], ''), nullIf(attributes_string['http.method'], ''), '')",
        codec = "ZSTD(1)"
    )]
    pub http_method: String,
    #[ch(low_cardinality, default = "attributes_string['db.name']")]
    pub db_name: String,
    #[ch(default = "status_code = 2", codec = "T64, ZSTD(1)")]
    pub has_error: bool,
    #[ch(low_cardinality, default = "'unknown'", codec = "ZSTD(1)")]
    pub is_remote: String,
    #[ch(
        name = "resource_string_service$$name",
        low_cardinality,
        default = "resource['service.name']",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "resource_string_service$$name")]
    pub resource_string_service_name: String,
    #[ch(
        name = "resource_string_service$$name_exists",
        default = "if(mapContains(resource, 'service.name') != 0, true, false)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "resource_string_service$$name_exists")]
    pub resource_string_service_name_exists: bool,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = MergeTree,
    partition_by = "toYYYYMM(at)",
    order_by = (trace_id, span_id)
)]
pub struct SpanLink {
    pub trace_id: FixedString<16>,
    pub span_id: FixedString<8>,
    #[ch(name = "linked.trace_id")]
    #[serde(rename = "linked.trace_id")]
    pub linked_trace_id: Vec<FixedString<16>>,
    #[ch(name = "linked.span_id")]
    #[serde(rename = "linked.span_id")]
    pub linked_span_id: Vec<FixedString<8>>,
    #[ch(name = "linked.attributes")]
    #[serde(rename = "linked.attributes")]
    pub linked_attributes: Vec<HashMap<String, String>>,
    #[ch(type = "DateTime64(6, 'UTC')")]
    pub at: DateTime64<6>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = ReplacingMergeTree,
    partition_by = "toDate(seen_at_ts_bucket_start)",
    order_by = (labels, fingerprint, seen_at_ts_bucket_start),
    ttl = "(toDateTime(seen_at_ts_bucket_start) + toIntervalSecond(1296000)) + toIntervalMinute(30)",
    settings(ttl_only_drop_parts = 1),
    index(idx_labels, expr = "lower(labels)", type = "ngrambf_v1(4, 1024, 3, 0)")
)]
pub struct SpanResource {
    #[ch(codec = "ZSTD(5)")]
    pub labels: String,
    #[ch(codec = "ZSTD(1)")]
    pub fingerprint: String,
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub seen_at_ts_bucket_start: i64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = ReplacingMergeTree,
    order_by = (tag_key, tag_type, tag_data_type, string_value, float64_value),
    ttl = "toDateTime(unix_milli / 1000) + toIntervalSecond(1296000)",
    settings(allow_nullable_key = 1, ttl_only_drop_parts = 1),
    index(keys, expr = tag_key, type = "bloom_filter"),
    index(string_values, expr = string_value, type = "ngrambf_v1(4, 1024, 3, 0)")
)]
pub struct TagAttribute {
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub unix_milli: i64,
    #[ch(low_cardinality, codec = "ZSTD(1)")]
    pub tag_key: String,
    pub tag_type: TagType,
    pub tag_data_type: TagDataType,
    #[ch(codec = "ZSTD(1)")]
    pub string_value: String,
    #[ch(codec = "ZSTD(1)")]
    pub float64_value: Option<f64>,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagType {
    Tag = 1,
    Resource = 2,
    Scope = 3,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagDataType {
    String = 1,
    Bool = 2,
    Float64 = 3,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = ReplacingMergeTree,
    order_by = (service, name),
    ttl = "time + toIntervalMonth(1)"
)]
pub struct TopLevelOperation {
    #[ch(low_cardinality, codec = "ZSTD(1)")]
    pub name: String,
    #[ch(low_cardinality, codec = "ZSTD(1)")]
    pub service: String,
    #[ch(default = "now()", codec = "ZSTD(1)")]
    pub time: DateTime,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = AggregatingMergeTree,
    partition_by = "cityHash64(trace_id) % 16",
    order_by = trace_id,
    ttl = "toDateTime(end) + toIntervalDay(15)",
    settings(index_granularity = 256, ttl_only_drop_parts = 1)
)]
pub struct TraceSummary {
    #[ch(codec = "ZSTD(1)")]
    pub trace_id: String,
    #[ch(
        type = "SimpleAggregateFunction(min, DateTime64(9))",
        codec = "ZSTD(1)"
    )]
    pub start: DateTime64<9>,
    #[ch(
        type = "SimpleAggregateFunction(max, DateTime64(9))",
        codec = "ZSTD(1)"
    )]
    pub end: DateTime64<9>,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub num_spans: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(groupUniqArray, LowCardinality(String))")]
    #[serde(skip)]
    pub services: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMinIf, LowCardinality(String), DateTime64(9), UInt8)")]
    #[serde(skip)]
    pub root: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = "apm.trace_summary",
    query = "
        SELECT trace_id, min(timestamp) AS start, max(timestamp) AS end, toUInt64(count()) AS num_spans, groupUniqArrayState(`resource_string_service$$name`) AS services, argMinIfState(name, timestamp, parent_span_id = '') AS root
        FROM apm.span
        GROUP BY trace_id
    "
)]
pub struct TraceSummaryMv {
    pub trace_id: FixedString<32>,
    pub start: DateTime64<9>,
    pub end: DateTime64<9>,
    pub num_spans: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(groupUniqArray, String)")]
    pub services: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMinIf, String, DateTime64(9), UInt8)")]
    pub root: (),
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    query = "
        WITH RECURSIVE tree AS (SELECT span_id, parent_span_id, name, 0 AS depth FROM apm.span WHERE parent_span_id = '' UNION ALL SELECT s.span_id, s.parent_span_id, s.name, t.depth + 1 FROM apm.span AS s INNER JOIN tree AS t ON s.parent_span_id = t.span_id)
        SELECT depth, concat(repeat('  ', depth), name) AS label
        FROM tree
    "
)]
pub struct TraceTree {
    pub depth: u64,
    pub label: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "apm",
    engine = SummingMergeTree,
    partition_by = "toDate(timestamp)",
    order_by = (timestamp, service),
    ttl = "timestamp + toIntervalMonth(6)"
)]
pub struct UsageExplorer {
    pub timestamp: DateTime,
    #[ch(low_cardinality)]
    pub service: String,
    #[ch(codec = "T64, ZSTD(1)")]
    pub count: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "apm",
    to = UsageExplorer,
    query = "
        SELECT toStartOfHour(timestamp) AS timestamp, `resource_string_service$$name` AS service, count() AS count
        FROM apm.span
        GROUP BY timestamp, service
    "
)]
pub struct UsageExplorerMv {
    pub timestamp: DateTime,
    #[ch(low_cardinality)]
    pub service: String,
    pub count: u64,
}
