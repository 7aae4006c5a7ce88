//! Tests of the canonical form of expressions.

use super::*;

fn canonical(sql: &str) -> String {
    match Expr::parse(sql) {
        Ok(expr) => {
            let text = expr.as_sql().to_owned();
            assert_eq!(
                Expr::parse(&text).map(|again| again.as_sql().to_owned()),
                Ok(text.clone()),
                "of {sql}"
            );
            text
        }
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn canonical_text() {
    for (sql, text) in [
        ("a  +b*2 -- c", "a + b * 2"),
        ("f( a,b )", "f(a, b)"),
        ("quantile(0.50)(x)", "quantile(0.5)(x)"),
        ("a==1 and b<>2", "a = 1 AND b != 2"),
        ("`a`.\"b\"", "a.b"),
        ("`a b`.`c``d`", "`a b`.`c\\`d`"),
        ("a$b", "`a$b`"),
        ("'it''s'", "'it\\'s'"),
        ("$$a$$ || x'41'", "'a' || 'A'"),
        ("'\\xff'", "'\\xFF'"),
        ("-1", "-1"),
        ("a - - 1", "a - -1"),
        ("- - a", "- -a"),
        ("f(a, - -> 1)", "f(a, - -> 1)"),
        ("1 .5", "1 .5"),
        ("a.1.2", "a.1.2"),
        ("(.5, 1.)", "(0.5, 1.)"),
        ("[1,2] [1]", "[1, 2][1]"),
        ("x->x+1", "x -> x + 1"),
        ("(x , y)->x", "(x, y) -> x"),
        ("a::Array ( UInt8 )", "a::Array(UInt8)"),
        ("cast(a as uint8)", "cast(a AS uint8)"),
        ("a in(1,2)", "a IN (1, 2)"),
        ("a not  in (1)", "a NOT IN (1)"),
        ("a global not in b", "a GLOBAL NOT IN b"),
        ("not a", "NOT a"),
        ("not(a)", "NOT (a)"),
        ("a is not null and not b", "a IS NOT NULL AND NOT b"),
        ("a is distinct from b", "a IS DISTINCT FROM b"),
        ("null", "NULL"),
        ("TRUE or Inf", "true OR inf"),
        ("case when a then 1 else 2 end", "CASE WHEN a THEN 1 ELSE 2 END"),
        (
            "case a when 1 then case when b then c end end",
            "CASE a WHEN 1 THEN CASE WHEN b THEN c END END",
        ),
        ("f({'a' : 1,'b':[2]})", "f({'a':1, 'b':[2]})"),
        (
            "select 1 settings a={ 'x' : {p : UInt8} , 'y':{} }, b = 1",
            "SELECT 1 SETTINGS a = {'x':{p:UInt8}, 'y':{}}, b = 1",
        ),
        ("date_add(day, 1, d)", "date_add(DAY, 1, d)"),
        (
            "date_add(created, interval 1 day)",
            "date_add(created, toIntervalDay(1))",
        ),
        (
            "date_add(`day`, interval 1 day)",
            "date_add(`day`, toIntervalDay(1))",
        ),
        (
            "date_add(\"created\", interval 1 day)",
            "date_add(created, toIntervalDay(1))",
        ),
        ("interval 90 day", "toIntervalDay(90)"),
        ("ts + INTERVAL 1_0 MONTHS + x", "ts + toIntervalMonth(10) + x"),
        ("interval '2' hour", "toIntervalHour('2')"),
        ("interval 1.5 day", "INTERVAL 1.5 DAY"),
        ("interval x day", "INTERVAL x DAY"),
        ("interval '1 day 2 hours'", "INTERVAL '1 day 2 hours'"),
        ("date '2020-01-01'", "toDate('2020-01-01')"),
        (
            "timestamp'2020-01-01 00:00:00'",
            "toDateTime('2020-01-01 00:00:00')",
        ),
        ("count( * )", "count(*)"),
        ("count(distinct a)", "count(DISTINCT a)"),
        ("a ? b : c", "a ? b : c"),
        ("{ p : UInt8 }", "{p:UInt8}"),
        ("j.a.:Int64", "j.a.:Int64"),
        ("j.^a", "j.^a"),
        ("@@max_threads", "@@max_threads"),
        ("(k desc, s)", "(k DESC, s)"),
        ("k desc nulls last", "k DESC NULLS LAST"),
        ("trim(both ' ' from s)", "trim(both ' ' FROM s)"),
        ("extract(day from d)", "extract(day FROM d)"),
        ("a like 'x' escape '!'", "a LIKE 'x' ESCAPE '!'"),
    ] {
        assert_eq!(canonical(sql), text, "{sql}");
    }
}

#[test]
fn queries() {
    for (sql, text) in [
        (
            "select site,count() as n from web.v final where a=1 group by site order by n desc limit 10",
            "SELECT site, count() AS n FROM web.v FINAL WHERE a = 1 GROUP BY site ORDER BY n DESC LIMIT 10",
        ),
        ("select * from t", "SELECT * FROM t"),
        ("select from + 1", "SELECT from + 1"),
        ("select distinct a x from t y", "SELECT DISTINCT a x FROM t y"),
        (
            "with a as (select 1) select t.* from a left  outer join b on a.x=b.x using x",
            "WITH a AS (SELECT 1) SELECT t.* FROM a LEFT OUTER JOIN b ON a.x = b.x USING x",
        ),
        (
            "select sum(a) over (partition by b order by c desc rows between unbounded preceding and current row)",
            "SELECT sum(a) OVER (PARTITION BY b ORDER BY c DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        ),
        (
            "select sum(a) over w from t window w as (order by a)",
            "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY a)",
        ),
        ("select sum(a) filter (where b)", "SELECT sum(a) FILTER (WHERE b)"),
        ("select 1 union all select 2", "SELECT 1 UNION ALL SELECT 2"),
        ("a in (select 1)", "a IN (SELECT 1)"),
        (
            "select a from t array join b limit 1 by a settings x=1",
            "SELECT a FROM t ARRAY JOIN b LIMIT 1 BY a SETTINGS x = 1",
        ),
        (
            "select a from t group by a with totals order by a with fill from 1 to 2 step 1",
            "SELECT a FROM t GROUP BY a WITH TOTALS ORDER BY a WITH FILL FROM 1 TO 2 STEP 1",
        ),
        ("select * except (a) from t", "SELECT * EXCEPT (a) FROM t"),
    ] {
        assert_eq!(canonical(sql), text, "{sql}");
    }
}

#[test]
fn names_that_look_like_keywords_keep_their_case() {
    for sql in [
        "and",
        "f(from, order)",
        "date + 1",
        "Interval + 1",
        "case",
        "(select, 1)",
        "a.desc",
        "a AS desc",
        "`select`",
        "`not` + 1",
        "`inf`",
        "`null`",
        "`interval`",
        "SELECT a desc FROM t",
        "SELECT a first FROM t",
        "t.end",
        "timestamp",
        "f(Date)",
        "x::Date",
        "left(a, 1)",
        "format('{}', a)",
        "any(x)",
        "`cast`(a, 'T')",
    ] {
        assert_eq!(canonical(sql), sql);
    }
}

#[test]
fn what_is_no_expression() {
    for (sql, kind) in [
        ("", LexErrorKind::Empty),
        (" -- only a comment", LexErrorKind::Empty),
        ("a; b", LexErrorKind::StatementEnd),
        ("f(a", LexErrorKind::NotClosed('(')),
        ("a)", LexErrorKind::NotOpened(')')),
        ("'\\x4'", LexErrorKind::BadEscape),
        ("2e308", LexErrorKind::BadNumber("2e308".into())),
    ] {
        assert_eq!(Expr::parse(sql).map_err(|error| error.kind), Err(kind), "{sql}");
    }
}

fn names(sql: &str) -> Vec<String> {
    Expr::parse(sql)
        .unwrap()
        .references()
        .map(|reference| reference.name())
        .collect()
}

#[test]
fn some_names_may_be_calls() {
    let may = |sql: &str| {
        let expr = Expr::parse(sql).unwrap();
        expr.references().all(|reference| reference.may_be_call())
    };
    assert!(may("CURRENT_TIMESTAMP") && may("now + toIntervalDay(1)") && may("Today"));
    assert!(!may("nowhere") && !may("t.now") && !may("pi"));
}

#[test]
fn references_are_columns_and_tables_only() {
    for (sql, expected) in [
        ("toYYYYMM(ts)", vec!["ts"]),
        ("cityHash64(user) % 10 AS h", vec!["user"]),
        ("(a, `b c`, n.x, 1, 'lit')", vec!["a", "b c", "n.x"]),
        ("arrayMap(x -> x + y, arr)", vec!["y", "arr"]),
        ("arrayMap((x, y) -> x + y, arr, x)", vec!["arr", "x"]),
        ("f(x -> g(z -> z + x, z), z)", vec!["z", "z"]),
        ("f(lambda(tuple(x, y), x + y + k), x)", vec!["k", "x"]),
        ("f(lambda((x, y), x -> y), lambda)", vec!["lambda"]),
        ("CAST(a AS Nullable(Int8)) + b::Decimal(P, 2)", vec!["a", "b"]),
        ("date_diff(day, a, b)", vec!["a", "b"]),
        ("a + interval x day", vec!["a", "x"]),
        ("CASE WHEN a THEN NULL ELSE true END", vec!["a"]),
        ("(a + 1 AS x) * x", vec!["a"]),
        ("not in_use and Order", vec!["in_use", "Order"]),
        (
            "SELECT a x, count() FROM web.v WHERE x > 1 SETTINGS max_threads = 1",
            vec!["a", "web.v"],
        ),
    ] {
        assert_eq!(names(sql), expected, "{sql}");
    }
    let expr = Expr::parse("f( a.`b c` )").unwrap();
    let reference = expr.references().next().unwrap();
    assert_eq!((reference.text, reference.at), ("a.`b c`", 2));
}

#[test]
fn tuples_and_brackets() {
    let elements = |sql| -> Vec<String> {
        Expr::parse(sql)
            .unwrap()
            .tuple_elements()
            .iter()
            .map(|element| element.as_sql().to_owned())
            .collect()
    };
    assert_eq!(elements("(a, f(b, c), (d, e))"), ["a", "f(b, c)", "(d, e)"]);
    assert_eq!(elements("tuple(a, b DESC)"), ["a", "b DESC"]);
    assert_eq!(elements("a"), ["a"]);
    assert_eq!(elements("(a)"), ["a"]);
    assert_eq!(elements("(a) + (b)"), ["(a) + (b)"]);
    assert_eq!(elements("()"), Vec::<String>::new());
    assert_eq!(elements("tuple()"), Vec::<String>::new());

    let bare = |sql| {
        Expr::parse(sql)
            .unwrap()
            .without_outer_parens()
            .as_sql()
            .to_owned()
    };
    assert_eq!(bare("((a + b))"), "a + b");
    assert_eq!(bare("(a, b)"), "(a, b)");
    assert_eq!(bare("(a) + (b)"), "(a) + (b)");

    let plain = |sql| Expr::parse(sql).unwrap().is_plain_column().map(Cow::into_owned);
    assert_eq!(plain("`a b`"), Some("a b".to_owned()));
    assert_eq!(plain("site"), Some("site".to_owned()));
    assert_eq!(plain("a.b"), None);
    assert_eq!(plain("null"), None);
    assert_eq!(plain("1"), None);
}

#[test]
fn a_megabyte_of_brackets_is_read_without_recursion() {
    let deep = format!("{}a{}", "(".repeat(1 << 19), ")".repeat(1 << 19));
    assert_eq!(Expr::parse(&deep).unwrap().as_sql(), deep);
}

#[test]
fn a_minus_of_another_script_never_begins_a_comment() {
    assert_eq!(canonical("x \u{2212}-> 1"), canonical("x \u{2212} -> 1"));
    assert_eq!(canonical("\u{2212}->"), "- ->");
}
