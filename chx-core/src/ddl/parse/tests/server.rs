//! Named collections, workloads and resources.

use super::*;
use crate::canon::canonical;

#[test]
fn entries_are_text_by_key() {
    for (written, expected) in [
        (
            "create named collection c as url='http://h/', port = 9000, low=-3, on = TRUE",
            "CREATE NAMED COLLECTION c AS low = '-3', on = 'true', port = 9000, url = 'http://h/'",
        ),
        (
            "CREATE NAMED COLLECTION IF NOT EXISTS `a b` AS b = '007' NOT OVERRIDABLE, `a.x`.y = '5' OVERRIDABLE",
            "CREATE NAMED COLLECTION IF NOT EXISTS `a b` AS `a.x.y` = 5 OVERRIDABLE, b = '007' NOT OVERRIDABLE",
        ),
        (
            "ALTER NAMED COLLECTION c SET b = 1, a = 'x' OVERRIDABLE DELETE d, c",
            "ALTER NAMED COLLECTION c SET a = 'x' OVERRIDABLE, b = 1 DELETE d, c",
        ),
        (
            "ALTER NAMED COLLECTION IF EXISTS c DELETE `a b`",
            "ALTER NAMED COLLECTION IF EXISTS c DELETE `a b`",
        ),
        (
            "ALTER NAMED COLLECTION c SET password = 'env:PW'",
            "ALTER NAMED COLLECTION c SET password = 'env:PW'",
        ),
        (
            "DROP NAMED COLLECTION IF EXISTS c",
            "DROP NAMED COLLECTION IF EXISTS c",
        ),
    ] {
        reads(written, expected);
    }
}

#[test]
fn workloads_and_resources_are_read() {
    for (written, expected) in [
        (
            "create or replace workload reports in `all` settings weight='3', max_io_requests = 100 for disks",
            "CREATE OR REPLACE WORKLOAD reports IN `all` SETTINGS weight = 3, max_io_requests = 100 FOR disks",
        ),
        (
            "CREATE RESOURCE IF NOT EXISTS r (READ DISK a, write any disk)",
            "CREATE RESOURCE IF NOT EXISTS r (READ DISK a, WRITE ANY DISK)",
        ),
        (
            "CREATE RESOURCE r (MASTER THREAD, WORKER THREAD)",
            "CREATE RESOURCE r (MASTER THREAD, WORKER THREAD)",
        ),
        (
            "CREATE RESOURCE r (MEMORY RESERVATION)",
            "CREATE RESOURCE r (MEMORY RESERVATION)",
        ),
        ("CREATE RESOURCE r (QUERY)", "CREATE RESOURCE r (QUERY)"),
        ("DROP WORKLOAD IF EXISTS `all`", "DROP WORKLOAD IF EXISTS `all`"),
        ("DROP RESOURCE r", "DROP RESOURCE r"),
    ] {
        reads(written, expected);
    }
}

#[test]
fn what_the_server_stores_is_what_was_written() {
    let read = |sql: &str| canonical(parse_object(sql, &ParseContext::default()).unwrap());
    for (written, stored) in [
        (
            "CREATE WORKLOAD w IN p SETTINGS weight = 3, max_cpus = 2.5 FOR r",
            "CREATE WORKLOAD w IN p SETTINGS max_cpus = 2.50 FOR r, weight = 9, weight = 3",
        ),
        (
            "CREATE RESOURCE r (WRITE DISK a, READ DISK a)",
            "CREATE RESOURCE r (READ DISK a, WRITE DISK a, READ DISK a)",
        ),
        (
            "CREATE NAMED COLLECTION c AS b = 'x' OVERRIDABLE, a = 1, c = '1.5'",
            "CREATE NAMED COLLECTION c AS a = '1', b = 'x' OVERRIDABLE, c = 1.5",
        ),
    ] {
        assert_eq!(read(written), read(stored));
    }
}

#[test]
fn what_is_none_is_said() {
    fails(
        "CREATE OR REPLACE NAMED COLLECTION c AS a = 1",
        "expected `CREATE NAMED COLLECTION` without `OR REPLACE`, which ClickHouse does not have, found `c` (line 1, column \
         36, at `c AS a = 1`)",
    );
    fails(
        "CREATE NAMED COLLECTION c AS a = 1.5",
        "expected a whole number of 64 bits, or the value as a string, found `1.5` (line 1, column 34, at `1.5`)",
    );
    fails(
        "CREATE NAMED COLLECTION c AS a = 1, a = 2",
        "expected a key that is not there already, found `a` (line 1, column 37, at `a = 2`)",
    );
    fails(
        "CREATE NAMED COLLECTION app.c AS a = 1",
        "expected a name without a database: a named collection belongs to the server, found `.` (line 1, column 28, at `.c AS \
         a = 1`)",
    );
    fails(
        "ALTER NAMED COLLECTION c",
        "expected `SET` or `DELETE`, found the end of the text (line 1, column 25)",
    );
    fails(
        "CREATE WORKLOAD w SETTINGS weight = 1 FOR r, weight = 2 FOR r",
        "`setting` stands here twice (line 1, column 46, at `weight = 2 FOR r`)",
    );
    fails(
        "CREATE RESOURCE r (QUERY, READ DISK a)",
        "expected what is counted alike: disks, threads, queries and memory are resources of their own, found `READ` (line 1, \
         column 27, at `READ DISK a)`)",
    );
    unsupported("CREATE NAMED COLLECTION c ON CLUSTER x AS a = 1", "ON CLUSTER");
    unsupported("DROP WORKLOAD w ON CLUSTER x", "ON CLUSTER");
}

#[test]
fn a_secret_that_is_written_out_is_refused_and_not_repeated() {
    for entry in [
        "password = 'hunter2'",
        "secret_access_key = 'hunter2'",
        "token = 'hunter2' OVERRIDABLE",
        "api_key = 'hunter2'",
        "connection_string = 'hunter2'",
        "url = 'mongodb://u:hunter2@h/db'",
        "azure = 'AccountName=a;AccountKey=hunter2'",
    ] {
        for sql in [
            format!("CREATE NAMED COLLECTION c AS a = 1, {entry}"),
            format!("ALTER NAMED COLLECTION c SET {entry}"),
            format!("ALTER NAMED COLLECTION c SET {entry} DELETE"),
            format!("CREATE NAMED COLLECTION c AS a = , {entry}"),
        ] {
            let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(!text.contains("hunter2"), "{text}");
        }
        let sql = format!("CREATE NAMED COLLECTION c AS {entry}");
        let error = parse_statement(&sql, &ParseContext::default()).unwrap_err();
        assert!(error.to_string().contains("is written out"), "{error}");
        // A server that shows its secrets is not repeated either.
        let shown = parse_object(&sql, &ParseContext::default()).unwrap();
        let text = crate::ddl::render_object_line(&shown);
        assert!(text.contains("[HIDDEN]") && !text.contains("hunter2"), "{text}");
    }
    same("CREATE NAMED COLLECTION c AS access_key_id = 'id', password = '', primary_key = 'a'");
}
