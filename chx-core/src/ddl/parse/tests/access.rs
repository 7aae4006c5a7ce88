//! Users, roles, row policies, quotas, settings profiles, and what is granted.

use super::*;

#[test]
fn users() {
    for (written, expected) in [
        ("CREATE USER u", "CREATE USER u"),
        ("create user 'odd name' not identified", "CREATE USER `odd name`"),
        (
            "CREATE USER u IDENTIFIED WITH sha256_password BY 'env:PW' HOST IP '10.0.0.0/8', LOCAL, NAME 'b', 'a' VALID UNTIL '2030-01-01' DEFAULT ROLE r2, r1 DEFAULT DATABASE web GRANTEES ANY EXCEPT x SETTINGS PROFILE 'p', max_threads = 4",
            "CREATE USER u IDENTIFIED WITH sha256_password BY 'env:PW' VALID UNTIL '2030-01-01' HOST LOCAL, NAME 'a', NAME 'b', IP '10.0.0.0/8' DEFAULT DATABASE web DEFAULT ROLE r1, r2 GRANTEES ANY EXCEPT x SETTINGS PROFILE 'p', max_threads = 4",
        ),
        (
            "CREATE USER IF NOT EXISTS u IDENTIFIED BY 'file:/run/pw'",
            "CREATE USER IF NOT EXISTS u IDENTIFIED BY 'file:/run/pw'",
        ),
        (
            "CREATE USER u IDENTIFIED WITH ldap SERVER 'l', kerberos REALM 'r', ssl_certificate CN 'b', 'a', ssl_certificate SAN 'URI:x'",
            "CREATE USER u IDENTIFIED WITH ldap SERVER 'l', kerberos REALM 'r', ssl_certificate CN 'a', 'b', ssl_certificate SAN 'URI:x'",
        ),
        (
            "CREATE USER u IDENTIFIED WITH ssh_key BY KEY BBBB TYPE `ssh-rsa`, KEY 'AAAA' TYPE 'ssh-ed25519', http SERVER 'h' SCHEME 'BASIC', http SERVER 'i'",
            "CREATE USER u IDENTIFIED WITH ssh_key BY KEY 'AAAA' TYPE 'ssh-ed25519', KEY 'BBBB' TYPE 'ssh-rsa', http SERVER 'h' SCHEME 'BASIC', http SERVER 'i'",
        ),
        (
            "CREATE USER u IDENTIFIED BY 'env:A' VALID UNTIL '2030-01-01', ldap SERVER 'l' VALID UNTIL '2030-01-01', BY 'env:B' VALID UNTIL '2030-01-01' HOST LOCAL",
            "CREATE USER u IDENTIFIED BY 'env:A' VALID UNTIL '2030-01-01', ldap SERVER 'l' VALID UNTIL '2030-01-01', BY 'env:B' VALID UNTIL '2030-01-01' HOST LOCAL",
        ),
        (
            "CREATE USER u IN replicated IDENTIFIED WITH sha256_hash BY 'env:HASH' SALT 'env:SALT'",
            "CREATE USER u IN replicated IDENTIFIED WITH sha256_hash BY 'env:HASH' SALT 'env:SALT'",
        ),
        ("ALTER USER u RENAME TO 'v'", "ALTER USER u RENAME TO v"),
        ("CREATE USER u HOST NONE", "CREATE USER u HOST NONE"),
        (
            "CREATE USER u DEFAULT ROLE NONE",
            "CREATE USER u DEFAULT ROLE NONE",
        ),
        (
            "ALTER USER u HOST ANY DEFAULT ROLE ALL EXCEPT a SETTINGS NONE VALID UNTIL 'infinity'",
            "ALTER USER u VALID UNTIL 'infinity' HOST ANY DEFAULT ROLE ALL EXCEPT a SETTINGS NONE",
        ),
        (
            "ALTER USER u NOT IDENTIFIED",
            "ALTER USER u IDENTIFIED WITH no_password",
        ),
        ("DROP USER IF EXISTS u;", "DROP USER IF EXISTS u"),
    ] {
        reads(written, expected);
    }
}

#[test]
fn roles_and_profiles() {
    for (written, expected) in [
        ("CREATE ROLE r", "CREATE ROLE r"),
        (
            "CREATE ROLE r SETTINGS b = 2 MIN = 1 MAX 3 READONLY, a WRITABLE",
            "CREATE ROLE r SETTINGS a WRITABLE, b = 2 MIN 1 MAX 3 CONST",
        ),
        ("CREATE ROLE `none`", "CREATE ROLE `none`"),
        ("ALTER ROLE r SETTINGS NONE", "ALTER ROLE r SETTINGS NONE"),
        (
            "CREATE PROFILE p SETTINGS load_balancing = 'random', PROFILE a, b, INHERIT 'readonly' TO r, u",
            "CREATE SETTINGS PROFILE p SETTINGS load_balancing = 'random', INHERIT 'a', INHERIT 'b', INHERIT 'readonly' TO r, u",
        ),
        (
            "ALTER SETTINGS PROFILE IF EXISTS p TO ALL EXCEPT a",
            "ALTER SETTINGS PROFILE IF EXISTS p TO ALL EXCEPT a",
        ),
        (
            "CREATE OR REPLACE SETTINGS PROFILE p",
            "CREATE OR REPLACE SETTINGS PROFILE p",
        ),
        ("DROP PROFILE p", "DROP SETTINGS PROFILE p"),
        ("DROP ROLE r", "DROP ROLE r"),
    ] {
        reads(written, expected);
    }
}

#[test]
fn row_policies() {
    for (written, expected) in [
        (
            "CREATE POLICY own ON hits USING user = currentUser() AS restrictive TO ALL EXCEPT admin",
            "CREATE ROW POLICY own ON d.hits AS RESTRICTIVE FOR SELECT USING user = currentUser() TO ALL EXCEPT admin",
        ),
        (
            "CREATE ROW POLICY p ON d.* FOR SELECT USING (a = 1) AND b IN (1, 2)",
            "CREATE ROW POLICY p ON d.* FOR SELECT USING (a = 1) AND b IN (1, 2)",
        ),
        ("CREATE ROW POLICY p ON d.t", "CREATE ROW POLICY p ON d.t"),
        (
            "ALTER ROW POLICY p ON d.t USING NONE AS PERMISSIVE TO NONE",
            "ALTER ROW POLICY p ON d.t AS PERMISSIVE FOR SELECT USING NONE TO NONE",
        ),
        (
            "DROP POLICY IF EXISTS p ON t",
            "DROP ROW POLICY IF EXISTS p ON d.t",
        ),
    ] {
        reads(written, expected);
    }
}

#[test]
fn quotas() {
    for (written, expected) in [
        (
            "CREATE QUOTA q KEYED BY 'client key or user name' FOR INTERVAL 60 minute MAX queries = 10, errors = 4, FOR RANDOMIZED INTERVAL 1 day MAX result_bytes = '10G', execution_time = 1.5 TO r",
            "CREATE QUOTA q KEYED BY client_key, user_name FOR INTERVAL 1 hour MAX queries = 10, errors = 4, FOR RANDOMIZED INTERVAL 1 day MAX result_bytes = 10000000000, execution_time = 1.5 TO r",
        ),
        (
            "CREATE QUOTA q NOT KEYED FOR 12 months queries MAX 3, FOR INTERVAL 90 second TRACKING ONLY TO ALL",
            "CREATE QUOTA q FOR INTERVAL 90 second TRACKING ONLY, FOR INTERVAL 1 year MAX queries = 3 TO ALL",
        ),
        (
            "ALTER QUOTA q FOR INTERVAL 1 day NO LIMITS KEYED BY ip_address TO NONE",
            "ALTER QUOTA q KEYED BY ip_address FOR INTERVAL 1 day NO LIMITS TO NONE",
        ),
        ("DROP QUOTA q", "DROP QUOTA q"),
    ] {
        reads(written, expected);
    }
}

#[test]
fn grants() {
    for (written, expected) in [
        (
            "grant select(b, a), insert, update on hits to r with grant option",
            "GRANT ALTER UPDATE, INSERT, SELECT(a, b) ON d.hits TO r WITH GRANT OPTION",
        ),
        (
            "GRANT SELECT ON a.b, SHOW TABLES ON c.* TO u",
            "GRANT SELECT ON a.b, SHOW TABLES ON c.* TO u",
        ),
        ("GRANT ALL PRIVILEGES ON *.* TO r", "GRANT ALL ON *.* TO r"),
        ("GRANT SELECT ON pre*.* TO r", "GRANT SELECT ON pre*.* TO r"),
        ("GRANT SELECT ON a.pre* TO r", "GRANT SELECT ON a.pre* TO r"),
        ("GRANT SELECT ON * TO r", "GRANT SELECT ON d.* TO r"),
        ("GRANT SET DEFINER ON bob TO r", "GRANT SET DEFINER ON bob TO r"),
        (
            "GRANT CREATE USER ON team* TO r",
            "GRANT CREATE USER ON team* TO r",
        ),
        (
            "GRANT NAMED COLLECTION ON * TO r",
            "GRANT NAMED COLLECTION ON * TO r",
        ),
        ("GRANT dictHas ON a.d TO r", "GRANT dictGet ON a.d TO r"),
        (
            "GRANT reader, writer TO u WITH ADMIN OPTION",
            "GRANT reader, writer TO u WITH ADMIN OPTION",
        ),
        ("REVOKE SELECT(a) ON a.b FROM r", "REVOKE SELECT(a) ON a.b FROM r"),
        ("REVOKE writer FROM u", "REVOKE writer FROM u"),
    ] {
        reads(written, expected);
    }
}

#[track_caller]
fn each(written: &str, expected: &[&str]) {
    let read = crate::ddl::parse_migration_statements(written, &ParseContext::default());
    let read: Vec<String> = read
        .unwrap_or_else(|error| panic!("{written}: {error}"))
        .iter()
        .map(render_line)
        .collect();
    assert_eq!(read, expected, "{written}");
}

#[test]
fn statements_about_several() {
    each(
        "CREATE USER a, b, a HOST LOCAL",
        &["CREATE USER a HOST LOCAL", "CREATE USER b HOST LOCAL"],
    );
    each(
        "CREATE ROLE IF NOT EXISTS a, b IN replicated SETTINGS c = 1",
        &[
            "CREATE ROLE IF NOT EXISTS a IN replicated SETTINGS c = 1",
            "CREATE ROLE IF NOT EXISTS b IN replicated SETTINGS c = 1",
        ],
    );
    each(
        "CREATE ROW POLICY p ON a.b, a.* USING 1",
        &[
            "CREATE ROW POLICY p ON a.b FOR SELECT USING 1",
            "CREATE ROW POLICY p ON a.* FOR SELECT USING 1",
        ],
    );
    each(
        "DROP POLICY p ON a.b, q ON c.d FROM disk",
        &[
            "DROP ROW POLICY p ON a.b FROM disk",
            "DROP ROW POLICY q ON c.d FROM disk",
        ],
    );
    each(
        "CREATE ROW POLICY q, r ON c.d USING 1",
        &[
            "CREATE ROW POLICY q ON c.d FOR SELECT USING 1",
            "CREATE ROW POLICY r ON c.d FOR SELECT USING 1",
        ],
    );
    each(
        "ALTER USER IF EXISTS a RENAME TO b HOST LOCAL",
        &[
            "ALTER USER IF EXISTS a RENAME TO b",
            "ALTER USER IF EXISTS b HOST LOCAL",
        ],
    );
    each(
        "ALTER ROLE a, b SETTINGS NONE",
        &["ALTER ROLE a SETTINGS NONE", "ALTER ROLE b SETTINGS NONE"],
    );
    each(
        "GRANT SELECT, INSERT ON a.b TO s, r WITH GRANT OPTION",
        &[
            "GRANT INSERT, SELECT ON a.b TO r WITH GRANT OPTION",
            "GRANT INSERT, SELECT ON a.b TO s WITH GRANT OPTION",
        ],
    );
    each(
        "REVOKE ADMIN OPTION FOR a, b FROM u, v",
        &[
            "REVOKE ADMIN OPTION FOR a, b FROM u",
            "REVOKE ADMIN OPTION FOR a, b FROM v",
        ],
    );
    for (sql, expected) in [
        (
            "CREATE USER a, b IDENTIFIED BY 'env:PW'",
            "`IDENTIFIED of several users` is not supported by chx: give each of them a password of its own",
        ),
        (
            "ALTER USER a RENAME TO b IDENTIFIED BY 'env:PW'",
            "`IDENTIFIED among others` is not supported by chx: give each user a password in a statement of its own",
        ),
    ] {
        let error = crate::ddl::parse_migration_statements(sql, &ParseContext::default()).unwrap_err();
        assert_eq!(error.kind.to_string(), expected, "{sql}");
    }
    for (sql, expected) in [
        (
            "CREATE POLICY p, q ON a.b, a.c",
            "expected a clause: several names stand on one table, found `,` (line 1, column 26, at `, a.c`)",
        ),
        (
            "ALTER USER a, b RENAME TO c",
            "expected `RENAME TO` right behind one name, found `RENAME` (line 1, column 17, at `RENAME TO c`)",
        ),
        (
            "ALTER ROLE a IN replicated SETTINGS NONE",
            "expected a clause: where it is kept is said by CREATE, found `IN` (line 1, column 14, at `IN replicated SETTINGS NONE`)",
        ),
        (
            "CREATE ROLE a IN x IN y",
            "`IN` stands here twice (line 1, column 20, at `IN y`)",
        ),
        (
            "DROP USER a, FROM x",
            "expected the end of the statement, found `x` (line 1, column 19, at `x`)",
        ),
        (
            "REVOKE GRANT OPTION FOR r FROM u",
            "expected `ADMIN OPTION FOR`: these are roles, found `GRANT` (line 1, column 8, at `GRANT OPTION FOR r FROM u`)",
        ),
        (
            "REVOKE ADMIN OPTION FOR SELECT ON a.b FROM u",
            "expected `GRANT OPTION FOR`: these are privileges, found `ADMIN` (line 1, column 8, at `ADMIN OPTION FOR SELECT ON a.b FROM u`)",
        ),
    ] {
        let error = crate::ddl::parse_migration_statements(sql, &ParseContext::default()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{sql}");
    }
}

#[test]
fn grants_on_sources() {
    for (written, expected) in [
        ("GRANT READ ON S3 TO r", "GRANT READ ON S3 TO r"),
        ("GRANT READ, WRITE ON S3 TO r", "GRANT S3 ON *.* TO r"),
        (
            "GRANT S3, SELECT, URL ON *.* TO r",
            "GRANT SELECT ON *.*, S3 ON *.*, URL ON *.* TO r",
        ),
        ("GRANT WRITE, READ ON * TO r", "GRANT SOURCES ON *.* TO r"),
        ("GRANT SOURCES ON *.* TO r", "GRANT SOURCES ON *.* TO r"),
        ("GRANT READ ON AzureBlobStorage TO r", "GRANT READ ON AZURE TO r"),
        (
            "GRANT READ, WRITE ON ArrowFlight TO r",
            "GRANT ARROW FLIGHT ON *.* TO r",
        ),
        (
            "GRANT READ, WRITE ON S3(`s3://a/.*`) TO r WITH GRANT OPTION",
            "GRANT READ, WRITE ON S3('s3://a/.*') TO r WITH GRANT OPTION",
        ),
        ("REVOKE S3 ON *.* FROM r", "REVOKE S3 ON *.* FROM r"),
    ] {
        reads(written, expected);
    }
    for (sql, expected) in [
        (
            "GRANT READ ON s3 TO r",
            "expected a source, perhaps `S3`, found `s3` (line 1, column 15, at `s3 TO r`)",
        ),
        (
            "GRANT READ ON warehouse TO r",
            "expected a source, such as `S3`, found `warehouse` (line 1, column 15, at `warehouse TO r`)",
        ),
        (
            "GRANT READ ON S3() TO r",
            "expected a regular expression, such as `'s3://logs/.*'`, found `)` (line 1, column 18, at `) TO r`)",
        ),
        (
            "GRANT S3 ON a.* TO r",
            "expected a privilege that can be granted on `a.*`: `S3` cannot, found `S3` (line 1, column 7, at `S3 ON a.* TO r`)",
        ),
    ] {
        fails(sql, expected);
    }
}

#[test]
fn what_no_migration_says() {
    fails(
        "CREATE USER u IDENTIFIED BY 'hunter2'",
        "the value of `IDENTIFIED` is written out: put it into the environment or a file, and write `'env:NAME'` or `'file:PATH'` here (line 1, column 29)",
    );
    for sql in [
        "CREATE USER u IDENTIFIED BY 'hunter2' nonsense",
        "CREATE USER u IDENTIFIED WITH nonsense BY 'hunter2'",
        "ALTER USER u IDENTIFIED WITH plaintext_password BY 'hunter2'",
        "CREATE USER u HOST x IDENTIFIED BY 'hunter2'",
        "CREATE USER u IDENTIFIED WITH sha256_hash BY 'hunter2' SALT 'hunter2'",
        "CREATE USER 'hunter2",
    ] {
        let error = parse_statement(sql, &ParseContext::default()).unwrap_err();
        let shown = error.to_string();
        assert!(
            !shown.contains("hunter2") || !sql.contains("IDENTIFIED"),
            "{sql}: {shown}"
        );
    }
    fails(
        "GRANT SELEKT ON a.b TO r",
        "expected a privilege, perhaps `SELECT`, found `SELEKT` (line 1, column 7, at `SELEKT ON a.b TO r`)",
    );
    fails(
        "GRANT CREATE DATABASE ON a.b TO r",
        "expected a privilege that can be granted on `a.b`: `CREATE DATABASE` cannot, found `CREATE` (line 1, column 7, at `CREATE DATABASE ON a.b TO r`)",
    );
    fails(
        "GRANT SHOW TABLES(a) ON a.b TO r",
        "expected a privilege on columns: `SHOW TABLES` is none, found `SHOW` (line 1, column 7, at `SHOW TABLES(a) ON a.b TO r`)",
    );
    fails(
        "GRANT SELECT(a) ON a.* TO r",
        "expected a privilege that can be granted on `a.*`: `SELECT` cannot, found `SELECT` (line 1, column 7, at `SELECT(a) ON a.* TO r`)",
    );
    fails(
        "CREATE ROLE r SETTINGS max_threads",
        "expected `=` behind the setting `max_threads`, found the end of the text (line 1, column 35)",
    );
    fails(
        "CREATE ROLE r SETTINGS a = 1, a = 2",
        "`setting` stands here twice (line 1, column 31, at `a = 2`)",
    );
    fails(
        "CREATE QUOTA q FOR INTERVAL 1 hour MAX querys = 1",
        "expected what is limited: one of queries, query_selects, query_inserts, errors, result_rows, result_bytes, read_rows, read_bytes, execution_time, written_bytes, failed_sequential_authentications, found `querys` (line 1, column 40, at `querys = 1`)",
    );
    fails(
        "ALTER USER u",
        "expected a clause of a user, found the end of the text (line 1, column 13)",
    );
    unsupported("CREATE USER u IDENTIFIED WITH jwt", "IDENTIFIED WITH jwt");
}

#[test]
fn what_is_said_in_another_way() {
    for (sql, expected) in [
        (
            "CREATE OR REPLACE USER u",
            "`OR REPLACE of a user` is not supported by chx: it loses the grants; say in an ALTER what changes",
        ),
        (
            "CREATE ROLE OR REPLACE r",
            "`OR REPLACE of a role` is not supported by chx: it loses the grants; say in an ALTER what changes",
        ),
        (
            "CREATE USER a, b",
            "`several entities in one statement` is not supported by chx: write a statement for each",
        ),
        (
            "CREATE USER u@localhost",
            "`name@host` is not supported by chx: say the host behind HOST, as in HOST LIKE 'host'",
        ),
        (
            "CREATE ROLE r ON CLUSTER c",
            "`ON CLUSTER` is not supported by chx: run it on each server, or keep the entities in a replicated storage",
        ),
        (
            "ALTER ROLE r ADD SETTING a = 1",
            "`ADD SETTING` is not supported by chx: say all of SETTINGS",
        ),
        (
            "ALTER USER u ADD HOST LOCAL",
            "`ADD HOST` is not supported by chx: say all of them, as CREATE does",
        ),
        (
            "GRANT SELECT ON a.b TO CURRENT_USER",
            "`CURRENT_USER` is not supported by chx: name the user: who runs a migration is not known here",
        ),
        (
            "GRANT CURRENT GRANTS ON *.* TO r",
            "`CURRENT GRANTS` is not supported by chx: name the privileges: those of who runs it are not known here",
        ),
        (
            "GRANT a TO r WITH REPLACE OPTION",
            "`WITH REPLACE OPTION` is not supported by chx: revoke what goes by its name",
        ),
        (
            "REVOKE ALL FROM r",
            "`REVOKE ALL` is not supported by chx: name the roles, or say what all is ON",
        ),
        (
            "CREATE USER u IDENTIFIED WITH sha256_password BY 'env:PW' SALT 'env:SALT'",
            "`SALT of a password` is not supported by chx: only a hash has one: `sha256_hash BY ... SALT ...`",
        ),
        (
            "CREATE USER u IDENTIFIED WITH ldap SERVER 'a', kerberos VALID UNTIL '2030-01-01'",
            "`VALID UNTIL of one of several ways to log in` is not supported by chx: give all of them the same end",
        ),
        (
            "CREATE USER u IDENTIFIED WITH ldap SERVER 'a', no_password",
            "`no_password among other ways` is not supported by chx: it is the only way, or none",
        ),
    ] {
        instead(sql, expected);
    }
}
