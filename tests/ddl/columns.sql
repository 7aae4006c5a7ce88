-- Clauses of columns, in the order in which people write them.
CREATE TABLE app.t (k UInt8, s String) ENGINE = MergeTree ORDER BY k;
create table app.t (k UInt8, s String,) engine MergeTree() order by (k);
CREATE TABLE app.t ("k" UInt8, `b``t` String, `n.a` Array(UInt8), `n.b` Array(String)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (engine String, comment String, ttl Date, order UInt8, codec UInt8, settings UInt8, type String, date Date, key UInt8) ENGINE = MergeTree ORDER BY key;
CREATE TABLE app.t (`index` String, `projection` UInt8, `constraint` UInt8, primary UInt8, `from` UInt8, `select` UInt8, `null` UInt8) ENGINE = MergeTree ORDER BY primary;
CREATE TABLE app.t (`größe` UInt8, `a b` UInt8, `1st` UInt8, `a\\b` UInt8, `a'b` UInt8) ENGINE = MergeTree ORDER BY `a b`;
CREATE TABLE app.t (k UInt8, s String NULL, n UInt8 NOT NULL) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String DEFAULT 'x' NULL, n UInt8 DEFAULT 1 NOT NULL) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String COLLATE binary NULL) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String COMMENT '', t String COMMENT 'it''s the PRIMARY KEY, ENGINE = x') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String COMMENT 'a\\b\n\tc', t String COMMENT $$here's$$) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String COMMENT 'größe 😀') ENGINE = MergeTree ORDER BY k COMMENT 'die größe';
CREATE TABLE app.t (k UInt8, comment String, s String DEFAULT comment COMMENT 'x') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, ttl Date, d UInt8 DEFAULT 1 TTL ttl) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, d Date, v UInt8 TTL d + INTERVAL 1 DAY) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, d Date, v UInt8 TTL (d + INTERVAL 1 DAY)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt8 SETTINGS (max_compress_block_size = 1000, min_compress_block_size = 100)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt8 STATISTICS(tdigest, uniq)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, d Date, v UInt8 DEFAULT 1 COMMENT 'c' CODEC(ZSTD) STATISTICS(tdigest) TTL d SETTINGS (max_compress_block_size = 1000)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8 PRIMARY KEY, s String) ENGINE = MergeTree;
CREATE TABLE app.t (k UInt8 COMMENT 'c' PRIMARY KEY, s String PRIMARY KEY) ENGINE = MergeTree;
CREATE TABLE app.t (k UInt8, s String, PRIMARY KEY (k, s)) ENGINE = MergeTree;
CREATE TABLE app.t (k UInt8, n Nested(a UInt8, b String)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, n Nested(a UInt8, m Nested(c String))) ENGINE = MergeTree ORDER BY k;
-- no default of a table may be a subquery, but any other expression may hold a comment
CREATE TABLE app.t (k UInt8 /* , x UInt8 */, s String -- ) ENGINE = Log
) ENGINE = MergeTree ORDER BY k # the end
;
CREATE TABLE app.t (k UInt8 STATISTICS(tdigest), s String STATISTICS(uniq)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8 STATISTICS(uniq, minmax, tdigest)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, d Date, a String DEFAULT 'x' COMMENT 'c' CODEC(ZSTD(3)) TTL d + INTERVAL 1 DAY SETTINGS (max_compress_block_size = 1024)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 STATISTICS(basic)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String CODEC(AES_128_GCM_SIV), b String CODEC(ZSTD(3), AES_256_GCM_SIV), c Float64 CODEC(FPC, ZSTD), d Float32 CODEC(Gorilla, LZ4), e Int64 CODEC(T64('bit'), LZ4), f Int64 CODEC(GCD, LZ4), g String CODEC(ZSTD(1, 24))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, n Nested(a UInt32, b String) COMMENT 'c') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String) ENGINE = MergeTree ORDER BY k SETTINGS index_granularity = 1024 COMMENT 'c';
