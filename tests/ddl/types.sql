-- One of each family, then the spellings that the server rewrites.
CREATE TABLE app.t (a Int8, b Int16, c Int32, d Int64, e Int128, f Int256, g UInt8, h UInt16, i UInt32, j UInt64, l UInt128, m UInt256) ENGINE = MergeTree ORDER BY a;
CREATE TABLE app.t (a Float32, b Float64, c BFloat16, d Decimal(9, 2), e Decimal(38, 10), f Decimal(76, 0), g Bool) ENGINE = MergeTree ORDER BY d;
CREATE TABLE app.t (a String, b FixedString(16), c UUID, d IPv4, e IPv6) ENGINE = MergeTree ORDER BY a;
CREATE TABLE app.t (a Date, b Date32, c DateTime, d DateTime('UTC'), e DateTime64(3), f DateTime64(6, 'Europe/Berlin'), g Time, h Time64(3)) ENGINE = MergeTree ORDER BY a;
CREATE TABLE app.t (k UInt8, a Enum8('a' = 1, 'b' = -2), b Enum16('x' = 1000, 'it\'s' = 2)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Enum('a', 'b'), b Enum('x' = 300, 'y')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Array(Array(String)), b Map(String, Array(UInt8)), c Tuple(a UInt8, b Tuple(String, UInt8)), d Tuple(UInt8, String)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Nullable(String), b LowCardinality(String), c LowCardinality(Nullable(String)), d Array(Nullable(UInt8))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Variant(String, UInt8, Array(Date)), b Dynamic, c Dynamic(max_types = 10), d Dynamic(max_types = 32)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a JSON, b JSON(max_dynamic_paths = 8, max_dynamic_types = 4, a.b UInt32, SKIP c, SKIP REGEXP '^x'), c JSON(max_dynamic_paths = 1024)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a AggregateFunction(sum, UInt64), b AggregateFunction(quantiles(0.5, 0.90), Float64), c SimpleAggregateFunction(max, DateTime), d AggregateFunction(count), e AggregateFunction(SUM, UInt8)) ENGINE = AggregatingMergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Point, b Ring, c LineString, d MultiLineString, e Polygon, f MultiPolygon, g Geometry) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a IntervalDay, b IntervalSecond) ENGINE = Memory;
CREATE TABLE app.t (k INT, a INTEGER, b TINYINT, c SMALLINT, d BIGINT, e INT UNSIGNED, f BIGINT UNSIGNED, g BYTE, h SIGNED, i UNSIGNED) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a FLOAT, b REAL, c DOUBLE, d DOUBLE PRECISION, e DECIMAL, f DECIMAL(10), g NUMERIC(10, 2), h DEC(5), i Decimal32(2), j Decimal64(3), l Decimal128(4)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a TEXT, b VARCHAR(10), c CHAR, d CHAR VARYING(5), e BLOB, f BINARY(4), g VARBINARY(3), h CHARACTER LARGE OBJECT, i NVARCHAR(7)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a TIMESTAMP, b TIMESTAMP(6), c DateTime(3), d DateTime32, e DateTime64, f BOOL, g BOOLEAN, h INET4, i INET6, j YEAR, l datetime, m date) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a VARCHAR NULL, b LowCardinality(VARCHAR), c Array(INT), d Tuple(x INT, y Enum('a'))) ENGINE = MergeTree ORDER BY k;
