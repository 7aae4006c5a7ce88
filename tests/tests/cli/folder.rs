//! Migrations that are folders: parts in their order, checks, edits, embedding, the way back.

use std::fs;
use std::path::PathBuf;

use crate::project::{Program, Project};

const ID: &str = "2_split";

/// A project with a table of two rows, and a folder that makes of one column two.
fn with_folder() -> Project {
    let project = Project::new();
    project.write(
        "1_users",
        "CREATE DATABASE app;\nCREATE TABLE app.users (id UInt64, name String) ENGINE = MergeTree ORDER BY id;\n\
         INSERT INTO app.users VALUES (1, 'Ada Lovelace'), (2, 'Grace Hopper');",
        "",
    );
    for (part, text) in [
        (
            "up.sql",
            "-- chx:migration 1\n-- chx:id 2_split\n-- chx:draft\n\n-- chx:up\n\
             ALTER TABLE app.users ADD COLUMN first String, ADD COLUMN last String",
        ),
        (
            "pre.sql",
            "-- a copy, to be sure\nCREATE TABLE app.users_copy AS app.nowhere",
        ),
        (
            "post.sql",
            "ALTER TABLE app.users UPDATE first = splitByChar(' ', name)[1], last = splitByChar(' ', name)[2] WHERE 1;\n\
             DROP TABLE app.users_copy;\n",
        ),
        (
            "down.sql",
            "-- chx:lost the first and last names\nALTER TABLE app.users DROP COLUMN first, DROP COLUMN last;\n",
        ),
        (
            "checks.sql",
            "-- every user has a first name\nSELECT throwIf(countIf(first = '') > 0, 'users without a first name') FROM app.users;\n",
        ),
    ] {
        write(&project, part, text);
    }
    project
}

fn folder(project: &Project) -> PathBuf {
    project.path().join("migrations").join(ID)
}

fn write(project: &Project, part: &str, text: &str) {
    fs::create_dir_all(folder(project)).unwrap();
    fs::write(folder(project).join(part), text).unwrap();
}

/// The same without the copy: `CREATE TABLE ... AS` names no columns.
fn sealed() -> Project {
    let project = with_folder();
    write(
        &project,
        "pre.sql",
        "-- a copy, to be sure\nCREATE TABLE app.users_copy (id UInt64, name String) ENGINE = MergeTree ORDER BY id",
    );
    project.run(Program::First, &["seal"]).expect(0).says(ID);
    project
}

#[test]
fn parts_run_in_their_order_and_checks_are_asked_afterwards() {
    let project = sealed();
    let up = fs::read_to_string(folder(&project).join("up.sql")).unwrap();
    assert!(
        up.contains("-- chx:object app.users: table"),
        "the header stands in up.sql:\n{up}"
    );
    let plan = project
        .run(Program::First, &["migrate", "--plan"])
        .expect(0)
        .stdout;
    let at = |words: &str| {
        plan.find(words)
            .unwrap_or_else(|| panic!("{words} is not in\n{plan}"))
    };
    assert!(
        at("CREATE TABLE app.users_copy") < at("ADD COLUMN first"),
        "{plan}"
    );
    assert!(at("ADD COLUMN first") < at("UPDATE first"), "{plan}");
    assert!(plan.contains("migrations/2_split"), "{plan}");

    let consent = [
        "migrate",
        "--allow-destructive",
        "2_split:3",
        "--allow-destructive",
        "app.users_copy",
    ];
    project.run(Program::First, &consent).expect(0);
    assert_eq!(
        project.query("SELECT groupArray(last) FROM (SELECT last FROM app.users ORDER BY id)"),
        "['Lovelace','Hopper']"
    );
    project
        .run(Program::First, &["status"])
        .expect(0)
        .says("2 applied, 0 pending");
    project
        .run(Program::First, &["validate"])
        .expect(0)
        .says("1 checks");

    project.query("INSERT INTO app.users (id, name) VALUES (3, 'Nobody')");
    project
        .run(Program::First, &["validate"])
        .expect(1)
        .complains("error[CHX333]")
        .complains("every user has a first name")
        .complains("users without a first name")
        .complains("migrations/2_split/checks.sql:2");

    // A later migration speaks of the table anew: the check means another one.
    project.write("3_more", "ALTER TABLE app.users ADD COLUMN age UInt8;", "");
    project.run(Program::First, &["migrate"]).expect(0);
    let document = project
        .run(Program::First, &["validate", "--json"])
        .expect(0)
        .json();
    assert_eq!(document["checks"]["outdated"], 1);
}

#[test]
fn what_is_wrong_is_said_with_the_part_and_its_line() {
    let project = with_folder();
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("migrations/2_split/pre.sql:2");
    write(&project, "pre.sql", "SELECT 1;\n");
    write(&project, "checks.sql", "\nDROP TABLE app.users;\n");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("a check is a SELECT")
        .complains("migrations/2_split/checks.sql:2");
    write(&project, "checks.sql", "");
    write(&project, "dwon.sql", "SELECT 1;");
    project
        .run(Program::First, &["seal"])
        .expect(2)
        .complains("did you mean `down.sql`?");
    fs::remove_file(folder(&project).join("dwon.sql")).unwrap();
    write(&project, "backfill.toml", "");
    project
        .run(Program::First, &["seal"])
        .expect(2)
        .complains("runs no backfills");
    fs::remove_file(folder(&project).join("backfill.toml")).unwrap();
    fs::write(project.path().join("migrations/2_split.sql"), "").unwrap();
    project
        .run(Program::First, &["seal"])
        .expect(2)
        .complains("twice, as a file and as a folder");
}

#[test]
fn an_edit_of_any_part_is_seen() {
    for part in ["up.sql", "pre.sql", "post.sql", "down.sql", "checks.sql"] {
        let project = sealed();
        let file = folder(&project).join(part);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{text}\n-- one more word\n")).unwrap();
        project
            .run(Program::First, &["migrate"])
            .expect(1)
            .complains("error[CHX301]")
            .complains("migrations/2_split/up.sql:1");
    }
}

#[test]
fn a_folder_is_taken_back_by_its_down_part() {
    let project = sealed();
    let consent = [
        "migrate",
        "--allow-destructive",
        "2_split:3",
        "--allow-destructive",
        "app.users_copy",
    ];
    project.run(Program::First, &consent).expect(0);
    project
        .run(
            Program::First,
            &[
                "rollback",
                "--steps",
                "1",
                "--allow-destructive",
                "app.users.first",
                "--allow-destructive",
                "app.users.last",
                "--allow-destructive",
                "2_split",
            ],
        )
        .expect(0);
    assert_eq!(
        project
            .query("SELECT groupArray(name) FROM system.columns WHERE database = 'app' AND table = 'users'"),
        "['id','name']"
    );
}

#[test]
fn generate_writes_a_folder_that_is_read_back() {
    let project = Project::new();
    project
        .run(Program::First, &["generate", "--folder", "--name", "start"])
        .expect(0);
    let names: Vec<String> = fs::read_dir(project.path().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.iter().any(|name| name.ends_with("_start")), "{names:?}");
    assert!(
        !names.iter().any(|name| name.ends_with(".tmp-migration")),
        "{names:?}"
    );
    project
        .run(Program::First, &["generate"])
        .expect(0)
        .says("nothing to do");
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
    project
        .run(
            Program::First,
            &["generate", "--empty", "--folder", "--name", "by hand"],
        )
        .expect(0)
        .says("by_hand");
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("error[CHX314]");
    project.run(Program::First, &["seal"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
}
