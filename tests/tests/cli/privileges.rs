//! A user who may not see everything. The engine gets its rights from a file of users, and refuses in earnest.

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project};
use crate::proxy::Served;

/// A server whose user has only these rights.
fn restricted(project: &Project, grants: &[&str]) -> Served {
    let queries: Vec<String> = grants
        .iter()
        .map(|grant| format!("<query>GRANT {grant}</query>"))
        .collect();
    let queries = queries.concat();
    let users = format!(
        "<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users><default><password/>\
         <profile>default</profile><quota>default</quota><networks><ip>::/0</ip></networks>\
         <grants>{queries}</grants></default></users></clickhouse>"
    );
    let path = project.path().join("users.xml");
    std::fs::write(&path, users).unwrap();
    let config = format!(
        "<clickhouse><users_config>{}</users_config></clickhouse>",
        path.display()
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    Served::start_with(project, &["--config-file", "config.xml"])
}

fn migrated() -> Project {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project
}

#[test]
fn what_is_hidden_is_not_called_missing() {
    let project = migrated();
    let served = restricted(&project, &["SELECT ON shop.page_view", "SELECT ON chx.*"]);
    let url = served.url();
    let drift = ["drift", "--url", &url];
    let document = project
        .run(Program::First, &[&drift[..], &["--json"]].concat())
        .json();
    let mut told: Vec<String> = document["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|difference| {
            format!(
                "{} {}",
                difference["kind"].as_str().unwrap(),
                difference["object"].as_str().unwrap()
            )
        })
        .collect();
    told.sort();
    assert_eq!(told, ["unknown shop.site_views", "unknown shop.site_views_mv"]);
    assert!(!document.to_string().contains("CREATE"), "{document}");
    project
        .run(Program::First, &drift)
        .says("this user may not see everything in its database");

    // What is seen is pulled and adopted, and that there may be more is said.
    for command in [
        &["pull", "--out", "pulled", "--plan"][..],
        &["baseline", "--plan"],
    ] {
        let other = Project::new();
        other
            .run(
                Program::Nothing,
                &[command, &["--url", &url, "--include", "shop"]].concat(),
            )
            .expect(0)
            .complains("warning[CHX404]: `shop` may hold more than this user sees");
    }
}

/// `system.named_collections` lists nothing to a user without the right to see them.
#[test]
fn a_named_collection_that_is_hidden_is_not_called_missing() {
    let project = migrated();
    project.draft(
        "2_files",
        "CREATE NAMED COLLECTION files AS format = 'CSV';\n",
        "",
    );
    project.run(Program::First, &["seal"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    let tables = [
        "SHOW TABLES, SHOW DICTIONARIES, SHOW COLUMNS ON *.*",
        "SELECT ON chx.*",
        "SELECT ON shop.*",
    ];
    {
        let served = restricted(&project, &tables);
        let url = served.url();
        let drift = project.run(Program::First, &["drift", "--url", &url, "--json"]);
        let document = drift.json();
        let differences = document["differences"].as_array().unwrap();
        let [difference] = differences.as_slice() else {
            panic!("{document}")
        };
        assert_eq!(difference["kind"], "unknown", "{difference}");
        assert_eq!(difference["object"], "named collection files");
        assert!(!document.to_string().contains("CREATE"), "{document}");
    }
    let served = restricted(
        &project,
        &[&tables[..], &["SHOW NAMED COLLECTIONS ON *"]].concat(),
    );
    let url = served.url();
    let drift = project.run(Program::First, &["drift", "--url", &url, "--json"]);
    assert_eq!(drift.expect(0).json()["differences"].as_array().unwrap().len(), 0);
}

#[test]
fn who_may_see_everything_is_told_what_is_missing() {
    let project = migrated();
    project.query("DROP VIEW shop.site_views_mv");
    let served = restricted(
        &project,
        &["SHOW TABLES, SHOW DICTIONARIES ON *.*", "SELECT ON chx.*"],
    );
    let url = served.url();
    project
        .run(Program::First, &["drift", "--url", &url])
        .expect(5)
        .says("missing  materialized view shop.site_views_mv");
}

#[test]
fn a_user_without_any_rights_is_told_so() {
    let project = migrated();
    let served = restricted(&project, &["SELECT ON other.*"]);
    let url = served.url();
    let ran = project.run(Program::First, &["drift", "--url", &url, "--json"]);
    let document = ran.json();
    for difference in document["differences"].as_array().unwrap() {
        assert_eq!(difference["kind"], "unknown", "{difference}");
    }
}

/// A server may demand rights for its system tables too; the embedded engine cannot be told to.
#[test]
fn system_tables_that_may_not_be_read_are_named() {
    const NO: &str = "Code: 497. DB::Exception: reader: Not enough privileges. To execute this query, it's necessary to have \
                      the grant SELECT(database, name, uuid, create_table_query) ON system.tables. (ACCESS_DENIED) (version 26.7.2.1)";
    let project = migrated();
    let served = Served::start(&project);
    let url = interpose(&served, |request| {
        if request.contains("create_table_query FROM system.tables") {
            Action::Refuse(NO)
        } else {
            Action::Pass
        }
    });
    for command in ["drift", "pull", "validate"] {
        project
            .run(Program::First, &[command, "--url", &url])
            .expect(1)
            .complains("error 497 (ACCESS_DENIED)")
            .complains("the grant SELECT(database, name, uuid, create_table_query) ON system.tables");
    }
    // Who may not say what a user sees, says nothing about it.
    let url = interpose(&served, |request| {
        if request.contains("CHECK GRANT") {
            Action::Refuse("Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)")
        } else {
            Action::Pass
        }
    });
    served.execute("DROP VIEW shop.site_views_mv");
    project
        .run(Program::First, &["drift", "--url", &url])
        .expect(5)
        .says("missing  materialized view shop.site_views_mv");
}

/// What belongs to the server and may not be read stops nothing else, and is not called missing.
#[test]
fn functions_that_may_not_be_read_are_unknown() {
    const NO: &str = "Code: 497. DB::Exception: reader: Not enough privileges. To execute this query, it's necessary to have \
                      the grant SELECT(name) ON system.functions. (ACCESS_DENIED) (version 26.7.2.1)";
    let project = Project::new();
    project.run(Program::Functions, &["generate"]).expect(0);
    project.run(Program::Functions, &["migrate"]).expect(0);
    let served = Served::start(&project);
    let url = interpose(&served, |request| {
        if request.contains("FROM system.functions") {
            Action::Refuse(NO)
        } else {
            Action::Pass
        }
    });
    let document = project
        .run(Program::Functions, &["drift", "--url", &url, "--json"])
        .json();
    let differences = document["differences"].as_array().unwrap();
    assert!(!differences.is_empty(), "{document}");
    for difference in differences {
        assert_eq!(difference["kind"], "unknown", "{difference}");
        assert!(
            difference.to_string().contains("may not read `system.functions`"),
            "{difference}"
        );
    }
}
