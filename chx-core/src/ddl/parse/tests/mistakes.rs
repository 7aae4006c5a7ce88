//! What is refused, and where.

use super::*;

#[test]
fn what_is_not_understood_is_refused_whole() {
    unsupported(
        "CREATE TABLE d.t ON CLUSTER c (k Int8) ENGINE = Log",
        "ON CLUSTER",
    );
    unsupported(
        "CREATE TABLE d.t UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0' (k Int8) ENGINE = Log",
        "UUID",
    );
    unsupported("CREATE TABLE d.t AS d.s", "CREATE TABLE ... AS");
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log AS SELECT 1",
        "CREATE TABLE ... AS",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY k AS SELECT 1 AS k",
        "CREATE TABLE ... AS",
    );
    unsupported(
        "CREATE TABLE d.t (k Int8) ENGINE = Log EMPTY AS SELECT 1",
        "CREATE TABLE ... EMPTY AS",
    );
    unsupported("CREATE TABLE d.t CLONE AS d.s", "CREATE TABLE ... CLONE AS");
    unsupported("CREATE TEMPORARY TABLE t (k Int8)", "CREATE TEMPORARY TABLE");
    unsupported(
        "CREATE FUNCTION f LANGUAGE WASM FROM 'm'",
        "LANGUAGE of a function",
    );
    unsupported("CREATE FUNCTION f ON CLUSTER c AS x -> x", "ON CLUSTER");
    unsupported(
        "CREATE TABLE {t:Identifier} (k Int8) ENGINE = Log",
        "a query parameter as a name",
    );
    unsupported("CREATE TABLE d.t (k Int8) ENGINE = Log FORMAT Null", "FORMAT");
    unsupported("INSERT INTO t VALUES (1)", "INSERT");
    unsupported("SELECT 1", "SELECT");
}

#[test]
fn mistakes_are_named_with_their_place() {
    fails(
        "",
        "expected a DDL statement (CREATE, ALTER, RENAME, DROP, GRANT or REVOKE), found the end of the text (line 1, column 1)",
    );
    fails(
        "CREAT TABLE d.t",
        "expected a DDL statement (CREATE, ALTER, RENAME, DROP, GRANT or REVOKE), found `CREAT` (line 1, column 1, at `CREAT TABLE d.t`)",
    );
    fails(
        "CREATE TABLE d.t (\n  k Int8 COMENT 'x'\n) ENGINE = Log",
        "expected `,`, `)` or a clause of the element, found `COMENT` (line 2, column 10, at `COMENT 'x'`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 COMENT 'x') ENGINE = Log",
        "expected `,`, `)` or a clause of the element, found `COMENT` (line 1, column 36, at `COMENT 'x') ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k) ENGINE = Log",
        "expected the type of the column `k`, found `)` (line 1, column 20, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t () ENGINE = Log",
        "expected a column, found `)` (line 1, column 19, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (n.a Int8) ENGINE = Log",
        "expected the type of the column (a name with a dot in it needs backticks), found `.` (line 1, column 20, at `.a Int8) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT) ENGINE = Log",
        "expected the default expression, found `)` (line 1, column 33, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 +) ENGINE = Log",
        "expected the rest of the expression, found `)` (line 1, column 37, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 DEFAULT 1 DEFAULT 2) ENGINE = Log",
        "`DEFAULT` stands here twice (line 1, column 36, at `DEFAULT 2) ENGINE = Log`)",
    );
    fails(
        "ALTER TABLE d.t MODIFY COLUMN a NULL DEFAULT 1",
        "expected a type in front of `NULL` or `NOT NULL`, found `NULL` (line 1, column 33, at `NULL DEFAULT 1`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8",
        "`(` is not closed (line 1, column 18, at `(k Int8`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 COMMENT 'x) ENGINE = Log",
        "this string is not closed: its last `'` is missing (a quote inside is written `\\'` or `''`) (line 1, column 34, at `'x) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8, INDEX i k) ENGINE = Log",
        "expected `TYPE`, found `)` (line 1, column 36, at `) ENGINE = Log`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8) ENGINE = Log; DROP TABLE d.t",
        "expected the end of the statement, found `DROP` (line 1, column 41, at `DROP TABLE d.t`)",
    );
    fails(
        "CREATE TABLE d.t (k Int8 COMMENT '\\xFF') ENGINE = Log",
        "this string is not UTF-8 text (line 1, column 34, at `'\\xFF') ENGINE = Log`)",
    );
    fails(
        "CREATE OR REPLACE TABLE IF NOT EXISTS d.t (k Int8) ENGINE = Log",
        "expected a name: `OR REPLACE` and `IF NOT EXISTS` exclude each other, found `IF` (line 1, column 25, at `IF NOT EXISTS d.t (k Int8) ENGINE = Log`)",
    );
}

#[test]
fn deep_and_large_text_is_no_danger() {
    let deep = "(".repeat(1 << 19) + &")".repeat(1 << 19);
    for sql in [
        format!("CREATE TABLE d.t (k Int8 DEFAULT {deep}) ENGINE = Log"),
        format!("CREATE TABLE d.t (k Int8) ENGINE = MergeTree ORDER BY {deep}"),
        format!(
            "CREATE TABLE d.t (k {}Int8{}) ENGINE = Log",
            "Array(".repeat(1 << 16),
            ")".repeat(1 << 16)
        ),
        format!("CREATE VIEW d.v AS SELECT {deep}"),
        format!(
            "CREATE VIEW d.v AS {}SELECT 1{}",
            "(".repeat(1 << 19),
            ")".repeat(1 << 19)
        ),
        "(".repeat(1 << 20),
        "CREATE TABLE d.t (".repeat(1 << 16),
        "case ".repeat(1 << 18),
        format!(
            "CREATE TABLE d.t (k Int8 DEFAULT {}1) ENGINE = Log",
            "- ".repeat(1 << 19)
        ),
    ] {
        // Whether it parses is not the point: that it comes back is.
        let object = parse_object(&sql, &ParseContext::default());
        let _ = object.map(crate::canon::canonical);
    }
}
