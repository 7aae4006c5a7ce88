-- chx:migration 1
-- chx:id 20261122T175149_humidity
-- chx:object sensors.reading: table 1:35126a2a834e3b7e5a4934b661415fab -> table 1:81b232dc66d84eca64d9e740f75e7b7f

-- chx:up

-- chx:step sensors.reading, safe, metadata
ALTER TABLE sensors.reading (ADD COLUMN humidity Nullable(Float32) COMMENT 'Relative humidity in percent.');

-- chx:down

-- chx:step sensors.reading, destructive, mutation
ALTER TABLE sensors.reading (DROP COLUMN humidity);
