-- Web analytics for many sites: visitors, sessions, goals, funnels, attribution, bots, real time; one database beside it for what is exported.
CREATE DATABASE web;
CREATE DATABASE web_export ENGINE = Memory COMMENT 'read by partners';
CREATE TABLE web.site (`id` UInt32, `domain` String, `timezone` LowCardinality(String) DEFAULT 'Europe/Berlin', `public` Bool DEFAULT false, `native_stats_start_at` DateTime, `allowed_event_props` Array(String), `key` FixedString(16)) ENGINE = ReplacingMergeTree ORDER BY id SETTINGS index_granularity = 128 COMMENT 'Sites, as the application knows them';
CREATE TABLE web.events_v2
(
    `timestamp` DateTime CODEC(Delta(4), LZ4), `name` LowCardinality(String), `site_id` UInt64, `user_id` UInt64, `session_id` UInt64, `hostname` String CODEC(ZSTD(3)), `pathname` String CODEC(ZSTD(3)), `referrer` String CODEC(ZSTD(3)),
    `referrer_source` String CODEC(ZSTD(3)), `country_code` FixedString(2), `screen_size` LowCardinality(String), `operating_system` LowCardinality(String), `browser` LowCardinality(String), `utm_medium` String CODEC(ZSTD(3)), `utm_source` String, `utm_campaign` String,
    `meta.key` Array(String) CODEC(ZSTD(3)), `meta.value` Array(String) CODEC(ZSTD(3)), `subdivision1_code` LowCardinality(String), `city_geoname_id` UInt32, `revenue_reporting_amount` Nullable(Decimal(18, 3)), `revenue_reporting_currency` FixedString(3), `channel` LowCardinality(String),
    `scroll_depth` UInt8 DEFAULT 255, `engagement_time` UInt32, `click_id_param` LowCardinality(String), `acquisition_channel` LowCardinality(String) MATERIALIZED multiIf(lower(utm_medium) IN ('cpc', 'ppc', 'paid'), 'Paid Search', utm_source != '', 'Referral', 'Direct') COMMENT 'as in GA4',
    INDEX minmax_timestamp timestamp TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree PARTITION BY toYYYYMM(timestamp) PRIMARY KEY (site_id, toDate(timestamp), name, user_id) ORDER BY (site_id, toDate(timestamp), name, user_id, timestamp) SAMPLE BY user_id SETTINGS index_granularity = 8192, fsync_after_insert = true;
CREATE TABLE web.sessions_v2
(
    `session_id` UInt64, `sign` Int8, `site_id` UInt64, `user_id` UInt64, `hostname` String CODEC(ZSTD(3)), `timestamp` DateTime CODEC(Delta(4), LZ4), `start` DateTime CODEC(Delta(4), LZ4), `is_bounce` UInt8, `entry_page` String CODEC(ZSTD(3)), `exit_page` String CODEC(ZSTD(3)), `pageviews` Int32, `events` Int32, `duration` UInt32,
    `entry_meta` Nested(key String, value String), `transferred_from` String, `city` String ALIAS toString(cityHash64(entry_page) % 10)
)
ENGINE = VersionedCollapsingMergeTree(sign, events) PARTITION BY toYYYYMM(start) PRIMARY KEY (site_id, toDate(start), user_id, session_id) ORDER BY (site_id, toDate(start), user_id, session_id) SAMPLE BY user_id SETTINGS index_granularity = 8192;
CREATE TABLE web.ingest_counters (`event_timebucket` DateTime, `domain` LowCardinality(String), `site_id` Nullable(UInt64), `metric` LowCardinality(String), `tracker_script_version` UInt16, `value` UInt64) ENGINE = SummingMergeTree(value) ORDER BY (domain, toDate(event_timebucket), metric, toStartOfMinute(event_timebucket));
CREATE TABLE web.imported_pages (`site_id` UInt64, `import_id` UInt64 DEFAULT 0, `date` Date, `hostname` String, `page` String, `visitors` UInt64, `pageviews` UInt64, `exits` UInt64, `time_on_page` UInt64 CODEC(T64, LZ4)) ENGINE = MergeTree ORDER BY (site_id, date);
CREATE TABLE web.imported_sources (`site_id` UInt64, `import_id` UInt64 DEFAULT 0, `date` Date, `source` String, `utm_medium` String, `utm_campaign` String, `visitors` UInt64, `visits` UInt64, `bounces` UInt32) ENGINE = MergeTree ORDER BY (site_id, date);
CREATE TABLE web.imported_locations (`site_id` UInt64, `date` Date, `country` LowCardinality(String), `region` String, `city` UInt64, `visitors` UInt64) ENGINE = MergeTree ORDER BY (site_id, date);
CREATE TABLE web.location (`type` LowCardinality(String), `id` String, `name` String) ENGINE = MergeTree ORDER BY (type, id, name) SETTINGS index_granularity = 128;
CREATE DICTIONARY web.location_dict (`type` String, `id` String, `name` String) PRIMARY KEY type, id SOURCE(CLICKHOUSE(TABLE 'location' DB 'web')) LIFETIME(MIN 0 MAX 0) LAYOUT(COMPLEX_KEY_CACHE(SIZE_IN_CELLS 500000));
CREATE DICTIONARY web.site_by_domain (`domain` String, `id` UInt32, `timezone` String DEFAULT 'UTC') PRIMARY KEY domain SOURCE(CLICKHOUSE(DB 'web' QUERY 'SELECT domain, id, timezone FROM web.site FINAL')) LIFETIME(MIN 30 MAX 60) LAYOUT(COMPLEX_KEY_HASHED(PREALLOCATE 1)) COMMENT 'ingest asks it for every hit';
CREATE TABLE web.bot_pattern (`id` UInt32, `pattern` String, `name` String, `parent` UInt32 DEFAULT 0) ENGINE = Log;
CREATE TABLE web.goal (`site_id` UInt32, `id` UInt32, `name` String, `event` Nullable(String), `page` Nullable(String), `currency` LowCardinality(Nullable(String)), CONSTRAINT one_of CHECK (event IS NULL) != (page IS NULL)) ENGINE = ReplacingMergeTree ORDER BY (site_id, id);
CREATE TABLE web.funnel (`site_id` UInt32, `name` String, `steps` Array(Tuple(position UInt8, goal UInt32, `max minutes` Nullable(UInt16)))) ENGINE = ReplacingMergeTree ORDER BY (site_id, name);
CREATE TABLE web.pages_hour (`site_id` UInt64, `hour` DateTime, `pathname` String, `views` SimpleAggregateFunction(sum, UInt64), `visitors` AggregateFunction(uniq, UInt64), `scroll` AggregateFunction(quantile(0.5), UInt8), `time` AggregateFunction(avgOrNull, UInt32))
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (site_id, hour, pathname) TTL hour + INTERVAL 100 DAY;
CREATE MATERIALIZED VIEW web.pages_hour_mv TO web.pages_hour AS SELECT site_id, toStartOfHour(timestamp) AS hour, pathname, count() AS views, uniqState(user_id) AS visitors, quantileState(0.5)(scroll_depth) AS scroll, avgOrNullState(engagement_time) AS time FROM web.events_v2 WHERE name = 'pageview' GROUP BY site_id, hour, pathname;
CREATE TABLE web.pages_day AS web.pages_hour ENGINE = AggregatingMergeTree PARTITION BY toYear(hour) ORDER BY (site_id, hour, pathname);
CREATE MATERIALIZED VIEW web.pages_day_mv TO web.pages_day AS SELECT site_id, toStartOfDay(h.hour) AS hour, pathname, sum(h.views) AS views, uniqMergeState(h.visitors) AS visitors, quantileMergeState(0.5)(h.scroll) AS scroll, avgOrNullMergeState(h.time) AS time FROM web.pages_hour AS h GROUP BY site_id, hour, pathname;
CREATE MATERIALIZED VIEW web.visitors_month ENGINE = AggregatingMergeTree ORDER BY (site_id, month) SETTINGS index_granularity = 256 AS SELECT site_id, toStartOfMonth(timestamp) AS month, uniqCombined64State(user_id) AS visitors FROM web.events_v2 GROUP BY site_id, month;
CREATE TABLE web.realtime (`site_id` UInt64, `user_id` UInt64, `path` String, `at` DateTime) ENGINE = Memory SETTINGS max_rows_to_keep = 100000, min_rows_to_keep = 1000;
CREATE MATERIALIZED VIEW web.realtime_mv TO web.realtime AS SELECT site_id, user_id, pathname AS path, timestamp AS at FROM web.events_v2;
CREATE TABLE web.conversion (`site_id` UInt64, `goal` UInt32, `at` DateTime, `user_id` UInt64, `value` Nullable(Decimal(18, 3)), `touch` Array(Tuple(at DateTime, source LowCardinality(String), medium LowCardinality(String))), `first_touch` String ALIAS (touch[1]).source, `last_touch` String ALIAS (touch[-1]).source)
ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (site_id, goal, at) TTL at + INTERVAL 25 MONTH DELETE;
CREATE TABLE web.experiment_exposure (`site_id` UInt64, `flag` LowCardinality(String), `variant` LowCardinality(String), `user_id` UInt64, `at` DateTime) ENGINE = ReplacingMergeTree ORDER BY (site_id, flag, user_id) PRIMARY KEY (site_id, flag);
CREATE TABLE web.consent (`site_id` UInt64, `visitor` UUID, `given` Array(Enum8('necessary' = 0, 'statistics' = 1, 'marketing' = 2, 'external media' = 3)), `at` DateTime64(3), `ip_prefix` IPv4 TTL toDateTime(at) + INTERVAL 7 DAY, `proof` String CODEC(ZSTD(22))) ENGINE = MergeTree ORDER BY (site_id, visitor, at);
CREATE TABLE web.hits_buffer AS web.events_v2 ENGINE = Buffer(web, events_v2, 8, 1, 5, 1000, 50000, 100000, 10000000);
CREATE TABLE web.imported_all (`site_id` UInt64, `date` Date, `visitors` UInt64) ENGINE = Merge(web, '^imported_');
CREATE VIEW web.session_facts AS SELECT session_id, any(site_id) AS site_id, argMax(exit_page, timestamp) AS exit_page, sum(pageviews * sign) AS pageviews, max(is_bounce * sign) AS bounced, toUInt32(avg(duration)) AS duration FROM web.sessions_v2 GROUP BY session_id HAVING sum(sign) > 0;
CREATE VIEW web.funnel_report AS
SELECT level, count() AS users FROM (SELECT user_id, windowFunnel(3600, 'strict_order')(timestamp, pathname = '/', pathname LIKE '/product%', name = 'add to cart', name = 'purchase') AS level FROM web.events_v2 WHERE (site_id = {site:UInt64}) AND (timestamp >= {from:DateTime}) GROUP BY user_id) GROUP BY level ORDER BY level ASC;
CREATE VIEW web.retention AS SELECT toMonday(first) AS cohort, dateDiff('week', first, timestamp) AS week, uniq(user_id) AS users FROM web.events_v2 INNER JOIN (SELECT user_id, min(timestamp) AS first FROM web.events_v2 GROUP BY user_id) AS f USING (user_id) GROUP BY cohort, week;
CREATE VIEW web.top_paths AS SELECT arrayStringConcat(arrayMap(p -> replaceRegexpOne(p, '\\?.*$', ''), groupArray(5)(pathname)), ' → ') AS path, count() OVER () AS n FROM (SELECT * FROM web.events_v2 ORDER BY user_id ASC, timestamp ASC) GROUP BY session_id;
CREATE VIEW web.location_name AS SELECT country_code, dictGetOrDefault('web.location_dict', 'name', ('country', toString(country_code)), 'unknown') AS country, count() AS events FROM web.events_v2 GROUP BY ALL ORDER BY events DESC;
CREATE VIEW web.bots AS SELECT user_id, count() AS hits, stddevPop(toUnixTimestamp(timestamp)) AS spread FROM web.events_v2 GROUP BY user_id HAVING (hits > 1000) AND (spread < 60);
CREATE TABLE web_export.daily (`domain` String, `day` Date, `visitors` UInt64, `views` UInt64, `views_per_visit` Float64 ALIAS views / visitors) ENGINE = ReplacingMergeTree PARTITION BY toYear(day) ORDER BY (domain, day);
CREATE MATERIALIZED VIEW web_export.daily_mv REFRESH EVERY 1 DAY OFFSET 30 MINUTE APPEND TO web_export.daily AS SELECT s.domain AS domain, toDate(p.hour) AS day, uniqMerge(p.visitors) AS visitors, sum(p.views) AS views FROM web.pages_hour AS p INNER JOIN web.site AS s ON p.site_id = s.id WHERE s.public GROUP BY domain, day;
CREATE VIEW web_export.summary DEFINER = default SQL SECURITY DEFINER AS SELECT domain, sum(visitors) AS visitors FROM web_export.daily FINAL GROUP BY domain;
CREATE TABLE web_export.`Daten für Partner` (`Seite` String, `Tag` Date, `Besucher` UInt64 COMMENT 'gerundet auf 10', `Aufrufe / Besuch` Float32) ENGINE = MergeTree ORDER BY (`Seite`, `Tag`);
CREATE MATERIALIZED VIEW web_export.`Daten für Partner mv` TO web_export.`Daten für Partner` AS SELECT domain AS `Seite`, day AS `Tag`, intDiv(visitors, 10) * 10 AS `Besucher`, toFloat32(views / visitors) AS `Aufrufe / Besuch` FROM web_export.daily;
CREATE TABLE web.sessions ENGINE = Alias(sessions_v2) COMMENT 'the name that dashboards know';
CREATE FUNCTION web_engagement AS (pages, seconds) -> (pages * 2) + (least(seconds, 600) / 60);
CREATE FUNCTION webLevel AS engagement -> multiIf(engagement > 20, 'high', engagement > 5, 'some', 'low');
CREATE VIEW web.engagement AS SELECT session_id, webLevel(web_engagement(pageviews, duration)) AS level FROM web.session_facts;
