-- A cluster's schema as one of its nodes has it: replicated tables, the Distributed tables over them, macros in paths, Kafka at the door.
CREATE DATABASE cluster;
CREATE TABLE cluster.hits_local
(
    `WatchID` UInt64, `EventTime` DateTime CODEC(Delta(4), LZ4), `EventDate` Date DEFAULT toDate(EventTime), `CounterID` UInt32, `UserID` UInt64, `URL` String CODEC(ZSTD(3)), `Title` String, `Referer` String DEFAULT '',
    `OS` UInt8 DEFAULT 0, `ClientIP` IPv4, `RegionID` UInt32, `ParsedParams` Nested(Key1 String, Key2 String, ValueDouble Float64), `GoalsReached` Array(UInt32), `Sign` Int8 DEFAULT 1, `IsMobile` UInt8,
    INDEX url URL TYPE ngrambf_v1(3, 65536, 2, 42) GRANULARITY 4
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/hits_local', '{replica}') PARTITION BY toYYYYMM(EventDate) ORDER BY (CounterID, EventDate, intHash32(UserID)) SAMPLE BY intHash32(UserID)
TTL EventDate + INTERVAL 3 YEAR SETTINGS index_granularity = 8192, storage_policy = 'default', min_replicated_logs_to_keep = 50, max_replicated_merges_in_queue = 8;
CREATE TABLE cluster.hits AS cluster.hits_local ENGINE = Distributed(main, cluster, hits_local, intHash64(UserID)) SETTINGS fsync_after_insert = 0, bytes_to_throw_insert = 10000000000, background_insert_batch = 1;
CREATE TABLE cluster.visits_local (`VisitID` UInt64, `StartDate` Date, `UserID` UInt64, `Duration` UInt32, `Hits` UInt16, `Sign` Int8, `Version` UInt8, `Goals` Nested(ID UInt32, Serial UInt32, EventTime DateTime, Price Int64))
ENGINE = ReplicatedVersionedCollapsingMergeTree('/clickhouse/tables/{shard}/cluster/visits_local', '{replica}', Sign, Version) PARTITION BY toYYYYMM(StartDate) ORDER BY (StartDate, UserID, VisitID);
CREATE TABLE cluster.visits AS cluster.visits_local ENGINE = Distributed('main', 'cluster', 'visits_local', cityHash64(UserID));
CREATE TABLE cluster.session_local (`session` UUID, `user` UInt64, `start` DateTime, `end` SimpleAggregateFunction(max, DateTime), `pages` SimpleAggregateFunction(sum, UInt64), `urls` AggregateFunction(uniqHLL12, String), `entry` AggregateFunction(argMin, String, DateTime))
ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/cluster/session_local', '{replica}') PARTITION BY toYYYYMM(start) ORDER BY (user, session, start);
CREATE MATERIALIZED VIEW cluster.session_mv TO cluster.session_local AS
SELECT toUUID('00000000-0000-0000-0000-000000000000') AS session, UserID AS user, min(EventTime) AS start, max(EventTime) AS end, count() AS pages, uniqHLL12State(URL) AS urls, argMinState(URL, EventTime) AS entry FROM cluster.hits_local GROUP BY session, user;
CREATE TABLE cluster.session AS cluster.session_local ENGINE = Distributed('main', 'cluster', 'session_local', user, 'default');
CREATE TABLE cluster.counter_local (`id` UInt32, `name` String, `updated` DateTime) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/all/cluster/counter_local', '{shard}-{replica}', updated) ORDER BY id COMMENT 'the same on every node';
CREATE TABLE cluster.daily_local (`CounterID` UInt32, `day` Date, `hits` UInt64, `users` AggregateFunction(uniq, UInt64)) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/cluster/daily_local', '{replica}', (hits)) PARTITION BY toYear(day) ORDER BY (CounterID, day);
CREATE MATERIALIZED VIEW cluster.daily_mv TO cluster.daily_local AS SELECT CounterID, EventDate AS day, sum(Sign) AS hits, uniqState(UserID) AS users FROM cluster.hits_local GROUP BY CounterID, day;
CREATE TABLE cluster.daily (`CounterID` UInt32, `day` Date, `hits` UInt64, `users` AggregateFunction(uniq, UInt64)) ENGINE = Distributed('main', 'cluster', 'daily_local', rand()) COMMENT 'ask this one';
CREATE TABLE cluster.user_state_local (`user` UInt64, `segment` Array(UInt16), `sign` Int8) ENGINE = ReplicatedCollapsingMergeTree('/clickhouse/tables/{shard}/cluster/user_state_local', '{replica}', sign) ORDER BY user SETTINGS replicated_deduplication_window = 1000;
CREATE TABLE cluster.user_state (`user` UInt64, `segment` Array(UInt16)) ENGINE = Distributed('main', 'cluster', 'user_state_local', user % 2);
CREATE TABLE cluster.metric_graphite_local (`Path` String, `Time` DateTime, `Value` Float64, `Timestamp` Int64) ENGINE = ReplicatedGraphiteMergeTree('/clickhouse/tables/{shard}/cluster/graphite', '{replica}', 'graphite_rollup') PARTITION BY toYYYYMM(Time) ORDER BY (Path, Time);
CREATE TABLE cluster.latest_local (`device` UInt64, `temperature` Nullable(Float32), `battery` Nullable(UInt8), `seen` DateTime) ENGINE = ReplicatedCoalescingMergeTree('/clickhouse/tables/{shard}/cluster/latest_local', '{replica}') ORDER BY device;
CREATE TABLE cluster.events_buffer AS cluster.hits_local ENGINE = Buffer('cluster', 'hits', 16, 10, 60, 10000, 1000000, 10000000, 100000000);
CREATE TABLE cluster.hits_queue (`WatchID` UInt64, `EventTime` DateTime, `CounterID` UInt32, `UserID` UInt64, `URL` String)
ENGINE = Kafka SETTINGS kafka_broker_list = 'kafka-1:9092,kafka-2:9092', kafka_topic_list = 'hits', kafka_group_name = 'clickhouse-{shard}', kafka_format = 'JSONEachRow', kafka_num_consumers = 2, kafka_max_block_size = 1048576, kafka_skip_broken_messages = 10;
CREATE TABLE cluster.hits_errors (`topic` String, `partition` Int64, `offset` Int64, `raw` String, `error` String, `at` DateTime DEFAULT now()) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/hits_errors', '{replica}') ORDER BY (topic, partition, offset) TTL at + INTERVAL 1 WEEK;
CREATE MATERIALIZED VIEW cluster.hits_consumer TO cluster.hits AS SELECT WatchID, EventTime, toDate(EventTime) AS EventDate, CounterID, UserID, URL FROM cluster.hits_queue;
CREATE TABLE cluster.plain (`key` String, `value` String, `at` DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY key COMMENT 'not replicated, on purpose';
CREATE TABLE cluster.shard_map (`bucket` UInt16, `shard` UInt8, `weight` Float32 DEFAULT 1) ENGINE = MergeTree ORDER BY bucket SETTINGS index_granularity = 64;
CREATE TABLE cluster.everything (`CounterID` UInt32, `day` Date) ENGINE = Merge('cluster', '_local$');
CREATE VIEW cluster.top_pages AS SELECT URL, count() AS views, uniq(UserID) AS users FROM cluster.hits WHERE (CounterID = {counter:UInt32}) AND (EventDate = today()) GROUP BY URL ORDER BY views DESC LIMIT 100 SETTINGS distributed_group_by_no_merge = 0;
CREATE VIEW cluster.users_by_day AS SELECT day, uniqMerge(users) AS users FROM cluster.daily GROUP BY day;
CREATE VIEW cluster.goal_conversion AS SELECT v.StartDate AS day, sum(has(v.Goals.ID, 1) * v.Sign) / sum(v.Sign) AS rate FROM cluster.visits AS v GROUP BY day;
CREATE VIEW cluster.joined AS SELECT h.CounterID AS id, c.name AS name, count() AS hits FROM cluster.hits AS h GLOBAL ANY LEFT JOIN cluster.counter_local AS c ON h.CounterID = c.id WHERE h.UserID GLOBAL IN (SELECT user FROM cluster.user_state_local WHERE has(segment, 7)) GROUP BY id, name;
CREATE MATERIALIZED VIEW cluster.region_mv ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/cluster/region_mv', '{replica}') PARTITION BY toYYYYMM(EventDate) ORDER BY (RegionID, EventDate) AS SELECT RegionID, EventDate, count() AS hits FROM cluster.hits_local GROUP BY RegionID, EventDate;
CREATE TABLE cluster.archive (`id` UInt64, `day` Date, `body` String CODEC(ZSTD(9))) ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY (day, id)
TTL day + INTERVAL 1 MONTH TO VOLUME 'cold', day + INTERVAL 2 YEAR RECOMPRESS CODEC(ZSTD(17)), day + INTERVAL 10 YEAR SETTINGS storage_policy = 'tiered';
CREATE TABLE cluster.audit_local (`at` DateTime, `who` String, `what` String) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/cluster/audit_local', '{replica}') ORDER BY at TTL at + INTERVAL 7 DAY TO DISK 'hdd' SETTINGS storage_policy = 'tiered';
CREATE VIEW cluster.archive_size AS SELECT day, count() AS documents, sum(length(body)) AS bytes FROM cluster.archive GROUP BY day;
