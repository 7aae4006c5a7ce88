-- changed cluster.hits: changed setting fsync_after_insert
CREATE OR REPLACE TABLE cluster.hits AS cluster.hits_local ENGINE = Distributed(main, cluster, hits_local, intHash64(UserID)) SETTINGS fsync_after_insert = 1, bytes_to_throw_insert = 10000000000, background_insert_batch = 1;
-- changed cluster.visits: changed engine
CREATE OR REPLACE TABLE cluster.visits AS cluster.visits_local ENGINE = Distributed('main', 'cluster', 'visits_local', cityHash64(VisitID));
-- changed cluster.daily: missing comment
ALTER TABLE cluster.daily MODIFY COMMENT '';
-- changed cluster.user_state: extra column sign
ALTER TABLE cluster.user_state ADD COLUMN sign Int8;
-- changed cluster.archive: changed TTL
ALTER TABLE cluster.archive MODIFY TTL day + INTERVAL 2 MONTH TO VOLUME 'cold', day + INTERVAL 2 YEAR RECOMPRESS CODEC(ZSTD(17)), day + INTERVAL 10 YEAR;
-- changed cluster.plain: changed column value: type
ALTER TABLE cluster.plain MODIFY COLUMN value LowCardinality(String);
-- changed cluster.shard_map: changed column weight: default
ALTER TABLE cluster.shard_map MODIFY COLUMN weight DEFAULT 2;
-- changed cluster.daily_mv: changed query
ALTER TABLE cluster.daily_mv MODIFY QUERY SELECT CounterID, EventDate AS day, count() AS hits, uniqState(UserID) AS users FROM cluster.hits_local GROUP BY CounterID, day;
-- changed cluster.everything: changed engine
CREATE OR REPLACE TABLE cluster.everything (`CounterID` UInt32, `day` Date) ENGINE = Merge('cluster', '(hits|daily)_local$');
-- extra cluster.hits_yesterday
CREATE VIEW cluster.hits_yesterday AS SELECT * FROM cluster.hits WHERE EventDate = yesterday();
-- only spelling
CREATE OR REPLACE TABLE cluster.session AS cluster.session_local ENGINE = Distributed(main, cluster, session_local, `user`, 'default');
CREATE OR REPLACE VIEW cluster.goal_conversion AS select v.StartDate day, (SUM(has(v.Goals.ID, 1) * v.Sign) / SUM(v.Sign)) AS rate from cluster.visits v group by day;
