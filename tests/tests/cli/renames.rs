//! Columns that got other names: one whose struct says so, one about which chx has to ask.

use crate::project::{Program, Project};

/// The first schema, applied, with a row.
fn before() -> Project {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.query(
        "INSERT INTO shop.page_view (id, ts, site, usr) VALUES (7, '2100-01-01 00:00:00', 'a', 'ada')",
    );
    project
}

const HINTED: &str = "RENAME COLUMN usr TO visitor";
const ASKED: &str = "RENAME COLUMN id TO page_id";

fn generated(project: &Project) -> String {
    std::fs::read_to_string(project.migrations().pop().unwrap()).unwrap()
}

#[test]
fn without_an_answer_nothing_is_taken_for_a_rename() {
    let project = before();
    let ran = project
        .run(Program::Renamed, &["generate", "--plan"])
        .expect(0)
        .says(HINTED)
        .says("DROP COLUMN id")
        .says("destructive")
        .complains("if it was renamed, add `--rename 'shop.page_view.id=page_id'`");
    assert!(!ran.stdout.contains(ASKED), "{}", ran.stdout);
}

#[test]
fn a_rename_keeps_the_values_and_its_hint_may_stay() {
    let project = before();
    let rename = ["generate", "--rename", "shop.page_view.id=page_id"];
    project.run(Program::Renamed, &rename).expect(0);
    let text = generated(&project);
    assert!(text.contains(HINTED) && text.contains(ASKED), "{text}");
    assert!(!text.contains("DROP COLUMN"), "{text}");
    project.run(Program::Renamed, &["migrate"]).expect(0);
    assert_eq!(
        project.query("SELECT page_id, visitor FROM shop.page_view"),
        "7\tada"
    );
    // Nothing has the old name any more, so `renamed_from` says nothing.
    project
        .run(Program::Renamed, &["generate"])
        .expect(0)
        .says("nothing to do");
    project.run(Program::Renamed, &["drift"]).expect(0);
    // The same answer again changes nothing.
    project
        .run(Program::Renamed, &rename)
        .expect(0)
        .says("nothing to do");
}

#[test]
fn a_rename_of_nothing_is_refused() {
    let project = before();
    for (hint, words, nearest) in [
        ("shop.page_view.idd=page_id", "there is no `idd`", "`id`"),
        (
            "shop.page_view.id=pageid",
            "there will be no `pageid`",
            "`page_id`",
        ),
        (
            "shop.pageview=shop.views",
            "there is no `shop.pageview`",
            "`shop.page_view`",
        ),
        ("shop.page_view=shop.visit", "there will be no `shop.visit`", ""),
        (
            "shop.page_view.id=site",
            "there is a `site` already",
            "migration of its own",
        ),
    ] {
        for command in [&["generate", "--plan"][..], &["diff", "history", "registry"]] {
            project
                .run(Program::Renamed, &[command, &["--rename", hint]].concat())
                .expect(2)
                .complains(words)
                .complains(nearest);
        }
    }
}

#[cfg(target_os = "linux")]
fn answered(answer: &str) -> (Project, String) {
    use std::io::Write as _;

    let project = before();
    let mut child = crate::terminal::on_a_terminal(&project, Program::Renamed, &["generate"], 120, &[])
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{written}");
    assert!(
        written.contains("was column `shop.page_view.id` renamed to `page_id`? [y/N]"),
        "{written}"
    );
    let text = generated(&project);
    assert!(text.contains(HINTED), "{text}");
    (project, text)
}

#[cfg(target_os = "linux")]
#[test]
fn a_yes_on_a_terminal_is_a_rename() {
    let (project, text) = answered("y\n");
    assert!(text.contains(ASKED) && !text.contains("DROP COLUMN"), "{text}");
    project.run(Program::Renamed, &["migrate"]).expect(0);
    assert_eq!(project.query("SELECT page_id FROM shop.page_view"), "7");
}

#[cfg(target_os = "linux")]
#[test]
fn anything_else_on_a_terminal_is_none() {
    let (project, text) = answered("maybe\n");
    assert!(text.contains("DROP COLUMN id") && !text.contains(ASKED), "{text}");
    project
        .run(Program::Renamed, &["migrate"])
        .expect(4)
        .complains("shop.page_view.id");
    assert_eq!(
        project.query("SELECT id FROM shop.page_view"),
        "7",
        "and without consent nothing goes"
    );
}
