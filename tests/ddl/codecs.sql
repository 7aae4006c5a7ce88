CREATE TABLE app.t (k UInt8, a UInt64 CODEC(Delta, ZSTD), b UInt32 CODEC(Delta(4), LZ4), c UInt8 CODEC(NONE), d DateTime CODEC(DoubleDelta, LZ4)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String CODEC(ZSTD(3)), b String CODEC(LZ4HC), c String CODEC(LZ4HC(9)), d String CODEC(Default)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Float64 CODEC(FPC), b Float64 CODEC(Gorilla), c Float32 CODEC(Gorilla, ZSTD), d Float64 CODEC(FPC(12))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt64 CODEC(T64), b UInt64 CODEC(T64('bit'), LZ4), c UInt64 CODEC(GCD, LZ4), d UInt64 CODEC(DoubleDelta(8))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a DateTime64(3) CODEC(Delta, ZSTD(1)), b Enum8('a' = 1) CODEC(Delta, LZ4), c Decimal(18, 4) CODEC(Delta, LZ4), d UUID CODEC(ZSTD)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, n Nested(a UInt32, b String) CODEC(ZSTD(2))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, codec UInt8, a UInt8 DEFAULT codec CODEC(ZSTD)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Array(UInt32) CODEC(Delta, ZSTD), b LowCardinality(String) CODEC(ZSTD), c Nullable(UInt16) CODEC(Delta, ZSTD)) ENGINE = MergeTree ORDER BY k;
