-- A feature store: entities, feature groups by version, training sets, online tables, experiments and what a model said.
CREATE DATABASE features COMMENT 'offline store';
CREATE TABLE features.entity (`id` UInt64, `kind` Enum8('user' = 1, 'item' = 2, 'session' = 3, 'merchant' = 4), `external_id` String, `created` DateTime, `attributes` Map(LowCardinality(String), Float32), INDEX ext external_id TYPE bloom_filter(0.001) GRANULARITY 1) ENGINE = ReplacingMergeTree ORDER BY (kind, id);
CREATE TABLE features.definition
(
    `name` LowCardinality(String), `version` UInt16, `entity` LowCardinality(String), `type` LowCardinality(String), `sql` String, `owner` LowCardinality(String), `ttl` IntervalDay DEFAULT toIntervalDay(30), `default_value` Dynamic, `tests` Array(Tuple(name String, sql String, severity Enum8('warn' = 1, 'fail' = 2))), `deprecated` Nullable(Date)
)
ENGINE = ReplacingMergeTree(version) ORDER BY name COMMENT 'One row a feature';
CREATE TABLE features.user_daily
(
    `user` UInt64 CODEC(Delta(8), LZ4), `day` Date CODEC(DoubleDelta, LZ4), `orders_7d` UInt16 CODEC(T64, LZ4), `orders_30d` UInt16 CODEC(T64, LZ4), `spend_7d` Decimal(18, 2), `spend_30d` Decimal(18, 2), `last_order` Nullable(DateTime), `avg_basket` Nullable(Float32) CODEC(Gorilla(4), LZ4),
    `categories` Array(LowCardinality(String)), `embedding` Array(BFloat16) CODEC(NONE), `churn_score` Float32 DEFAULT nan, `is_new` Bool ALIAS orders_30d = 0, `log_spend` Float64 MATERIALIZED log1p(toFloat64(spend_30d)),
    PROJECTION by_day (SELECT user, day, churn_score ORDER BY day, user), PROJECTION histogram (SELECT day, orders_30d, count() GROUP BY day, orders_30d)
)
ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY (user, day) TTL day + INTERVAL 400 DAY SETTINGS index_granularity = 2048;
CREATE TABLE features.user_hourly (`user` UInt64, `hour` DateTime, `clicks` UInt32, `views` UInt32, `ctr` Float32 MATERIALIZED if(views = 0, 0, clicks / views), `sessions` AggregateFunction(uniq, UUID), `dwell` AggregateFunction(quantileTDigest(0.5), Float32))
ENGINE = AggregatingMergeTree PARTITION BY toYYYYMMDD(hour) ORDER BY (user, hour, clicks, views, ctr) TTL hour + INTERVAL 14 DAY;
CREATE TABLE features.item_daily (`item` UInt64, `day` Date, `price` Decimal(12, 2), `stock` Int32, `rating` Float32, `rating_count` UInt32, `title_tokens` Array(UInt32), `image_hash` FixedString(16), `colors` Array(Tuple(r UInt8, g UInt8, b UInt8))) ENGINE = ReplacingMergeTree PARTITION BY toMonday(day) ORDER BY (item, day);
CREATE TABLE features.interaction (`user` UInt64, `item` UInt64, `at` DateTime64(3), `action` Enum8('view' = 1, 'click' = 2, 'cart' = 3, 'buy' = 4, 'return' = -1), `weight` Float32 DEFAULT multiIf(action = 'buy', 5., action = 'cart', 2., 1.), `context` Tuple(device LowCardinality(String), page LowCardinality(String), position UInt8), `session` UUID)
ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (user, at) SAMPLE BY user TTL toDateTime(at) + INTERVAL 1 YEAR;
CREATE MATERIALIZED VIEW features.user_hourly_mv TO features.user_hourly AS
SELECT user, toStartOfHour(at) AS hour, toUInt32(countIf(action = 'click')) AS clicks, toUInt32(countIf(action = 'view')) AS views, uniqState(session) AS sessions, quantileTDigestState(0.5)(toFloat32(weight)) AS dwell FROM features.interaction GROUP BY user, hour;
CREATE TABLE features.item_popularity (`item` UInt64, `day` Date, `score` Float64, `buyers` AggregateFunction(uniqCombined64(17), UInt64)) ENGINE = SummingMergeTree(score) PARTITION BY toYYYYMM(day) ORDER BY (day, item);
CREATE MATERIALIZED VIEW features.item_popularity_mv TO features.item_popularity AS SELECT item, toDate(at) AS day, sum(weight) AS score, uniqCombined64State(17)(if(action = 'buy', user, 0)) AS buyers FROM features.interaction GROUP BY item, day;
CREATE TABLE features.co_occurrence (`a` UInt64, `b` UInt64, `n` UInt64) ENGINE = SummingMergeTree ORDER BY (a, b) SETTINGS index_granularity = 1024;
CREATE MATERIALIZED VIEW features.co_occurrence_mv TO features.co_occurrence AS
WITH baskets AS (SELECT session, groupUniqArray(100)(item) AS items FROM features.interaction WHERE action IN ('cart', 'buy') GROUP BY session)
SELECT pair.1 AS a, pair.2 AS b, count() AS n FROM baskets ARRAY JOIN arrayFlatten(arrayMap(x -> arrayMap(y -> (x, y), arrayFilter(z -> z > x, items)), items)) AS pair GROUP BY a, b;
CREATE TABLE features.online_user (`user` UInt64, `vector` String, `updated` DateTime) ENGINE = EmbeddedRocksDB(86400) PRIMARY KEY user;
CREATE TABLE features.online_item (`item` UInt64, `price` Float32, `stock` Int32) ENGINE = Join(ANY, LEFT, item) SETTINGS join_use_nulls = 0, persistent = 0;
CREATE TABLE features.training_set (`name` LowCardinality(String), `created` DateTime DEFAULT now(), `query` String, `rows` UInt64, `seed` UInt64 DEFAULT rand64(), `split` Tuple(train Float32, test Float32, validate Float32) DEFAULT (0.8, 0.1, 0.1), `columns` Array(String), `checksum` FixedString(32)) ENGINE = Log;
CREATE TABLE features.label (`entity` UInt64, `model` LowCardinality(String), `at` DateTime, `label` Int8, `confidence` Float32 DEFAULT 1., `annotator` Nullable(UInt32), `sign` Int8 DEFAULT 1) ENGINE = CollapsingMergeTree(sign) PARTITION BY model ORDER BY (entity, at);
CREATE TABLE features.prediction
(
    `model` LowCardinality(String), `version` UInt32, `entity` UInt64, `at` DateTime64(3) CODEC(DoubleDelta, LZ4), `score` Float32 CODEC(FPC(12), ZSTD(1)), `scores` Map(LowCardinality(String), Float32), `features` Array(Float32) CODEC(ZSTD(1)), `latency_us` UInt32 CODEC(T64('bit'), LZ4), `variant` LowCardinality(Nullable(String)),
    `explanation` String TTL toDateTime(at) + INTERVAL 1 WEEK, INDEX scores score TYPE minmax, INDEX variants variant TYPE set(0) GRANULARITY 2, CONSTRAINT probability CHECK (score >= 0) AND (score <= 1)
)
ENGINE = MergeTree PARTITION BY (model, toYYYYMM(at)) ORDER BY (model, version, entity, at) TTL toDateTime(at) + INTERVAL 90 DAY SETTINGS ttl_only_drop_parts = 1, vertical_merge_algorithm_min_rows_to_activate = 1;
CREATE TABLE features.prediction_stats (`model` LowCardinality(String), `version` UInt32, `hour` DateTime, `n` SimpleAggregateFunction(sum, UInt64), `mean` AggregateFunction(avg, Float32), `variance` AggregateFunction(varPop, Float32), `histogram` AggregateFunction(histogram(20), Float32), `p99_us` AggregateFunction(quantileTiming(0.99), UInt32))
ENGINE = AggregatingMergeTree ORDER BY (model, version, hour);
CREATE MATERIALIZED VIEW features.prediction_stats_mv TO features.prediction_stats AS
SELECT model, version, toStartOfHour(at) AS hour, count() AS n, avgState(score) AS mean, varPopState(score) AS variance, histogramState(20)(score) AS histogram, quantileTimingState(0.99)(latency_us) AS p99_us FROM features.prediction GROUP BY model, version, hour;
CREATE TABLE features.experiment (`id` UInt32, `name` String, `start` DateTime, `end` Nullable(DateTime), `variants` Array(Tuple(name String, share Float32)), `metric` LowCardinality(String), CONSTRAINT shares CHECK abs(arraySum(v -> (v.2), variants) - 1) < 0.001) ENGINE = MergeTree ORDER BY id;
CREATE TABLE features.assignment (`experiment` UInt32, `user` UInt64, `variant` LowCardinality(String), `at` DateTime) ENGINE = ReplacingMergeTree(at) PARTITION BY experiment ORDER BY (experiment, user);
CREATE TABLE features.bandit_arm (`arm` LowCardinality(String), `pulls` UInt64, `reward` Float64) ENGINE = SummingMergeTree((pulls, reward)) ORDER BY arm;
CREATE TABLE features.drift_baseline (`feature` LowCardinality(String), `bucket` UInt8, `share` Float64, `mean` Nullable(Float64), `std` Nullable(Float64)) ENGINE = MergeTree ORDER BY (feature, bucket) SETTINGS index_granularity = 128;
CREATE TABLE features.heavy_user (`user` UInt64) ENGINE = Set;
CREATE VIEW features.point_in_time AS
SELECT l.entity AS entity, l.at AS at, l.label AS label, u.orders_30d AS orders_30d, u.log_spend AS log_spend, u.churn_score AS churn_score
FROM features.label AS l ASOF LEFT JOIN features.user_daily AS u ON (l.entity = u.user) AND (toDate(l.at) >= u.day) WHERE l.model = {model:String};
CREATE VIEW features.psi AS
SELECT b.feature AS feature, sum((b.share - c.share) * log(b.share / c.share)) AS psi, psi > 0.2 AS drifted
FROM features.drift_baseline AS b INNER JOIN (SELECT 'orders_30d' AS feature, toUInt8(least(orders_30d, 9)) AS bucket, count() / sum(count()) OVER () AS share FROM features.user_daily WHERE day = yesterday() GROUP BY bucket) AS c USING (feature, bucket) GROUP BY feature;
CREATE VIEW features.experiment_result AS
SELECT a.experiment AS experiment, a.variant AS variant, uniq(a.user) AS users, countIf(i.action = 'buy') AS buys, buys / users AS rate, mannWhitneyUTest('two-sided')(i.weight, a.variant = 'control') AS test
FROM features.assignment AS a LEFT JOIN features.interaction AS i ON (a.user = i.user) AND (i.at >= a.at) GROUP BY experiment, variant;
CREATE VIEW features.latest_user AS SELECT user, argMax(tuple(orders_7d, spend_7d, churn_score), day) AS newest, tupleElement(newest, 1) AS orders, tupleElement(newest, 2) AS spend FROM features.user_daily GROUP BY user;
CREATE VIEW features.matrix AS SELECT user, arrayMap(x -> if(isNaN(x), 0, x), [toFloat64(orders_7d), toFloat64(spend_7d), log_spend, churn_score]) AS x, toUInt8(spend_7d > 0) AS y FROM features.user_daily WHERE cityHash64(user) % 10 < 8;
