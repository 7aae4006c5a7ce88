-- changed apm: changed comment
ALTER DATABASE apm MODIFY COMMENT 'Traces and profiles';
-- changed apm.span: missing index idx_kind
ALTER TABLE apm.span DROP INDEX idx_kind;
-- changed apm.span: extra column http.route
ALTER TABLE apm.span ADD COLUMN `http.route` LowCardinality(String) MATERIALIZED attributes_string['http.route'] CODEC(ZSTD(1));
-- changed apm.error_index: missing column stacktrace: codec
ALTER TABLE apm.error_index MODIFY COLUMN stacktrace REMOVE CODEC;
-- changed apm.sampling_rule: missing constraint probability
ALTER TABLE apm.sampling_rule DROP CONSTRAINT probability;
-- changed apm.http_status: changed query
ALTER TABLE apm.http_status MODIFY QUERY SELECT `resource_string_service$$name` AS service, toStartOfHour(timestamp) AS hour, sumMapState(map(toUInt16OrZero(response_status_code), toUInt64(1))) AS codes FROM apm.span WHERE kind = 2 GROUP BY service, hour;
-- missing apm.collector_stats
-- extra apm.collector_stats_old
RENAME TABLE apm.collector_stats TO apm.collector_stats_old;
-- changed apm.trace_summary: extra setting merge_with_ttl_timeout
ALTER TABLE apm.trace_summary MODIFY SETTING merge_with_ttl_timeout = 60;
-- missing apm.orphan
DROP VIEW apm.orphan;
-- changed apm.span_resource: extra column labels: setting min_compress_block_size
ALTER TABLE apm.span_resource MODIFY COLUMN labels MODIFY SETTING min_compress_block_size = 16384;
-- only spelling
ALTER TABLE apm.dependency_db_mv MODIFY QUERY SELECT `resource_string_service$$name` AS src, attributes_string['db.system'] AS dest, toStartOfMinute(timestamp) AS at, quantilesState(0.50, 0.75, 0.90, 0.95, 0.99)(toFloat64(duration_nano)) AS durations,
    COUNT() AS total, countIf((status_code = 2)) AS errors, resource['deployment.environment'] AS environment
FROM apm.span WHERE (dest <> '') AND (kind <> 2) GROUP BY at, src, dest, environment;
