//! `diff` between all kinds of states, and what a plan says once a database can be asked.

use serde_json::Value;

use crate::project::{Program, Project};

/// A project whose first schema is applied, with rows in it.
fn filled() -> Project {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.query(
        "INSERT INTO shop.page_view (id, ts, site, usr) \
         SELECT number, now64(3) - INTERVAL number DAY, 'a', 'ann' FROM numbers(40)",
    );
    project
}

#[test]
fn every_state_can_be_compared_with_every_other() {
    let project = filled();
    project
        .run(Program::First, &["schema", "--snapshot", "first.json"])
        .expect(0)
        .says("wrote first.json");
    let sql = project.run(Program::First, &["schema", "--sql"]).expect(0).stdout;
    std::fs::write(project.path().join("first.sql"), sql).unwrap();

    let states = [
        "registry",
        "history",
        "live",
        "file:first.sql",
        "snapshot:first.json",
    ];
    for from in states {
        for to in states.iter().filter(|to| **to != "live" || from != "live") {
            project
                .run(Program::First, &["diff", from, to, "--exit-code"])
                .expect(0)
                .says("no difference");
        }
    }
    project
        .run(Program::First, &["diff", "live", "live"])
        .expect(2)
        .complains("does not differ from itself");
    for (from, to) in [
        ("live", "registry"),
        ("snapshot:first.json", "registry"),
        ("file:first.sql", "registry"),
    ] {
        project
            .run(Program::Second, &["diff", from, to, "--exit-code"])
            .expect(3)
            .says("add column duration");
    }
}

#[test]
fn the_statements_alone_can_be_run() {
    let project = filled();
    let sql = project
        .run(Program::Second, &["diff", "live", "registry", "--sql"])
        .expect(0)
        .stdout;
    for statement in sql.split(";\n").filter(|statement| !statement.trim().is_empty()) {
        project.query(statement);
    }
    project
        .run(Program::Second, &["diff", "live", "registry", "--exit-code"])
        .expect(0)
        .says("no difference");
}

#[test]
fn a_database_that_can_be_asked_gives_numbers() {
    let project = filled();
    let plan = project.run(Program::Third, &["generate", "--plan"]).expect(0);
    plan.says("40 rows")
        .complains("all values of the column are deleted, in 40 rows")
        .complains("this server keeps no `system.part_log`");
    project
        .run(Program::Third, &["generate", "--plan", "--offline"])
        .expect(0)
        .complains("all values of the column are deleted\n");

    // Ten of the forty days are older than the new TTL allows.
    let ran = project
        .run(Program::Second, &["diff", "live", "registry", "--json"])
        .expect(0);
    let document = ran.json();
    assert_eq!(
        (&document["from"], &document["to"]),
        (&Value::from("live"), &Value::from("registry"))
    );
    assert_eq!(
        (&document["changed"], &document["proven"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    let step = document["plan"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["sql"].as_str().unwrap().contains("MODIFY TTL"))
        .unwrap();
    assert_eq!(step["kind"], "alter_table");
    assert_eq!(step["size"]["rows"], 40);
    assert_eq!(step["size"]["bytes_rewritten"], step["size"]["bytes"]);
    assert_eq!(step["hazards"][0]["code"], "CHX204");
    let message = step["hazards"][0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("10 rows") || message.starts_with("9 rows"),
        "{message}"
    );

    // The same before a migration is applied.
    project.run(Program::Second, &["generate"]).expect(0);
    project
        .run(Program::Second, &["migrate", "--plan"])
        .expect(0)
        .says("40 rows")
        .complains("rows are past due and are deleted at once");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let project = Project::new();
    let write = |name: &str, text: &str| std::fs::write(project.path().join(name), text).unwrap();
    write(
        "bad.sql",
        "CREATE TABLE shop.a (k UInt8) ENGINE = MergeTree ORDER BY k;\n\nCREATE TABLE shop.b (k\n  UInt7) ENGINE = Null;\nDROP TABLE shop.c;\n",
    );
    project
        .run(Program::First, &["diff", "file:bad.sql", "registry"])
        .expect(2)
        .complains("CHX120")
        .complains("CHX121")
        .complains("bad.sql:4")
        .complains("bad.sql:5");
    project
        .run(Program::First, &["schema", "--snapshot", "s.json"])
        .expect(0);
    project.edit("s.json", "views UInt64", "views UInt32");
    project
        .run(Program::First, &["diff", "snapshot:s.json", "registry"])
        .expect(2)
        .complains("CHX122")
        .complains("the snapshot was edited")
        .complains("s.json:");
    write("t.json", "{\n  \"version\": 1,\n  oops\n}");
    project
        .run(Program::First, &["diff", "snapshot:t.json", "registry"])
        .expect(2)
        .complains("t.json:3");
    project
        .run(Program::First, &["diff", "file:missing.sql", "registry"])
        .expect(2)
        .complains("missing.sql");
    project
        .run(Program::First, &["diff", "somewhere", "registry"])
        .expect(2)
        .complains("a state is");
}

/// The guide shows two schemas and what `diff` says of them.
#[test]
fn the_guide_shows_a_plan_as_it_is() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/guide/planning.md");
    let text = std::fs::read_to_string(guide).unwrap();
    let blocks = |language: &str| -> Vec<&str> {
        text.split("\n```")
            .filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'))
            .collect()
    };
    let (schemas, shown) = (blocks("sql"), blocks("text"));
    let project = Project::new();
    for (name, sql) in ["before.sql", "after.sql"].into_iter().zip(&schemas) {
        std::fs::write(project.path().join(name), sql).unwrap();
    }
    let args = [
        "diff",
        "file:before.sql",
        "file:after.sql",
        "--rename",
        "web.page_view.usr=user",
    ];
    let ran = project.run(Program::Nothing, &args).expect(0);
    assert_eq!((schemas.len(), shown.len()), (2, 1));
    let said = format!("{}\n{}", ran.stdout.trim(), ran.stderr.trim());
    assert_eq!(said, shown[0].trim(), "{}", ran.stderr);

    let document = project
        .run(Program::Nothing, &[&args[..], &["--json"]].concat())
        .expect(0)
        .json();
    let steps = document["plan"]["steps"].as_array().unwrap();
    let rebuild = steps.iter().find(|step| step["kind"] == "rebuild").unwrap();
    assert_eq!(rebuild["object"], "web.site_day");
    assert_eq!(rebuild["copy"]["method"], "insert_select");
    assert!(
        rebuild["definition"]["after"]
            .as_str()
            .unwrap()
            .ends_with("ORDER BY (day, site)")
    );
}
