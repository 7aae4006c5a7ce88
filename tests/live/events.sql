-- Product analytics: raw events, sessions, persons, and the aggregates behind dashboards.
CREATE DATABASE events;
CREATE TABLE events.event
(
    `uuid` UUID,
    `event` LowCardinality(String),
    `properties` String CODEC(ZSTD(3)),
    `timestamp` DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    `team_id` Int64,
    `distinct_id` String,
    `elements_chain` String,
    `created_at` DateTime64(6, 'UTC'),
    `person_id` UUID,
    `person_properties` String CODEC(ZSTD(3)),
    `group0` String DEFAULT '',
    `group1` String DEFAULT '',
    `$session_id` String MATERIALIZED JSONExtractString(properties, '$session_id'),
    `$window_id` String ALIAS JSONExtractString(properties, '$window_id'),
    `elements_hash` UInt64 MATERIALIZED cityHash64(elements_chain),
    `person_mode` Enum8('full' = 0, 'propertyless' = 1, 'force_upgrade' = 2),
    `_timestamp` DateTime,
    `_offset` UInt64,
    INDEX by_session `$session_id` TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_offset _offset TYPE minmax GRANULARITY 3,
    INDEX kinds event TYPE set(100) GRANULARITY 4,
    PROJECTION per_day (SELECT team_id, toDate(timestamp), count() GROUP BY team_id, toDate(timestamp)),
    CONSTRAINT known_team CHECK team_id > 0
)
ENGINE = ReplacingMergeTree(_timestamp)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (team_id, toDate(timestamp), event, cityHash64(distinct_id), cityHash64(uuid))
SAMPLE BY cityHash64(distinct_id)
TTL toDateTime(timestamp) + INTERVAL 7 YEAR
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, deduplicate_merge_projection_mode = 'rebuild'
COMMENT 'Every event that a product sent.';
CREATE TABLE events.person
(
    `id` UUID,
    `created_at` DateTime64(3),
    `team_id` Int64,
    `properties` String COMMENT 'As JSON.',
    `is_identified` Int8,
    `is_deleted` Int8 DEFAULT 0,
    `version` UInt64
)
ENGINE = ReplacingMergeTree(version) ORDER BY (team_id, id);
CREATE TABLE events.person_distinct_id
(
    `team_id` Int64,
    `distinct_id` String,
    `person_id` UUID,
    `is_deleted` Int8,
    `version` Int64 DEFAULT 1
)
ENGINE = ReplacingMergeTree(version) ORDER BY (team_id, distinct_id) SETTINGS index_granularity = 512;
CREATE TABLE events.cohort_people
(
    `person_id` UUID,
    `cohort_id` Int64,
    `team_id` Int64,
    `sign` Int8,
    `version` UInt64
)
ENGINE = VersionedCollapsingMergeTree(sign, version) ORDER BY (team_id, cohort_id, person_id);
CREATE TABLE events.session
(
    `session_id` String,
    `team_id` Int64,
    `distinct_id` SimpleAggregateFunction(any, String),
    `min_timestamp` DateTime64(6, 'UTC'),
    `max_timestamp` SimpleAggregateFunction(max, DateTime64(6, 'UTC')),
    `urls` SimpleAggregateFunction(groupUniqArrayArray, Array(String)),
    `entry_url` AggregateFunction(argMin, String, DateTime64(6, 'UTC')),
    `exit_url` AggregateFunction(argMax, String, DateTime64(6, 'UTC')),
    `pageviews` SimpleAggregateFunction(sum, Int64),
    `uniq_pages` AggregateFunction(uniq, Nullable(String))
)
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(min_timestamp) ORDER BY (team_id, session_id, min_timestamp);
CREATE MATERIALIZED VIEW events.session_mv TO events.session AS
SELECT
    `$session_id` AS session_id, team_id, any(distinct_id) AS distinct_id, min(timestamp) AS min_timestamp,
    max(timestamp) AS max_timestamp, groupUniqArray(JSONExtractString(properties, '$current_url')) AS urls,
    argMinState(JSONExtractString(properties, '$current_url'), timestamp) AS entry_url,
    argMaxState(JSONExtractString(properties, '$current_url'), timestamp) AS exit_url,
    toInt64(countIf(event = '$pageview')) AS pageviews,
    uniqState(CAST(if(event = '$pageview', JSONExtractString(properties, '$current_url'), NULL), 'Nullable(String)')) AS uniq_pages
FROM events.event WHERE `$session_id` != '' GROUP BY session_id, team_id;
CREATE VIEW events.session_summary AS
SELECT session_id, team_id, min(min_timestamp) AS started, max(max_timestamp) AS ended, argMinMerge(entry_url) AS entry,
    dateDiff('second', min(min_timestamp), max(max_timestamp)) AS duration
FROM events.session GROUP BY session_id, team_id;
CREATE TABLE events.daily_active
(
    `team_id` Int64,
    `day` Date,
    `users` AggregateFunction(uniqCombined64, String)
)
ENGINE = AggregatingMergeTree PARTITION BY toYear(day) ORDER BY (team_id, day);
CREATE MATERIALIZED VIEW events.daily_active_mv TO events.daily_active AS
SELECT team_id, toDate(timestamp) AS day, uniqCombined64State(distinct_id) AS users FROM events.event GROUP BY team_id, day;
CREATE VIEW events.active_users AS
SELECT team_id, day, uniqCombined64Merge(users) AS users FROM events.daily_active GROUP BY team_id, day ORDER BY day DESC;
CREATE MATERIALIZED VIEW events.event_names
(
    `team_id` Int64,
    `event` String,
    `first_seen` SimpleAggregateFunction(min, DateTime),
    `volume` SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree ORDER BY (team_id, event)
AS SELECT team_id, event, min(_timestamp) AS first_seen, count() AS volume FROM events.event GROUP BY team_id, event;
CREATE TABLE events.plugin_log
(
    `id` UUID,
    `team_id` Int64,
    `source` LowCardinality(String),
    `type` Enum16('DEBUG' = 10, 'LOG' = 20, 'INFO' = 30, 'WARN' = 40, 'ERROR' = 500),
    `message` String,
    `instance_id` UUID,
    `timestamp` DateTime64(6, 'UTC')
)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(timestamp) ORDER BY (team_id, timestamp)
TTL toDate(timestamp) + INTERVAL 1 WEEK SETTINGS index_granularity = 512;
CREATE TABLE events.heatmap
(
    `session_id` String,
    `team_id` Int64,
    `distinct_id` String,
    `timestamp` DateTime64(6, 'UTC'),
    `x` Int16 COMMENT 'Pixels, divided by 16.',
    `y` Int16,
    `scale_factor` Int16 COMMENT 'How the client scaled: `x / scale_factor`',
    `viewport_width` Int16,
    `pointer_target_fixed` Bool,
    `current_url` String,
    `type` LowCardinality(String)
)
ENGINE = MergeTree PARTITION BY toYYYYMM(timestamp)
ORDER BY (type, team_id, toDate(timestamp), current_url, viewport_width);
CREATE TABLE events.ingestion_warning
(
    `team_id` Int64,
    `source` LowCardinality(String),
    `type` String,
    `details` String CODEC(ZSTD(3)),
    `timestamp` DateTime64(6, 'UTC'),
    INDEX words details TYPE tokenbf_v1(10240, 3, 0) GRANULARITY 1
)
ENGINE = MergeTree PARTITION BY toYYYYMMDD(timestamp) ORDER BY (team_id, toHour(timestamp), type, source, timestamp);
CREATE TABLE events.sink (`raw` String) ENGINE = Null;
CREATE TABLE events.buffer AS events.heatmap ENGINE = Buffer('events', 'heatmap', 1, 10, 100, 10000, 1000000, 10000000, 100000000);
