CREATE VIEW app.v AS SELECT k, s FROM app.src;
CREATE VIEW app.v (k UInt8, s String) AS SELECT k, s FROM app.src;
CREATE VIEW app.v COMMENT 'c' AS SELECT k FROM app.src;
CREATE VIEW app.v AS SELECT k FROM app.src COMMENT 'it''s';
CREATE OR REPLACE VIEW app.v AS (SELECT k FROM app.src);
CREATE VIEW IF NOT EXISTS app.v AS select k as x, count(*) as n from app.src where s != '' group by k having n > 1 order by k asc limit 10;
-- level 2: AS is added
CREATE VIEW app.v AS SELECT k x FROM app.src;
-- level 2: ASC is added
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY k;
CREATE VIEW app.v AS SELECT k FROM app.src ORDER BY k DESC, s ASC;
CREATE VIEW app.v AS SELECT a.k, b.s FROM app.src AS a INNER JOIN app.src AS b ON a.k = b.k;
-- level 2: INNER is added, OUTER dropped
CREATE VIEW app.v AS SELECT a.k, b.s FROM app.src AS a JOIN app.src AS b ON a.k = b.k LEFT OUTER JOIN app.src AS c ON a.k = c.k;
-- level 2: OFFSET becomes a part of LIMIT
CREATE VIEW app.v AS SELECT k FROM app.src LIMIT 10 OFFSET 5;
-- level 2: SELECT comes first
CREATE VIEW app.v AS FROM app.src SELECT k;
CREATE VIEW app.v AS SELECT DISTINCT s FROM app.src;
CREATE VIEW app.v AS WITH x AS (SELECT k FROM app.src) SELECT k FROM x;
CREATE VIEW app.v AS SELECT 1 AS a UNION ALL SELECT 2 AS a;
CREATE VIEW app.v AS SELECT k FROM app.src SETTINGS max_threads = 1;
CREATE VIEW app.v AS SELECT k, s FROM app.src WHERE s = {p:String};
CREATE VIEW app.v AS SELECT * FROM app.src;
-- level 2: names of functions in their own case
CREATE VIEW app.v AS SELECT COUNT(*) AS n, Sum(k) AS t FROM app.src;
-- level 2: FILTER becomes -If
CREATE VIEW app.v AS SELECT sum(k) FILTER (WHERE s = '') AS n FROM app.src;
-- level 2: ASC is added
CREATE VIEW app.v AS SELECT k, row_number() OVER (PARTITION BY s ORDER BY k) AS n FROM app.src;
CREATE VIEW app.v AS SELECT s AS comment, 'COMMENT' AS c -- COMMENT 'x'
FROM app.src;
CREATE VIEW app.v AS SELECT k FROM app.src WHERE k IN (SELECT k FROM app.src WHERE s = 'it''s');
CREATE VIEW app.v SQL SECURITY INVOKER AS SELECT k FROM app.src;
CREATE VIEW app.v DEFINER = default SQL SECURITY DEFINER AS SELECT k FROM app.src;
CREATE VIEW app.v SQL SECURITY DEFINER DEFINER = `default` AS SELECT k FROM app.src;
CREATE VIEW app.v DEFINER = default COMMENT 'c' AS SELECT k FROM app.src;
CREATE VIEW app.v (k UInt8) DEFINER default SQL SECURITY DEFINER COMMENT 'c' AS SELECT k FROM app.src;
-- level 2: parentheses around operands
CREATE VIEW app.v AS SELECT k FROM app.src WHERE k = {p:UInt8} AND has({q:Array(String)}, s);
CREATE VIEW app.v (k UInt8) AS SELECT k FROM app.src WHERE k = {p:UInt8};
CREATE VIEW app.v SQL SECURITY INVOKER COMMENT 'c' AS SELECT k FROM app.src WHERE k = {p:UInt8};
-- level 2: AS and ASC are added
CREATE VIEW app.v AS SELECT k id FROM app.src ORDER BY id;
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a, app.dst AS b WHERE a.k = b.k;
-- level 2: ANY comes first
CREATE VIEW app.v AS SELECT a.k FROM app.src AS a LEFT ANY JOIN app.dst AS b ON a.k = b.k;
-- level 2: DISTINCT ON becomes LIMIT BY
CREATE VIEW app.v AS SELECT DISTINCT ON (s) k, s FROM app.src;
-- level 2: INTERSECT gets its ALL
CREATE VIEW app.v AS SELECT k FROM app.src INTERSECT SELECT k FROM app.dst;
-- level 2: EXCEPT gets its ALL
CREATE VIEW app.v AS SELECT k FROM app.src EXCEPT SELECT k FROM app.dst;
-- level 2: rollup becomes a clause
CREATE VIEW app.v AS SELECT s, count() FROM app.src GROUP BY rollup(s);
CREATE VIEW app.v AS SELECT s, count() FROM app.src GROUP BY s WITH ROLLUP;
CREATE VIEW app.v AS SELECT s, count() FROM app.src GROUP BY GROUPING SETS ((s), ());
-- level 2: parentheses around the query
CREATE VIEW app.v AS SELECT k FROM app.src WHERE NOT exists(SELECT 1 FROM app.dst);
CREATE VIEW app.v AS SELECT k FROM app.src UNION DISTINCT SELECT k FROM app.dst;
CREATE VIEW app.v AS SELECT k FROM app.src ARRAY JOIN [1, 2] AS x;
CREATE VIEW app.v AS SELECT k FROM app.src PREWHERE k > 1 WHERE s != '' LIMIT 1 BY s;
CREATE VIEW app.v AS SELECT k FROM app.src LIMIT 5, 10;
CREATE VIEW app.v AS SELECT k FROM merge('app', '^src');
CREATE VIEW app.v AS SELECT number FROM numbers(10);
CREATE VIEW app.v AS SELECT k FROM app.src WHERE k IN (SELECT k FROM app.dst);
CREATE VIEW app.v AS SELECT quantile(0.9)(k) AS q FROM app.src;
CREATE VIEW app.v AS SELECT quantile(0.90)(k) AS q FROM app.src;
-- level 2: parentheses around one column
CREATE VIEW app.v AS SELECT * EXCEPT (s) FROM app.src;
CREATE VIEW app.v AS SELECT COLUMNS('^k') FROM app.src;
CREATE VIEW app.v AS SELECT k, sum(k) OVER w AS t FROM app.src WINDOW w AS (PARTITION BY s);
CREATE VIEW app.v AS SELECT k FROM app.src QUALIFY row_number() OVER (PARTITION BY s) = 1;
