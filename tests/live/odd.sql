-- Names and texts that no naming rule expects.
CREATE DATABASE `odd-names`;
CREATE TABLE `odd-names`.`type` (`type` UInt8, `self` UInt8, `Self` UInt8, `fn` String, `match` String, `crate` UInt8) ENGINE = MergeTree ORDER BY (`type`, `self`);
CREATE TABLE `odd-names`.`Größe` (`größe` UInt8, `名前` String, `a b` String, `a_b` String, `A B` String, `1st` UInt8, `%` UInt8, `select` UInt8) ENGINE = MergeTree ORDER BY (`a b`, `größe`, `select`) COMMENT 'Größe: "in" \\ <b>\nsecond line';
CREATE TABLE `odd-names`.`date` (`date` Date, `string` String, `vec` Array(UInt8)) ENGINE = MergeTree ORDER BY `date`;
CREATE TABLE `odd-names`.`Date` (`date` Date32) ENGINE = MergeTree ORDER BY `date` COMMENT '# not a heading';
CREATE TABLE `odd-names`.`a.b` (`x` UInt8 COMMENT ' two  spaces ', `y` UInt8 COMMENT 'see [x] and <y>') ENGINE = MergeTree ORDER BY tuple();
CREATE TABLE `odd-names`.`back``tick` (`q``q` UInt8, `q"q` UInt8, `q\\q` UInt8) ENGINE = MergeTree ORDER BY `q``q`;
CREATE TABLE `odd-names`.kinds
(
    `a` Enum8('' = 0, 'a b' = 1, 'a-b' = 2, 'A_B' = 3, '1' = -128, 'it\'s' = 127),
    `b` Nullable(Enum8('x' = 1, 'y' = 2)),
    `c` Array(Enum8('x' = 1, 'y' = 2)),
    `d` Map(String, Enum8('x' = 1, 'y' = 2)),
    `e` Enum16('one' = 1, 'two' = 2),
    `f` Tuple(Enum8('x' = 1, 'y' = 2), UInt8),
    `g` LowCardinality(FixedString(2)),
    `h` Time, `i` Time64(6), `j` BFloat16, `k` Nullable(DateTime64(3)), `l` Decimal(76, 10), `m` Tuple(), `n` IntervalDay
)
ENGINE = MergeTree ORDER BY tuple();
CREATE VIEW `odd-names`.`view of kinds` (`a` UInt8) COMMENT 'a view' AS SELECT `type` AS a FROM `odd-names`.`type`;
CREATE TABLE `odd-names`.long_one
(
    `a` String DEFAULT 'a text that is quite a bit longer than what fits into a line of code of a usual width, and then some more',
    `b` String COMMENT 'A comment that is so long that it takes more than one line of code, at least where lines are as long as they usually are in Rust, that is a hundred.' CODEC(ZSTD(5))
)
ENGINE = MergeTree PARTITION BY (a, b) ORDER BY (a, b, cityHash64(a), cityHash64(b), length(a), length(b), upper(a), upper(b))
TTL toDateTime('2030-01-01 00:00:00') + toIntervalDay(length(a)), toDateTime('2030-01-01 00:00:00') + toIntervalDay(length(b)) WHERE a = 'x'
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = '10Mi', merge_max_block_size = 1000, max_suspicious_broken_parts = 5, storage_policy = 'default';
