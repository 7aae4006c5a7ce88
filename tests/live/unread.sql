-- What chx does not read all of (a table over a function, comments of the columns of a view): it is raw, and everything beside it is not.
CREATE DATABASE unread ENGINE = Atomic SETTINGS lazy_load_tables = 1 COMMENT 'Beyond the words of chx';

CREATE TABLE unread.account
(
    id UInt64,
    cents Int64 COMMENT 'Of the newest row'
)
ENGINE = MergeTree
ORDER BY id
UNIQUE KEY id
SETTINGS index_granularity = 1024, allow_experimental_unique_key = 1
COMMENT 'One row an account';

CREATE TABLE unread.total
(
    cents Int64
)
ENGINE = MergeTree
ORDER BY cents;

CREATE MATERIALIZED VIEW unread.total_mv TO unread.total AS SELECT sum(cents) AS cents FROM unread.account;

CREATE VIEW unread.odd AS SELECT id FROM unread.account WHERE cents % 2 = 1;

CREATE TABLE unread.drawn (id UInt64, cents Int64) AS generateRandom('id UInt64, cents Int64', 1);

CREATE VIEW unread.noted (id UInt64 COMMENT 'Of the account') AS SELECT id FROM unread.account;
