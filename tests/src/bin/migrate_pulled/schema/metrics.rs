//! The database `metrics`.

use std::collections::HashMap;

use chx::prelude::*;

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = "Merge('metrics', '^host_(cpu|mem|disk)$')"
)]
pub struct AllHosts {
    #[ch(low_cardinality)]
    pub host: String,
    pub time: DateTime,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    query = "
        SELECT metric_name, count() AS series, uniqExact(labels) AS label_sets, topK(3)(env) AS envs, max(fromUnixTimestamp64Milli(unix_milli)) AS newest
        FROM metrics.series FINAL
        PREWHERE env != ''
        GROUP BY metric_name WITH TOTALS
        ORDER BY series DESC
        LIMIT 1000
        SETTINGS max_threads = 2
    "
)]
pub struct Cardinality {
    #[ch(low_cardinality)]
    pub metric_name: String,
    pub series: u64,
    pub label_sets: u64,
    pub envs: Vec<String>,
    pub newest: DateTime64<3>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    query = "
        SELECT ServiceName, MetricName, TimeUnix, Value
        FROM metrics.otel_metrics_gauge
        UNION ALL
        SELECT ServiceName, MetricName, TimeUnix, Value
        FROM metrics.otel_metrics_sum
        WHERE NOT IsMonotonic
        UNION ALL
        SELECT ServiceName, concat(MetricName, '_avg'), TimeUnix, Sum / Count
        FROM metrics.otel_metrics_histogram
        WHERE Count > 0
    "
)]
pub struct EveryGauge {
    #[ch(name = "ServiceName", low_cardinality)]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "MetricName")]
    #[serde(rename = "MetricName")]
    pub metric_name: String,
    #[ch(name = "TimeUnix")]
    #[serde(rename = "TimeUnix")]
    pub time_unix: DateTime64<9>,
    #[ch(name = "Value")]
    #[serde(rename = "Value")]
    pub value: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toYYYYMMDD(at)",
    order_by = (fingerprint, at),
    ttl = "toDateTime(at) + toIntervalDay(3)",
    index(
        by_trace,
        expr = trace_id,
        type = "bloom_filter(0.01)",
        granularity = 4
    )
)]
pub struct Exemplar {
    pub fingerprint: u64,
    pub at: DateTime64<3>,
    pub value: f64,
    pub trace_id: u128,
    pub span_id: u64,
    pub labels: Vec<(String, String)>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(unix_milli / 1000)",
    order_by = (env, metric_name, fingerprint, unix_milli),
    ttl = "toDateTime(unix_milli / 1000) + toIntervalDay(30)"
)]
pub struct ExpHist {
    #[ch(low_cardinality)]
    pub env: String,
    #[ch(low_cardinality)]
    pub metric_name: String,
    pub fingerprint: u64,
    #[ch(codec = "DoubleDelta, ZSTD(1)")]
    pub unix_milli: i64,
    #[ch(codec = "ZSTD(1)")]
    pub count: u64,
    #[ch(codec = "Gorilla(8), ZSTD(1)")]
    pub sum: f64,
    // No Rust type holds its values: a row goes without it.
    #[ch(
        type = "AggregateFunction(quantilesDD(0.01, 0.5, 0.75, 0.9, 0.95, 0.99), UInt64)",
        codec = "ZSTD(1)"
    )]
    #[serde(skip)]
    pub sketch: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toYYYYMM(toDate(Time))",
    order_by = (path, time)
)]
pub struct Graphite {
    #[ch(name = "Path")]
    #[serde(rename = "Path")]
    pub path: String,
    #[ch(name = "Value", codec = "Gorilla(8), LZ4")]
    #[serde(rename = "Value")]
    pub value: f64,
    #[ch(name = "Time", codec = "DoubleDelta, LZ4")]
    #[serde(rename = "Time")]
    pub time: u32,
    #[ch(name = "Date", materialized = "toDate(Time)")]
    #[serde(rename = "Date")]
    pub date: Date,
    #[ch(name = "Timestamp")]
    #[serde(rename = "Timestamp")]
    pub timestamp: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = ReplacingMergeTree(version),
    partition_by = "toYYYYMM(Date)",
    order_by = (level, path, date),
    settings(index_granularity = 1024)
)]
pub struct GraphiteIndex {
    #[ch(name = "Date")]
    #[serde(rename = "Date")]
    pub date: Date,
    #[ch(name = "Level")]
    #[serde(rename = "Level")]
    pub level: u32,
    #[ch(name = "Path")]
    #[serde(rename = "Path")]
    pub path: String,
    #[ch(name = "Version")]
    #[serde(rename = "Version")]
    pub version: u32,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    to = GraphiteIndex,
    query = "
        SELECT toDate(Time) AS Date, toUInt32(length(splitByChar('.', Path))) AS Level, Path, max(Timestamp) AS Version
        FROM metrics.graphite
        GROUP BY Date, Level, Path
    "
)]
pub struct GraphiteIndexMv {
    #[ch(name = "Date")]
    pub date: Date,
    #[ch(name = "Level")]
    pub level: u32,
    #[ch(name = "Path")]
    pub path: String,
    #[ch(name = "Version")]
    pub version: u32,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    order_by = (host, "time DESC"),
    ttl = "time + toIntervalDay(7)",
    projection(worst, "SELECT host, time, idle ORDER BY idle")
)]
pub struct HostCpu {
    #[ch(low_cardinality)]
    pub host: String,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub time: DateTime,
    #[ch(codec = "Gorilla(4), LZ4")]
    pub user: f32,
    #[ch(codec = "Gorilla(4), LZ4")]
    pub system: f32,
    #[ch(codec = "FPC(12), LZ4")]
    pub idle: f32,
    #[ch(default = "0", codec = "FPC(12), ZSTD(1)")]
    pub steal: f32,
    #[ch(alias = "(100 - idle) - steal")]
    pub busy: f32,
    pub cores: u16,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    order_by = (host, device, time),
    ttl = "time + toIntervalDay(7)"
)]
pub struct HostDisk {
    #[ch(low_cardinality)]
    pub host: String,
    #[ch(low_cardinality)]
    pub device: String,
    pub time: DateTime,
    #[ch(type = "Map(LowCardinality(String), UInt64)")]
    pub counters: HashMap<String, u64>,
    #[ch(name = "io.op", type = "Array(LowCardinality(String))")]
    #[serde(rename = "io.op")]
    pub io_op: Vec<String>,
    #[ch(name = "io.bytes")]
    #[serde(rename = "io.bytes")]
    pub io_bytes: Vec<u64>,
    #[ch(name = "io.micros")]
    #[serde(rename = "io.micros")]
    pub io_micros: Vec<u64>,
}

/// the newest value of each column
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "metrics", engine = CoalescingMergeTree, order_by = host)]
pub struct HostLatest {
    #[ch(low_cardinality)]
    pub host: String,
    pub time: DateTime,
    pub idle: Option<f32>,
    pub free: Option<u64>,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    to = "metrics.host_latest",
    query = "
        SELECT host, time, CAST(idle, 'Nullable(Float32)') AS idle
        FROM metrics.host_cpu
    "
)]
pub struct HostLatestCpu {
    #[ch(low_cardinality)]
    pub host: String,
    pub time: DateTime,
    pub idle: Option<f32>,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    to = "metrics.host_latest",
    query = "
        SELECT host, time, CAST(free, 'Nullable(UInt64)') AS free
        FROM metrics.host_mem
    "
)]
pub struct HostLatestMem {
    #[ch(low_cardinality)]
    pub host: String,
    pub time: DateTime,
    pub free: Option<u64>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    order_by = (host, time),
    ttl = "time + toIntervalDay(7)"
)]
pub struct HostMem {
    #[ch(low_cardinality)]
    pub host: String,
    pub time: DateTime,
    #[ch(codec = "T64, LZ4")]
    pub total: u64,
    #[ch(codec = "GCD, LZ4")]
    pub free: u64,
    #[ch(codec = "GCD, T64, ZSTD(1)")]
    pub swap: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = AggregatingMergeTree,
    partition_by = day,
    order_by = (name, value, day),
    ttl = "day + toIntervalDay(8)"
)]
pub struct LabelValues {
    #[ch(low_cardinality)]
    pub name: String,
    #[ch(codec = "ZSTD(2)")]
    pub value: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    #[serde(skip)]
    pub series: (),
    pub day: Date,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    to = "metrics.label_values",
    query = "
        SELECT label.1 AS name, label.2 AS value, uniqState(fingerprint) AS series, toDate(unix_milli / 1000) AS day
        FROM metrics.series
        ARRAY JOIN JSONExtractKeysAndValues(labels, 'String') AS label
        GROUP BY name, value, day
    "
)]
pub struct LabelValuesMv {
    pub name: String,
    pub value: String,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(uniq, UInt64)")]
    pub series: (),
    pub day: Date,
}

/// Metadata from /metrics
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = ReplacingMergeTree(seen),
    order_by = name,
    settings(index_granularity = 256)
)]
pub struct Metric {
    #[ch(low_cardinality)]
    pub name: String,
    pub kind: MetricKind,
    #[ch(low_cardinality, default = "'1'")]
    pub unit: String,
    pub help: String,
    #[ch(default = "now()")]
    pub seen: DateTime,
}

#[derive(ChEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    Gauge = 1,
    Counter = 2,
    Histogram = 3,
    Summary = 4,
    Info = 5,
    État = 6,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = ReplacingMergeTree,
    order_by = (env, metric_name),
    query = "SELECT DISTINCT env, metric_name FROM metrics.series"
)]
pub struct MetricNames {
    #[ch(low_cardinality)]
    pub env: String,
    #[ch(low_cardinality)]
    pub metric_name: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(TimeUnix)",
    order_by = (service_name, metric_name, attributes, "toUnixTimestamp64Nano(TimeUnix)"),
    ttl = "toDateTime(TimeUnix) + toIntervalDay(3)",
    settings(ttl_only_drop_parts = 1),
    index(
        idx_attr_key,
        expr = "mapKeys(Attributes)",
        type = "bloom_filter(0.01)"
    )
)]
pub struct OtelMetricsGauge {
    #[ch(
        name = "ResourceAttributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "ResourceAttributes")]
    pub resource_attributes: HashMap<String, String>,
    #[ch(name = "ResourceSchemaUrl", codec = "ZSTD(1)")]
    #[serde(rename = "ResourceSchemaUrl")]
    pub resource_schema_url: String,
    #[ch(name = "ScopeName", codec = "ZSTD(1)")]
    #[serde(rename = "ScopeName")]
    pub scope_name: String,
    #[ch(name = "ScopeDroppedAttrCount", codec = "ZSTD(1)")]
    #[serde(rename = "ScopeDroppedAttrCount")]
    pub scope_dropped_attr_count: u32,
    #[ch(name = "ServiceName", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "MetricName", codec = "ZSTD(1)")]
    #[serde(rename = "MetricName")]
    pub metric_name: String,
    #[ch(name = "MetricUnit", codec = "ZSTD(1)")]
    #[serde(rename = "MetricUnit")]
    pub metric_unit: String,
    #[ch(
        name = "Attributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "Attributes")]
    pub attributes: HashMap<String, String>,
    #[ch(name = "StartTimeUnix", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "StartTimeUnix")]
    pub start_time_unix: DateTime64<9>,
    #[ch(name = "TimeUnix", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "TimeUnix")]
    pub time_unix: DateTime64<9>,
    #[ch(name = "Value", codec = "ZSTD(1)")]
    #[serde(rename = "Value")]
    pub value: f64,
    #[ch(name = "Flags", codec = "ZSTD(1)")]
    #[serde(rename = "Flags")]
    pub flags: u32,
    #[ch(
        name = "Exemplars.FilteredAttributes",
        type = "Array(Map(LowCardinality(String), String))",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "Exemplars.FilteredAttributes")]
    pub exemplars_filtered_attributes: Vec<HashMap<String, String>>,
    #[ch(name = "Exemplars.TimeUnix", codec = "ZSTD(1)")]
    #[serde(rename = "Exemplars.TimeUnix")]
    pub exemplars_time_unix: Vec<DateTime64<9>>,
    #[ch(name = "Exemplars.Value", codec = "ZSTD(1)")]
    #[serde(rename = "Exemplars.Value")]
    pub exemplars_value: Vec<f64>,
    #[ch(name = "Exemplars.SpanId", codec = "ZSTD(1)")]
    #[serde(rename = "Exemplars.SpanId")]
    pub exemplars_span_id: Vec<String>,
    #[ch(name = "Exemplars.TraceId", codec = "ZSTD(1)")]
    #[serde(rename = "Exemplars.TraceId")]
    pub exemplars_trace_id: Vec<String>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(TimeUnix)",
    order_by = (service_name, metric_name, time_unix),
    ttl = "toDateTime(TimeUnix) + toIntervalDay(3)",
    constraint(buckets, check = "length(BucketCounts) = (length(ExplicitBounds) + 1)")
)]
pub struct OtelMetricsHistogram {
    #[ch(name = "ServiceName", low_cardinality)]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "MetricName")]
    #[serde(rename = "MetricName")]
    pub metric_name: String,
    #[ch(name = "TimeUnix", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "TimeUnix")]
    pub time_unix: DateTime64<9>,
    #[ch(name = "Count", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "Count")]
    pub count: u64,
    #[ch(name = "Sum", codec = "ZSTD(1)")]
    #[serde(rename = "Sum")]
    pub sum: f64,
    #[ch(name = "BucketCounts", codec = "ZSTD(1)")]
    #[serde(rename = "BucketCounts")]
    pub bucket_counts: Vec<u64>,
    #[ch(name = "ExplicitBounds", codec = "ZSTD(1)")]
    #[serde(rename = "ExplicitBounds")]
    pub explicit_bounds: Vec<f64>,
    #[ch(name = "Min")]
    #[serde(rename = "Min")]
    pub min: Option<f64>,
    #[ch(name = "Max")]
    #[serde(rename = "Max")]
    pub max: Option<f64>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(TimeUnix)",
    order_by = (service_name, metric_name, attributes, "toUnixTimestamp64Nano(TimeUnix)"),
    ttl = "toDateTime(TimeUnix) + toIntervalDay(3)"
)]
pub struct OtelMetricsSum {
    #[ch(name = "ServiceName", low_cardinality, codec = "ZSTD(1)")]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "MetricName", codec = "ZSTD(1)")]
    #[serde(rename = "MetricName")]
    pub metric_name: String,
    #[ch(
        name = "Attributes",
        type = "Map(LowCardinality(String), String)",
        codec = "ZSTD(1)"
    )]
    #[serde(rename = "Attributes")]
    pub attributes: HashMap<String, String>,
    #[ch(name = "TimeUnix", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "TimeUnix")]
    pub time_unix: DateTime64<9>,
    #[ch(name = "Value", codec = "ZSTD(1)")]
    #[serde(rename = "Value")]
    pub value: f64,
    #[ch(name = "AggregationTemporality", codec = "ZSTD(1)")]
    #[serde(rename = "AggregationTemporality")]
    pub aggregation_temporality: i32,
    #[ch(name = "IsMonotonic", codec = "Delta(1), ZSTD(1)")]
    #[serde(rename = "IsMonotonic")]
    pub is_monotonic: bool,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(TimeUnix)",
    order_by = (service_name, metric_name, time_unix)
)]
pub struct OtelMetricsSummary {
    #[ch(name = "ServiceName", low_cardinality)]
    #[serde(rename = "ServiceName")]
    pub service_name: String,
    #[ch(name = "MetricName")]
    #[serde(rename = "MetricName")]
    pub metric_name: String,
    #[ch(name = "TimeUnix", codec = "Delta(8), ZSTD(1)")]
    #[serde(rename = "TimeUnix")]
    pub time_unix: DateTime64<9>,
    #[ch(name = "Count")]
    #[serde(rename = "Count")]
    pub count: u64,
    #[ch(name = "Sum")]
    #[serde(rename = "Sum")]
    pub sum: f64,
    #[ch(name = "ValueAtQuantiles.Quantile", codec = "ZSTD(1)")]
    #[serde(rename = "ValueAtQuantiles.Quantile")]
    pub value_at_quantiles_quantile: Vec<f64>,
    #[ch(name = "ValueAtQuantiles.Value", codec = "ZSTD(1)")]
    #[serde(rename = "ValueAtQuantiles.Value")]
    pub value_at_quantiles_value: Vec<f64>,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    query = "
        SELECT fingerprint, bucket, (quantilesTDigestMerge(0.5, 0.9, 0.99)(quantiles) AS q)[3] AS p99, q[1] AS median
        FROM metrics.samples_1h
        GROUP BY fingerprint, bucket
        HAVING p99 > median
    "
)]
pub struct P99 {
    pub fingerprint: u64,
    pub bucket: DateTime,
    pub p99: f32,
    pub median: f32,
}

#[derive(ChView, Debug, Clone)]
#[ch(
    database = "metrics",
    query = "
        SELECT fingerprint, ts, if(isNull(prev) OR (value < prev), 0, (value - prev) / ((timestamp_ms - prev_ts) / 1000)) AS per_second
        FROM (SELECT fingerprint, timestamp_ms, toDateTime(intDiv(timestamp_ms, 1000)) AS ts, value, lagInFrame(toNullable(value)) OVER w AS prev, lagInFrame(timestamp_ms, 1, timestamp_ms) OVER w AS prev_ts FROM metrics.samples WHERE fingerprint = {fp:UInt64} WINDOW w AS (PARTITION BY fingerprint ORDER BY timestamp_ms ASC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
    "
)]
pub struct Rate {}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = MergeTree,
    partition_by = "toDate(toDateTime(intDiv(timestamp_ms, 1000)))",
    order_by = (fingerprint, timestamp_ms),
    ttl = "toDateTime(intDiv(timestamp_ms, 1000)) + toIntervalDay(30)",
    settings(ttl_only_drop_parts = 1)
)]
pub struct Samples {
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub fingerprint: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub timestamp_ms: i64,
    #[ch(codec = "Gorilla(8), LZ4")]
    pub value: f64,
    #[ch(default = "0", codec = "ZSTD(1)")]
    pub flags: u32,
    #[ch(alias = "fromUnixTimestamp64Milli(timestamp_ms)")]
    pub at: DateTime64<3>,
}

/// for ever
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1d",
    engine = AggregatingMergeTree,
    order_by = (fingerprint, day)
)]
pub struct Samples1d {
    pub fingerprint: u64,
    #[ch(codec = "Delta(2), ZSTD(1)")]
    pub day: Date,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    #[ch(type = "SimpleAggregateFunction(sum, Float64)")]
    pub sum: f64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub count: u64,
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1d_mv",
    to = "metrics.samples_1d",
    query = "
        SELECT fingerprint, toDate(bucket) AS day, min(min) AS min, max(max) AS max, sum(sum) AS sum, sum(count) AS count
        FROM metrics.samples_1h
        GROUP BY fingerprint, day
    "
)]
pub struct Samples1dMv {
    pub fingerprint: u64,
    pub day: Date,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    pub sum: f64,
    pub count: u64,
}

/// 1 hour
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1h",
    engine = AggregatingMergeTree,
    partition_by = "toYear(bucket)",
    order_by = (fingerprint, bucket),
    ttl = "bucket + toIntervalYear(2)"
)]
pub struct Samples1h {
    pub fingerprint: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub bucket: DateTime,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    #[ch(type = "SimpleAggregateFunction(sum, Float64)")]
    pub sum: f64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    #[serde(skip)]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    #[serde(skip)]
    pub quantiles: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1h_mv",
    to = "metrics.samples_1h",
    query = "
        SELECT fingerprint, toStartOfHour(t.bucket) AS bucket, min(t.min) AS min, max(t.max) AS max, sum(t.sum) AS sum, sum(t.count) AS count, argMaxMergeState(t.last) AS last, quantilesTDigestMergeState(0.5, 0.9, 0.99)(t.quantiles) AS quantiles
        FROM metrics.samples_5m AS t
        GROUP BY fingerprint, bucket
    "
)]
pub struct Samples1hMv {
    pub fingerprint: u64,
    pub bucket: DateTime,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    pub sum: f64,
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    pub quantiles: (),
}

/// 1 minute
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1m",
    engine = AggregatingMergeTree,
    partition_by = "toMonday(bucket)",
    order_by = (fingerprint, bucket),
    ttl = "bucket + toIntervalDay(90)"
)]
pub struct Samples1m {
    pub fingerprint: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub bucket: DateTime,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    #[ch(type = "SimpleAggregateFunction(sum, Float64)")]
    pub sum: f64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    #[serde(skip)]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    #[serde(skip)]
    pub quantiles: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_1m_mv",
    to = "metrics.samples_1m",
    query = "
        SELECT fingerprint, toStartOfMinute(toDateTime(intDiv(timestamp_ms, 1000))) AS bucket, min(value) AS min, max(value) AS max, sum(value) AS sum, count() AS count, argMaxState(value, timestamp_ms) AS last, quantilesTDigestState(0.5, 0.9, 0.99)(value) AS quantiles
        FROM metrics.samples
        WHERE isFinite(value)
        GROUP BY fingerprint, bucket
    "
)]
pub struct Samples1mMv {
    pub fingerprint: u64,
    pub bucket: DateTime,
    pub min: f64,
    pub max: f64,
    pub sum: f64,
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    pub quantiles: (),
}

/// 5 minutes
#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_5m",
    engine = AggregatingMergeTree,
    partition_by = "toYYYYMM(bucket)",
    order_by = (fingerprint, bucket),
    ttl = "bucket + toIntervalMonth(6)"
)]
pub struct Samples5m {
    pub fingerprint: u64,
    #[ch(codec = "DoubleDelta, LZ4")]
    pub bucket: DateTime,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    #[ch(type = "SimpleAggregateFunction(sum, Float64)")]
    pub sum: f64,
    #[ch(type = "SimpleAggregateFunction(sum, UInt64)")]
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    #[serde(skip)]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    #[serde(skip)]
    pub quantiles: (),
}

#[derive(ChMaterializedView, Debug, Clone)]
#[ch(
    database = "metrics",
    name = "samples_5m_mv",
    to = "metrics.samples_5m",
    query = "
        SELECT fingerprint, toStartOfFiveMinutes(bucket) AS bucket, min(min) AS min, max(max) AS max, sum(sum) AS sum, sum(count) AS count, argMaxMergeState(last) AS last, quantilesTDigestMergeState(0.5, 0.9, 0.99)(quantiles) AS quantiles
        FROM metrics.samples_1m
        GROUP BY fingerprint, bucket
    "
)]
pub struct Samples5mMv {
    pub fingerprint: u64,
    pub bucket: DateTime,
    #[ch(type = "SimpleAggregateFunction(min, Float64)")]
    pub min: f64,
    #[ch(type = "SimpleAggregateFunction(max, Float64)")]
    pub max: f64,
    pub sum: f64,
    pub count: u64,
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(argMax, Float64, Int64)")]
    pub last: (),
    // No Rust type holds its values: a row goes without it.
    #[ch(type = "AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)")]
    pub quantiles: (),
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = "Buffer('metrics', 'samples', 4, 1, 10, 1000, 100000, 1000000, 10000000)"
)]
pub struct SamplesBuffer {
    pub fingerprint: u64,
    pub timestamp_ms: i64,
    pub value: f64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = Memory,
    settings(max_rows_to_keep = 1000, min_rows_to_keep = 100)
)]
pub struct ScrapeQueue {
    pub target: String,
    pub at: DateTime,
    pub body: String,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = ReplacingMergeTree,
    partition_by = "toDate(unix_milli / 1000)",
    order_by = (env, temporality, metric_name, fingerprint, unix_milli),
    ttl = "toDateTime(unix_milli / 1000) + toIntervalSecond(2592000)",
    settings(ttl_only_drop_parts = 1),
    index(idx_labels, expr = labels, type = "ngrambf_v1(4, 1024, 3, 0)")
)]
pub struct Series {
    #[ch(low_cardinality, default = "'default'")]
    pub env: String,
    #[ch(low_cardinality, default = "'Unspecified'")]
    pub temporality: String,
    #[ch(low_cardinality)]
    pub metric_name: String,
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub fingerprint: u64,
    #[ch(codec = "ZSTD(5)")]
    pub labels: String,
    #[ch(
        type = "Map(LowCardinality(String), String)",
        default = "map()",
        codec = "ZSTD(1)"
    )]
    pub attrs: HashMap<String, String>,
    #[ch(codec = "Delta(8), ZSTD(1)")]
    pub unix_milli: i64,
    #[ch(default = "true")]
    pub __normalized: bool,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "metrics", engine = "Set", settings(persistent = 1))]
pub struct SeriesSeen {
    pub fingerprint: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "metrics", engine = "EmbeddedRocksDB", primary_key = id)]
pub struct Slo {
    pub id: u32,
    pub name: String,
    #[ch(type = "Decimal(6, 5)", default = "0.999")]
    pub objective: i32,
    #[ch(default = "30")]
    pub window_days: u8,
    /// PromQL
    pub good: String,
    /// PromQL
    pub total: String,
    #[ch(default = "[(1, 14.4), (6, 6)]")]
    pub burn_rates: Vec<BurnRate>,
}

#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]
pub struct BurnRate {
    pub hours: u16,
    pub factor: f32,
}

#[derive(ChView, Row, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    query = "
        SELECT s.slo AS slo, d.name AS name, sum(s.good) / nullIf(sum(s.total), 0) AS ratio, (1 - ((1 - ratio) / (1 - toFloat64(d.objective)))) AS budget
        FROM metrics.slo_minute AS s INNER JOIN metrics.slo AS d ON s.slo = d.id
        WHERE s.minute >= (now() - toIntervalDay(d.window_days))
        GROUP BY s.slo, d.name, d.objective
    "
)]
pub struct SloBudget {
    pub slo: u32,
    pub name: String,
    pub ratio: Option<f64>,
    pub budget: Option<f64>,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(
    database = "metrics",
    engine = "SummingMergeTree((good, total))",
    partition_by = "toYYYYMM(minute)",
    order_by = (slo, minute)
)]
pub struct SloMinute {
    pub slo: u32,
    pub minute: DateTime,
    pub good: u64,
    pub total: u64,
}

#[derive(ChTable, Row, Serialize, Deserialize, Debug, Clone)]
#[ch(database = "metrics", engine = "GenerateRandom(1, 5, 3)")]
pub struct Synthetic {
    pub fingerprint: u64,
    pub timestamp_ms: i64,
    pub value: f64,
}
