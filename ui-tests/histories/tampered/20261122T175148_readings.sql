-- chx:migration 1
-- chx:id 20261122T175148_readings
-- chx:object sensors: none -> database 1:9a23f9ec8e8f0d7f5d1c03932db35030
-- chx:object sensors.reading: none -> table 1:35126a2a834e3b7e5a4934b661415fab

-- chx:up

-- chx:step sensors, safe, metadata
CREATE DATABASE IF NOT EXISTS sensors;

-- chx:step sensors.reading, safe, metadata
CREATE TABLE sensors.reading
(
    device LowCardinality(String),
    at DateTime,
    celsius Float64
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (device, at)
COMMENT 'What the sensors measured.';

-- chx:down
-- chx:lost database `sensors` stays: it may hold what chx does not manage
-- chx:lost the rows of `sensors.reading` that were inserted since

-- chx:step sensors.reading, destructive, metadata
DROP TABLE sensors.reading;
