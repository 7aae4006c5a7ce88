//! `check`: every kind of thing that a gate stops, told in one run.

use serde_json::Value;

use crate::project::{Program, Project};
use crate::proxy::Served;

/// `failed generate: CHX323 shop.page_view`, for every check that did not pass.
fn told(document: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let checks = document["checks"].as_array().unwrap().iter();
    let open = checks.filter(|check| check["state"] != "passed");
    open.map(|check| {
        let findings = check["findings"].as_array().unwrap().iter();
        let findings: Vec<String> = findings
            .map(|finding| format!("{} {}", text(&finding["code"]), text(&finding["subject"])))
            .collect();
        format!(
            "{} {}: {}",
            text(&check["state"]),
            text(&check["check"]),
            findings.join(", ")
        )
    })
    .collect()
}

#[track_caller]
fn check(project: &Project, program: Program, args: &[&str], code: i32) -> Vec<String> {
    told(
        &project
            .run(program, &[&["check", "--json"], args].concat())
            .expect(code)
            .json(),
    )
}

#[test]
fn the_gate_says_everything_at_once() {
    let project = Project::new();
    let offline = ["--offline"];
    let skipped = ["skipped pending: ", "skipped drift: "];
    assert_eq!(
        check(&project, Program::First, &offline, 3)[0],
        "failed generate: CHX323 shop, CHX323 shop.page_view, CHX323 shop.site_views, CHX323 shop.site_views_mv"
    );
    project.run(Program::First, &["generate"]).expect(0);
    assert_eq!(check(&project, Program::First, &offline, 0), skipped);
    let pending = check(&project, Program::First, &[], 3);
    assert!(pending[0].starts_with("failed pending: CHX324 "), "{pending:?}");
    assert_eq!(pending[1..], ["skipped drift: "]);
    project.run(Program::First, &["migrate"]).expect(0);
    assert_eq!(check(&project, Program::First, &[], 0), Vec::<String>::new());

    // A forgotten `generate`, with what it would endanger, and drift.
    project.query("ALTER TABLE shop.site_views MODIFY COMMENT 'mine'");
    let found = check(&project, Program::Third, &[], 5);
    assert!(found[0].starts_with("failed generate: CHX323 shop."), "{found:?}");
    assert!(found[1].starts_with("warned hazards: CHX2"), "{found:?}");
    assert_eq!(found[2..], ["failed drift: CHX412 shop.site_views"]);
    let ran = project.run(Program::Third, &["check", "--github"]).expect(5);
    let ran = ran
        .says("::error file=tests/src/bin/migrate_third.rs,line=")
        .says("title=CHX323%3A shop.");
    ran.says("passed   history").says("failed   drift");

    // The policy decides.
    project.edit(
        "chx.toml",
        "default_env",
        "check = { drift = \"warning\", generate = \"off\", hazards = \"off\" }\ndefault_env",
    );
    assert_eq!(
        check(&project, Program::First, &[], 0),
        [
            "skipped generate: ",
            "skipped hazards: ",
            "warned drift: CHX412 shop.site_views"
        ]
    );

    // A migration that was edited after it ran.
    project.edit(project.migrations().remove(0), "views UInt64", "views UInt32");
    let found = check(&project, Program::First, &offline, 1);
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("failed history: CHX309 ")),
        "{found:?}"
    );
}

#[test]
fn a_gate_that_cannot_look_is_shut() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project
        .run(Program::Nothing, &["check"])
        .expect(2)
        .complains("the registry is empty");
    let served = Served::start(&project);
    let url = served.url();
    drop(served);
    let ran = project.run(Program::First, &["check", "--url", &url]).expect(6);
    ran.says("passed   generate");
}

/// CHX106: everything that ClickHouse refuses, in one pass, at the line of its struct.
#[test]
fn what_clickhouse_refuses_is_said_at_its_struct() {
    let project = Project::new();
    project.edit(
        "chx.toml",
        "default_env",
        "check = { generate = \"off\" }\ndefault_env",
    );
    let document = project
        .run(Program::Refused, &["check", "--offline", "--json"])
        .expect(1)
        .json();
    let engine = document["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["check"] == "engine")
        .unwrap();
    let findings: Vec<(&str, &str)> = engine["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["subject"].as_str().unwrap(),
                finding["severity"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        findings,
        [
            ("shop.by_no_function", "error"),
            ("shop.elsewhere", "note"),
            ("shop.no_such_engine", "error")
        ],
        "and not the view of a table that is refused"
    );
    let first = &engine["findings"][0];
    assert_eq!(first["code"], "CHX106");
    assert!(
        first["message"].as_str().unwrap().contains("UNKNOWN_FUNCTION"),
        "{first}"
    );
    assert_eq!(first["place"]["file"], "tests/src/bin/migrate_refused.rs");
}

/// An engine that was closed in a process leaves no tables over queues to the next one there.
#[test]
fn a_local_database_with_a_queue_is_opened_by_the_gate() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.query(
        "CREATE TABLE shop.queue (id UInt64) ENGINE = Kafka SETTINGS kafka_broker_list = '127.0.0.1:1', \
         kafka_topic_list = 'page_views', kafka_group_name = 'chx', kafka_format = 'CSV'",
    );
    assert_eq!(check(&project, Program::First, &[], 0), Vec::<String>::new());
}
