//! SQL functions.

use super::*;

#[test]
fn the_forms_of_a_lambda_are_one() {
    for (written, expected) in [
        (
            "CREATE FUNCTION lin AS x -> x*2",
            "CREATE FUNCTION lin AS (x) -> x * 2",
        ),
        (
            "create or replace function lin as (x, `a b`,) -> x + `a b`;",
            "CREATE OR REPLACE FUNCTION lin AS (x, `a b`) -> x + `a b`",
        ),
        (
            "CREATE FUNCTION IF NOT EXISTS `odd name` AS () -> 1",
            "CREATE FUNCTION IF NOT EXISTS `odd name` AS () -> 1",
        ),
        (
            "CREATE FUNCTION f AS a -> arrayMap(x -> x + a, [1])",
            "CREATE FUNCTION f AS (a) -> arrayMap(x -> x + a, [1])",
        ),
        ("DROP FUNCTION IF EXISTS lin", "DROP FUNCTION IF EXISTS lin"),
    ] {
        reads(written, expected);
    }
}

#[test]
fn what_the_server_stores_is_what_was_written() {
    let read = |sql: &str| {
        let object = parse_object(sql, &ParseContext::default()).unwrap();
        crate::canon::canonical(object)
    };
    for (written, stored) in [
        (
            "CREATE FUNCTION f AS (x) -> x * 2",
            "CREATE FUNCTION f AS x -> (x * 2)",
        ),
        (
            "CREATE FUNCTION f AS x -> (x, 1)",
            "CREATE FUNCTION f AS x -> (x, 1)",
        ),
        (
            "CREATE FUNCTION f AS x -> (SELECT max(number) + x FROM numbers(3))",
            "CREATE FUNCTION f AS x -> (SELECT max(number) + x FROM numbers(3))",
        ),
    ] {
        let (written, stored) = (read(written), read(stored));
        assert_eq!(written, stored);
        assert_eq!(
            read(&crate::ddl::render_object(&written)),
            written,
            "it reads back"
        );
    }
}

#[test]
fn what_is_no_function_is_said() {
    fails(
        "CREATE FUNCTION app.lin AS x -> x",
        "expected a name without a database: a function belongs to the server, found `.` (line 1, column 20, at `.lin AS x -> x`)",
    );
    fails(
        "CREATE FUNCTION lin AS 1",
        "expected the parameters and the body, `(x, y) -> x + y`, found `1` (line 1, column 24, at `1`)",
    );
    fails(
        "CREATE FUNCTION lin AS x + 1",
        "expected `->` and the body of the function, found `+` (line 1, column 26, at `+ 1`)",
    );
    fails(
        "CREATE FUNCTION lin AS (x, x) -> x",
        "expected a parameter that is not there already, found `x` (line 1, column 28, at `x) -> x`)",
    );
    fails(
        "CREATE FUNCTION lin AS x ->",
        "expected the body of the function, found the end of the text (line 1, column 28)",
    );
    fails(
        "CREATE FUNCTION lin AS x -> x COMMENT 'c'",
        "expected the end of the statement, found `COMMENT` (line 1, column 31, at `COMMENT 'c'`)",
    );
    let secret =
        "CREATE FUNCTION f AS x -> (SELECT count() FROM mysql('h:1', 'd', 't', 'u', 'hunter2') WHERE a = x)";
    let error = crate::ddl::parse_statement(secret, &ParseContext::default()).unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
}
