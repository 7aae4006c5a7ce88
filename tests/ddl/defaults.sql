-- Literals.
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT 1, b Int8 DEFAULT -1, c Float64 DEFAULT 1.50, d Float64 DEFAULT 1.0, e Float64 DEFAULT 1e3, f UInt8 DEFAULT 0x1F, g UInt8 DEFAULT 0b11, h UInt32 DEFAULT 1_000_000) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Bool DEFAULT TRUE, b Bool DEFAULT false, c Nullable(UInt8) DEFAULT null) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String DEFAULT 'it''s', b String DEFAULT 'uni\x41', c String DEFAULT $$abc$$, d String DEFAULT x'4142', e String DEFAULT 'a\\b', f String DEFAULT 'a  b -- c') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Array(UInt8) DEFAULT [1, 2, 3], b Array(String) DEFAULT [], c Tuple(UInt8, String) DEFAULT (1, 'a')) ENGINE = MergeTree ORDER BY k;
-- Kinds.
CREATE TABLE app.t (k UInt8, a UInt64 MATERIALIZED k + 1, b String ALIAS toString(k), c String EPHEMERAL, d UInt8 EPHEMERAL 5, e String DEFAULT upper(c)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a String EPHEMERAL COMMENT 'not stored', b UInt8) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Nullable(String) EPHEMERAL NULL, b String EPHEMERAL COMMENT '' CODEC(ZSTD(1))) ENGINE = MergeTree ORDER BY k;
-- Without a type: only literals are understood without an engine.
CREATE TABLE app.t (k UInt8, a DEFAULT 1, b DEFAULT 'x', c DEFAULT -1, d DEFAULT 300, e DEFAULT true, f DEFAULT 65536, g DEFAULT 4294967296, h DEFAULT -129) ENGINE = MergeTree ORDER BY k;
-- Operators.
CREATE TABLE app.t (k UInt8, s String, a UInt8 DEFAULT k + 1, b UInt8 DEFAULT k - 1, c UInt8 DEFAULT k % 2, d UInt8 DEFAULT -k) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k+1*2) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT (k + 1) * 2) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT ((k))) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k - 1 - 2, b UInt8 DEFAULT k - (1 - 2)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT - k, b UInt8 DEFAULT not k) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT not not k) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k==1, b UInt8 DEFAULT k<>1, c UInt8 DEFAULT k >= 1) ENGINE = MergeTree ORDER BY k;
-- level 2: MOD and DIV become % and intDiv
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k MOD 2, b UInt8 DEFAULT k div 2) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k=1 AND k=2 OR k=3) ENGINE = MergeTree ORDER BY k;
-- level 2: || becomes concat
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT s || 'x') ENGINE = MergeTree ORDER BY k;
-- level 2: BETWEEN becomes two comparisons
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k between 1 and 5, b UInt8 DEFAULT k not between 1 and 5) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s Nullable(String), a UInt8 DEFAULT s is null, b UInt8 DEFAULT s is not null) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k in (1,2), b UInt8 DEFAULT k not in (1, 2)) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the list
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k IN 1) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k is distinct from 1, b UInt8 DEFAULT k <=> 1) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT plus(k, 1), b UInt8 DEFAULT equals(k, 1), c UInt8 DEFAULT or(k, 1)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, a UInt8 DEFAULT s like '%x', b UInt8 DEFAULT s not ilike 'y_') ENGINE = MergeTree ORDER BY k;
-- Sugar.
-- level 2: CASE becomes multiIf
CREATE TABLE app.t (k UInt8, a String DEFAULT CASE WHEN k = 1 THEN 'a' ELSE 'b' END) ENGINE = MergeTree ORDER BY k;
-- level 2: CASE becomes caseWithExpression
CREATE TABLE app.t (k UInt8, a String DEFAULT case k when 1 then 'a' else 'b' end COMMENT 'c') ENGINE = MergeTree ORDER BY k;
-- level 2: ? becomes if
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k ? 1 : 2) ENGINE = MergeTree ORDER BY k;
-- level 2: :: and AS become CAST with a string
CREATE TABLE app.t (k UInt8, a UInt32 DEFAULT k::UInt32, b String DEFAULT CAST(k AS String), c UInt16 DEFAULT CAST(k, 'UInt16')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Date DEFAULT DATE '2020-01-01', b DateTime DEFAULT TIMESTAMP '2020-01-01 00:00:00') ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, d Date, a Date DEFAULT d + INTERVAL 1 MONTH, b DateTime DEFAULT d + interval '2' hour) ENGINE = MergeTree ORDER BY k;
-- level 2: EXTRACT becomes a function of its own
CREATE TABLE app.t (k UInt8, d Date, a UInt8 DEFAULT EXTRACT(DAY FROM d)) ENGINE = MergeTree ORDER BY k;
-- level 2: FROM and FOR become arguments
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT substring(s from 1 for 2), b String DEFAULT trim(both ' ' from s)) ENGINE = MergeTree ORDER BY k;
-- level 2: IN becomes an argument
CREATE TABLE app.t (k UInt8, s String, a UInt64 DEFAULT position('a' in s)) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the body
CREATE TABLE app.t (k UInt8, a Array(UInt16) DEFAULT arrayMap(x -> x + 1, [k]), b Array(UInt16) DEFAULT arrayMap((x, y) -> (x + y), [k], [k])) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Array(UInt16) DEFAULT arrayMap(x -> (x + 1), [k])) ENGINE = MergeTree ORDER BY k;
-- Case of names.
CREATE TABLE app.t (k UInt8, a DateTime DEFAULT now(), b DateTime64(3) DEFAULT now64(3), c Date DEFAULT today()) ENGINE = MergeTree ORDER BY k;
-- level 2: names of functions in their own case
CREATE TABLE app.t (k UInt8, s String, a DateTime DEFAULT NOW(), b String DEFAULT LCASE(s), c String DEFAULT LOWER(s)) ENGINE = MergeTree ORDER BY k;
-- level 2: names of functions in their own case
CREATE TABLE app.t (k UInt8, n Nullable(UInt8), a UInt8 DEFAULT COALESCE(n, 1)) ENGINE = MergeTree ORDER BY k;
-- Names.
-- level 2: a name in quotes that is a keyword may stand bare
CREATE TABLE app.t (k UInt8, `order` UInt8, "select" UInt8, a UInt8 DEFAULT `order` + "select", b UInt8 DEFAULT order) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, t Tuple(a UInt8, b String), m Map(String, UInt8), a UInt8 DEFAULT t.1, b UInt8 DEFAULT t.a, c UInt8 DEFAULT m['x']) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt64 DEFAULT cityHash64(k, 'x'), b String DEFAULT concat(toString(k), '-', toString(k))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a DEFAULT 1.5, b DEFAULT -2.5, c DEFAULT 1e3, d DEFAULT 1., e DEFAULT 1e-9, f DEFAULT true, g DEFAULT 300, h DEFAULT -300, i DEFAULT 'x') ENGINE = MergeTree ORDER BY k;
