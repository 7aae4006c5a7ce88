-- Log storage: ingestion through a Null table, tenants, hot and cold tables, skipping indexes of every kind, patterns, alerts.
CREATE DATABASE logs;
CREATE TABLE logs.ingest
(
    `raw` String,
    `received_at` DateTime64(3) DEFAULT now64(3),
    `listener` LowCardinality(String) DEFAULT 'otlp',
    `tenant` UInt32 EPHEMERAL 0,
    `size` UInt32 ALIAS toUInt32(length(raw))
)
ENGINE = Null COMMENT 'Everything comes in here; the views carry it on.';
CREATE TABLE logs.otel_logs
(
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimestampTime` DateTime DEFAULT toDateTime(Timestamp),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `TraceFlags` UInt8,
    `SeverityText` LowCardinality(String) CODEC(ZSTD(1)),
    `SeverityNumber` UInt8,
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Body` String CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `ScopeName` String CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `LogAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `EventName` String CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_log_attr_key mapKeys(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_lower_body lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8
)
ENGINE = MergeTree
PARTITION BY toDate(TimestampTime)
PRIMARY KEY (ServiceName, TimestampTime)
ORDER BY (ServiceName, TimestampTime, Timestamp)
TTL TimestampTime + toIntervalDay(180)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1;
CREATE TABLE logs.hot
(
    `tenant` UInt32,
    `ts` DateTime64(3, 'UTC') CODEC(DoubleDelta, LZ4),
    `level` Enum8('trace' = 1, 'debug' = 5, 'info' = 9, 'warn' = 13, 'error' = 17, 'fatal' = 21),
    `service` LowCardinality(String),
    `host` LowCardinality(String) DEFAULT hostName(),
    `message` String COMMENT 'As it was written, without the prefix.' CODEC(ZSTD(3)),
    `fields` Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    `trace_id` FixedString(16) DEFAULT toFixedString('', 16),
    `client` Nullable(IPv6),
    `bytes` UInt32 MATERIALIZED length(message) + length(toString(fields)),
    `day` Date MATERIALIZED toDate(ts),
    `is_error` Bool ALIAS level >= 'error',
    INDEX words message TYPE tokenbf_v1(10240, 3, 0) GRANULARITY 4,
    INDEX grams lower(message) TYPE ngrambf_v1(4, 1024, 2, 0) GRANULARITY 4,
    INDEX sparse message TYPE sparse_grams(3, 100, 4, 1024, 2, 0) GRANULARITY 2,
    INDEX levels level TYPE set(8) GRANULARITY 1,
    INDEX clients assumeNotNull(client) TYPE bloom_filter GRANULARITY 3,
    INDEX traces trace_id TYPE bloom_filter(0.0001),
    CONSTRAINT has_service CHECK service != '',
    CONSTRAINT not_from_the_future ASSUME ts < toDateTime64('2100-01-01 00:00:00', 3)
)
ENGINE = MergeTree
PARTITION BY (toStartOfInterval(ts, INTERVAL 6 HOUR), tenant % 8)
ORDER BY (tenant, service, toStartOfMinute(ts), level, ts)
TTL toDateTime(ts) + INTERVAL 2 DAY DELETE WHERE level <= 'debug',
    toDateTime(ts) + INTERVAL 3 DAY RECOMPRESS CODEC(ZSTD(9)),
    toDateTime(ts) + INTERVAL 14 DAY DELETE
SETTINGS merge_with_ttl_timeout = 3600, ttl_only_drop_parts = 0, max_bytes_to_merge_at_max_space_in_pool = 53687091200, parts_to_delay_insert = 500,
    min_bytes_for_wide_part = '10M', enable_block_number_column = 1, enable_block_offset_column = 1
COMMENT 'Two weeks. Debug lines live for two days.';
CREATE TABLE logs.cold
(
    `tenant` UInt32, `day` Date, `service` LowCardinality(String), `ts` DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(12)),
    `level` Enum8('trace' = 1, 'debug' = 5, 'info' = 9, 'warn' = 13, 'error' = 17, 'fatal' = 21), `message` String CODEC(ZSTD(12)), `fields` String CODEC(ZSTD(12)),
    PROJECTION by_level (SELECT tenant, level, day, count() GROUP BY tenant, level, day)
)
ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY (tenant, day, service, ts) PRIMARY KEY (tenant, day, service)
TTL day + INTERVAL 13 MONTH
SETTINGS index_granularity = 32768, index_granularity_bytes = 0, min_bytes_for_wide_part = 0, storage_policy = 'default', compress_marks = true;
CREATE TABLE logs.searchable
(
    `ts` DateTime, `id` UInt64 CODEC(T64, LZ4HC(9)), `body` String, `tags` Array(String), `title` String,
    INDEX body_text body TYPE text(tokenizer = 'splitByNonAlpha'),
    INDEX tags_text tags TYPE text(tokenizer = 'array'),
    INDEX title_text lower(title) TYPE text(tokenizer = ngrams(4))
)
ENGINE = MergeTree PARTITION BY toMonday(ts) ORDER BY (ts, id) SETTINGS index_granularity = 4096;
CREATE TABLE logs.nginx_access
(
    `time` DateTime CODEC(DoubleDelta, ZSTD(1)), `remote_addr` IPv4, `x_forwarded_for` Array(IPv4), `remote_user` Nullable(String),
    `method` Enum8('GET' = 1, 'HEAD' = 2, 'POST' = 3, 'PUT' = 4, 'DELETE' = 5, 'CONNECT' = 6, 'OPTIONS' = 7, 'TRACE' = 8, 'PATCH' = 9, '' = 0) DEFAULT '',
    `uri` String CODEC(ZSTD(1)), `path` String MATERIALIZED cutQueryString(uri), `protocol` LowCardinality(String) DEFAULT 'HTTP/1.1',
    `status` UInt16 CODEC(T64, LZ4), `body_bytes` UInt64 CODEC(T64, ZSTD(1)), `request_time` Float32 CODEC(Gorilla, LZ4), `upstream_time` Nullable(Float32),
    `referer` String DEFAULT '-', `user_agent` String TTL time + INTERVAL 30 DAY, `tls.version` LowCardinality(String), `tls.cipher` LowCardinality(String),
    `status class` String ALIAS concat(toString(intDiv(status, 100)), 'xx'),
    INDEX by_status status TYPE minmax GRANULARITY 2
)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(time) ORDER BY (`tls.version`, toStartOfHour(time), cityHash64(remote_addr), time) SAMPLE BY cityHash64(remote_addr)
TTL time + INTERVAL 90 DAY COMMENT 'combined + timing, parsed by vector';
CREATE TABLE logs.k8s_events
(
    `metadata.uid` UUID, `metadata.name` String, `metadata.namespace` LowCardinality(String), `metadata.labels` Map(String, String),
    `type` Enum8('Normal' = 0, 'Warning' = 1), `reason` LowCardinality(String), `message` String, `count` UInt32 DEFAULT 1,
    `first` DateTime, `last` DateTime, `involved` Tuple(kind LowCardinality(String), namespace String, name String, uid UUID)
)
ENGINE = ReplacingMergeTree(last) PARTITION BY toYYYYMM(first) ORDER BY (`metadata.namespace`, `metadata.uid`) TTL last + toIntervalWeek(2);
CREATE TABLE logs.audit
(
    `id` UInt64, `at` DateTime64(6) DEFAULT now64(6), `actor` Tuple(id UInt64, name String, roles Array(LowCardinality(String))),
    `action` LowCardinality(String), `object` String, `before` Nullable(String) CODEC(ZSTD(6)), `after` Nullable(String) CODEC(ZSTD(6)),
    `ip` IPv6, `checksum` FixedString(32) MATERIALIZED SHA256(concat(action, object, ifNull(after, ''))),
    CONSTRAINT known_actor CHECK (actor.1) > 0
)
ENGINE = MergeTree ORDER BY (action, at, id) SETTINGS non_replicated_deduplication_window = 100, allow_nullable_key = 0
COMMENT 'Kept for ever: it\'s the law (§ 257 HGB).';
CREATE TABLE logs.levels (`number` UInt8, `name` String, `color` String DEFAULT '#888') ENGINE = TinyLog;
CREATE TABLE logs.dead_letters (`at` DateTime DEFAULT now(), `reason` LowCardinality(String), `raw` String, `listener` String) ENGINE = StripeLog COMMENT 'What nobody could parse';
CREATE TABLE logs.ingest_buffer AS logs.hot ENGINE = Buffer(logs, hot, 16, 10, 100, 10000, 1000000, 10000000, 100000000);
CREATE TABLE logs.all_levels (`tenant` UInt32, `service` LowCardinality(String), `message` String) ENGINE = Merge(logs, '^(hot|cold)$');
CREATE MATERIALIZED VIEW logs.ingest_to_hot TO logs.hot AS
WITH JSONExtractRaw(raw, 'f') AS extra
SELECT JSONExtractUInt(raw, 'tenant')::UInt32 AS tenant, received_at AS ts,
    multiIf(JSONExtractString(raw, 'lvl') IN ('E', 'ERR', 'error'), 'error', JSONExtractString(raw, 'lvl') = 'W', 'warn', 'info')::Enum8('trace' = 1, 'debug' = 5, 'info' = 9, 'warn' = 13, 'error' = 17, 'fatal' = 21) AS level,
    JSONExtractString(raw, 'svc') AS service, JSONExtractString(raw, 'msg') AS message,
    JSONExtract(extra, 'Map(LowCardinality(String), String)') AS fields
FROM logs.ingest WHERE isValidJSON(raw);
CREATE MATERIALIZED VIEW logs.ingest_to_dead_letters TO logs.dead_letters AS
SELECT toDateTime(received_at) AS at, 'no JSON' AS reason, raw, listener FROM logs.ingest WHERE NOT isValidJSON(raw);
CREATE MATERIALIZED VIEW logs.hot_to_cold TO logs.cold COMMENT 'Everything above debug is kept for a year.' AS
SELECT tenant, toDate(ts) AS day, service, ts, level, message, toJSONString(fields) AS fields FROM logs.hot WHERE level > 'debug';
CREATE TABLE logs.volume_1m
(
    `tenant` UInt32, `service` LowCardinality(String), `level` LowCardinality(String), `minute` DateTime CODEC(DoubleDelta, ZSTD(1)),
    `lines` UInt64 CODEC(T64, ZSTD(1)), `bytes` UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((lines, bytes)) PARTITION BY toYYYYMM(minute) ORDER BY (tenant, service, level, minute) TTL minute + INTERVAL 30 DAY;
CREATE MATERIALIZED VIEW logs.volume_1m_mv TO logs.volume_1m AS
SELECT tenant, service, toString(level) AS level, toStartOfMinute(ts) AS minute, count() AS lines, sum(length(message)) AS bytes
FROM logs.hot GROUP BY tenant, service, level, minute;
CREATE TABLE logs.volume_1h
(
    `tenant` UInt32, `service` LowCardinality(String), `hour` DateTime CODEC(DoubleDelta, ZSTD(1)), `lines` UInt64, `bytes` UInt64
)
ENGINE = SummingMergeTree PARTITION BY toYear(hour) ORDER BY (tenant, service, hour)
TTL hour + INTERVAL 1 YEAR GROUP BY tenant, service SET lines = sum(lines), bytes = sum(bytes);
CREATE MATERIALIZED VIEW logs.volume_1h_mv TO logs.volume_1h AS
SELECT tenant, service, toStartOfHour(minute) AS hour, sum(lines) AS lines, sum(bytes) AS bytes FROM logs.volume_1m GROUP BY tenant, service, hour;
CREATE TABLE logs.pattern
(
    `tenant` UInt32, `fingerprint` UInt64, `template` SimpleAggregateFunction(anyLast, String), `sample` AggregateFunction(argMax, String, DateTime64(3, 'UTC')),
    `services` SimpleAggregateFunction(groupUniqArrayArray, Array(String)), `hosts` AggregateFunction(uniqCombined(14), LowCardinality(String)),
    `first` SimpleAggregateFunction(min, DateTime64(3, 'UTC')), `last` SimpleAggregateFunction(max, DateTime64(3, 'UTC')), `lines` SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree ORDER BY (tenant, fingerprint) SETTINGS index_granularity = 1024;
CREATE MATERIALIZED VIEW logs.pattern_mv TO logs.pattern AS
SELECT tenant, sipHash64(replaceRegexpAll(message, '[0-9a-fA-F]{2,}|\\d+', '<*>')) AS fingerprint, anyLast(replaceRegexpAll(message, '[0-9a-fA-F]{2,}|\\d+', '<*>')) AS template,
    argMaxState(message, ts) AS sample, groupUniqArray(toString(service)) AS services, uniqCombinedState(14)(host) AS hosts, min(ts) AS first, max(ts) AS last, count() AS lines
FROM logs.hot GROUP BY tenant, fingerprint;
CREATE MATERIALIZED VIEW logs.errors_per_host (`host` LowCardinality(String), `hour` DateTime, `errors` SimpleAggregateFunction(sum, UInt64), `last` SimpleAggregateFunction(anyLast, String))
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (host, hour) TTL hour + INTERVAL 3 MONTH SETTINGS ttl_only_drop_parts = 1
COMMENT 'keeps its rows itself'
AS SELECT host, toStartOfHour(ts) AS hour, count() AS errors, anyLast(message) AS last FROM logs.hot WHERE level >= 'error' GROUP BY host, hour;
CREATE VIEW logs.errors AS SELECT ts, tenant, service, message FROM logs.hot WHERE level >= 'error';
CREATE VIEW logs.tail AS SELECT ts, level, service, message FROM logs.hot WHERE (tenant = {tenant:UInt32}) AND (ts > (now() - toIntervalSecond({seconds:UInt32}))) ORDER BY ts DESC LIMIT 100;
CREATE VIEW logs.noisy_services COMMENT 'Who writes more than everyone else' AS
WITH totals AS (SELECT tenant, service, sum(lines) AS lines FROM logs.volume_1h WHERE hour > (now() - INTERVAL 1 DAY) GROUP BY tenant, service)
SELECT tenant, service, lines, round((100 * lines) / sum(lines) OVER (PARTITION BY tenant), 2) AS percent,
    row_number() OVER (PARTITION BY tenant ORDER BY lines DESC) AS rank
FROM totals QUALIFY rank <= 10 ORDER BY tenant ASC, rank ASC;
CREATE VIEW logs.gaps AS
SELECT service, minute, lines FROM (SELECT service, minute, sum(lines) AS lines FROM logs.volume_1m GROUP BY service, minute)
ORDER BY service ASC, minute ASC WITH FILL STEP toIntervalMinute(1) INTERPOLATE (lines AS 0);
CREATE TABLE logs.alert_rule
(
    `id` UUID DEFAULT generateUUIDv4(), `name` String, `query` String, `threshold` Float64 DEFAULT 0.5, `window` IntervalMinute DEFAULT toIntervalMinute(5),
    `labels` Map(String, String), `channels` Array(Tuple(kind Enum8('mail' = 1, 'pager' = 2, 'chat' = 3), target String)), `muted_until` Nullable(DateTime), `deleted` UInt8 DEFAULT 0, `version` UInt64
)
ENGINE = ReplacingMergeTree(version, deleted) ORDER BY id SETTINGS allow_experimental_replacing_merge_with_cleanup = 1;
CREATE TABLE logs.alert_state (`rule` UUID, `since` DateTime, `state` Enum8('ok' = 0, 'pending' = 1, 'firing' = 2, 'no data' = -1), `value` Float64, `sign` Int8)
ENGINE = CollapsingMergeTree(sign) ORDER BY (rule, since);
CREATE TABLE logs.quota (`tenant` UInt32, `bytes_per_day` UInt64, `burst` Float32 DEFAULT 1.5) ENGINE = Join(ANY, LEFT, tenant);
CREATE TABLE logs.blocked_tenants (`tenant` UInt32) ENGINE = Set;
CREATE TABLE logs.saved_query (`owner` String, `name` String, `text` String, `shared` Bool DEFAULT false, `at` DateTime DEFAULT now()) ENGINE = Log COMMENT '"saved" in the UI';
CREATE TABLE logs.export_file (`ts` DateTime64(3), `service` String, `message` String) ENGINE = File(JSONEachRow);
CREATE VIEW logs.over_quota AS
SELECT tenant, day, bytes, joinGet('logs.quota', 'bytes_per_day', tenant) AS allowed
FROM (SELECT tenant, toDate(minute) AS day, sum(bytes) AS bytes FROM logs.volume_1m GROUP BY tenant, day) WHERE bytes > allowed;
