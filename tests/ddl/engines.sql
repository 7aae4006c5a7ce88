CREATE TABLE app.t (k UInt8, v UInt32, d UInt8) ENGINE = ReplacingMergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt32, d UInt8) ENGINE = ReplacingMergeTree(v) ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt32, d UInt8) ENGINE = ReplacingMergeTree(v, d) ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt32, w UInt8) ENGINE = SummingMergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt32, w UInt8) ENGINE = SummingMergeTree((v, w)) ORDER BY k;
CREATE TABLE app.t (k UInt8, v UInt32, w UInt8) ENGINE = SummingMergeTree((v)) ORDER BY k;
CREATE TABLE app.t (k UInt8, v AggregateFunction(sum, UInt64)) ENGINE = AggregatingMergeTree() ORDER BY k;
CREATE TABLE app.t (k UInt8, sign Int8) ENGINE = CollapsingMergeTree(sign) ORDER BY k;
CREATE TABLE app.t (k UInt8, sign Int8, ver UInt8) ENGINE = VersionedCollapsingMergeTree(sign, ver) ORDER BY k;
CREATE TABLE app.t (k UInt8, v Nullable(UInt8)) ENGINE = CoalescingMergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8) ENGINE = Memory;
CREATE TABLE app.t (k UInt8) ENGINE = Memory();
CREATE TABLE app.t (k UInt8) ENGINE = Log COMMENT 'c';
CREATE TABLE app.t (k UInt8) ENGINE = TinyLog;
CREATE TABLE app.t (k UInt8) ENGINE = StripeLog;
CREATE TABLE app.t (k UInt8) ENGINE = Null;
CREATE TABLE app.t (k UInt8) ENGINE = `Null`();
CREATE TABLE app.t (k UInt8) ENGINE = Set;
CREATE TABLE app.t (k UInt8, v String) ENGINE = Join(ANY, LEFT, k);
CREATE TABLE app.t (k UInt8, s String) ENGINE = Buffer('app', 'src', 1, 10, 100, 10000, 1000000, 10000000, 100000000);
CREATE TABLE app.t (k UInt8, s String) ENGINE = Merge('app', '^src');
-- level 2: names become strings
CREATE TABLE app.t (k UInt8, s String) ENGINE = Merge(app, '^src');
-- level 2: names become strings
CREATE TABLE app.t (k UInt8) ENGINE = File(CSV);
-- level 2: names become strings
CREATE TABLE app.t (k UInt8) ENGINE = URL('http://127.0.0.1:1/x', CSV);
CREATE TABLE app.t (k UInt8, s String) ENGINE = GenerateRandom(1, 5, 3);
CREATE TABLE app.t (k UInt8, s String) ENGINE = EmbeddedRocksDB PRIMARY KEY k;
CREATE TABLE IF NOT EXISTS app.t (k UInt8) ENGINE = Memory;
CREATE OR REPLACE TABLE app.t (k UInt8) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8) ENGINE = Kafka SETTINGS kafka_broker_list = 'h:1', kafka_topic_list = 't', kafka_group_name = 'g', kafka_format = 'CSV';
CREATE TABLE app.t (k UInt8) ENGINE = Kafka('h:1', 't', 'g', 'CSV');
CREATE TABLE app.t (k UInt8) ENGINE = MySQL('127.0.0.1:1', 'd', 't', 'u', 'env:CHX_SECRET');
CREATE TABLE app.t (k UInt8) ENGINE = PostgreSQL('127.0.0.1:1', 'd', 't', 'u', 'file:secrets/pg');
CREATE TABLE app.t (k UInt8) ENGINE = Redis('127.0.0.1:1', 0, 'env:CHX_SECRET') PRIMARY KEY k;
CREATE TABLE app.t (k UInt8) ENGINE = MongoDB('127.0.0.1:1', 'd', 'c', 'u', 'env:CHX_SECRET');
CREATE TABLE app.t (k UInt8) ENGINE = Executable('x.sh', 'TSV');
CREATE TABLE app.t (k UInt8) ENGINE = SQLite('/tmp/x.db', 't');
CREATE TABLE app.t (k UInt8) ENGINE = HDFS('hdfs://h/x', 'CSV');
CREATE TABLE app.t (k UInt8, s String) ENGINE = Merge(REGEXP('app'), '^src');
-- level 2: names become strings
CREATE TABLE app.t (k UInt8, s String) ENGINE = Buffer(app, src, 1, 10, 100, 10000, 1000000, 10000000, 100000000);
-- level 2: a word that is a keyword gets quotes
CREATE TABLE app.t (k UInt8, s String) ENGINE = Join(ALL, INNER, k);
CREATE TABLE app.t (k UInt8, s String) ENGINE = Join(SEMI, LEFT, k) SETTINGS join_use_nulls = 1;
CREATE TABLE app.t (k UInt8, v UInt32) ENGINE = CoalescingMergeTree(v) ORDER BY k;
CREATE TABLE app.t (k UInt8) ENGINE = Null COMMENT 'swallows';
