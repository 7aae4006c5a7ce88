//! Access entities against the engine, as far as it has them: it takes those of its file of users, shows them, and reads the
//! statements for all others without keeping what they make.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may be blunt")]

use std::fmt::Write as _;

use chx_core::canon::leave_open;
use chx_core::ddl::{
    ParseContext, Statement, parse_migration_statements, parse_shown, parse_statement, render_line,
};
use chx_core::ident::Ident;
use chx_core::model::access::{AccessId, PRIVILEGES};
use chx_core::model::{ObjectId, Schema};
use chx_core::sql::quote_string;
use chx_local::engine::{Connection, Engine};

/// What roles are granted, each by these statements without their ends.
const GRANTS: &[&[&str]] = &[
    &["GRANT ALL ON *.*"],
    &["GRANT SELECT ON *.*"],
    &["GRANT SELECT(b, a), INSERT ON web.hits"],
    &["GRANT SELECT(a) ON web.hits WITH GRANT OPTION"],
    &["GRANT SELECT ON web.pre*"],
    &["GRANT SELECT ON w*.*"],
    &["GRANT UPDATE ON web.hits"],
    &["GRANT ALL ON web.*"],
    &["GRANT ALL ON web.hits"],
    &["GRANT SHOW ON *.*"],
    &["GRANT ALTER ON web.hits"],
    &["GRANT CREATE USER ON *.*"],
    &["GRANT ACCESS MANAGEMENT ON *.*"],
    &["GRANT TABLE ENGINE ON MergeTree"],
    &["GRANT SET DEFINER ON bob"],
    &["GRANT dictHas ON web.d"],
    &["GRANT SELECT ON web.*", "REVOKE SELECT ON web.secret"],
    &["GRANT SELECT ON web.*", "REVOKE SELECT(a) ON web.secret"],
    &["GRANT SELECT ON web.*", "GRANT SELECT ON web.hits"],
    &[
        "GRANT SELECT ON web.*",
        "REVOKE SELECT ON web.hits",
        "GRANT SELECT(k) ON web.hits",
    ],
    &[
        "GRANT SELECT ON web.*",
        "REVOKE SELECT ON web.hits",
        "GRANT SELECT ON web.hits",
    ],
    &["GRANT CREATE ARBITRARY TEMPORARY TABLE ON *.*"],
    &["GRANT INTROSPECTION, SOURCES ON *.*"],
    &["GRANT NAMED COLLECTION ON shop"],
    &["GRANT S3 ON *.*"],
    &["GRANT READ ON S3"],
    &["GRANT READ, WRITE ON S3"],
    &["GRANT READ ON S3('s3://a/.*')", "GRANT WRITE ON URL"],
    &["GRANT READ ON S3 WITH GRANT OPTION", "GRANT WRITE ON S3"],
    &["GRANT READ ON ARROW_FLIGHT"],
    &["GRANT READ ON *"],
    &["GRANT SOURCES ON *.*", "REVOKE READ ON S3"],
    &["GRANT ALL ON *.*", "REVOKE S3 ON *.*"],
];

/// The file of users, and what the engine has to show of it besides the grants.
const USERS: &str = "<profiles><default/><careful><max_memory_usage>10G</max_memory_usage><readonly>1</readonly>\
    <load_balancing>random</load_balancing><constraints><max_execution_time><min>1</min><max>60</max></max_execution_time>\
    <log_queries><const/></log_queries></constraints></careful></profiles>\
    <quotas><default/><hourly><interval><duration>3600</duration><queries>10</queries><execution_time>1.5</execution_time>\
    </interval></hourly></quotas>\
    <users><default><password/><profile>default</profile><quota>default</quota><access_management>1</access_management>\
    <networks><ip>::/0</ip></networks></default>\
    <bob><password>planted</password><profile>careful</profile><quota>hourly</quota><networks><ip>10.0.0.0/8</ip></networks>\
    <grants><query>GRANT SELECT ON web.hits</query></grants>\
    <databases><web><hits><filter>user = 'bob' AND (a = 1)</filter></hits></web></databases></bob></users>";

const SHOWN: &[&str] = &[
    "CREATE USER bob IDENTIFIED WITH plaintext_password BY '[HIDDEN]' HOST IP '10.0.0.0/8' SETTINGS PROFILE 'careful'",
    "CREATE SETTINGS PROFILE careful SETTINGS load_balancing = 'random', log_queries CONST, max_execution_time MIN 1 MAX 60, \
     max_memory_usage = 10000000000, readonly = 1",
    "CREATE QUOTA hourly KEYED BY user_name FOR INTERVAL 1 hour MAX queries = 10, execution_time = 1.5 TO bob",
    "CREATE ROW POLICY bob ON web.hits FOR SELECT USING (user = 'bob') AND (a = 1) TO bob",
];

/// Statements that a migration may hold.
const STATEMENTS: &[&str] = &[
    "CREATE USER u",
    "CREATE USER IF NOT EXISTS `odd name` IDENTIFIED WITH sha256_password BY 'env:PW' VALID UNTIL '2030-01-01 00:00:00' HOST LOCAL, \
     NAME 'a', REGEXP 'c.*', IP '10.0.0.0/8', LIKE 'b%' DEFAULT DATABASE web DEFAULT ROLE r1, r2 GRANTEES ANY EXCEPT x \
     SETTINGS PROFILE 'p', a_b = 4 MIN 1 MAX 8 CONST, c WRITABLE",
    "CREATE USER u IDENTIFIED BY 'file:/run/pw' HOST NONE",
    "CREATE USER u IDENTIFIED WITH ldap SERVER 'l', kerberos REALM 'r', ssl_certificate CN 'a', 'b'",
    "CREATE USER u IDENTIFIED WITH ssl_certificate SAN 'URI:x' DEFAULT ROLE ALL EXCEPT r",
    "CREATE USER u IDENTIFIED WITH kerberos DEFAULT ROLE NONE GRANTEES NONE",
    "CREATE USER u IDENTIFIED WITH ssh_key BY KEY 'AAAA' TYPE 'ssh-ed25519', KEY 'b/c+d==' TYPE 'ssh-rsa', http SERVER 'h' SCHEME \
     'BASIC', http SERVER 'i'",
    "CREATE USER u IDENTIFIED BY 'env:A' VALID UNTIL '2030-01-01 00:00:00', ldap SERVER 'l' VALID UNTIL '2030-01-01 00:00:00', BY \
     'env:B' VALID UNTIL '2030-01-01 00:00:00' HOST LOCAL",
    "ALTER USER u IDENTIFIED WITH no_password VALID UNTIL 'infinity' HOST ANY DEFAULT DATABASE NONE DEFAULT ROLE ALL GRANTEES ANY",
    "ALTER USER u SETTINGS NONE",
    "DROP USER IF EXISTS u",
    "CREATE USER u IN memory IDENTIFIED WITH sha256_hash BY 'env:HASH' SALT 'env:SALT'",
    "CREATE USER u IDENTIFIED WITH scram_sha256_hash BY 'env:HASH' SALT 'env:SALT' VALID UNTIL '2030-01-01 00:00:00'",
    "ALTER USER IF EXISTS u RENAME TO v",
    "DROP USER u FROM memory",
    "ALTER ROW POLICY own ON web.hits RENAME TO other",
    "ALTER SETTINGS PROFILE p RENAME TO `odd name`",
    "ALTER QUOTA q RENAME TO r",
    "REVOKE GRANT OPTION FOR SELECT(a) ON web.hits FROM r",
    "REVOKE ADMIN OPTION FOR reader, writer FROM u",
    "CREATE ROLE `none` SETTINGS PROFILE 'p', max_threads = 4 CHANGEABLE_IN_READONLY",
    "ALTER ROLE r SETTINGS max_threads = 4",
    "DROP ROLE r",
    "CREATE ROW POLICY own ON web.hits AS RESTRICTIVE FOR SELECT USING user = currentUser() TO ALL EXCEPT admin",
    "CREATE ROW POLICY own ON web.* FOR SELECT USING 1 TO r, u",
    "ALTER ROW POLICY own ON web.hits AS PERMISSIVE FOR SELECT USING NONE TO NONE",
    "DROP ROW POLICY IF EXISTS own ON web.hits",
    "CREATE QUOTA q KEYED BY client_key, user_name FOR INTERVAL 90 second TRACKING ONLY, FOR RANDOMIZED INTERVAL 1 month MAX \
     queries = 10, execution_time = 1.5 TO ALL EXCEPT a",
    "CREATE QUOTA q KEYED BY ip_address FOR INTERVAL 1 year MAX query_selects = 1, query_inserts = 2, errors = 3, result_rows = 4, \
     result_bytes = 5, read_rows = 6, read_bytes = 7, written_bytes = 8, failed_sequential_authentications = 9",
    "ALTER QUOTA q NOT KEYED FOR INTERVAL 1 day NO LIMITS, FOR INTERVAL 1 week MAX queries = 1 TO NONE",
    "DROP QUOTA q",
    "CREATE SETTINGS PROFILE p SETTINGS max_threads = 8, INHERIT 'a' TO r",
    "ALTER SETTINGS PROFILE p TO ALL",
    "DROP SETTINGS PROFILE IF EXISTS p",
    "GRANT ALTER UPDATE, SELECT(a, b) ON web.hits TO r WITH GRANT OPTION",
    "GRANT SELECT ON w*.*, INSERT ON web.pre* TO r",
    "GRANT CREATE USER ON team* TO r",
    "GRANT reader, writer TO u WITH ADMIN OPTION",
    "REVOKE SELECT(a) ON web.hits FROM r",
    "REVOKE reader, writer FROM u",
];

#[test]
fn what_the_engine_has_of_access_is_what_chx_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut roles = String::new();
    for (number, statements) in GRANTS.iter().enumerate() {
        let queries = format!("<query>{}</query>", statements.join("</query><query>"));
        write!(roles, "<r{number}><grants>{queries}</grants></r{number}>").unwrap();
    }
    let users = folder.path().join("users.xml");
    std::fs::write(
        &users,
        format!("<clickhouse>{USERS}<roles>{roles}</roles></clickhouse>"),
    )
    .unwrap();
    let config = folder.path().join("config.xml");
    let text = format!(
        "<clickhouse><users_config>{}</users_config></clickhouse>",
        users.display()
    );
    std::fs::write(&config, text).unwrap();

    let library = chx_local::library::find().unwrap();
    let engine = Engine::open_with(&library, &folder.path().join("data"), Some(&config)).unwrap();
    {
        let mut connection = engine.connect().unwrap();
        privileges(&mut connection);
        shown(&mut connection);
        statements(&mut connection);
        several(&mut connection);
    }
    drop(engine);
}

fn lines(connection: &mut Connection, sql: &str) -> Vec<String> {
    let output = connection
        .query(sql, "TSVRaw", &[])
        .unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    output.text().lines().map(str::to_owned).collect()
}

/// The table of privileges is the engine's.
fn privileges(connection: &mut Connection) {
    let there = lines(
        connection,
        "SELECT concat(toString(privilege), '|', arrayStringConcat(arrayFilter(a -> a != toString(privilege), aliases), ','), '|', \
         ifNull(toString(parent_group), ''), '|', multiIf(level IS NULL, 'Group', level IN ('GLOBAL', 'DATABASE', 'TABLE', 'VIEW', \
         'DICTIONARY', 'COLUMN'), initcap(toString(level)), 'Named')) FROM system.privileges WHERE privilege != 'NONE'",
    );
    let ours: Vec<String> = PRIVILEGES
        .iter()
        .map(|p| format!("{}|{}|{}|{:?}", p.name, p.aliases.join(","), p.group, p.level))
        .collect();
    assert_eq!(ours, there);
}

/// Entities of the file of users, and what it grants to roles, read from what the engine shows.
fn shown(connection: &mut Connection) {
    let (live, unread) = Schema::of_shown_access(&lines(connection, "SHOW ACCESS"));
    assert!(unread.is_empty(), "{unread:?}");
    for expected in SHOWN {
        let statement = parse_shown(expected).unwrap();
        let wanted: Schema = [statement.clone().into_created().unwrap()].into_iter().collect();
        let id = statement.object();
        let bare = live.access().find(|entity| ObjectId::Access(entity.id()) == id);
        let bare = bare
            .unwrap_or_else(|| panic!("{id} is not shown"))
            .clone()
            .without_grants();
        let mut there: Schema = [bare.into()].into_iter().collect();
        leave_open(&mut there, &wanted);
        assert_eq!(there, wanted, "{expected}");
    }
    for (number, granted) in GRANTS.iter().enumerate() {
        let name = Ident::new(format!("r{number}")).unwrap();
        let mut wanted = Schema::default();
        let mut statements = vec![format!("CREATE ROLE {name}")];
        for sql in *granted {
            let end = if sql.starts_with("GRANT") { "TO" } else { "FROM" };
            statements.push(match sql.split_once(" WITH ") {
                Some((sql, option)) => format!("{sql} {end} {name} WITH {option}"),
                None => format!("{sql} {end} {name}"),
            });
        }
        for sql in &statements {
            let statement = parse_statement(sql, &ParseContext::default()).unwrap();
            wanted.apply(&statement).unwrap();
        }
        let id = ObjectId::Access(AccessId::Grantee(name));
        let mut there: Schema = live.get(&id).cloned().into_iter().collect();
        leave_open(&mut there, &wanted);
        assert_eq!(there.get(&id), wanted.get(&id), "{granted:?}");
    }
}

/// The engine reads what chx writes, and chx reads what the engine writes.
fn statements(connection: &mut Connection) {
    for sql in STATEMENTS {
        let statement =
            parse_statement(sql, &ParseContext::default()).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let written = render_line(&statement);
        assert_eq!(written, *sql);
        let formatted = lines(
            connection,
            &format!("SELECT formatQuerySingleLine({})", quote_string(&written)),
        );
        // The engine writes SETTINGS of an ALTER as what they are made of.
        if !formatted[0].contains(" DROP ALL SETTINGS") {
            assert_eq!(
                canonical(
                    &parse_shown(&formatted[0]).unwrap_or_else(|error| panic!("{formatted:?}: {error}"))
                ),
                canonical(&statement),
                "{formatted:?}"
            );
        }
        // It is no mistake of grammar that keeps the engine from doing it: there is nowhere to keep what it makes, or nothing
        // of the name.
        let sent = written.replace("env:HASH", &"0a".repeat(32));
        if let Err(error) = connection.execute(&sent) {
            assert!(![62, 36, 509].contains(&error.code), "{written}: {error:?}");
        }
    }
}

/// Statements about several entities, and how many they are for.
const SEVERAL: &[(&str, usize)] = &[
    ("CREATE USER a, b HOST LOCAL", 2),
    ("CREATE ROW POLICY p ON web.a, web.* USING 1 TO u", 2),
    ("CREATE ROW POLICY p, q ON web.a USING 1 TO u", 2),
    ("CREATE ROW POLICY p ON web.a, r ON web.b USING 1 TO u", 2),
    ("DROP ROW POLICY p, q ON web.a", 2),
    ("DROP ROW POLICY p ON web.a, r ON web.b", 2),
    ("ALTER ROLE a, b SETTINGS max_threads = 1", 2),
    ("GRANT SELECT ON web.a TO r, s WITH GRANT OPTION", 2),
    ("REVOKE a, b FROM r, s", 2),
    ("ALTER USER a RENAME TO b HOST LOCAL", 2),
];

/// The engine reads them, and each of those that chx takes for them.
fn several(connection: &mut Connection) {
    for (sql, count) in SEVERAL {
        let each = parse_migration_statements(sql, &ParseContext::default());
        let each = each.unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!(each.len(), *count, "{sql}");
        let each = each.iter().map(render_line);
        for sql in each.chain([(*sql).to_owned()]) {
            lines(
                connection,
                &format!("SELECT formatQuerySingleLine({})", quote_string(&sql)),
            );
        }
    }
}

/// The statement, with what it creates in canonical form.
fn canonical(statement: &Statement) -> Statement {
    match statement.clone().into_created() {
        Some(object) => Statement::creating(chx_core::canon::canonical(object)),
        None => statement.clone(),
    }
}
