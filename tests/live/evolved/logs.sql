-- changed logs.hot: extra column pod
ALTER TABLE logs.hot ADD COLUMN pod LowCardinality(String) DEFAULT '' AFTER host;
-- changed logs.hot: changed index grams
ALTER TABLE logs.hot DROP INDEX grams, ADD INDEX grams lower(message) TYPE ngrambf_v1(4, 1024, 2, 0) GRANULARITY 8;
-- changed logs.otel_logs: changed TTL
ALTER TABLE logs.otel_logs MODIFY TTL TimestampTime + INTERVAL 30 DAY;
-- changed logs.hot: changed setting parts_to_delay_insert
ALTER TABLE logs.hot MODIFY SETTING parts_to_delay_insert = 1000;
-- missing logs.over_quota
DROP VIEW logs.over_quota;
-- changed logs.volume_1m_mv: changed query
ALTER TABLE logs.volume_1m_mv MODIFY QUERY SELECT tenant, service, toString(level) AS level, toStartOfMinute(ts) AS minute, count() AS lines, sum(bytes) AS bytes FROM logs.hot GROUP BY tenant, service, level, minute;
-- changed logs.nginx_access: changed column status: codec
ALTER TABLE logs.nginx_access MODIFY COLUMN status CODEC(Delta, ZSTD);
-- changed logs.audit: changed comment
ALTER TABLE logs.audit MODIFY COMMENT 'Kept for ten years.';
-- extra logs.tmp_debug
CREATE TABLE logs.tmp_debug (`what` String) ENGINE = Memory;
-- changed logs.alert_rule: changed column threshold: default
ALTER TABLE logs.alert_rule MODIFY COLUMN threshold DEFAULT 0.75;
-- only spelling
create or replace view logs.errors as (select ts, tenant, service, message from logs.hot where (level >= 'error'));
ALTER TABLE logs.hot MODIFY SETTING min_bytes_for_wide_part = '10M', enable_block_number_column = true;
