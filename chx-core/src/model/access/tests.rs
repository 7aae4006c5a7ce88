//! From one set of grants to another.

use std::fmt::Write as _;

use super::*;
use crate::ddl::{AccessStatement, ParseContext, Statement, parse_statement, render_line};

/// What these statements, each without its end, grant.
fn grants(statements: &[&str]) -> Grants {
    let mut grants = Grants::default();
    for sql in statements {
        let end = if sql.starts_with("GRANT") { "TO" } else { "FROM" };
        let sql = match sql.split_once(" WITH ") {
            Some((sql, option)) => format!("{sql} {end} r WITH {option}"),
            None => format!("{sql} {end} r"),
        };
        match parse_statement(&sql, &ParseContext::default()) {
            Ok(Statement::Access(AccessStatement::Grants { change, .. })) => grants.apply(&change),
            other => panic!("{sql}: {other:?}"),
        }
    }
    grants
}

fn way(before: &Grants, after: &Grants) -> String {
    let mut text = String::new();
    let mut at = before.clone();
    for change in before.changes_to(after) {
        at.apply(&change);
        let grantee = Ident::new("r").unwrap();
        let line = render_line(&Statement::Access(AccessStatement::Grants { grantee, change }));
        writeln!(text, "{line}").unwrap();
    }
    assert_eq!(at, *after, "{text}");
    text
}

#[test]
fn what_means_the_same_is_the_same() {
    for (one, other) in [
        (
            &["GRANT SELECT(b, a) ON d.t"][..],
            &["GRANT SELECT(a) ON d.t", "GRANT SELECT(b) ON d.t"][..],
        ),
        (
            &["GRANT SELECT ON d.*", "GRANT SELECT(a) ON d.t"],
            &["GRANT select ON d.*"],
        ),
        (
            &["GRANT SELECT ON d.t", "GRANT SELECT ON d.*"],
            &["GRANT SELECT ON d.*"],
        ),
        (&["GRANT UPDATE ON d.t"], &["GRANT ALTER UPDATE ON d.t"]),
        (
            &["GRANT SHOW ON d.*"],
            &["GRANT SHOW DATABASES, SHOW TABLES, SHOW COLUMNS, SHOW DICTIONARIES ON d.*"],
        ),
        (&["GRANT CREATE USER ON *.*"], &["GRANT CREATE USER ON *"]),
        (&["GRANT SELECT ON d.t", "REVOKE SELECT ON *.*"], &[]),
        (&["REVOKE SELECT ON d.t"], &[]),
        (
            &[
                "GRANT SELECT ON d.*",
                "REVOKE SELECT ON d.t",
                "GRANT SELECT ON d.t",
            ],
            &["GRANT SELECT ON d.*"],
        ),
        (
            &["GRANT SELECT ON d.pre*", "GRANT SELECT ON d.prefix"],
            &["GRANT SELECT ON d.pre*"],
        ),
        (
            &["GRANT SELECT ON d.t", "GRANT SELECT ON d.t WITH GRANT OPTION"],
            &["GRANT SELECT ON d.t WITH GRANT OPTION"],
        ),
        (&["GRANT a, b"], &["GRANT b", "GRANT a"]),
        (&["GRANT S3 ON *.*"], &["GRANT READ ON S3", "GRANT WRITE ON S3"]),
        (
            &["GRANT READ ON *", "GRANT READ ON S3('a.*')", "GRANT READ ON URL"],
            &["GRANT READ ON *.*"],
        ),
        (
            &["GRANT SOURCES ON *.*", "REVOKE READ ON S3"],
            &["GRANT READ, WRITE ON *", "REVOKE READ ON S3"],
        ),
        (
            &[
                "GRANT SELECT ON d.* WITH GRANT OPTION",
                "REVOKE GRANT OPTION FOR SELECT ON *.*",
            ],
            &["GRANT SELECT ON d.*"],
        ),
        (
            &[
                "GRANT SELECT ON d.*",
                "GRANT SELECT ON d.t WITH GRANT OPTION",
                "REVOKE GRANT OPTION FOR SELECT ON d.t",
            ],
            &["GRANT SELECT ON d.*"],
        ),
        (
            &["GRANT a WITH ADMIN OPTION", "REVOKE ADMIN OPTION FOR a, b"],
            &["GRANT a"],
        ),
    ] {
        assert_eq!(grants(one), grants(other), "{one:?} {other:?}");
    }
}

/// What a role has by statements of a server, which may not tell grants on sources apart, beside what is wanted of it.
fn told_apart(shown: &[&str], wanted: &[&str]) -> Grants {
    let mut live = Grants::default();
    for sql in shown {
        match crate::ddl::parse_shown(sql) {
            Ok(Statement::Access(AccessStatement::Grants { change, .. })) => live.apply(&change),
            other => panic!("{sql}: {other:?}"),
        }
    }
    assert_eq!(live.shown(), live, "{shown:?}");
    live.told_apart(&grants(wanted))
}

#[test]
fn a_server_that_does_not_tell_read_from_write() {
    let s3 = &["GRANT S3 ON *.* TO r"][..];
    let s3_on = &["GRANT S3 ON *.* TO r", "GRANT S3 ON *.* TO r WITH GRANT OPTION"][..];
    let all = &["GRANT SOURCES ON *.* TO r", "REVOKE S3 ON *.* FROM r"][..];
    for (shown, wanted) in [
        (s3, &["GRANT READ ON S3"][..]),
        (s3, &["GRANT READ, WRITE ON S3"]),
        (s3, &["GRANT READ ON S3('a.*')", "GRANT WRITE ON S3('b.*')"]),
        (
            s3_on,
            &["GRANT READ ON S3 WITH GRANT OPTION", "GRANT WRITE ON S3"],
        ),
        (all, &["GRANT SOURCES ON *.*", "REVOKE READ ON S3"]),
        (all, &["GRANT SOURCES ON *.*", "REVOKE S3 ON *.*"]),
        (&["GRANT S3, SOURCES, URL ON *.* TO r"], &["GRANT READ ON *"]),
        // One that does tells them apart by itself.
        (&["GRANT READ ON S3 TO r"], &["GRANT READ ON S3"]),
        (&["GRANT READ ON S3(`a.*`) TO r"], &["GRANT READ ON S3('a.*')"]),
    ] {
        if shown[0].contains("READ") {
            let sql = shown[0].strip_suffix(" TO r").unwrap();
            assert_eq!(grants(&[sql]), grants(wanted));
        } else {
            assert_eq!(told_apart(shown, wanted), grants(wanted), "{shown:?} {wanted:?}");
        }
    }
    // What was granted besides is there, and so is what is missing.
    for (shown, wanted, is) in [
        (s3, &["GRANT READ ON URL"][..], &["GRANT S3 ON *.*"][..]),
        (s3, &["GRANT READ ON S3 WITH GRANT OPTION"], &["GRANT READ ON S3"]),
        (
            s3_on,
            &["GRANT READ ON S3"],
            &["GRANT READ ON S3 WITH GRANT OPTION"],
        ),
        (
            all,
            &["GRANT READ ON *"],
            &["GRANT READ ON *", "REVOKE READ ON S3"],
        ),
    ] {
        assert_eq!(told_apart(shown, wanted), grants(is), "{shown:?} {wanted:?}");
    }
}

#[test]
fn an_option_goes_for_all_that_it_stands_for() {
    let wide = grants(&["GRANT SELECT ON d.* WITH GRANT OPTION"]);
    let change = |sql: &str| match parse_statement(sql, &ParseContext::default()) {
        Ok(Statement::Access(AccessStatement::Grants { change, .. })) => change,
        other => panic!("{sql}: {other:?}"),
    };
    assert!(wide.can_take(&change("REVOKE GRANT OPTION FOR SELECT ON *.* FROM r")));
    assert!(!wide.can_take(&change("REVOKE GRANT OPTION FOR SELECT ON d.t FROM r")));
}

#[test]
fn the_way_from_one_to_another() {
    let states: &[&[&str]] = &[
        &[],
        &["GRANT SELECT ON d.*"],
        &["GRANT SELECT ON d.t"],
        &["GRANT SELECT(a, b) ON d.t", "GRANT INSERT ON d.*"],
        &["GRANT SELECT ON d.*", "REVOKE SELECT ON d.secret"],
        &[
            "GRANT SELECT ON d.*",
            "REVOKE SELECT ON d.secret",
            "GRANT SELECT(k) ON d.secret",
        ],
        &["GRANT ALL ON *.* WITH GRANT OPTION"],
        &["GRANT ALL ON d.*", "GRANT SELECT ON e*.* WITH GRANT OPTION"],
        &["GRANT a, b", "GRANT c WITH ADMIN OPTION"],
        &["GRANT a WITH ADMIN OPTION", "GRANT c"],
        &["GRANT CREATE USER ON team*", "GRANT SHOW ON *.*"],
        &["GRANT READ ON S3", "GRANT WRITE ON S3('a.*')", "GRANT URL ON *.*"],
        &["GRANT READ ON S3 WITH GRANT OPTION", "GRANT WRITE ON *"],
        &[
            "GRANT SELECT ON d.* WITH GRANT OPTION",
            "GRANT INSERT ON d.t WITH GRANT OPTION",
        ],
    ];
    for before in states {
        for after in states {
            way(&grants(before), &grants(after));
        }
    }
    let between = |before, after| way(&grants(before), &grants(after));
    assert_eq!(
        between(&["GRANT SELECT ON d.*"], &["GRANT SELECT(a, b), INSERT ON d.t"]),
        "REVOKE SELECT ON d.* FROM r\nGRANT INSERT, SELECT(a, b) ON d.t TO r\n"
    );
    // The wider one gives the narrower one: nothing is revoked.
    assert_eq!(
        between(&["GRANT SELECT ON d.t"], &["GRANT SELECT ON d.*"]),
        "GRANT SELECT ON d.* TO r\n"
    );
    assert_eq!(
        between(&[], &["GRANT ALL ON *.*", "GRANT x WITH ADMIN OPTION"]),
        "GRANT ALL ON *.* TO r\nGRANT x TO r WITH ADMIN OPTION\n"
    );
    assert_eq!(
        between(&["GRANT a WITH ADMIN OPTION"], &["GRANT a"]),
        "REVOKE ADMIN OPTION FOR a FROM r\n"
    );
}
