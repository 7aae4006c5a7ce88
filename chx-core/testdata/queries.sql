SELECT INTERVAL 0x10 DAY
SELECT INTERVAL 1_0 DAY
SELECT INTERVAL 1.5 DAY
SELECT INTERVAL -1 DAY
SELECT interval x day
SELECT interval 1+1 day
SELECT interval (1) day
SELECT f(interval 1 day)
SELECT interval 1 day.x
SELECT TIMESTAMP '2020-01-01 00:00:00.123'
SELECT date'2020-01-01'
SELECT date '2020-01-01' + interval 1 day
SELECT DATE $$2020-01-01$$
SELECT DATE x'41'
SELECT not(k)
SELECT NOT (a,b)
SELECT not a in b
SELECT a not in b
SELECT a not  like 'x' escape '!'
SELECT a global not in b
SELECT case when a then b else c end
SELECT case (a) when 1 then 2 end
SELECT case
SELECT case x from t
SELECT case when
SELECT a is null
SELECT a is not null
SELECT a is distinct from b
SELECT a is not distinct from b
SELECT a is true
SELECT a is unknown
SELECT cast(a as UInt8)
SELECT Cast(a, 'UInt8')
SELECT cast(a as Array(Nullable(INT)))
SELECT a::Array(UInt8)::String
SELECT a::decimal(10,2)
SELECT count(distinct a)
SELECT count(all a)
SELECT COUNT(DISTINCT a, b)
SELECT a between b and c and d
SELECT a or b and c
SELECT sum(a) over (partition by b order by c desc rows between unbounded preceding and current row)
SELECT sum(a) over w from t window w as (partition by b)
SELECT sum(a) filter (where b)
SELECT quantile(0.5)(a)
SELECT first_value(a) ignore nulls
SELECT a ignore
SELECT [1,2][1]
SELECT a[1]
SELECT (1,2).1
SELECT tuple(a,b)
SELECT ()
SELECT []
SELECT x -> x+1
SELECT (x,y) -> x
SELECT (x) -> x
SELECT () -> 1
SELECT a as b
SELECT (a+1 as x) * x
SELECT 1 as `select`
SELECT a desc
SELECT 1 .5
SELECT true.x
SELECT null.x
SELECT nan.x
SELECT TRUE
SELECT `true`
SELECT `null`
SELECT `inf`
SELECT `interval` + 1
SELECT `not` + 1
SELECT not + 1
SELECT `case`
SELECT `date`
SELECT distinct a
SELECT (select 1)
SELECT (select * from t)
SELECT (select)
SELECT (select, 1)
SELECT (select + 1)
SELECT (with a as (select 1) select a from a)
SELECT exists(select 1)
SELECT a in (select 1)
SELECT any(a)
SELECT left(a,1)
SELECT right(a,1)
SELECT format('{}', a)
SELECT a.b.c
SELECT `a`.`b c`
SELECT a.`select`
SELECT t.* except (b)
SELECT * replace (1 as a)
SELECT columns('x')
SELECT t.columns('x')
SELECT position('a' in s)
SELECT trim(both ' ' from s)
SELECT substring(s from 1 for 2)
SELECT extract(day from d)
SELECT extract(s, 'x')
SELECT overlay(s placing 'x' from 1 for 2)
SELECT dateadd(day,1,d)
SELECT date_add(day,1,d)
SELECT date_diff(day,a,b)
SELECT timestampadd(day,1,d)
SELECT date_trunc('day',d)
SELECT datesub(day,1,d)
SELECT timestamp_sub(day,1,d)
SELECT timestampdiff(day,a,b)
SELECT if(a,b,c)
SELECT - - a
SELECT -a
SELECT - (-1)
SELECT +a
SELECT a - -1
SELECT a+-1
SELECT a*-b
SELECT -1::Int8
SELECT a is null is null
SELECT not not a
SELECT a = any (select 1)
SELECT a <> all(select 1)
SELECT f(all)
SELECT any
SELECT 1 in 1
SELECT a like b
SELECT a ilike b
SELECT a regexp b
SELECT cast('1' as Nullable(UInt8))
SELECT a || b
SELECT a.1.2
SELECT tupleElement(a, 1)
SELECT exists
SELECT exists a
SELECT a::`UInt8`
SELECT a AS UInt8
SELECT 1 AS date
SELECT date AS date
SELECT date
SELECT date + 1
SELECT timestamp
SELECT interval
SELECT interval + 1
SELECT f(a, from)
SELECT from + 1
SELECT (a, `from`)
SELECT `from` + `table`
SELECT a.from
SELECT `a$b`(1)
SELECT `f`(1)
SELECT "f"(1)
SELECT `cast`(a, 'UInt8')
SELECT `date`(x)
SELECT `interval`
SELECT `distinct`
SELECT `select`
SELECT `all`
SELECT `any`
SELECT `table`
SELECT `with`
SELECT `order`
SELECT `by`
SELECT `NULL`
SELECT `Inf`
SELECT `tRUE`
SELECT `end`
SELECT a `b`
SELECT _CAST(1,'UInt8')
SELECT now64(3)
SELECT toDate(a) ORDER BY b
SELECT *
SELECT count(*)
SELECT count( * )
SELECT a.*.b
SELECT @@x.y
SELECT array(1,2)
SELECT arrayJoin(a)
SELECT 1 -- c
SELECT 1 # c
SELECT 1 #! c
SELECT 1 // c
SELECT 1 /* a /* b */ */ + 2
SELECT 1--1
SELECT 1_000
SELECT 1_000_
SELECT 0x1F
SELECT 0b11
SELECT 0X1f
SELECT 1.50
SELECT 1.0
SELECT 1e3
SELECT 1E3
SELECT 1.5e-3
SELECT 1e-3
SELECT 5.
SELECT 1.e3
SELECT 0x1.8p3
SELECT 0x1p2
SELECT 18446744073709551615
SELECT 18446744073709551616
SELECT 340282366920938463463374607431768211455
SELECT 115792089237316195423570985008687907853269984665640564039457584007913129639936
SELECT 0.1
SELECT 0.30000000000000004
SELECT 123456789.123456789
SELECT 1e15
SELECT 1e20
SELECT 1e21
SELECT 1e22
SELECT 1e-5
SELECT 1e-7
SELECT 007
SELECT 0o7
SELECT 1u
SELECT 1__0
SELECT 0x_1F
SELECT 1_0.5_0
SELECT 0xFFFFFFFFFFFFFFFFF
SELECT 0b
SELECT 0x
SELECT 1e
SELECT 1abc
SELECT 1.2.3
SELECT a.1
SELECT t.1e3
SELECT inf
SELECT nan
SELECT NaN
SELECT -1
SELECT - 1
SELECT -1.0
SELECT - -1
SELECT x'4142'
SELECT X'4142'
SELECT b'01000001'
SELECT B'1'
SELECT x'4'
SELECT 'a\x41'
SELECT 'a\nb'
SELECT 'a\tb\0\b\f\r\a\v\e'
SELECT '\q'
SELECT '\%\_'
SELECT 'a"b`c'
SELECT "a\"b"
SELECT `a``b`
SELECT `a\`b`
SELECT "a""b"
SELECT 'a''b'
SELECT $$abc$$
SELECT $t$a$$b$t$
SELECT $t1$x$t1$
SELECT $1$x$1$
SELECT ''
SELECT @@max_threads
SELECT @@session.max_threads
SELECT {p:UInt8}
SELECT {p: Array(UInt8)}
SELECT a->b
SELECT a <=> b
SELECT a::b
SELECT a == b
SELECT a <> b
SELECT a ? b : c
SELECT j.a.b
SELECT j.^a
SELECT j.a[]
SELECT j.a[].b
SELECT j.a.:Int64
SELECT j.a::Int64
SELECT t.*
SELECT t.* EXCEPT x
SELECT * 
SELECT $a
SELECT a$b
SELECT a$b$c
SELECT _a
SELECT a b
SELECT ﻿1
SELECT a−b
SELECT ‘a’
SELECT “a”
SELECT (.5)
SELECT (.5e3)
SELECT [.5,1.]
SELECT a.5
SELECT (a).5
SELECT f(1).1.1
SELECT ‘a\'b’
SELECT ‘a''b’
SELECT ‘a‘b’
SELECT “a“b”
SELECT “a\x41b”
SELECT $a$b
SELECT $a$ $b
SELECT $ab
SELECT $a-b$x$a-b$
SELECT { p : UInt8 }
SELECT {p:Enum8('a}'=1)}
SELECT {p:Identifier}.x
SELECT {1p:UInt8}
SELECT 08
SELECT 0b1_0
SELECT 0x1_F
SELECT 1e+5
SELECT 0x1p-1
SELECT 0x.8
SELECT 0x1.
SELECT 0x1e3
SELECT -0x10
SELECT 1_0e1_0
SELECT 12345678901234567
SELECT 1234567890123456789012
SELECT 0.1e-6
SELECT 0.0000015
SELECT 123e-10
SELECT 1e300
SELECT 1e308
SELECT 1.7976931348623157e308
SELECT 4.9e-324
SELECT 1e-400
SELECT 0.0
SELECT -0.0
SELECT 0e5
SELECT 00
SELECT 00.5
SELECT 1.0000000000000001
SELECT 100000000000000000000000
SELECT 99999999999999999999
SELECT 9007199254740993.0
SELECT 1.1e1
SELECT 5e-324
SELECT INF
SELECT Inf
SELECT infinity
SELECT -inf
SELECT +1
SELECT + 1
SELECT 1e5_0
SELECT NAN
SELECT tRuE
SELECT FALSE
SELECT null
SELECT Null
SELECT site, count() as n from web.v final where a=1 group by site having n>1 order by n desc nulls last limit 10 offset 5
SELECT distinct a x from t y prewhere b where c in (select d from e)
SELECT t.* from a left outer join b on a.x=b.x
SELECT sum(a) over (partition by b order by c desc rows between 1 preceding and current row) as r from t
SELECT a from t array join b as c
SELECT a from t order by a with fill from 1 to 10 step 2
SELECT a, b from t group by a, b with totals
SELECT a from t sample 0.1 offset 0.2
SELECT a from (select 1 as a union all select 2) as q
SELECT * from t settings max_threads=1, x='y'
SELECT a from t any left join u using (id)
SELECT a from t global inner join u on t.id = u.id
SELECT a from t asof left join u on t.id=u.id and t.ts>=u.ts
SELECT arrayMap((x,y)->x*y, a, b), arrayFilter(x->x not in (1,2), c)
SELECT sumIf(a, b=1 and not c), quantilesIf(0.5, 0.90)(a, b is not null)
SELECT multiIf(a>1,'x',a<0,'y',null)
SELECT toDateTime(ts) + interval 90 day
SELECT ts + INTERVAL 1 MONTH - interval 2 hour
SELECT cityHash64(user, `order`, "from")
SELECT JSONExtractString(j, 'a', 'b')
SELECT dictGet('db.d', 'attr', tuple(id))
SELECT a not between 1 and 2 and b
SELECT case a when 1 then 'x' when 2 then 'y' else 'z' end as k
SELECT a.b.c, t.`d e`, tupleElement(x, 'y')
SELECT if(a like '%x' or b ilike 'y%', 1, 2)
SELECT (a, b) in ((1,2),(3,4))
SELECT map('k', 1)['k']
SELECT a[1][2].3
SELECT -a * -1
SELECT not a and not b
SELECT a is null or b is not null
SELECT toTypeName(CAST(a AS Nullable(DateTime64(3,'UTC'))))
SELECT a::Nullable(String)::LowCardinality(String)
SELECT count(distinct a, b)
SELECT uniq(*)
SELECT extract(year from d), position('x' in s), substring(s from 2 for 3), trim(leading 'x' from s)
SELECT timestamp '2020-01-01 00:00:00' , date '2020-01-01'
SELECT a ?1:2
SELECT f(a)(b).1
SELECT [1,2,3][-1]
SELECT 1+2*3-4/5%6
SELECT a||b||'c'
SELECT a div 2, b mod 3
SELECT x'4142', b'01000001', 0xFF, 1_000, 1e-7, .5
with 1 as one select one
SELECT a as `select`, b as order
SELECT interval '2' hour, interval a day
