//! Views and materialized views.

use super::*;

#[test]
fn views() {
    same("CREATE VIEW d.v AS SELECT 1 AS a");
    reads(
        "create or replace view v as (select a from t where b)",
        "CREATE OR REPLACE VIEW d.v AS SELECT a FROM t WHERE b",
    );
    reads(
        "CREATE VIEW d.v (`a` UInt8, `b` Array(String)) COMMENT 'c' AS SELECT 1 AS a",
        "CREATE VIEW d.v (a UInt8, b Array(String)) AS (SELECT 1 AS a) COMMENT 'c'",
    );
    reads(
        "CREATE VIEW d.v AS SELECT 1 AS a COMMENT 'c';",
        "CREATE VIEW d.v AS (SELECT 1 AS a) COMMENT 'c'",
    );
    same("CREATE VIEW IF NOT EXISTS d.v AS SELECT comment FROM t AS comment");
    same(
        "CREATE VIEW d.v AS WITH x AS (SELECT 1) SELECT * FROM x WHERE s = {p:String} SETTINGS max_threads = 1",
    );
    same("CREATE VIEW d.v AS SELECT 1 AS a UNION ALL SELECT 2 AS a");
    reads(
        "CREATE VIEW d.v AS SELECT 1 -- one\n, 2",
        "CREATE VIEW d.v AS SELECT 1, 2",
    );
    reads(
        "CREATE VIEW d.v (a, b) AS SELECT 1, k AS x FROM t UNION ALL SELECT 2, 3",
        "CREATE VIEW d.v AS SELECT 1 AS a, k AS b FROM t UNION ALL SELECT 2 AS a, 3 AS b",
    );
    unsupported(
        "CREATE VIEW d.v (a, b) AS SELECT * FROM t",
        "names of a view's columns that its query does not list",
    );
    // The server writes the names into the query, and keeps them.
    reads(
        "CREATE VIEW d.v (`a` UInt8, `b c` UInt8) (a, `b c`) AS SELECT 1 AS a, 2 AS `b c`",
        "CREATE VIEW d.v (a UInt8, `b c` UInt8) AS SELECT 1 AS a, 2 AS `b c`",
    );
    reads(
        "CREATE VIEW d.v (a) AS SELECT a FROM t",
        "CREATE VIEW d.v AS SELECT a FROM t",
    );
    reads(
        "CREATE VIEW d.v (`b` UInt8) (b) AS SELECT 1 AS a",
        "CREATE VIEW d.v (b UInt8) AS SELECT 1 AS b",
    );
    unsupported(
        "CREATE VIEW d.v (a UInt8 COMMENT 'x') AS SELECT 1 AS a",
        "a column of a view with more than its type",
    );
    same("CREATE VIEW d.v SQL SECURITY INVOKER AS SELECT 1");
    same("CREATE VIEW d.v SQL SECURITY NONE AS (SELECT 1, 2) COMMENT 'c'");
    same("CREATE VIEW d.v (a UInt8) DEFINER = `odd name` SQL SECURITY DEFINER AS SELECT 1");
    reads(
        "CREATE VIEW d.v sql security definer definer CURRENT_USER AS SELECT 1",
        "CREATE VIEW d.v SQL SECURITY DEFINER AS SELECT 1",
    );
    reads(
        "CREATE VIEW d.v DEFINER = 'bob' AS SELECT 1",
        "CREATE VIEW d.v DEFINER = bob SQL SECURITY DEFINER AS SELECT 1",
    );
    unsupported(
        "CREATE VIEW d.v DEFINER = bob SQL SECURITY INVOKER AS SELECT 1",
        "DEFINER of a view that does not use its rights",
    );
    unsupported("CREATE VIEW d.v AS SELECT 1 FORMAT TSV", "FORMAT");
    unsupported("CREATE WINDOW VIEW d.v AS SELECT 1", "CREATE WINDOW VIEW");
    fails(
        "CREATE VIEW d.v COMMENT 'a' AS SELECT 1 COMMENT 'b'",
        "`COMMENT` stands here twice (line 1, column 41, at `COMMENT 'b'`)",
    );
    fails(
        "CREATE VIEW d.v AS VALUES (1)",
        "expected a SELECT query, found `VALUES` (line 1, column 20, at `VALUES (1)`)",
    );
}

#[test]
fn materialized_views() {
    same("CREATE MATERIALIZED VIEW d.v TO d.t AS SELECT k FROM d.s");
    reads(
        "CREATE MATERIALIZED VIEW v TO t (`k` UInt8) AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8) AS SELECT k FROM d.s",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v TO d.t COMMENT 'c' AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v TO d.t AS (SELECT k FROM d.s) COMMENT 'c'",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v TO d.t AS SELECT k FROM d.s COMMENT 'c'",
        "CREATE MATERIALIZED VIEW d.v TO d.t AS (SELECT k FROM d.s) COMMENT 'c'",
    );
    same(
        "CREATE MATERIALIZED VIEW d.v (k UInt8) ENGINE = MergeTree ORDER BY k SETTINGS index_granularity = 4 POPULATE AS (SELECT k FROM d.s) COMMENT 'c'",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k COMMENT 'c' POPULATE AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k POPULATE AS (SELECT k FROM d.s) COMMENT 'c'",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k COMMENT 'c' EMPTY AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v ENGINE = MergeTree ORDER BY k EMPTY AS (SELECT k FROM d.s) COMMENT 'c'",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v (k UInt8 PRIMARY KEY) ENGINE = MergeTree AS SELECT k FROM d.s",
        "CREATE MATERIALIZED VIEW d.v (k UInt8) ENGINE = MergeTree PRIMARY KEY k AS SELECT k FROM d.s",
    );
    same("CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8) DEFINER = bob SQL SECURITY DEFINER AS SELECT 1");
    same("CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY OFFSET 2 HOUR TO d.t EMPTY AS SELECT 1");
    reads(
        "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY TO d.t DEFINER = bob SQL SECURITY DEFINER EMPTY AS SELECT 1",
        "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 DAY TO d.t EMPTY DEFINER = bob SQL SECURITY DEFINER AS SELECT 1",
    );
    same(
        "CREATE MATERIALIZED VIEW d.v REFRESH DEPENDS ON d.a, d.b SETTINGS refresh_retries = 2 APPEND TO d.t AS SELECT 1",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v refresh after 90 minutes randomize for 60 s depends on a TO t AS SELECT 1",
        "CREATE MATERIALIZED VIEW d.v REFRESH AFTER 1 HOUR 30 MINUTE RANDOMIZE FOR 1 MINUTE DEPENDS ON d.a TO d.t AS SELECT 1",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH EVERY 1 FORTNIGHT TO d.t AS SELECT 1",
        "expected a whole number and a unit of time, such as `1 HOUR`, found `1` (line 1, column 44, at `1 FORTNIGHT TO d.t AS SELECT 1`)",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH SOON TO d.t AS SELECT 1",
        "expected `EVERY`, `AFTER` or `DEPENDS ON`, found `SOON` (line 1, column 38, at `SOON TO d.t AS SELECT 1`)",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v REFRESH AFTER 1 DAY ENGINE = Log POPULATE AS SELECT 1",
        "expected `AS`: a refreshable view fills itself, so it cannot be POPULATE, found `POPULATE` (line 1, column 63, at `POPULATE AS SELECT 1`)",
    );
    reads(
        "CREATE MATERIALIZED VIEW d.v (k UInt8 CODEC(ZSTD), CONSTRAINT c CHECK k > 1, INDEX i k TYPE minmax, PRIMARY KEY k) ENGINE = MergeTree AS SELECT 1 AS k",
        "CREATE MATERIALIZED VIEW d.v (k UInt8 CODEC(ZSTD), INDEX i k TYPE minmax, CONSTRAINT c CHECK k > 1) ENGINE = MergeTree PRIMARY KEY k AS SELECT 1 AS k",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8, INDEX i k TYPE minmax) AS SELECT 1 AS k",
        "INDEX, PROJECTION or CONSTRAINT of a view",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v TO d.t (k UInt8 CODEC(ZSTD)) AS SELECT 1 AS k",
        "a column of a view with more than its type",
    );
    unsupported(
        "CREATE MATERIALIZED VIEW d.v TO INNER UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba1' AS SELECT 1",
        "TO INNER UUID",
    );
    fails(
        "CREATE MATERIALIZED VIEW d.v TO d.t POPULATE AS SELECT 1",
        "expected `AS`: only a view with an inner table can be POPULATE, only that or a refreshable view EMPTY, found `POPULATE` (line 1, column 37, at `POPULATE AS SELECT 1`)",
    );
}
