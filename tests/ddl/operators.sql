-- Operators, sugar and names in expressions.
CREATE TABLE app.t (k UInt8, a UInt16 DEFAULT (k + 1) * 2, b Int16 DEFAULT k - (1 - 2)) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the operand
CREATE TABLE app.t (k UInt8, a Int16 DEFAULT - k, b UInt8 DEFAULT not k, c UInt8 DEFAULT not not k) ENGINE = MergeTree ORDER BY k;
-- level 2: MOD and DIV become an operator and a function
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k==1, b UInt8 DEFAULT k<>1, c UInt8 DEFAULT k MOD 2, d UInt8 DEFAULT k div 2, e UInt8 DEFAULT k % 2, f Float64 DEFAULT k / 2) ENGINE = MergeTree ORDER BY k;
-- level 2: || becomes concat
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT s || 'x' || 'y') ENGINE = MergeTree ORDER BY k;
-- level 2: IS NOT DISTINCT FROM becomes an operator
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k IS NOT DISTINCT FROM 1) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, a UInt8 DEFAULT s LIKE 'a!%' ESCAPE '!') ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the operand
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT xor(k, 1), b UInt8 DEFAULT bitAnd(k, 3), c UInt8 DEFAULT k AND NOT (k = 2)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a Array(UInt8) DEFAULT [1, 2, 3], b UInt8 DEFAULT a[1], c UInt8 DEFAULT a[-1]) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the inner element
CREATE TABLE app.t (k UInt8, t Tuple(UInt8, Tuple(UInt8, UInt8)), a UInt8 DEFAULT t.2.1, b UInt8 DEFAULT (t.2).1) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, j JSON, a Int64 DEFAULT j.a.:Int64, b Dynamic DEFAULT j.a.b, c String DEFAULT toString(j.^a)) ENGINE = MergeTree ORDER BY k;
-- level 2: a subcolumn that is a keyword gets quotes
CREATE TABLE app.t (k UInt8, n Nullable(UInt8), a UInt8 ALIAS n.null, b UInt64 ALIAS length('x')) ENGINE = MergeTree ORDER BY k;
-- level 2: :: becomes CAST with a string
CREATE TABLE app.t (k UInt8, a UInt32 DEFAULT k::UInt16::UInt32, b String DEFAULT (k + 1)::String, c Int8 DEFAULT -1::Int8) ENGINE = MergeTree ORDER BY k;
-- level 2: CASE becomes caseWithExpression
CREATE TABLE app.t (k UInt8, a String DEFAULT CASE k WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END) ENGINE = MergeTree ORDER BY k;
-- level 2: CASE becomes multiIf
CREATE TABLE app.t (k UInt8, a String DEFAULT if(k > 1, CASE WHEN k = 2 THEN 'a' ELSE 'b' END, 'c')) ENGINE = MergeTree ORDER BY k;
-- level 2: an interval of an expression becomes a call
CREATE TABLE app.t (k UInt8, d Date, a Date DEFAULT d - INTERVAL 1 WEEK, b Date DEFAULT d + INTERVAL k DAY, c Date DEFAULT d + INTERVAL (k + 1) DAY, e Date DEFAULT d - INTERVAL -1 QUARTER) ENGINE = MergeTree ORDER BY k;
-- level 2: the unit in the string becomes a call
CREATE TABLE app.t (k UInt8, d Date, a Date DEFAULT d + INTERVAL '1 day', b DateTime DEFAULT d + INTERVAL 2 HOURS) ENGINE = MergeTree ORDER BY k;
-- level 2: EXTRACT becomes functions
CREATE TABLE app.t (k UInt8, d DateTime, a UInt8 DEFAULT EXTRACT(MINUTE FROM d), b UInt16 DEFAULT extract(year from d), c UInt8 DEFAULT EXTRACT(QUARTER FROM d)) ENGINE = MergeTree ORDER BY k;
-- level 2: units become strings
CREATE TABLE app.t (k UInt8, d DateTime, a Int64 DEFAULT DATEDIFF(DAY, d, d), b Int64 DEFAULT dateDiff('day', d, d), c Int64 DEFAULT timestampdiff(SECOND, d, d)) ENGINE = MergeTree ORDER BY k;
-- level 2: TRIM becomes functions
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT trim(s), b String DEFAULT TRIM(TRAILING 'x' FROM s), c String DEFAULT ltrim(s), d String DEFAULT trim(s, 'x')) ENGINE = MergeTree ORDER BY k;
-- level 2: FROM and PLACING become arguments
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT substring(s, 1, 2), b String DEFAULT SUBSTRING(s FROM 2), c String DEFAULT overlay(s PLACING 'x' FROM 1)) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the body, and none around the parameter
CREATE TABLE app.t (k UInt8, s String, a Array(String) DEFAULT arrayFilter(x -> x != '', splitByChar(',', s)), b Array(UInt16) DEFAULT arrayMap((x) -> x + 1, [k])) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses around the body
CREATE TABLE app.t (k UInt8, a UInt64 DEFAULT arraySum(x -> x * 2, arrayMap(lambda(tuple(y), y + 1), [k]))) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt64 DEFAULT arrayReduce('sum', [k]), b DateTime DEFAULT toStartOfInterval(now(), INTERVAL 5 MINUTE)) ENGINE = MergeTree ORDER BY k;
-- level 2: AT TIME ZONE becomes toTimeZone
CREATE TABLE app.t (k UInt8, d DateTime, a DateTime DEFAULT d AT TIME ZONE 'UTC') ENGINE = MergeTree ORDER BY k;
-- level 2: CURRENT_DATE becomes today
CREATE TABLE app.t (k UInt8, d DateTime, a DateTime DEFAULT CURRENT_TIMESTAMP, b Date DEFAULT CURRENT_DATE()) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a UInt8 DEFAULT k IN (1), b UInt8 DEFAULT k IN [1, 2], c UInt8 DEFAULT (k, 1) IN ((1, 1), (2, 2)), d UInt8 DEFAULT k GLOBAL IN (1, 2)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, s String, a String DEFAULT concat(s, 'a;b', '--x', '/*y*/')) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, `a.b` UInt8, `c d` UInt8, x UInt16 DEFAULT `a.b` + `c d`, "q" UInt8, y UInt8 DEFAULT "q") ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, `select` UInt8, `null` UInt8, `from` UInt8, `distinct` UInt8, `all` UInt8, `table` UInt8, x UInt16 DEFAULT `select` + `null` + `from` + `distinct` + `all` + `table`) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, interval UInt8, case UInt8, date Date, timestamp DateTime, x UInt16 DEFAULT interval + case) ENGINE = MergeTree ORDER BY k;
-- level 2: parentheses by precedence
CREATE TABLE app.t (k UInt8, a UInt64 DEFAULT if(k = 1 AND (k != 2 OR k > 3), toUInt64(k), 0)) ENGINE = MergeTree ORDER BY k;
CREATE TABLE app.t (k UInt8, a EPHEMERAL 'x', b String DEFAULT a, c String EPHEMERAL, d UInt8 EPHEMERAL 3) ENGINE = MergeTree ORDER BY k;
-- level 2: date_add becomes plus
CREATE TABLE app.t (k UInt8, created DateTime, `day` DateTime, a DateTime DEFAULT date_add(created, INTERVAL 1 DAY), b DateTime DEFAULT date_sub(`day`, INTERVAL 1 DAY), c DateTime DEFAULT DATEADD(DAY, 1, created), e DateTime DEFAULT timestampadd(MINUTE, 3, created)) ENGINE = MergeTree ORDER BY k;
