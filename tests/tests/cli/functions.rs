//! SQL functions: they stand in no database, and the server puts them into whatever calls them.

use serde_json::Value;

use crate::project::{Program, Project, finish};
use crate::proxy::Served;

/// A table, a view and a materialized view that call a function, applied, on a server that others can reach.
fn applied() -> (Project, Served) {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\n\
         CREATE FUNCTION score AS (a, b) -> a + CASE WHEN b > 1 THEN b ELSE 0 END;\n\
         CREATE TABLE app.a (id UInt64, s UInt64 DEFAULT score(id, 3)) ENGINE = MergeTree ORDER BY id;\n\
         CREATE VIEW app.v AS SELECT score(id, s) AS x FROM app.a;",
        "DROP VIEW app.v;\nDROP TABLE app.a;\nDROP FUNCTION score;",
    );
    project.run(Program::Nothing, &["migrate"]).expect(0);
    let served = Served::start(&project);
    (project, served)
}

fn drift(project: &Project, served: &Served) -> Value {
    let ran = project.run(Program::Nothing, &["drift", "--url", &served.url(), "--json"]);
    assert!(matches!(ran.code, 0 | 5), "{ran:?}");
    ran.json()
}

/// The objects, or the statements, of a list.
fn told(document: &Value, key: &str) -> Vec<String> {
    let list = document[key].as_array().unwrap().iter();
    list.map(|one| {
        one["object"]
            .as_str()
            .or_else(|| one.as_str())
            .unwrap_or_default()
            .to_owned()
    })
    .collect()
}

#[test]
fn a_call_and_its_body_are_no_drift_and_functions_of_others_are_left_alone() {
    let (project, served) = applied();
    assert_eq!(
        told(&drift(&project, &served), "differences"),
        Vec::<String>::new()
    );
    served.execute("CREATE FUNCTION of_others AS x -> x");
    assert_eq!(
        told(&drift(&project, &served), "differences"),
        Vec::<String>::new()
    );
    project
        .run(Program::Nothing, &["validate", "--url", &served.url()])
        .expect(0);
}

#[test]
fn a_function_that_was_changed_by_hand_is_brought_back_alone_or_accepted_with_what_its_callers_hold() {
    let (project, served) = applied();
    served.execute("CREATE OR REPLACE FUNCTION score AS (a, b) -> a * b");
    let document = drift(&project, &served);
    assert_eq!(told(&document, "differences"), ["function score"]);
    let repair = told(&document, "repair");
    assert_eq!(repair.len(), 1, "{repair:?}");
    assert!(
        repair[0].starts_with("CREATE OR REPLACE FUNCTION score AS (a, b) -> a + "),
        "{repair:?}"
    );
    // The callers hold the old body, so whoever accepts the function says what they hold.
    let accept = told(&document, "accept").join("\n");
    assert!(
        accept.contains("CREATE OR REPLACE FUNCTION score AS (a, b) -> a * b"),
        "{accept}"
    );
    assert!(
        accept.contains("multiIf(s > 1, s, 0)") && accept.contains("multiIf(3 > 1, 3, 0)"),
        "{accept}"
    );
    // `diff` says the same: on a server nothing calls a function.
    let diff = ["diff", "live", "history", "--url", &served.url(), "--sql"];
    let way = project.run(Program::Nothing, &diff).expect(0);
    assert_eq!(
        way.stdout.matches(';').count(),
        1,
        "one statement and no caller: {way:?}"
    );
    way.says("CREATE OR REPLACE FUNCTION score AS (a, b) -> a + ");
    served.execute(&repair[0]);
    assert_eq!(
        told(&drift(&project, &served), "differences"),
        Vec::<String>::new()
    );

    served.execute("DROP FUNCTION score");
    assert_eq!(told(&drift(&project, &served), "differences"), ["function score"]);
}

#[test]
fn a_view_that_holds_another_body_is_drift() {
    let (project, served) = applied();
    served.execute("CREATE OR REPLACE FUNCTION score AS (a, b) -> a * b");
    served.execute("CREATE OR REPLACE VIEW app.v AS SELECT score(id, s) AS x FROM app.a");
    served.execute("CREATE OR REPLACE FUNCTION score AS (a, b) -> a + CASE WHEN b > 1 THEN b ELSE 0 END");
    let document = drift(&project, &served);
    assert_eq!(told(&document, "differences"), ["app.v"]);
    for sql in told(&document, "repair") {
        served.execute(&sql);
    }
    assert_eq!(
        told(&drift(&project, &served), "differences"),
        Vec::<String>::new()
    );
}

#[test]
fn functions_are_expected_verified_adopted_and_taken_back() {
    let (project, served) = applied();
    project.draft(
        "2_b",
        "CREATE OR REPLACE FUNCTION score AS (a, b) -> a - b;\n\
         CREATE OR REPLACE VIEW app.v AS SELECT score(id, s) AS x FROM app.a;",
        "",
    );
    project.edit(
        "migrations/2_b.sql",
        "-- chx:up",
        "-- chx:expect function score exists\n-- chx:expect function other missing\n\n-- chx:up",
    );
    project.edit("migrations/2_b.sql", "-- chx:migration 1", "-- chx:migration 2");
    project.run(Program::Nothing, &["seal"]).expect(0);
    let url = served.url();
    project
        .run(Program::Nothing, &["verify", "--url", &url])
        .expect(0);
    served.execute("CREATE FUNCTION other AS x -> x");
    project
        .run(Program::Nothing, &["verify", "--url", &url])
        .expect(1)
        .complains("function other");
    served.execute("DROP FUNCTION other");
    project
        .run(Program::Nothing, &["migrate", "--url", &url])
        .expect(0);
    // What the hand-written migration left as it was is drift.
    assert_eq!(told(&drift(&project, &served), "differences"), ["app.a"]);

    let adopting = Project::new();
    adopting
        .run(Program::Nothing, &["baseline", "--url", &url])
        .expect(0);
    let adopted = std::fs::read_to_string(&adopting.migrations()[0]).unwrap();
    assert!(
        adopted.contains("-- chx:object function score: none -> function 1:"),
        "{adopted}"
    );
    assert!(
        adopted.contains("CREATE FUNCTION score AS (a, b) -> a - b;"),
        "{adopted}"
    );
    assert_eq!(
        told(&drift(&adopting, &served), "differences"),
        Vec::<String>::new()
    );
}

#[test]
fn what_a_struct_says_of_a_function_is_made_changed_with_its_callers_and_taken_back() {
    let project = Project::new();
    project.run(Program::Functions, &["generate"]).expect(0);
    project.run(Program::Functions, &["migrate"]).expect(0);
    project.run(Program::Functions, &["validate"]).expect(0);
    project
        .run(Program::Functions, &["generate"])
        .expect(0)
        .says("nothing to do");
    project
        .run(Program::Functions, &["drift", "--against", "registry"])
        .expect(0);
    project.query("INSERT INTO shop.order (id, price) VALUES (1, 5)");
    let worth =
        "SELECT (SELECT many FROM shop.order_worth WHERE id = 1), (SELECT pair FROM shop.order WHERE id = 1)";
    assert_eq!(project.query(worth), "1500\t10");

    project.run(Program::FunctionsChanged, &["generate"]).expect(0);
    let path = project.migrations().pop().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    for part in [
        "-- chx:object function worth: function 1:",
        "CREATE OR REPLACE FUNCTION worth AS (price, pieces) -> price * pieces + 1;",
        "MODIFY COLUMN pair DEFAULT worth(price, 2)",
        "CREATE OR REPLACE VIEW shop.order_worth",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    assert!(!text.contains("FUNCTION worthOfMany"), "{text}");
    project.run(Program::FunctionsChanged, &["migrate"]).expect(0);
    project.run(Program::FunctionsChanged, &["validate"]).expect(0);
    assert_eq!(project.query(worth), "1600\t10");
    project.query("INSERT INTO shop.order (id, price) VALUES (2, 5)");
    assert_eq!(project.query("SELECT pair FROM shop.order WHERE id = 2"), "11");

    project
        .run(Program::FunctionsChanged, &["rollback", "--steps", "1"])
        .expect(0);
    assert_eq!(project.query(worth), "1500\t10");
    project.run(Program::Functions, &["validate"]).expect(0);
    // A struct that goes takes its function along, behind what called it.
    let gone = project.run(Program::First, &["generate", "--plan", "--offline"]);
    assert!(gone.stdout.contains("DROP FUNCTION worth"), "{gone:?}");
}

#[test]
fn functions_are_pulled_as_structs_and_edited_where_they_stand() {
    let (project, served) = applied();
    let url = served.url();
    project
        .run(Program::Nothing, &["pull", "--out", "schema", "--url", &url])
        .expect(0);
    let read = |name: &str| std::fs::read_to_string(project.path().join(name)).unwrap();
    assert_eq!(
        read("schema/functions.rs"),
        "//! The functions of the server.\n\nuse chx::prelude::*;\n\n#[derive(ChFunction)]\n\
         #[ch(lambda = \"(a, b) -> a + multiIf(b > 1, b, 0)\")]\npub struct Score;\n"
    );
    assert!(read("schema/mod.rs").contains("pub mod app;\npub mod functions;"));
    project
        .run(
            Program::Nothing,
            &["pull", "--out", "chosen", "--include", "app", "--url", &url],
        )
        .expect(0);
    assert!(
        !read("chosen/mod.rs").contains("functions"),
        "patterns of databases choose no function"
    );

    let text = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/migrate_functions.rs"),
    )
    .unwrap();
    let file = "tests/src/bin/migrate_functions.rs";
    std::fs::create_dir_all(project.path().join("tests/src/bin")).unwrap();
    std::fs::write(project.path().join(file), &text).unwrap();
    served.execute("CREATE FUNCTION worth AS (a, b) -> a - b");
    let ran = project.run(
        Program::Functions,
        &[
            "pull",
            "--out",
            "other",
            "--include",
            "function worth",
            "--url",
            &url,
        ],
    );
    ran.expect(0);
    assert!(
        read(file).contains("#[ch(lambda = \"(a, b) -> a - b\")]\nstruct Worth;"),
        "{}",
        read(file)
    );
}

#[test]
fn what_the_server_hides_of_a_function_is_said_and_no_secret_is_written_out() {
    let (project, served) = applied();
    let url = served.url();
    served.execute(
        "CREATE FUNCTION sealed AS x -> encrypt('aes-256-ofb', x, '12345678901234567890123456789012')",
    );
    served.execute(
        "CREATE FUNCTION elsewhere AS x -> (SELECT count() FROM mysql('h:1', 'd', 't', 'u', 'hunter2') WHERE a = x)",
    );
    let ran = project
        .run(Program::Nothing, &["pull", "--out", "schema", "--url", &url])
        .expect(0)
        .complains("function sealed")
        .complains("`encrypt`");
    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    let text = std::fs::read_to_string(project.path().join("schema/functions.rs")).unwrap();
    assert!(!text.contains("sealed"), "{text}");
    assert!(text.contains("'env:FUNCTION_ELSEWHERE_PASSWORD'"), "{text}");

    project.draft(
        "2_b",
        "CREATE FUNCTION other AS x -> (SELECT count() FROM mysql('h:1', 'd', 't', 'u', 'hunter2') WHERE a = x);",
        "",
    );
    let ran = project
        .run(Program::Nothing, &["seal"])
        .expect(1)
        .complains("is written out");
    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    project.edit("migrations/2_b.sql", "'hunter2'", "'env:MYSQL_PASSWORD'");
    project.run(Program::Nothing, &["seal"]).expect(0);
    let mut command = project.command(Program::Nothing, &["migrate", "--url", &url]);
    command.env("MYSQL_PASSWORD", "hunter3");
    let ran = finish(command.spawn().unwrap()).expect(0);
    assert!(!format!("{ran:?}").contains("hunter3"), "{ran:?}");
    let hidden = project.run(Program::Nothing, &["drift", "--url", &url]).expect(0);
    assert!(format!("{hidden:?}").contains("function other"), "{hidden:?}");
}
