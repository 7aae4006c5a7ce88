-- changed metrics.otel_metrics_gauge: extra constraint named
ALTER TABLE metrics.otel_metrics_gauge ADD CONSTRAINT named CHECK ServiceName != '';
-- changed metrics.host_cpu: missing projection worst
ALTER TABLE metrics.host_cpu DROP PROJECTION worst;
-- changed metrics.samples: changed column flags: default
ALTER TABLE metrics.samples MODIFY COLUMN flags DEFAULT 1;
-- changed metrics.exemplar: changed column value: type
ALTER TABLE metrics.exemplar MODIFY COLUMN value Float32;
-- changed metrics.otel_metrics_gauge: missing setting ttl_only_drop_parts
ALTER TABLE metrics.otel_metrics_gauge RESET SETTING ttl_only_drop_parts;
-- changed metrics.samples_1m: missing TTL
ALTER TABLE metrics.samples_1m REMOVE TTL;
-- changed metrics.samples_1d_mv: changed query
ALTER TABLE metrics.samples_1d_mv MODIFY QUERY SELECT fingerprint, toDate(bucket) AS day, min(min) AS min, max(max) AS max, sum(sum) AS sum, sum(count) AS count FROM metrics.samples_1h WHERE bucket > '2020-01-01 00:00:00' GROUP BY fingerprint, day;
-- changed metrics.metric: changed column kind: type
ALTER TABLE metrics.metric MODIFY COLUMN kind Enum8('gauge' = 1, 'counter' = 2, 'histogram' = 3, 'summary' = 4, 'info' = 5, 'état' = 6, 'exp' = 7);
-- changed metrics.graphite: extra column Path: comment
ALTER TABLE metrics.graphite COMMENT COLUMN Path 'dotted';
-- changed metrics.every_gauge: changed query
CREATE OR REPLACE VIEW metrics.every_gauge AS SELECT ServiceName, MetricName, TimeUnix, Value FROM metrics.otel_metrics_gauge;
-- only spelling
CREATE OR REPLACE VIEW metrics.cardinality AS
select metric_name, COUNT() series, uniqExact(labels) label_sets, topK(3)(env) envs, MAX(fromUnixTimestamp64Milli(unix_milli)) newest
from metrics.series final prewhere (env <> '') group by metric_name with totals order by series desc limit 1000 settings max_threads = 2;
ALTER TABLE metrics.host_cpu MODIFY TTL time + toIntervalDay(7);
