-- Application performance: spans with logs and links, red metrics per service, service graph, trace summaries, profiles, sampling.
CREATE DATABASE apm COMMENT 'Traces, profiles and what is made of them';
CREATE TABLE apm.span
(
    `ts_bucket` UInt64 CODEC(DoubleDelta, LZ4),
    `resource_fingerprint` String CODEC(ZSTD(1)),
    `timestamp` DateTime64(9) CODEC(DoubleDelta, LZ4),
    `trace_id` FixedString(32) CODEC(ZSTD(1)),
    `span_id` String CODEC(ZSTD(1)),
    `parent_span_id` String CODEC(ZSTD(1)),
    `flags` UInt32 CODEC(T64, ZSTD(1)),
    `name` LowCardinality(String) CODEC(ZSTD(1)),
    `kind` Int8 CODEC(T64, ZSTD(1)),
    `kind_string` String CODEC(ZSTD(1)),
    `duration_nano` UInt64 CODEC(T64, ZSTD(1)),
    `status_code` Int16 CODEC(T64, ZSTD(1)),
    `status_message` String CODEC(ZSTD(1)),
    `attributes_string` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `attributes_number` Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    `attributes_bool` Map(LowCardinality(String), Bool) CODEC(ZSTD(1)),
    `resource` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `events` Array(String) CODEC(ZSTD(2)),
    `response_status_code` LowCardinality(String) MATERIALIZED multiIf(attributes_string['http.status_code'] != '', attributes_string['http.status_code'], attributes_string['rpc.grpc.status_code']) CODEC(ZSTD(1)),
    `http_method` LowCardinality(String) MATERIALIZED coalesce(nullIf(attributes_string['http.request.method'], ''), nullIf(attributes_string['http.method'], ''), '') CODEC(ZSTD(1)),
    `db_name` LowCardinality(String) DEFAULT attributes_string['db.name'],
    `has_error` Bool DEFAULT status_code = 2 CODEC(T64, ZSTD(1)),
    `is_remote` LowCardinality(String) DEFAULT 'unknown' CODEC(ZSTD(1)),
    `resource_string_service$$name` LowCardinality(String) DEFAULT resource['service.name'] CODEC(ZSTD(1)),
    `resource_string_service$$name_exists` Bool DEFAULT if(mapContains(resource, 'service.name') != 0, true, false) CODEC(ZSTD(1)),
    INDEX idx_trace_id trace_id TYPE tokenbf_v1(10000, 5, 0) GRANULARITY 1,
    INDEX idx_span_id span_id TYPE tokenbf_v1(5000, 5, 0) GRANULARITY 1,
    INDEX idx_duration duration_nano TYPE minmax GRANULARITY 1,
    INDEX idx_name name TYPE ngrambf_v1(4, 5000, 2, 0) GRANULARITY 1,
    INDEX idx_kind kind TYPE minmax GRANULARITY 4,
    INDEX `idx_http.method` http_method TYPE bloom_filter GRANULARITY 4,
    INDEX idx_attr_keys mapKeys(attributes_string) TYPE tokenbf_v1(1024, 2, 0) GRANULARITY 1,
    INDEX idx_attr_number_values mapValues(attributes_number) TYPE bloom_filter GRANULARITY 1
)
ENGINE = MergeTree PARTITION BY toDate(timestamp) ORDER BY (ts_bucket, resource_fingerprint, has_error, name, timestamp)
TTL toDateTime(timestamp) + toIntervalSecond(1296000)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, max_compress_block_size = 131072;
CREATE TABLE apm.span_resource
(
    `labels` String CODEC(ZSTD(5)), `fingerprint` String CODEC(ZSTD(1)), `seen_at_ts_bucket_start` Int64 CODEC(Delta(8), ZSTD(1)),
    INDEX idx_labels lower(labels) TYPE ngrambf_v1(4, 1024, 3, 0) GRANULARITY 1
)
ENGINE = ReplacingMergeTree PARTITION BY toDate(seen_at_ts_bucket_start) ORDER BY (labels, fingerprint, seen_at_ts_bucket_start)
TTL toDateTime(seen_at_ts_bucket_start) + toIntervalSecond(1296000) + INTERVAL 30 MINUTE SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE apm.error_index
(
    `timestamp` DateTime64(9) CODEC(DoubleDelta, LZ4), `error_id` FixedString(32) CODEC(ZSTD(1)), `group_id` FixedString(32) CODEC(ZSTD(1)), `trace_id` FixedString(32), `span_id` String,
    `service` LowCardinality(String), `exception_type` LowCardinality(String) CODEC(ZSTD(1)), `exception_message` String, `stacktrace` String CODEC(ZSTD(9)), `escaped` Bool CODEC(T64, ZSTD(1)),
    `resource_tags` Map(LowCardinality(String), String) CODEC(ZSTD(1)), INDEX idx_error_id error_id TYPE bloom_filter GRANULARITY 4, INDEX `idx resource keys` mapKeys(resource_tags) TYPE bloom_filter(0.01) GRANULARITY 64
)
ENGINE = MergeTree PARTITION BY toDate(timestamp) ORDER BY (timestamp, group_id) TTL toDateTime(timestamp) + INTERVAL 15 DAY;
CREATE TABLE apm.trace_summary
(
    `trace_id` String CODEC(ZSTD(1)), `start` SimpleAggregateFunction(min, DateTime64(9)) CODEC(ZSTD(1)), `end` SimpleAggregateFunction(max, DateTime64(9)) CODEC(ZSTD(1)), `num_spans` SimpleAggregateFunction(sum, UInt64),
    `services` AggregateFunction(groupUniqArray, LowCardinality(String)), `root` AggregateFunction(argMinIf, LowCardinality(String), DateTime64(9), UInt8)
)
ENGINE = AggregatingMergeTree PARTITION BY cityHash64(trace_id) % 16 ORDER BY trace_id TTL toDateTime(end) + INTERVAL 15 DAY SETTINGS index_granularity = 256, ttl_only_drop_parts = 1;
CREATE MATERIALIZED VIEW apm.trace_summary_mv TO apm.trace_summary AS
SELECT trace_id, min(timestamp) AS start, max(timestamp) AS end, toUInt64(count()) AS num_spans, groupUniqArrayState(`resource_string_service$$name`) AS services,
    argMinIfState(name, timestamp, parent_span_id = '') AS root
FROM apm.span GROUP BY trace_id;
CREATE TABLE apm.red_1m
(
    `service` LowCardinality(String), `operation` LowCardinality(String), `kind` Int8, `minute` DateTime, `calls` SimpleAggregateFunction(sum, UInt64), `errors` SimpleAggregateFunction(sum, UInt64),
    `duration` AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64), `slowest` SimpleAggregateFunction(max, UInt64), `apdex` AggregateFunction(avgWeighted, Float64, UInt8)
)
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMMDD(minute) ORDER BY (service, operation, kind, minute) TTL minute + INTERVAL 30 DAY;
CREATE MATERIALIZED VIEW apm.red_1m_mv TO apm.red_1m AS
SELECT `resource_string_service$$name` AS service, name AS operation, kind, toStartOfMinute(timestamp) AS minute, count() AS calls, countIf(has_error) AS errors,
    quantilesBFloat16State(0.5, 0.95, 0.99)(duration_nano) AS duration, max(duration_nano) AS slowest,
    avgWeightedState(CASE WHEN duration_nano < 500000000 THEN 1. WHEN duration_nano < 2e9 THEN 0.5 ELSE 0. END, toUInt8(1)) AS apdex
FROM apm.span WHERE kind IN (2, 5) GROUP BY service, operation, kind, minute;
CREATE TABLE apm.red_1h
(
    `service` LowCardinality(String), `operation` LowCardinality(String), `hour` DateTime, `calls` SimpleAggregateFunction(sum, UInt64), `errors` SimpleAggregateFunction(sum, UInt64),
    `duration` AggregateFunction(quantilesBFloat16(0.5, 0.95, 0.99), UInt64)
)
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (service, operation, hour) TTL hour + INTERVAL 13 MONTH;
CREATE MATERIALIZED VIEW apm.red_1h_mv TO apm.red_1h AS
SELECT service, operation, toStartOfHour(minute) AS hour, sum(calls) AS calls, sum(errors) AS errors, quantilesBFloat16MergeState(0.5, 0.95, 0.99)(duration) AS duration
FROM apm.red_1m GROUP BY ALL;
CREATE TABLE apm.dependency
(
    `src` LowCardinality(String), `dest` LowCardinality(String), `at` DateTime CODEC(DoubleDelta, LZ4), `durations` AggregateFunction(quantiles(0.5, 0.75, 0.9, 0.95, 0.99), Float64),
    `total` SimpleAggregateFunction(sum, UInt64), `errors` SimpleAggregateFunction(sum, UInt64), `environment` LowCardinality(String)
)
ENGINE = AggregatingMergeTree PARTITION BY toDate(at) ORDER BY (at, src, dest, environment) TTL at + INTERVAL 15 DAY;
CREATE MATERIALIZED VIEW apm.dependency_services_mv TO apm.dependency AS
SELECT a.`resource_string_service$$name` AS src, b.`resource_string_service$$name` AS dest, toStartOfMinute(b.timestamp) AS at,
    quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(b.duration_nano)) AS durations, count() AS total, countIf(b.status_code = 2) AS errors, b.resource['deployment.environment'] AS environment
FROM apm.span AS a, apm.span AS b WHERE (a.span_id = b.parent_span_id) AND (a.`resource_string_service$$name` != b.`resource_string_service$$name`) GROUP BY at, src, dest, environment;
CREATE MATERIALIZED VIEW apm.dependency_db_mv TO apm.dependency AS
SELECT `resource_string_service$$name` AS src, attributes_string['db.system'] AS dest, toStartOfMinute(timestamp) AS at, quantilesState(0.5, 0.75, 0.9, 0.95, 0.99)(toFloat64(duration_nano)) AS durations,
    count() AS total, countIf(status_code = 2) AS errors, resource['deployment.environment'] AS environment
FROM apm.span WHERE dest != '' AND kind != 2 GROUP BY at, src, dest, environment;
CREATE TABLE apm.usage_explorer (`timestamp` DateTime, `service` LowCardinality(String), `count` UInt64 CODEC(T64, ZSTD(1))) ENGINE = SummingMergeTree PARTITION BY toDate(timestamp) ORDER BY (timestamp, service) TTL timestamp + INTERVAL 6 MONTH;
CREATE MATERIALIZED VIEW apm.usage_explorer_mv TO apm.usage_explorer (`timestamp` DateTime, `service` LowCardinality(String), `count` UInt64) AS
SELECT toStartOfHour(timestamp) AS timestamp, `resource_string_service$$name` AS service, count() AS count FROM apm.span GROUP BY timestamp, service;
CREATE TABLE apm.top_level_operation (`name` LowCardinality(String) CODEC(ZSTD(1)), `service` LowCardinality(String) CODEC(ZSTD(1)), `time` DateTime DEFAULT now() CODEC(ZSTD(1)))
ENGINE = ReplacingMergeTree ORDER BY (service, name) TTL time + INTERVAL 1 MONTH;
CREATE MATERIALIZED VIEW apm.root_operations TO apm.top_level_operation AS SELECT DISTINCT name, `resource_string_service$$name` AS service, toDateTime(timestamp) AS time FROM apm.span WHERE parent_span_id = '';
CREATE TABLE apm.tag_attribute
(
    `unix_milli` Int64 CODEC(Delta(8), ZSTD(1)), `tag_key` LowCardinality(String) CODEC(ZSTD(1)), `tag_type` Enum8('tag' = 1, 'resource' = 2, 'scope' = 3), `tag_data_type` Enum8('string' = 1, 'bool' = 2, 'float64' = 3),
    `string_value` String CODEC(ZSTD(1)), `float64_value` Nullable(Float64) CODEC(ZSTD(1)), INDEX keys tag_key TYPE bloom_filter GRANULARITY 1, INDEX string_values string_value TYPE ngrambf_v1(4, 1024, 3, 0) GRANULARITY 1
)
ENGINE = ReplacingMergeTree ORDER BY (tag_key, tag_type, tag_data_type, string_value, float64_value) TTL toDateTime(unix_milli / 1000) + toIntervalSecond(1296000) SETTINGS ttl_only_drop_parts = 1, allow_nullable_key = 1;
CREATE TABLE apm.profile
(
    `ts` DateTime64(9), `type` LowCardinality(String), `service` LowCardinality(String), `duration_ns` UInt64 CODEC(DoubleDelta, ZSTD(1)), `payload` String CODEC(NONE), `payload_type` LowCardinality(String),
    `sample_types_units` Array(Tuple(String, String)), `tree` Array(Tuple(UInt64, UInt64, UInt64, Array(Tuple(String, Int64, Int64)))), `functions` Array(Tuple(UInt64, String)), `values_agg` Array(Tuple(String, Int64, Int32))
)
ENGINE = MergeTree PARTITION BY toDate(ts) ORDER BY (type, service, ts) SETTINGS min_compress_block_size = 65536;
CREATE TABLE apm.profile_series (`date` Date CODEC(ZSTD(1)), `key` String, `val` String, `type_id` LowCardinality(String), `fingerprint` UInt64) ENGINE = ReplacingMergeTree PARTITION BY date ORDER BY (date, key, val, type_id, fingerprint);
CREATE MATERIALIZED VIEW apm.profile_series_mv TO apm.profile_series AS
SELECT toDate(ts) AS date, kv.1 AS key, kv.2 AS val, type AS type_id, cityHash64(service, type) AS fingerprint FROM apm.profile ARRAY JOIN arrayConcat([('service', toString(service))], sample_types_units) AS kv;
CREATE TABLE apm.db_statement
(
    `day` Date, `service` LowCardinality(String), `hash` UInt64 CODEC(NONE), `statement` SimpleAggregateFunction(any, String), `calls` SimpleAggregateFunction(sumWithOverflow, UInt64), `time_us` SimpleAggregateFunction(sum, Decimal(38, 3)),
    `rows` AggregateFunction(sumMap, Array(LowCardinality(String)), Array(UInt64)), `worst` SimpleAggregateFunction(maxMap, Map(String, UInt64)), `tables` SimpleAggregateFunction(groupArrayArray, Array(String))
)
ENGINE = AggregatingMergeTree PARTITION BY day ORDER BY (day, service, hash);
CREATE TABLE apm.sampling_rule (`id` UInt16, `service` String, `operation` Nullable(String), `probability` Float64, `max_per_second` Nullable(UInt32), CONSTRAINT probability CHECK (probability >= 0) AND (probability <= 1)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE apm.span_link (`trace_id` FixedString(16), `span_id` FixedString(8), `linked` Nested(trace_id FixedString(16), span_id FixedString(8), attributes Map(String, String)), `at` DateTime64(6, 'UTC'))
ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (trace_id, span_id);
CREATE TABLE apm.collector_stats (`at` DateTime DEFAULT now(), `node` LowCardinality(String), `accepted` UInt64, `refused` UInt64, `queue` Tuple(size UInt32, `capacity %` Float32, oldest Nullable(DateTime))) ENGINE = Log;
CREATE VIEW apm.slow_operation AS
SELECT service, operation, minute, arrayElement(quantilesBFloat16Merge(0.5, 0.95, 0.99)(duration), 3) / 1e6 AS p99_ms, sum(calls) AS calls
FROM apm.red_1m GROUP BY service, operation, minute HAVING p99_ms > {threshold:Float64} ORDER BY p99_ms DESC NULLS LAST LIMIT 3 BY service;
CREATE VIEW apm.error_rate AS
SELECT service, hour, sum(errors) AS errors, sum(calls) AS calls, if(calls = 0, NULL, errors / calls) AS rate, anyLast(rate) OVER (PARTITION BY service ORDER BY hour ASC ROWS BETWEEN 24 PRECEDING AND 24 PRECEDING) AS day_before
FROM apm.red_1h GROUP BY service, hour;
CREATE VIEW apm.trace_tree AS
WITH RECURSIVE tree AS
(
    SELECT span_id, parent_span_id, name, 0 AS depth FROM apm.span WHERE parent_span_id = ''
    UNION ALL
    SELECT s.span_id, s.parent_span_id, s.name, t.depth + 1 FROM apm.span AS s INNER JOIN tree AS t ON s.parent_span_id = t.span_id
)
SELECT depth, repeat('  ', depth) || name AS label FROM tree;
CREATE VIEW apm.orphan AS SELECT trace_id, span_id FROM apm.span AS s LEFT ANTI JOIN (SELECT DISTINCT span_id FROM apm.span) AS p ON s.parent_span_id = p.span_id WHERE parent_span_id != '';
CREATE VIEW apm.exception_sample AS SELECT e.*, s.name AS operation FROM apm.error_index AS e ASOF LEFT JOIN apm.span AS s ON (e.trace_id = s.trace_id) AND (e.timestamp >= s.timestamp);
CREATE VIEW apm.by_version AS
SELECT resource['service.version'] AS version, * EXCEPT (events, attributes_bool) REPLACE (duration_nano / 1000 AS duration_nano) FROM apm.span WHERE timestamp >= (now() - INTERVAL '1' HOUR);
CREATE MATERIALIZED VIEW apm.http_status (`service` LowCardinality(String), `hour` DateTime, `codes` AggregateFunction(sumMap, Map(UInt16, UInt64)))
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (service, hour) TTL hour + INTERVAL 60 DAY
AS SELECT `resource_string_service$$name` AS service, toStartOfHour(timestamp) AS hour, sumMapState(map(toUInt16OrZero(response_status_code), toUInt64(1))) AS codes FROM apm.span WHERE response_status_code != '' GROUP BY service, hour;
