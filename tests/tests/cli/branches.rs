//! Two branches that each brought a migration, merged by git.

use std::path::Path;
use std::process::Command;

use crate::project::{Program, Project};

/// Runs git in the project, with nothing of the surroundings in its configuration; whether it ended well.
fn git(project: &Project, args: &[&str]) -> bool {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=chx", "-c", "user.email=chx@example.com"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(project.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().expect("git is there: it brought these sources");
    output.status.success()
}

#[track_caller]
fn commit(project: &Project, message: &str) {
    assert!(git(project, &["add", "."]));
    assert!(git(project, &["commit", "--quiet", "-m", message]));
}

/// A repository whose branch `main` has a table, and whose branches `ours` and `theirs` have one more migration each; on
/// `ours`, in the midst of a merge that chx.sum stopped.
fn merging(ours: impl Fn(&Project), theirs: impl Fn(&Project)) -> Project {
    let project = Project::new();
    project.write(
        "1_start",
        "CREATE DATABASE app;\nCREATE TABLE app.users (id UInt64, name String) ENGINE = MergeTree ORDER BY id;",
        "",
    );
    assert!(git(&project, &["init", "--quiet"]));
    commit(&project, "start");
    assert!(git(&project, &["switch", "--quiet", "-c", "theirs"]));
    theirs(&project);
    commit(&project, "theirs");
    assert!(git(&project, &["switch", "--quiet", "-c", "ours", "main"]));
    ours(&project);
    commit(&project, "ours");
    assert!(
        !git(&project, &["merge", "--quiet", "theirs"]),
        "which comes first is for a person to say"
    );
    project
}

/// Takes the lines of both sides, ours first, as an editor's "accept both" does.
fn accept_both(sum: &Path) {
    let text = std::fs::read_to_string(sum).unwrap();
    let is_mark = |line: &&str| {
        ["<<<<<<<", "=======", ">>>>>>>"]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    let both: Vec<&str> = text.lines().filter(|line| !is_mark(line)).collect();
    assert!(both.len() + 3 == text.lines().count(), "one conflict:\n{text}");
    std::fs::write(sum, both.join("\n") + "\n").unwrap();
}

fn folder(project: &Project, id: &str, up: &str) {
    let folder = project.path().join("migrations").join(id);
    std::fs::create_dir(&folder).unwrap();
    let text = format!("-- chx:migration 1\n-- chx:id {id}\n-- chx:draft\n\n-- chx:up\n{up}\n");
    std::fs::write(folder.join("up.sql"), text).unwrap();
    std::fs::write(
        folder.join("checks.sql"),
        "SELECT throwIf(count() > 0, 'rows') FROM app.theirs;\n",
    )
    .unwrap();
    project.run(Program::First, &["seal"]).expect(0);
}

fn merges_by_order_alone(theirs: impl Fn(&Project)) {
    let project = merging(
        |project| {
            project.write(
                "2_ours",
                "CREATE TABLE app.ours (id UInt64) ENGINE = MergeTree ORDER BY id;",
                "",
            );
        },
        theirs,
    );
    let sum = project.path().join("migrations/chx.sum");
    // What git left is no chain, and nothing runs by it.
    for command in ["migrate", "generate", "seal"] {
        project
            .run(Program::First, &[command])
            .expect(1)
            .complains("error[CHX305]")
            .complains("migrations/chx.sum:4");
    }
    accept_both(&sum);
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("error[CHX304]")
        .complains("chx-migrate seal");
    let files = project.snapshot();
    project.run(Program::First, &["seal"]).expect(0);
    let changed: Vec<_> = project
        .snapshot()
        .into_iter()
        .zip(files)
        .filter(|(after, before)| after != before)
        .map(|(after, _)| after.0)
        .collect();
    assert_eq!(changed, [sum], "the order is all that a merge decides");

    // One of them was deployed before the merge, from its own branch.
    project
        .run(Program::First, &["migrate", "--to", "2_ours"])
        .expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
    assert_eq!(
        project.query("SELECT groupArray(name) FROM (SELECT name FROM system.tables WHERE database = 'app' ORDER BY name)"),
        "['ours','theirs','users']"
    );
}

const THEIRS: &str = "CREATE TABLE app.theirs (id UInt64) ENGINE = MergeTree ORDER BY id;";

#[test]
fn branches_that_touch_different_objects_merge_by_order_alone() {
    merges_by_order_alone(|project| project.write("3_theirs", THEIRS, ""));
}

#[test]
fn a_branch_with_a_folder_merges_the_same() {
    merges_by_order_alone(|project| folder(project, "3_theirs", THEIRS));
}

#[test]
fn branches_that_collide_are_told_with_both_sides() {
    let project = merging(
        |project| project.write("2_ours", "ALTER TABLE app.users ADD COLUMN age UInt8;", ""),
        |project| project.write("3_theirs", "ALTER TABLE app.users ADD COLUMN born Date;", ""),
    );
    accept_both(&project.path().join("migrations/chx.sum"));
    let files = project.snapshot();
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("error[CHX313]: `3_theirs` was written for another state of `app.users` than `2_ours` leaves it in (migrations/2_ours.sql:3)")
        .complains("--> migrations/3_theirs.sql:3");
    for command in ["migrate", "generate"] {
        project.run(Program::First, &[command]).expect(1);
    }
    assert_eq!(project.snapshot(), files, "nothing was decided for anybody");
}

#[test]
fn branches_that_make_the_same_are_told_with_both_sides() {
    let add = "ALTER TABLE app.users ADD COLUMN age UInt8;";
    let project = merging(
        |project| project.write("2_ours", add, ""),
        |project| project.write("3_theirs", add, ""),
    );
    accept_both(&project.path().join("migrations/chx.sum"));
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("error[CHX312]")
        .complains("--> migrations/3_theirs.sql:6")
        .complains("`2_ours` changed `app.users` before it (migrations/2_ours.sql:3)");
}
