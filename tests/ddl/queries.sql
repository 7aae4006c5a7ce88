-- Clauses of queries, in views.
-- level 2: AS and :: become CAST with a string
CREATE VIEW app.v AS SELECT CAST(k AS Nullable(String)) AS a, k::UInt64 AS b FROM app.src;
CREATE VIEW app.v AS WITH 1 AS one, (SELECT max(k) FROM app.src) AS m SELECT k + one AS x, m FROM app.src;
CREATE VIEW app.v AS WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 AS n FROM r WHERE n < 10) SELECT n FROM r;
-- level 2: INNER is added
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a ASOF JOIN app.dst AS b ON a.s = b.s AND a.k >= b.k;
-- level 2: SEMI comes first
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a LEFT SEMI JOIN app.dst AS b USING (k);
-- level 2: parentheses around the column
CREATE VIEW app.v AS SELECT k FROM app.src AS a GLOBAL ANY LEFT JOIN app.dst AS b USING k;
-- level 2: AS is added
CREATE VIEW app.v AS SELECT a.k FROM app.src a CROSS JOIN app.dst b;
-- level 2: OUTER is added
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a FULL JOIN app.dst AS b ON a.k = b.k;
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a PASTE JOIN app.dst AS b;
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY k ASC NULLS FIRST WITH FILL FROM 1 TO 10 STEP 2;
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY k ASC LIMIT 10 WITH TIES;
-- level 2: ASC is added
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY ALL;
CREATE VIEW app.v AS SELECT s, count() AS c FROM app.src GROUP BY ALL;
CREATE VIEW app.v AS SELECT s, count() FROM app.src GROUP BY s WITH TOTALS HAVING count() > 1;
-- level 2: CUBE becomes a clause
CREATE VIEW app.v AS SELECT s, count() FROM app.src GROUP BY CUBE(s);
CREATE VIEW app.v AS SELECT k FROM app.src LEFT ARRAY JOIN [1, 2] AS x, [3, 4] AS y;
CREATE VIEW app.v AS SELECT * REPLACE (k + 1 AS k) FROM app.src;
CREATE VIEW app.v AS SELECT * APPLY toString FROM app.src;
-- level 2: parentheses around the function go
CREATE VIEW app.v AS SELECT COLUMNS('k') APPLY(sum), COLUMNS(k, s) FROM app.src GROUP BY s, k;
CREATE VIEW app.v AS SELECT src.* FROM app.src;
CREATE VIEW app.v AS SELECT app.src.k FROM app.src;
CREATE VIEW app.v AS SELECT avg(k) OVER (PARTITION BY s ORDER BY k ASC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a FROM app.src;
-- level 2: first_value becomes any
CREATE VIEW app.v AS SELECT first_value(k) IGNORE NULLS AS a, any(s) RESPECT NULLS AS b FROM app.src;
CREATE VIEW app.v AS SELECT k FROM (SELECT k FROM app.src) AS q;
CREATE VIEW app.v AS SELECT k FROM (SELECT k FROM app.src UNION ALL SELECT k FROM app.dst);
-- level 2: parentheses around the union go
CREATE VIEW app.v AS (SELECT 1 AS a UNION ALL SELECT 2 AS a) UNION ALL SELECT 3 AS a;
-- level 2: EXISTS becomes a call
CREATE VIEW app.v AS SELECT EXISTS(SELECT 1 FROM app.src) AS e;
CREATE VIEW app.v AS SELECT k FROM app.src WHERE (k, s) IN (SELECT k, s FROM app.dst);
-- level 2: = ANY becomes IN
CREATE VIEW app.v AS SELECT k FROM app.src WHERE k = ANY(SELECT k FROM app.dst);
CREATE VIEW app.v AS SELECT 1 AS `a b`, 2 AS "c";
CREATE VIEW app.v AS SELECT sumIf(k, s != '') AS a, uniqExact(s) AS b, quantiles(0.5, 0.9)(k) AS c, groupArray(10)(s) AS d, topK(3)(s) AS e FROM app.src;
CREATE VIEW app.v AS SELECT sumState(k) AS a, argMax(s, k) AS b FROM app.src;
-- level 2: DISTINCT becomes a function of its own
CREATE VIEW app.v AS SELECT count(DISTINCT s) AS a FROM app.src;
CREATE VIEW app.v AS SELECT number FROM system.numbers LIMIT 3;
CREATE VIEW app.v AS SELECT * FROM VALUES('a UInt8, b String', (1, 'x'), (2, 'y'));
CREATE VIEW app.v AS SELECT name FROM generateRandom('name String', 1, 2, 3) LIMIT 1;
CREATE VIEW app.v AS SELECT dummy FROM remote('127.0.0.1', system.one);
CREATE VIEW app.v AS SELECT k FROM app.src LIMIT 1 BY s LIMIT 10;
-- level 2: OFFSET and FETCH become LIMIT
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY k ASC OFFSET 1 ROW FETCH FIRST 3 ROWS ONLY;
-- level 2: the last comma goes
CREATE VIEW app.v AS SELECT k, FROM app.src;
CREATE VIEW app.v AS SELECT k FROM app.src WHERE s = 'x' SETTINGS max_threads = 1, max_block_size = 100;
CREATE VIEW app.v AS SELECT toDate('2020-01-01') + INTERVAL 1 DAY AS d, DATE '2020-01-01' AS e;
-- level 2: BETWEEN becomes two comparisons
CREATE VIEW app.v AS SELECT -k AS a, NOT k AS b, k BETWEEN 1 AND 2 AS c, k IS NULL AS d FROM app.src;
CREATE VIEW app.v AS SELECT a.1 AS x, a.2 AS y FROM (SELECT (k, s) AS a FROM app.src);
CREATE VIEW app.v AS SELECT tupleElement((k, s), 1) AS x, (k, s).1 AS y FROM app.src;
-- level 2: AS is added
CREATE VIEW app.v AS SELECT t.k AS a FROM app.src t WHERE t.s IN ('a', 'b');
-- level 2: ? becomes if
CREATE VIEW app.v AS SELECT if(k > 1, 'a', 'b') AS x, k ? 1 : 2 AS y FROM app.src;
CREATE VIEW app.v AS SELECT 1 AS a INTERSECT DISTINCT SELECT 1 AS a;
CREATE VIEW app.v AS SELECT * EXCEPT k FROM app.src;
-- level 2: parentheses around one pattern go
CREATE VIEW app.v AS SELECT * EXCEPT ('^k') FROM app.src;
CREATE VIEW app.v AS SELECT k AS a, a + 1 AS b, b * 2 AS c FROM app.src;
CREATE VIEW app.v AS SELECT arrayJoin([1, 2]) AS a, [k, 1][1] AS b, map('a', k)['a'] AS c FROM app.src;
CREATE VIEW app.v AS SELECT toString(k) LIKE '%1' AS a, s ILIKE 'x' AS b FROM app.src;
CREATE VIEW app.v AS SELECT grouping(s) AS g FROM app.src GROUP BY GROUPING SETS ((s), (k));
CREATE VIEW app.v AS SELECT k FROM app.src SETTINGS additional_table_filters = {'app.src' : 'k > 1','app.dst':'s = \'x\''}, max_threads = 1;
CREATE VIEW app.v AS SELECT k FROM app.src SETTINGS additional_table_filters = {};
-- Secrets come from elsewhere, and the server hides them.
CREATE VIEW app.v AS SELECT * FROM s3('http://127.0.0.1:1/bucket/x.csv', 'id', 'env:CHX_SECRET', 'CSV', 'a UInt8');
CREATE VIEW app.v AS SELECT * FROM url('http://127.0.0.1:1/x.csv', 'CSV', 'a UInt8', headers('Authorization' = 'env:CHX_SECRET'));
CREATE VIEW app.v AS SELECT dummy FROM remote('127.0.0.1', system.one, 'default', 'env:CHX_SECRET');
