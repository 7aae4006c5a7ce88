CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d + INTERVAL 1 DAY;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d + toIntervalDay(1) DELETE;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL (d + INTERVAL 1 DAY);
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d + INTERVAL 1 DAY + INTERVAL 2 HOUR;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d DELETE WHERE n=1;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d WHERE n = 1, d + INTERVAL 1 YEAR;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d TO DISK 'default', d + INTERVAL 1 MONTH TO VOLUME 'default', d + INTERVAL 1 YEAR DELETE;
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d TO DISK IF EXISTS 'cold', d TO VOLUME IF EXISTS 'older';
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY k TTL d RECOMPRESS CODEC(ZSTD(9)), d + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD);
CREATE TABLE app.t (k UInt8, d Date, n UInt8) ENGINE = MergeTree ORDER BY (k, n) TTL d GROUP BY k SET n = sum(n), d = max(d);
CREATE TABLE app.t (k UInt8, d Date, n UInt8, m UInt8) ENGINE = MergeTree ORDER BY (k, m) TTL d GROUP BY k, m SET n=sum(n), d + INTERVAL 1 YEAR DELETE;
CREATE TABLE app.t (k UInt8, d Date, n UInt8, m UInt8) ENGINE = MergeTree ORDER BY (k, m) TTL d GROUP BY k, m;
CREATE TABLE app.t (k UInt8, ts DateTime64(3)) ENGINE = MergeTree ORDER BY k TTL toDateTime(ts) + INTERVAL 90 DAY SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE app.t (k UInt8, ttl Date) ENGINE = MergeTree ORDER BY ttl TTL ttl + INTERVAL 1 WEEK;
CREATE TABLE app.t (k UInt8, d Date) ENGINE = MergeTree ORDER BY k TTL d + INTERVAL 1 MONTH DELETE, d + INTERVAL 1 WEEK TO VOLUME 'default';
CREATE TABLE app.t (k UInt8, d DateTime, n UInt8) ENGINE = MergeTree ORDER BY (k, toStartOfDay(d)) PRIMARY KEY (k, toStartOfDay(d)) TTL d + INTERVAL 1 MONTH GROUP BY k, toStartOfDay(d) SET n = max(n), d = any(d);
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, d DateTime, n UInt8) ENGINE = MergeTree ORDER BY k TTL d + INTERVAL 1 MONTH WHERE n = 1 AND k > 2, d + INTERVAL 2 MONTH DELETE WHERE n = 2;
CREATE TABLE app.t (k UInt8, d DateTime, e DateTime) ENGINE = MergeTree ORDER BY k TTL if(k = 1, d, e) + INTERVAL 1 MONTH;
