//! Objects that chx does not read all of: declared, planned, applied, compared, pulled and adopted as they are, and seen in
//! every review.

use crate::project::{Program, Project};
use crate::proxy::Served;

/// What is in the schema of [`Program::Raw`], applied, on a server that others can reach.
fn applied() -> (Project, Served) {
    let project = Project::new();
    project.run(Program::Raw, &["generate"]).expect(0);
    project.run(Program::Raw, &["migrate"]).expect(0);
    let served = Served::start(&project);
    (project, served)
}

fn codes(document: &serde_json::Value) -> Vec<&str> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_review_sees_what_is_raw() {
    let project = Project::new();
    let plan = project.run(Program::Raw, &["generate", "--plan"]).expect(0);
    assert!(
        format!("{}{}", plan.stdout, plan.stderr).contains("CHX228"),
        "{plan:?}"
    );
    let document = project
        .run(Program::Raw, &["generate", "--json"])
        .expect(0)
        .json();
    assert!(document.to_string().contains("CHX228"), "{document}");
    let file = &project.migrations()[0];
    let text = std::fs::read_to_string(file).unwrap();
    for words in [
        "-- note[CHX228] shop.account: is raw",
        "-- note[CHX229] shop.payment: says with `raw(\"...\")`, which no rule of the derives has looked at: `codec = T64('bit'), LZ4`",
        "-- raw: chx does not read all of this statement and sends it as it is\nCREATE TABLE shop.account (id UInt64",
        "-- chx:effect CREATE TABLE shop.account (id UInt64",
    ] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }
    project.run(Program::Raw, &["check"]).expect(3);
    project
        .run(Program::Raw, &["migrate", "--plan"])
        .expect(0)
        .complains("CHX228");
    project.run(Program::Raw, &["migrate"]).expect(0);
    project.run(Program::Raw, &["generate"]).expect(0).says("nothing");
    project
        .run(
            Program::Raw,
            &["rollback", "--steps", "1", "--allow-destructive", "shop.account"],
        )
        .expect(4);
}

#[test]
fn what_the_server_makes_of_it_is_no_drift_and_what_somebody_changed_is() {
    let (project, served) = applied();
    let url = served.url();
    for against in ["history", "registry"] {
        project
            .run(Program::Raw, &["drift", "--url", &url, "--against", against])
            .expect(0);
    }
    served.execute("DROP TABLE shop.account");
    served.execute(
        "CREATE TABLE shop.account (id UInt64, cents Int64, note String) AS generateRandom('id UInt64, cents Int64, note String', 1)",
    );
    let ran = project
        .run(Program::Raw, &["drift", "--url", &url, "--json"])
        .expect(5);
    let document = ran.json();
    let differences = document["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "{document}");
    assert_eq!(differences[0]["object"], "shop.account");
    assert!(document.to_string().contains("`note` String"), "{document}");
}

#[test]
fn it_is_pulled_with_a_note_and_adopted() {
    let (project, served) = applied();
    let url = served.url();
    let args = ["pull", "--url", &url, "--out", "schema", "--json"];
    let document = project.run(Program::Nothing, &args).expect(0).json();
    assert_eq!(codes(&document), ["CHX424"], "{document}");
    let text = std::fs::read_to_string(project.path().join("schema/shop.rs")).unwrap();
    for words in [
        "/// As the server stores it: chx has no words for a part of it.\n#[derive(ChRaw)]",
        "AS generateRandom(",
        "pub struct Account;",
        "#[derive(ChView, ",
    ] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }
    let other = Project::new();
    other
        .run(Program::Nothing, &["baseline", "--url", &url])
        .expect(0);
    other.run(Program::Nothing, &["drift", "--url", &url]).expect(0);
}
