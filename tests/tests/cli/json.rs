//! The JSON documents: one on stdout for each command, with the fields that scripts rely on.

use serde_json::Value;

use crate::project::{Program, Project};

/// The document of a command, after the fields that all have.
#[track_caller]
fn document(project: &Project, program: Program, args: &[&str], code: i32) -> Value {
    let ran = project.run(program, &[args, &["--json"]].concat()).expect(code);
    let document = ran.json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["command"], args[0]);
    document
}

#[track_caller]
fn fields(value: &Value, expected: &[&str]) {
    let mut found: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn every_command_prints_one_document() {
    let project = Project::new();
    let kept = document(&project, Program::First, &["init"], 0);
    fields(&kept, &["command", "created", "kept", "version"]);

    let planned = document(&project, Program::First, &["generate", "--plan"], 0);
    fields(&planned, &["changed", "command", "plan", "version"]);
    fields(&planned["plan"], &["down", "hazards", "lost", "steps", "unknown"]);
    fields(
        &planned["plan"]["steps"][0],
        &[
            "cost",
            "hazards",
            "idempotent",
            "kind",
            "number",
            "object",
            "readers",
            "reverse",
            "risk",
            "sql",
            "summary",
        ],
    );

    let written = document(&project, Program::First, &["generate"], 0);
    fields(
        &written,
        &["changed", "command", "migration", "plan", "proven", "version"],
    );
    assert_eq!(
        (&written["changed"], &written["proven"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    let id = written["migration"]["id"].as_str().unwrap();
    assert_eq!(written["migration"]["path"], format!("migrations/{id}.sql"));
    assert_eq!(
        document(&project, Program::First, &["generate"], 0)["changed"],
        false
    );

    let pending = document(&project, Program::First, &["migrate", "--plan"], 0);
    fields(
        &pending,
        &[
            "applied",
            "command",
            "pending",
            "statements",
            "stopped",
            "version",
        ],
    );
    fields(
        &pending["pending"][0]["statements"][0],
        &[
            "destroys", "hazards", "number", "readers", "sql", "summary", "unknown",
        ],
    );
    let applied = document(&project, Program::First, &["migrate"], 0);
    assert_eq!(applied["applied"], serde_json::json!([id]));
    assert_eq!(
        (
            &applied["statements"],
            applied["pending"].as_array().unwrap().len()
        ),
        (&Value::from(4), 0)
    );

    let status = document(&project, Program::First, &["status"], 0);
    fields(&status, &["command", "findings", "migrations", "version"]);
    assert_eq!(status["migrations"][0]["state"], "applied");
    fields(
        &status["migrations"][0]["record"],
        &[
            "checksum",
            "host",
            "last",
            "last_at",
            "phase",
            "started_at",
            "statements",
            "user",
            "version",
        ],
    );

    let schema = document(&project, Program::First, &["schema"], 0);
    let table = schema["objects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|object| object["name"] == "shop.page_view")
        .unwrap();
    assert_eq!(table["kind"], "table");
    assert!(
        table["place"]["file"]
            .as_str()
            .unwrap()
            .ends_with("migrate_first.rs"),
        "{table}"
    );
    assert!(
        table["sql"]
            .as_str()
            .unwrap()
            .starts_with("CREATE TABLE shop.page_view ("),
        "{table}"
    );

    let drift = document(&project, Program::First, &["drift"], 0);
    assert_eq!(
        (&drift["differences"], &drift["repair"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
    let drift = document(&project, Program::Second, &["drift", "--against", "registry"], 5);
    fields(
        &drift["differences"][0],
        &[
            "attributes",
            "expected",
            "kind",
            "live",
            "object",
            "object_kind",
            "severity",
        ],
    );

    assert_eq!(document(&project, Program::First, &["seal"], 0)["changed"], false);
}

#[test]
fn a_failure_is_a_document_too() {
    let project = Project::new();
    let failed = document(&project, Program::Nothing, &["generate"], 2);
    fields(&failed, &["command", "error", "version"]);
    fields(&failed["error"], &["exit_code", "help", "message"]);

    project.run(Program::First, &["generate"]).expect(0);
    project.edit(project.migrations().remove(0), "views UInt64", "views UInt32");
    let failed = document(&project, Program::First, &["generate"], 1);
    let finding = &failed["error"]["findings"][0];
    fields(
        finding,
        &["code", "help", "message", "place", "severity", "subject"],
    );
    assert_eq!(finding["code"], "CHX309");
}
