-- Literals, and what the server makes of them.
CREATE TABLE app.t (k UInt8, m Map(String, UInt8) DEFAULT map('a', 1, 'b', 2)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Float64 DEFAULT inf, b Float64 DEFAULT -inf, c Float64 DEFAULT nan, d Float64 DEFAULT Infinity) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT 0x1F, b UInt8 DEFAULT 0b101, c UInt32 DEFAULT 1_000_000) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Bool DEFAULT TRUE, b Bool DEFAULT false) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String DEFAULT 'uni\x41', b String DEFAULT $$abc$$, c String DEFAULT x'4142', d String DEFAULT $tag$it's$tag$) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String DEFAULT b'01000001', b String DEFAULT 'tab\tnl\nq\'') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt256 DEFAULT 115792089237316195423570985008687907853269984665640564039457584007913129639935) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Int64 DEFAULT -9223372036854775808) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Tuple(UInt8, String) DEFAULT (1, 'a'), b Array(Tuple(UInt8, String)) DEFAULT [(1, 'a'), (2, 'b')]) ENGINE = MergeTree ORDER BY k;
-- level 2: a tuple of one becomes a call
CREATE TABLE app.t (k UInt8, a Tuple(UInt8) DEFAULT (1,), b Tuple() DEFAULT tuple()) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Nullable(UInt8) DEFAULT NULL, b Array(Nullable(UInt8)) DEFAULT [NULL, 1]) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UUID DEFAULT '61f0c404-5cb3-11e7-907b-a6006ad3dba0', b IPv4 DEFAULT '127.0.0.1', c Date DEFAULT '2020-01-01', d Decimal(10, 2) DEFAULT 1.5) ENGINE = MergeTree ORDER BY k;
