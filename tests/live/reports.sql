-- Reports: views that run by the clock, and views with rights of their own. The server has a user `reporter`.
CREATE DATABASE reports;
CREATE TABLE reports.visit (id UInt64, site LowCardinality(String), at DateTime) ENGINE = MergeTree ORDER BY (site, at);
CREATE TABLE reports.per_site (site LowCardinality(String), visits UInt64) ENGINE = MergeTree ORDER BY site;
CREATE TABLE reports.per_hour (hour DateTime, visits UInt64) ENGINE = MergeTree ORDER BY hour;
CREATE TABLE reports.totals (visits UInt64) ENGINE = Memory;
CREATE TABLE reports.copied (site String, note String DEFAULT '', visits UInt64) ENGINE = MergeTree ORDER BY site;
CREATE MATERIALIZED VIEW reports.hourly REFRESH EVERY 1 HOUR TO reports.per_site DEFINER = default SQL SECURITY DEFINER EMPTY COMMENT 'Visits per site, all of them.' AS SELECT site, count() AS visits FROM reports.visit GROUP BY site;
CREATE MATERIALIZED VIEW reports.appended REFRESH EVERY 1 DAY OFFSET 2 HOUR 30 MINUTE RANDOMIZE FOR 10 MINUTE DEPENDS ON reports.hourly SETTINGS refresh_retries = 3, refresh_retry_initial_backoff_ms = 10 APPEND TO reports.per_hour EMPTY AS SELECT toStartOfHour(at) AS hour, count() AS visits FROM reports.visit GROUP BY hour;
CREATE MATERIALIZED VIEW reports.kept REFRESH AFTER 30 MINUTE (site LowCardinality(String) COMMENT 'As it came', last DateTime CODEC(Delta, ZSTD(1)), day Date MATERIALIZED toDate(last), INDEX by_last last TYPE minmax GRANULARITY 2, CONSTRAINT begun CHECK last > 0) ENGINE = MergeTree ORDER BY site SETTINGS index_granularity = 1024 DEFINER = default SQL SECURITY DEFINER EMPTY AS SELECT site, max(at) AS last FROM reports.visit GROUP BY site;
-- The text of the view loses its index and its constraint, its inner table does not.
ALTER TABLE reports.kept MODIFY COMMENT 'The last visit of each site.';
CREATE MATERIALIZED VIEW reports.followed REFRESH DEPENDS ON reports.hourly, reports.kept TO reports.totals DEFINER = reporter SQL SECURITY DEFINER EMPTY AS SELECT count() AS visits FROM reports.visit;
CREATE MATERIALIZED VIEW reports.in_memory REFRESH EVERY 1 WEEK ENGINE = Memory SQL SECURITY NONE EMPTY AS SELECT site, count() AS visits FROM reports.visit GROUP BY site;
CREATE MATERIALIZED VIEW reports.monthly REFRESH EVERY 1 MONTH OFFSET 5 DAY APPEND TO reports.copied EMPTY AS SELECT site, count() AS visits FROM reports.visit GROUP BY site;
CREATE MATERIALIZED VIEW reports.copying TO reports.copied (site String, visits UInt64) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT site, toUInt64(1) AS visits FROM reports.visit;
CREATE MATERIALIZED VIEW reports.unchecked TO reports.per_hour SQL SECURITY NONE AS SELECT toStartOfHour(at) AS hour, count() AS visits FROM reports.visit GROUP BY hour;
CREATE VIEW reports.asked SQL SECURITY INVOKER AS SELECT site FROM reports.visit;
CREATE VIEW reports.for_reporter DEFINER = reporter SQL SECURITY DEFINER COMMENT 'What the reporter may see.' AS SELECT site, count() AS visits FROM reports.visit GROUP BY site;
CREATE VIEW reports.for_all SQL SECURITY NONE AS SELECT count() AS visits FROM reports.visit;
CREATE VIEW reports.mine SQL SECURITY DEFINER AS SELECT count() AS visits FROM reports.visit;
CREATE VIEW reports.of_site SQL SECURITY NONE AS SELECT id, at FROM reports.visit WHERE site = {site:String};
