-- changed features.drift_baseline: extra column window
-- changed features.drift_baseline: changed sorting key
ALTER TABLE features.drift_baseline ADD COLUMN window UInt8, MODIFY ORDER BY (feature, bucket, window);
-- changed features.user_daily: changed column churn_score: default
ALTER TABLE features.user_daily MODIFY COLUMN churn_score DEFAULT 0.5;
-- changed features.definition: changed order of the columns
ALTER TABLE features.definition MODIFY COLUMN owner LowCardinality(String) FIRST;
-- changed features.prediction: missing column explanation: TTL
ALTER TABLE features.prediction MODIFY COLUMN explanation REMOVE TTL;
-- changed features.experiment: changed constraint shares
ALTER TABLE features.experiment DROP CONSTRAINT shares, ADD CONSTRAINT shares CHECK abs(arraySum(v -> v.2, variants) - 1) < 0.1;
-- changed features.online_item: extra comment
ALTER TABLE features.online_item MODIFY COMMENT 'asked by the shop';
-- changed features.latest_user: changed query
CREATE OR REPLACE VIEW features.latest_user AS SELECT user, argMax(tuple(orders_7d, spend_7d), day) AS newest FROM features.user_daily GROUP BY user;
-- changed features.interaction: missing sampling key
ALTER TABLE features.interaction REMOVE SAMPLE BY;
-- missing features.heavy_user
DROP TABLE features.heavy_user;
-- changed features.entity: extra index created
ALTER TABLE features.entity ADD INDEX created created TYPE minmax GRANULARITY 2;
-- only spelling
CREATE OR REPLACE VIEW features.matrix AS SELECT user, arrayMap((x) -> (isNaN(x) ? 0 : x), [toFloat64(orders_7d), toFloat64(spend_7d), log_spend, churn_score]) AS x, toUInt8(spend_7d > 0) AS y FROM features.user_daily WHERE ((cityHash64(user) MOD 10) < 8);
ALTER TABLE features.user_hourly MODIFY COLUMN ctr Float32 MATERIALIZED (views = 0) ? 0 : (clicks / views);
