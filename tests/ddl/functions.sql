-- SQL functions: they belong to the server, and are stored as a lambda.
CREATE FUNCTION corpus AS (x) -> x * 2;
CREATE FUNCTION corpus AS x -> (x + 1);
CREATE FUNCTION corpus AS () -> 1;
CREATE FUNCTION corpus AS (a, b) -> (a + b) / 2;
CREATE FUNCTION corpus AS (a, b,) -> greatest(a, b);
-- level 2: || is concat
CREATE FUNCTION `corpus function` AS (`a b`) -> `a b` || '!';
CREATE FUNCTION corpus AS x -> (x, 1);
CREATE FUNCTION corpus AS x -> [x, x];
-- level 2: the body of a lambda gets parentheses
CREATE FUNCTION corpus AS arr -> arrayMap(x -> x + 1, arr);
-- level 2: the body of a lambda gets parentheses
CREATE FUNCTION corpus AS (f, arr) -> arraySum(x -> x * f, arr);
CREATE FUNCTION corpus AS x -> x + INTERVAL 1 DAY;
CREATE FUNCTION corpus AS x -> sum(x) / count();
CREATE FUNCTION corpus AS x -> not_there(x) + y;
CREATE FUNCTION corpus AS x -> corpus(x);
CREATE FUNCTION corpus AS x -> (SELECT max(k) FROM app.src WHERE s = x);
CREATE FUNCTION corpus AS x -> x IN (SELECT s FROM app.src);
CREATE FUNCTION corpus AS id -> dictGet('app.names', 'name', toUInt64(id));
CREATE FUNCTION corpus AS x -> -x;
CREATE FUNCTION corpus AS x -> NOT x;
CREATE FUNCTION corpus AS x -> x.1;
-- level 2: || is concat
CREATE FUNCTION corpus AS x -> 'it''s ' || x;
-- level 2: CASE is multiIf
CREATE FUNCTION corpus AS x -> CASE WHEN x > 1 THEN 'a' ELSE 'b' END;
-- level 2: a cast is a function
CREATE FUNCTION corpus AS x -> x::UInt8;
