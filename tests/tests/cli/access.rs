//! Users, roles and what else says who may do what: in migrations, and compared with what a server shows.
//!
//! The engine keeps none that a statement makes. Those of its file of users it shows as a server does, so what is read and
//! compared is real; that the statements ran is told to the journal by hand.

use std::path::Path;

use crate::project::{Program, Project, finish};
use crate::proxy::Served;

const MIGRATION: &str = "CREATE SETTINGS PROFILE careful SETTINGS max_threads = 4;\n\
    CREATE ROLE reader;\n\
    GRANT SELECT(site, day), INSERT ON shop.page_view TO reader;\n\
    CREATE USER bob IDENTIFIED WITH plaintext_password BY 'env:BOB_PASSWORD' HOST IP '10.0.0.0/8' SETTINGS PROFILE 'careful';\n\
    GRANT SELECT ON shop.* TO bob;\n\
    CREATE QUOTA hourly KEYED BY user_name FOR INTERVAL 60 minute MAX queries = 10 TO bob;\n\
    CREATE ROW POLICY bob ON shop.page_view USING user = 'bob' AND 1 TO bob;\n";

/// A server with the entities of the migration, whose own user may do this; `(from, to)` is another word in them.
fn served(project: &Project, rights: &str, (from, to): (&str, &str)) -> Served {
    let users = format!(
        "<clickhouse><profiles><default/><careful><max_threads>4</max_threads></careful></profiles>\
         <quotas><default/><hourly><interval><duration>3600</duration><queries>10</queries></interval></hourly></quotas>\
         <roles><reader><grants><query>GRANT INSERT, SELECT(day, site) ON shop.page_view</query></grants></reader></roles>\
         <users><default><password/><profile>default</profile><quota>default</quota><networks><ip>::/0</ip></networks>{rights}\
         </default><bob><password>planted</password><profile>careful</profile><quota>hourly</quota>\
         <networks><ip>10.0.0.0/8</ip></networks><grants><query>GRANT SELECT ON shop.*</query></grants>\
         <databases><shop><page_view><filter>user = 'bob' AND 1</filter></page_view></shop></databases></bob></users></clickhouse>"
    );
    let path = project.path().join("users.xml");
    std::fs::write(&path, users.replace(from, to)).unwrap();
    let config = format!(
        "<clickhouse><users_config>{}</users_config></clickhouse>",
        path.display()
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    Served::start_with(project, &["--config-file", "config.xml"])
}

const ALL: &str = "<access_management>1</access_management>";

fn migrated() -> Project {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.draft("2_access", MIGRATION, "");
    project.run(Program::First, &["seal"]).expect(0);
    project
}

#[test]
fn what_a_server_shows_is_compared_with_the_history() {
    let project = migrated();
    {
        let served = served(&project, ALL, ("", ""));
        let url = served.url();
        project
            .run(
                Program::First,
                &["repair", "--mark-applied", "2_access", "--url", &url],
            )
            .expect(0);
        project.run(Program::First, &["drift", "--url", &url]).expect(0);
    }
    for (change, object) in [
        (("SELECT ON shop.*", "SELECT ON *.*"), "grantee bob"),
        (("SELECT(day, site)", "SELECT(site)"), "grantee reader"),
        (("10.0.0.0/8", "::/0"), "grantee bob"),
        (("<queries>10</queries>", "<queries>11</queries>"), "quota hourly"),
        (("user = 'bob' AND 1", "1"), "row policy bob ON shop.page_view"),
        (("<max_threads>4", "<max_threads>5"), "settings profile careful"),
    ] {
        let served = served(&project, ALL, change);
        let url = served.url();
        let document = project
            .run(Program::First, &["drift", "--url", &url, "--json"])
            .expect(5)
            .json();
        let differences = document["differences"].as_array().unwrap();
        assert_eq!(differences.len(), 1, "{document}");
        assert_eq!(differences[0]["object"], object, "{document}");
        assert!(!document.to_string().contains("planted"), "{document}");
    }
}

#[test]
fn who_may_not_ask_is_not_told_that_they_are_missing() {
    let project = migrated();
    {
        let served = served(&project, ALL, ("", ""));
        project
            .run(
                Program::First,
                &["repair", "--mark-applied", "2_access", "--url", &served.url()],
            )
            .expect(0);
    }
    let rights = "<grants><query>GRANT SHOW TABLES, SHOW DICTIONARIES ON *.*</query>\
                  <query>GRANT SELECT ON chx.*</query></grants>";
    let served = served(&project, rights, ("", ""));
    let document = project
        .run(Program::First, &["drift", "--url", &served.url(), "--json"])
        .json();
    let differences = document["differences"].as_array().unwrap();
    let objects: Vec<&str> = differences
        .iter()
        .map(|difference| {
            assert_eq!(difference["kind"], "unknown", "{document}");
            difference["object"].as_str().unwrap()
        })
        .collect();
    assert_eq!(
        objects,
        [
            "settings profile careful",
            "grantee bob",
            "grantee reader",
            "quota hourly",
            "row policy bob ON shop.page_view",
        ]
    );
}

#[test]
fn a_password_is_put_in_when_the_statement_is_sent_and_stands_nowhere() {
    let project = migrated();
    let planted = "planted-in-the-environment";
    let mut command = project.command(Program::First, &["migrate"]);
    let ran = finish(command.env("BOB_PASSWORD", planted).spawn().unwrap());
    // There is nowhere to keep them: the first statement says so.
    let ran = ran.expect(1).complains("CREATE SETTINGS PROFILE careful");
    let everything = format!(
        "{}{}{}",
        ran.stdout,
        ran.stderr,
        project.query("SELECT * FROM chx.journal")
    );
    assert!(!everything.contains(planted));
    let project = migrated();
    project
        .run(Program::First, &["migrate"])
        .complains("BOB_PASSWORD");
    project.draft("3_plain", "ALTER USER bob IDENTIFIED BY 'planted-9';", "");
    let ran = project.run(Program::First, &["seal"]).complains("written out");
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("planted-9"));
}

#[test]
fn what_migrations_made_of_them_stays_when_the_structs_change() {
    let project = migrated();
    project.run(Program::Second, &["generate"]).expect(0);
    let texts = project
        .migrations()
        .into_iter()
        .map(|path| std::fs::read_to_string(path).unwrap());
    let altering: Vec<String> = texts.filter(|text| text.contains("ALTER TABLE")).collect();
    assert_eq!(altering.len(), 1);
    assert!(!altering[0].contains("ROLE"), "{}", altering[0]);
}

#[test]
fn what_takes_access_away_is_asked_for() {
    let project = migrated();
    project.draft(
        "3_drop",
        "DROP ROW POLICY bob ON shop.page_view;\nDROP USER bob;",
        "",
    );
    project.run(Program::First, &["seal"]).expect(0);
    let served = served(&project, ALL, ("", ""));
    let url = served.url();
    project
        .run(
            Program::First,
            &["repair", "--mark-applied", "2_access", "--url", &url],
        )
        .expect(0);
    project
        .run(Program::First, &["migrate", "--url", &url])
        .expect(4)
        .complains("row policy bob ON shop.page_view: what hides rows: people may see them from then on")
        .complains("grantee bob: the user and all that it may do");
}

#[test]
fn structs_are_planned_in_order_and_are_what_a_server_shows() {
    let project = Project::new();
    project.run(Program::Access, &["generate"]).expect(0);
    let path = project.migrations().pop().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let steps: Vec<&str> = text
        .lines()
        .take_while(|line| *line != "-- chx:down")
        .filter_map(|line| line.strip_prefix("-- chx:step "))
        .collect();
    assert_eq!(
        steps,
        [
            "shop, safe, metadata",
            "settings profile careful, safe, metadata",
            "grantee reader, safe, metadata",
            "grantee bob, safe, metadata",
            "shop.page_view, safe, metadata",
            "quota hourly, safe, metadata",
            "row policy bob ON shop.page_view, safe, metadata",
            "grantee bob, safe, metadata",
            "grantee reader, safe, metadata",
        ],
        "{text}"
    );
    project
        .run(Program::Access, &["generate"])
        .expect(0)
        .says("nothing to do");
    let served = served(&project, ALL, ("user = 'bob'", "usr = 'bob'"));
    let url = served.url();
    let name = path.file_stem().unwrap().to_str().unwrap();
    served.execute("CREATE DATABASE shop");
    served.execute(
        "CREATE TABLE shop.page_view (site String, day Date, usr String) ENGINE = MergeTree ORDER BY (site, day) \
         COMMENT 'One page view.'",
    );
    project
        .run(
            Program::Access,
            &["repair", "--mark-applied", name, "--url", &url],
        )
        .expect(0);
    for against in ["history", "registry"] {
        project
            .run(Program::Access, &["drift", "--against", against, "--url", &url])
            .expect(0);
    }
}

#[test]
fn of_a_kind_that_structs_declare_what_they_do_not_say_goes() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.draft(
        "2_access",
        "CREATE ROLE reader;\nCREATE ROLE writer;\nGRANT INSERT ON shop.* TO writer;\nCREATE QUOTA daily FOR INTERVAL 1 day MAX queries = 10;",
        "",
    );
    project.run(Program::First, &["seal"]).expect(0);
    // Without any, all of them are the migrations'.
    project
        .run(Program::First, &["generate"])
        .expect(0)
        .says("nothing to do");
    let planned = project.run(Program::Access, &["generate", "--plan", "--offline"]);
    for line in [
        "DROP ROLE writer",
        "DROP QUOTA daily",
        "CREATE QUOTA hourly",
        "TO reader",
    ] {
        assert!(planned.stdout.contains(line), "{line}: {planned:?}");
    }
    assert!(!planned.stdout.contains("CREATE ROLE reader"), "{planned:?}");
    assert!(
        planned
            .stderr
            .contains("`grantee writer` whoever has it loses all that it gives"),
        "{planned:?}"
    );
}

#[test]
fn what_stands_in_a_file_of_users_is_not_pulled() {
    let project = Project::new();
    let limited = "<grants><query>GRANT SHOW TABLES, SHOW DICTIONARIES ON *.*</query>\
                   <query>GRANT SELECT ON system.*</query></grants>";
    for rights in [ALL, limited] {
        let served = served(&project, rights, ("", ""));
        let url = served.url();
        let pulled = project
            .run(Program::Nothing, &["pull", "--out", "schema", "--url", &url])
            .expect(0);
        assert!(!project.path().join("schema/access.rs").exists(), "{pulled:?}");
        assert!(!format!("{pulled:?}").contains("bob"), "{pulled:?}");
    }
    let served = served(&project, ALL, ("", ""));
    let drift = project
        .run(
            Program::First,
            &["drift", "--everything", "--json", "--url", &served.url()],
        )
        .json();
    assert!(!drift.to_string().contains("bob"), "{drift}");
}

#[test]
fn a_pull_over_edited_code_changes_the_grants_that_differ() {
    let project = Project::new();
    let name = "tests/src/bin/migrate_access.rs";
    let written =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/migrate_access.rs"))
            .unwrap();
    let edited = written
        .replace(
            "    grant = \"SELECT ON shop.*\"",
            "    grant = \"select on shop.*\", // as agreed",
        )
        .replace("1 hour MAX", "60 minute MAX");
    let path = project.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    for (change, from, to) in [
        // The right on the table of a struct stays as it is written, beside another one.
        (
            (
                "SELECT(day, site) ON shop.page_view",
                "SELECT(day, site) ON shop.page_view, ALTER ON shop.*",
            ),
            "#[ch(grant(\"SELECT(day, site), INSERT\", on = PageView))]",
            "#[ch(grant(\"SELECT(day, site), INSERT\", on = PageView), grant = \"ALTER ON shop.*\")]",
        ),
        (
            ("INSERT, SELECT(day, site)", "INSERT, SELECT(site)"),
            "#[ch(grant(\"SELECT(day, site), INSERT\", on = PageView))]",
            "#[ch(grant = \"INSERT, SELECT(site) ON shop.page_view\")]",
        ),
        (
            ("GRANT SELECT ON shop.*", "GRANT reader"),
            "grant = \"select on shop.*\", // as agreed",
            "grant = \"reader\", // as agreed",
        ),
        (
            ("<queries>10", "<queries>11"),
            "interval = \"60 minute MAX queries = 10\"",
            "interval = \"1 hour MAX queries = 11\"",
        ),
    ] {
        std::fs::write(&path, &edited).unwrap();
        let served = served(&project, ALL, change);
        served.execute("CREATE DATABASE IF NOT EXISTS shop");
        served.execute(
            "CREATE TABLE IF NOT EXISTS shop.page_view (site String, day Date, usr String) ENGINE = MergeTree ORDER BY (site, day) \
             COMMENT 'One page view.'",
        );
        project
            .run(
                Program::Access,
                &["pull", "--url", &served.url(), "--out", "schema"],
            )
            .expect(0);
        let pulled = std::fs::read_to_string(&path).unwrap();
        let filter = ("usr = 'bob' AND 1", "(user = 'bob') AND 1");
        assert_eq!(
            pulled,
            edited.replace(filter.0, filter.1).replace(from, to),
            "{change:?}"
        );
    }
}

/// Statements about several, and what leads back to what was before.
const SEVERAL: (&str, &str) = (
    "CREATE ROLE first, second;\n\
     GRANT SELECT ON shop.* TO first, second WITH GRANT OPTION;\n\
     GRANT second TO first, bob WITH ADMIN OPTION;\n\
     REVOKE GRANT OPTION FOR SELECT ON *.* FROM second;\n\
     REVOKE ADMIN OPTION FOR second FROM first, bob;\n\
     ALTER USER bob RENAME TO robert HOST LOCAL;\n\
     ALTER ROLE first RENAME TO third;\n",
    "ALTER USER robert RENAME TO bob HOST IP '10.0.0.0/8';\nREVOKE second FROM bob, third;\nDROP ROLE second, third;\n",
);

#[test]
fn a_statement_about_several_is_replayed_as_one_for_each() {
    let (there, back) = SEVERAL;
    // The name of a user stands in what is for it, too.
    for (sql, code, says) in [
        (
            there.to_owned(),
            5,
            "`grantee bob`, `grantee robert`, `grantee second`, `grantee third`, `quota hourly`, `row policy bob ON shop.page_view` \
             is not what the history says",
        ),
        (format!("{there}{back}"), 0, ""),
    ] {
        let project = migrated();
        project.draft("3_several", &sql, "");
        project.run(Program::First, &["seal"]).expect(0);
        let served = served(&project, ALL, ("", ""));
        let url = served.url();
        project
            .run(
                Program::First,
                &["repair", "--mark-applied", "2_access", "--url", &url],
            )
            .expect(0);
        let plan = project.run(Program::First, &["migrate", "--plan", "--url", &url]);
        assert!(
            plan.stdout
                .contains("rename user bob to robert, alter user robert"),
            "{plan:?}"
        );
        project
            .run(
                Program::First,
                &["repair", "--mark-applied", "3_several", "--url", &url],
            )
            .expect(code)
            .complains(says);
        if code == 0 {
            project.run(Program::First, &["drift", "--url", &url]).expect(0);
        }
    }
}

#[test]
fn what_a_migration_cannot_say_is_refused_with_the_way_to_say_it() {
    for (sql, expected) in [
        (
            "CREATE USER ann, ben IDENTIFIED BY 'env:PW';",
            "`IDENTIFIED of several users` is not supported by chx: give each of them a password of its own",
        ),
        (
            "ALTER USER bob ADD HOST LOCAL;",
            "`ADD HOST` is not supported by chx: say all of them, as CREATE does",
        ),
        (
            "GRANT SELECT ON shop.* TO bob WITH GRANT OPTION;\nREVOKE GRANT OPTION FOR SELECT ON shop.page_view FROM bob;",
            "`grantee bob` has the grant option for more than that",
        ),
        (
            "ALTER USER bob RENAME TO reader;",
            "`grantee reader` is there already",
        ),
        ("ALTER USER ben RENAME TO bob;", "`grantee ben` does not exist"),
        ("ALTER ROLE bob RENAME TO ben;", "cannot do `RENAME TO`"),
    ] {
        let project = migrated();
        project.draft("3_mistake", sql, "");
        project
            .run(Program::First, &["seal"])
            .expect(1)
            .complains("CHX")
            .complains(expected);
    }
}
