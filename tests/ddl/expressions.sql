-- What section by section the formatter and the engine make of expressions, one a statement.
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt32 DEFAULT 1_000_000) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT 0b11) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Float64 DEFAULT 1e3) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT 'a\\b') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT 'it''s') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT CAST('1', 'UInt8')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Nullable(UInt8) DEFAULT if(TRUE, NULL, 1)) ENGINE = MergeTree ORDER BY k;
-- level 2: CASE becomes multiIf, ELSE NULL is added
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Nullable(String) DEFAULT CASE WHEN k = 1 THEN 'a' END) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT k=1=1) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT k = 1 AND (k = 2 OR k = 3)) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT not k = 1) ENGINE = MergeTree ORDER BY k;
-- level 2: an interval of several units becomes a tuple
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a DateTime DEFAULT d + INTERVAL '1 day 2 hours') ENGINE = MergeTree ORDER BY k;
-- level 2: DATEADD becomes plus
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Date DEFAULT DATEADD(day, 1, d)) ENGINE = MergeTree ORDER BY k;
-- level 2: units become strings
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Int64 DEFAULT date_diff(DAY, d, d)) ENGINE = MergeTree ORDER BY k;
-- level 2: position with IN
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt64 DEFAULT position('a' IN s)) ENGINE = MergeTree ORDER BY k;
-- level 2: EXTRACT becomes a function
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt16 DEFAULT EXTRACT(YEAR FROM d)) ENGINE = MergeTree ORDER BY k;
-- level 2: TRIM becomes a function
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT trim(LEADING ' ' FROM s)) ENGINE = MergeTree ORDER BY k;
-- level 2: names of functions in their own case
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Date DEFAULT date_trunc('month', d)) ENGINE = MergeTree ORDER BY k;
-- level 2: names of functions in their own case
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT Lower(s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT isNull(n)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT tupleElement((k, s), 1)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Array(UInt8) DEFAULT array(k)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Array(UInt8) DEFAULT [k]) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Tuple(UInt8, String) DEFAULT (k, s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Tuple(UInt8, String) DEFAULT tuple(k, s)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Map(String, UInt8) DEFAULT map('a', k)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT s NOT LIKE 'x') ENGINE = MergeTree ORDER BY k;
-- level 2: BETWEEN becomes two comparisons
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT k BETWEEN 1 AND 5) ENGINE = MergeTree ORDER BY k;
-- level 2: IS NOT DISTINCT FROM becomes an operator
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a UInt8 DEFAULT k IS NOT DISTINCT FROM n) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Date DEFAULT today() + 1) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a IntervalDay DEFAULT toIntervalDay(1)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Array(UInt16) DEFAULT arrayMap((x, y) -> (x + y), [k], [k])) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT multiIf(k = 1, 'a', 'b')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a String DEFAULT concat(s, 'x')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, d Date, n Nullable(UInt8), a Int16 DEFAULT -k) ENGINE = MergeTree ORDER BY k;
