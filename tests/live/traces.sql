-- Distributed tracing: spans, an index by trace, service graphs.
CREATE DATABASE traces;
CREATE TABLE traces.otel_traces
(
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `ParentSpanId` String CODEC(ZSTD(1)),
    `TraceState` String CODEC(ZSTD(1)),
    `SpanName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanKind` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `SpanAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `Duration` UInt64 CODEC(ZSTD(1)),
    `StatusCode` LowCardinality(String) CODEC(ZSTD(1)),
    `StatusMessage` String CODEC(ZSTD(1)),
    `Events.Timestamp` Array(DateTime64(9)) CODEC(ZSTD(1)),
    `Events.Name` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Links.TraceId` Array(String) CODEC(ZSTD(1)),
    `Links.SpanId` Array(String) CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_duration Duration TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toUnixTimestamp(Timestamp), TraceId)
TTL toDateTime(Timestamp) + toIntervalDay(3) SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1;
CREATE TABLE traces.trace_id_ts
(
    `TraceId` String CODEC(ZSTD(1)),
    `Start` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `End` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree ORDER BY (TraceId, toUnixTimestamp(Start)) TTL toDateTime(Start) + toIntervalDay(3);
CREATE MATERIALIZED VIEW traces.trace_id_ts_mv TO traces.trace_id_ts AS
SELECT TraceId, min(Timestamp) AS Start, max(Timestamp) AS End FROM traces.otel_traces WHERE TraceId != '' GROUP BY TraceId;
CREATE TABLE traces.span
(
    `timestamp` DateTime64(9, 'Europe/Berlin') CODEC(DoubleDelta, LZ4),
    `traceID` FixedString(32) CODEC(ZSTD(1)),
    `spanID` String,
    `flags` UInt32 CODEC(T64, ZSTD(1)),
    `durationNano` UInt64 CODEC(T64, ZSTD(1)),
    `statusCode` Enum8('STATUS_CODE_UNSET' = 0, 'STATUS_CODE_OK' = 1, 'STATUS_CODE_ERROR' = 2),
    `kind` Int8,
    `attributes_number` Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    `attributes_bool` Map(LowCardinality(String), Bool),
    `events` Array(String) CODEC(ZSTD(2)),
    `references` Tuple(refType LowCardinality(String), spanId String),
    `ip` IPv4,
    `peer` Nullable(IPv6),
    `cost` Decimal(18, 6),
    `ratio` Decimal(5, 2) DEFAULT 0.5,
    `big` Nullable(Int256),
    `has_error` Bool ALIAS statusCode = 'STATUS_CODE_ERROR',
    `http.method` LowCardinality(String) DEFAULT attributes_number['x'] > 1. ? 'GET' : 'it\'s \\ "odd"',
    INDEX `odd name` (attributes_number['a'] + 1) TYPE minmax GRANULARITY 2,
    CONSTRAINT positive ASSUME durationNano > 0
)
ENGINE = MergeTree PARTITION BY toDate(timestamp) ORDER BY (kind, timestamp, traceID) PRIMARY KEY (kind, timestamp);
CREATE TABLE traces.error
(
    `at` DateTime,
    `fingerprint` UInt128,
    `group_ids` Array(UUID),
    `owner` Nullable(UUID),
    `stack` Array(Tuple(file String, line UInt32)),
    `host` Nullable(IPv4),
    `shape` Point,
    `area` Polygon,
    `span` Nullable(String) TTL at + INTERVAL 1 DAY
)
ENGINE = ReplacingMergeTree ORDER BY (fingerprint, at DESC);
CREATE TABLE traces.service_edge
(
    `parent` LowCardinality(String), `child` LowCardinality(String), `at` DateTime CODEC(DoubleDelta, LZ4),
    `duration_quantiles` AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64),
    `calls` SimpleAggregateFunction(sum, UInt64), `errors` SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree ORDER BY (parent, child, at) TTL toDateTime(at) + INTERVAL 10 DAY
SETTINGS allow_nullable_key = 1;
CREATE MATERIALIZED VIEW traces.service_edge_mv TO traces.service_edge AS
SELECT a.ServiceName AS parent, b.ServiceName AS child, toStartOfMinute(b.Timestamp) AS at,
    quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(b.Duration)) AS duration_quantiles, count() AS calls,
    countIf(b.StatusCode = 'Error') AS errors
FROM traces.otel_traces AS a, traces.otel_traces AS b WHERE (a.ServiceName != b.ServiceName) AND (a.SpanId = b.ParentSpanId)
GROUP BY at, parent, child;
CREATE VIEW traces.slow AS
WITH 1000000000 AS second
SELECT TraceId, SpanName, Duration / second AS seconds, CASE WHEN Duration > 10 * second THEN 'very' ELSE 'a bit' END AS how
FROM traces.otel_traces WHERE Duration > second;
