-- Metrics: samples and series, rollups by granularity, histograms, exemplars, Graphite names, SLOs.
CREATE DATABASE metrics;
CREATE TABLE metrics.samples
(
    `fingerprint` UInt64 CODEC(Delta(8), ZSTD(1)),
    `timestamp_ms` Int64 CODEC(DoubleDelta, LZ4),
    `value` Float64 CODEC(Gorilla, LZ4),
    `flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `at` DateTime64(3) ALIAS fromUnixTimestamp64Milli(timestamp_ms)
)
ENGINE = MergeTree PARTITION BY toDate(toDateTime(intDiv(timestamp_ms, 1000))) ORDER BY (fingerprint, timestamp_ms)
TTL toDateTime(intDiv(timestamp_ms, 1000)) + INTERVAL 30 DAY SETTINGS ttl_only_drop_parts = 1, index_granularity = 8192;
CREATE TABLE metrics.series
(
    `env` LowCardinality(String) DEFAULT 'default',
    `temporality` LowCardinality(String) DEFAULT 'Unspecified',
    `metric_name` LowCardinality(String),
    `fingerprint` UInt64 CODEC(Delta, ZSTD),
    `labels` String CODEC(ZSTD(5)),
    `attrs` Map(LowCardinality(String), String) DEFAULT map() CODEC(ZSTD(1)),
    `unix_milli` Int64 CODEC(Delta(8), ZSTD(1)),
    `__normalized` Bool DEFAULT true,
    INDEX idx_labels labels TYPE ngrambf_v1(4, 1024, 3, 0) GRANULARITY 1
)
ENGINE = ReplacingMergeTree PARTITION BY toDate(unix_milli / 1000) ORDER BY (env, temporality, metric_name, fingerprint, unix_milli)
TTL toDateTime(unix_milli / 1000) + toIntervalSecond(2592000) SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE metrics.otel_metrics_gauge
(
    `ResourceAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)), `ResourceSchemaUrl` String CODEC(ZSTD(1)), `ScopeName` String CODEC(ZSTD(1)), `ScopeDroppedAttrCount` UInt32 CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)), `MetricName` String CODEC(ZSTD(1)), `MetricUnit` String CODEC(ZSTD(1)), `Attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `StartTimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)), `TimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)), `Value` Float64 CODEC(ZSTD(1)), `Flags` UInt32 CODEC(ZSTD(1)),
    `Exemplars` Nested(FilteredAttributes Map(LowCardinality(String), String), TimeUnix DateTime64(9), Value Float64, SpanId String, TraceId String) CODEC(ZSTD(1)),
    INDEX idx_attr_key mapKeys(Attributes) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, Attributes, toUnixTimestamp64Nano(TimeUnix))
TTL toDateTime(TimeUnix) + toIntervalDay(3) SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1;
CREATE TABLE metrics.otel_metrics_sum
(
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)), `MetricName` String CODEC(ZSTD(1)), `Attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `TimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)), `Value` Float64 CODEC(ZSTD(1)), `AggregationTemporality` Int32 CODEC(ZSTD(1)), `IsMonotonic` Bool CODEC(Delta(1), ZSTD(1))
)
ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, Attributes, toUnixTimestamp64Nano(TimeUnix)) TTL toDateTime(TimeUnix) + toIntervalDay(3);
CREATE TABLE metrics.otel_metrics_histogram
(
    `ServiceName` LowCardinality(String), `MetricName` String, `TimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)), `Count` UInt64 CODEC(Delta(8), ZSTD(1)), `Sum` Float64 CODEC(ZSTD(1)),
    `BucketCounts` Array(UInt64) CODEC(ZSTD(1)), `ExplicitBounds` Array(Float64) CODEC(ZSTD(1)), `Min` Nullable(Float64), `Max` Nullable(Float64),
    CONSTRAINT buckets CHECK length(BucketCounts) = (length(ExplicitBounds) + 1)
)
ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, TimeUnix) TTL toDateTime(TimeUnix) + toIntervalDay(3);
CREATE TABLE metrics.otel_metrics_summary
(
    `ServiceName` LowCardinality(String), `MetricName` String, `TimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)), `Count` UInt64, `Sum` Float64,
    `ValueAtQuantiles` Nested(Quantile Float64, Value Float64) CODEC(ZSTD(1))
)
ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, TimeUnix);
CREATE TABLE metrics.exp_hist
(
    `env` LowCardinality(String), `metric_name` LowCardinality(String), `fingerprint` UInt64, `unix_milli` Int64 CODEC(DoubleDelta, ZSTD(1)), `count` UInt64 CODEC(ZSTD(1)), `sum` Float64 CODEC(Gorilla(8), ZSTD(1)),
    `sketch` AggregateFunction(quantilesDD(0.01, 0.5, 0.75, 0.9, 0.95, 0.99), UInt64) CODEC(ZSTD(1))
)
ENGINE = MergeTree PARTITION BY toDate(unix_milli / 1000) ORDER BY (env, metric_name, fingerprint, unix_milli) TTL toDateTime(unix_milli / 1000) + toIntervalDay(30);
CREATE TABLE metrics.samples_1m
(
    `fingerprint` UInt64, `bucket` DateTime CODEC(DoubleDelta, LZ4), `min` SimpleAggregateFunction(min, Float64), `max` SimpleAggregateFunction(max, Float64), `sum` SimpleAggregateFunction(sum, Float64),
    `count` SimpleAggregateFunction(sum, UInt64), `last` AggregateFunction(argMax, Float64, Int64), `quantiles` AggregateFunction(quantilesTDigest(0.5, 0.9, 0.99), Float64)
)
ENGINE = AggregatingMergeTree PARTITION BY toMonday(bucket) ORDER BY (fingerprint, bucket) TTL bucket + INTERVAL 90 DAY COMMENT '1 minute';
CREATE TABLE metrics.samples_5m AS metrics.samples_1m ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(bucket) ORDER BY (fingerprint, bucket) TTL bucket + INTERVAL 6 MONTH COMMENT '5 minutes';
CREATE TABLE metrics.samples_1h AS metrics.samples_1m ENGINE = AggregatingMergeTree PARTITION BY toYear(bucket) ORDER BY (fingerprint, bucket) TTL bucket + INTERVAL 2 YEAR COMMENT '1 hour';
CREATE TABLE metrics.samples_1d
(
    `fingerprint` UInt64, `day` Date CODEC(Delta(2), ZSTD(1)), `min` SimpleAggregateFunction(min, Float64), `max` SimpleAggregateFunction(max, Float64), `sum` SimpleAggregateFunction(sum, Float64), `count` SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree ORDER BY (fingerprint, day) COMMENT 'for ever';
CREATE MATERIALIZED VIEW metrics.samples_1m_mv TO metrics.samples_1m AS
SELECT fingerprint, toStartOfMinute(toDateTime(intDiv(timestamp_ms, 1000))) AS bucket, min(value) AS min, max(value) AS max, sum(value) AS sum, count() AS count,
    argMaxState(value, timestamp_ms) AS last, quantilesTDigestState(0.5, 0.9, 0.99)(value) AS quantiles
FROM metrics.samples WHERE isFinite(value) GROUP BY fingerprint, bucket;
CREATE MATERIALIZED VIEW metrics.samples_5m_mv TO metrics.samples_5m AS
SELECT fingerprint, toStartOfFiveMinutes(bucket) AS bucket, min(min) AS min, max(max) AS max, sum(sum) AS sum, sum(count) AS count, argMaxMergeState(last) AS last, quantilesTDigestMergeState(0.5, 0.9, 0.99)(quantiles) AS quantiles
FROM metrics.samples_1m GROUP BY fingerprint, bucket;
CREATE MATERIALIZED VIEW metrics.samples_1h_mv TO metrics.samples_1h AS
SELECT fingerprint, toStartOfHour(t.bucket) AS bucket, min(t.min) AS min, max(t.max) AS max, sum(t.sum) AS sum, sum(t.count) AS count, argMaxMergeState(t.last) AS last, quantilesTDigestMergeState(0.5, 0.9, 0.99)(t.quantiles) AS quantiles
FROM metrics.samples_5m AS t GROUP BY fingerprint, bucket;
CREATE MATERIALIZED VIEW metrics.samples_1d_mv TO metrics.samples_1d AS
SELECT fingerprint, toDate(bucket) AS day, min(min) AS min, max(max) AS max, sum(sum) AS sum, sum(count) AS count FROM metrics.samples_1h GROUP BY fingerprint, day;
CREATE TABLE metrics.metric
(
    `name` LowCardinality(String), `kind` Enum8('gauge' = 1, 'counter' = 2, 'histogram' = 3, 'summary' = 4, 'info' = 5, 'état' = 6), `unit` LowCardinality(String) DEFAULT '1', `help` String, `seen` DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree(seen) ORDER BY name SETTINGS index_granularity = 256 COMMENT 'Metadata from /metrics';
CREATE TABLE metrics.label_values
(
    `name` LowCardinality(String), `value` String CODEC(ZSTD(2)), `series` AggregateFunction(uniq, UInt64), `day` Date
)
ENGINE = AggregatingMergeTree PARTITION BY day ORDER BY (name, value, day) TTL day + INTERVAL 8 DAY;
CREATE MATERIALIZED VIEW metrics.label_values_mv TO metrics.label_values AS
SELECT label.1 AS name, label.2 AS value, uniqState(fingerprint) AS series, toDate(unix_milli / 1000) AS day
FROM metrics.series ARRAY JOIN JSONExtractKeysAndValues(labels, 'String') AS label GROUP BY name, value, day;
CREATE MATERIALIZED VIEW metrics.metric_names ENGINE = ReplacingMergeTree ORDER BY (env, metric_name) AS SELECT DISTINCT env, metric_name FROM metrics.series;
CREATE TABLE metrics.exemplar
(
    `fingerprint` UInt64, `at` DateTime64(3), `value` Float64, `trace_id` UInt128, `span_id` UInt64, `labels` Array(Tuple(String, String)), INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(at) ORDER BY (fingerprint, at) TTL toDateTime(at) + INTERVAL 3 DAY;
CREATE TABLE metrics.graphite (`Path` String, `Value` Float64 CODEC(Gorilla(8), LZ4), `Time` UInt32 CODEC(DoubleDelta, LZ4), `Date` Date MATERIALIZED toDate(Time), `Timestamp` UInt32)
ENGINE = MergeTree PARTITION BY toYYYYMM(toDate(Time)) ORDER BY (Path, Time);
CREATE TABLE metrics.graphite_index (`Date` Date, `Level` UInt32, `Path` String, `Version` UInt32) ENGINE = ReplacingMergeTree(Version) PARTITION BY toYYYYMM(Date) ORDER BY (Level, Path, Date) SETTINGS index_granularity = 1024;
CREATE MATERIALIZED VIEW metrics.graphite_index_mv TO metrics.graphite_index AS
SELECT toDate(Time) AS Date, toUInt32(length(splitByChar('.', Path))) AS Level, Path, max(Timestamp) AS Version FROM metrics.graphite GROUP BY Date, Level, Path;
CREATE TABLE metrics.host_cpu
(
    `host` LowCardinality(String), `time` DateTime CODEC(DoubleDelta, LZ4), `user` Float32 CODEC(Gorilla, LZ4), `system` Float32 CODEC(Gorilla, LZ4), `idle` Float32 CODEC(FPC(12), LZ4), `steal` Float32 DEFAULT 0 CODEC(FPC, ZSTD),
    `busy` Float32 ALIAS (100 - idle) - steal, `cores` UInt16, PROJECTION worst (SELECT host, time, idle ORDER BY idle)
)
ENGINE = MergeTree ORDER BY (host, time DESC) TTL time + INTERVAL 7 DAY;
CREATE TABLE metrics.host_mem (`host` LowCardinality(String), `time` DateTime, `total` UInt64 CODEC(T64, LZ4), `free` UInt64 CODEC(GCD, LZ4), `swap` UInt64 CODEC(GCD, T64, ZSTD(1))) ENGINE = MergeTree ORDER BY (host, time) TTL time + INTERVAL 7 DAY;
CREATE TABLE metrics.host_disk (`host` LowCardinality(String), `device` LowCardinality(String), `time` DateTime, `counters` Map(LowCardinality(String), UInt64), `io` Nested(op LowCardinality(String), bytes UInt64, micros UInt64))
ENGINE = MergeTree ORDER BY (host, device, time) TTL time + INTERVAL 7 DAY;
CREATE TABLE metrics.host_latest
(
    `host` LowCardinality(String), `time` DateTime, `idle` Nullable(Float32), `free` Nullable(UInt64)
)
ENGINE = CoalescingMergeTree ORDER BY host COMMENT 'the newest value of each column';
CREATE MATERIALIZED VIEW metrics.host_latest_cpu TO metrics.host_latest AS SELECT host, time, CAST(idle, 'Nullable(Float32)') AS idle FROM metrics.host_cpu;
CREATE MATERIALIZED VIEW metrics.host_latest_mem TO metrics.host_latest AS SELECT host, time, CAST(free, 'Nullable(UInt64)') AS free FROM metrics.host_mem;
CREATE TABLE metrics.slo
(
    `id` UInt32, `name` String, `objective` Decimal(6, 5) DEFAULT 0.999, `window_days` UInt8 DEFAULT 30, `good` String COMMENT 'PromQL', `total` String COMMENT 'PromQL', `burn_rates` Array(Tuple(hours UInt16, factor Float32)) DEFAULT [(1, 14.4), (6, 6)]
)
ENGINE = EmbeddedRocksDB PRIMARY KEY id;
CREATE TABLE metrics.slo_minute (`slo` UInt32, `minute` DateTime, `good` UInt64, `total` UInt64) ENGINE = SummingMergeTree((good, total)) PARTITION BY toYYYYMM(minute) ORDER BY (slo, minute);
CREATE VIEW metrics.slo_budget AS
SELECT s.slo AS slo, d.name AS name, sum(s.good) / nullIf(sum(s.total), 0) AS ratio, (1 - ((1 - ratio) / (1 - toFloat64(d.objective)))) AS budget
FROM metrics.slo_minute AS s INNER JOIN metrics.slo AS d ON s.slo = d.id WHERE s.minute >= (now() - toIntervalDay(d.window_days)) GROUP BY s.slo, d.name, d.objective;
CREATE VIEW metrics.rate AS
SELECT fingerprint, ts, if(isNull(prev) OR (value < prev), 0, (value - prev) / ((timestamp_ms - prev_ts) / 1000)) AS per_second
FROM (SELECT fingerprint, timestamp_ms, toDateTime(intDiv(timestamp_ms, 1000)) AS ts, value, lagInFrame(toNullable(value)) OVER w AS prev, lagInFrame(timestamp_ms, 1, timestamp_ms) OVER w AS prev_ts
    FROM metrics.samples WHERE fingerprint = {fp:UInt64} WINDOW w AS (PARTITION BY fingerprint ORDER BY timestamp_ms ASC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW));
CREATE VIEW metrics.p99 AS SELECT fingerprint, bucket, (quantilesTDigestMerge(0.5, 0.9, 0.99)(quantiles) AS q)[3] AS p99, q[1] AS median FROM metrics.samples_1h GROUP BY fingerprint, bucket HAVING p99 > median;
CREATE VIEW metrics.every_gauge AS
SELECT ServiceName, MetricName, TimeUnix, Value FROM metrics.otel_metrics_gauge
UNION ALL
SELECT ServiceName, MetricName, TimeUnix, Value FROM metrics.otel_metrics_sum WHERE NOT IsMonotonic
UNION ALL
SELECT ServiceName, concat(MetricName, '_avg'), TimeUnix, Sum / Count FROM metrics.otel_metrics_histogram WHERE Count > 0;
CREATE VIEW metrics.cardinality AS
SELECT metric_name, count() AS series, uniqExact(labels) AS label_sets, topK(3)(env) AS envs, max(fromUnixTimestamp64Milli(unix_milli)) AS newest
FROM metrics.series FINAL PREWHERE env != '' GROUP BY metric_name WITH TOTALS ORDER BY series DESC LIMIT 1000 SETTINGS max_threads = 2;
CREATE TABLE metrics.scrape_queue (`target` String, `at` DateTime, `body` String) ENGINE = Memory SETTINGS min_rows_to_keep = 100, max_rows_to_keep = 1000;
CREATE TABLE metrics.samples_buffer (`fingerprint` UInt64, `timestamp_ms` Int64, `value` Float64) ENGINE = Buffer('metrics', 'samples', 4, 1, 10, 1000, 100000, 1000000, 10000000);
CREATE TABLE metrics.synthetic (`fingerprint` UInt64, `timestamp_ms` Int64, `value` Float64) ENGINE = GenerateRandom(1, 5, 3);
CREATE TABLE metrics.all_hosts (`host` LowCardinality(String), `time` DateTime) ENGINE = Merge('metrics', '^host_(cpu|mem|disk)$');
CREATE TABLE metrics.series_seen (`fingerprint` UInt64) ENGINE = Set SETTINGS persistent = 1;
