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
    ] {
        assert_eq!(grants(one), grants(other), "{one:?} {other:?}");
    }
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
        "REVOKE a FROM r\nGRANT a TO r\n"
    );
}
