//! Checks of the rows: beside a struct, and in the folder `checks`.

use crate::project::{Program, Project, Ran};

fn project() -> Project {
    let project = Project::new();
    let run = |args: &[&str]| project.run(Program::Checked, args).expect(0);
    run(&["generate"]);
    run(&["migrate"]);
    project.query("INSERT INTO shop.invoice VALUES (1, 100, '2020-01-01')");
    project
}

fn validate(project: &Project, more: &[&str]) -> Ran {
    project.run(Program::Checked, &[&["validate"][..], more].concat())
}

fn write(project: &Project, name: &str, text: &str) {
    let folder = project.path().join("checks");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_check_beside_a_struct_fails_where_the_rows_are_wrong() {
    let project = project();
    validate(&project, &[])
        .expect(0)
        .says("is what its 1 applied migrations say (2 objects, 2 checks)");
    validate(&project, &["--checks"])
        .expect(0)
        .says("checked: 2 of 2 checks hold");
    // A warning is said, and is no failure.
    project.query("INSERT INTO shop.invoice VALUES (2, 100, '1999-12-31')");
    validate(&project, &[])
        .expect(0)
        .complains("warning[CHX430]: `shop.invoice` not too old: ")
        .complains("older than the shop")
        .complains("migrate_checked.rs:");
    project.query("INSERT INTO shop.invoice VALUES (3, -1, '2020-01-01')");
    validate(&project, &[])
        .expect(1)
        .complains("error[CHX430]: `shop.invoice` no_debts: ")
        .complains("invoices below zero");
    let document = validate(&project, &["--checks", "--json"]).expect(1).json();
    assert_eq!(document["data_checks"]["held"], 0);
    assert_eq!(document["data_checks"]["failed"].as_array().unwrap().len(), 2);
    // A check is no part of the schema: nothing is to be generated for it.
    project
        .run(Program::Checked, &["generate"])
        .expect(0)
        .says("nothing to do");
}

#[test]
fn files_of_checks_are_asked_one_query_after_the_other() {
    let project = project();
    write(
        &project,
        "rows.sql",
        "-- there are rows\nSELECT throwIf(count() = 0) FROM shop.invoice;\n\n-- there are many\n\
         -- chx:severity warning\nSELECT throwIf(count() < 10, 'too few') FROM shop.invoice;\n",
    );
    write(&project, "notes.md", "not a check");
    validate(&project, &["--checks"])
        .expect(0)
        .says("3 of 4 checks hold")
        .complains("warning[CHX430]: `rows` there are many: ")
        .complains("checks/rows.sql:6");
    // Without a schema there are those of the folder.
    project
        .run(Program::Nothing, &["validate", "--checks"])
        .expect(0)
        .says("1 of 2 checks hold");
    // What cannot be asked does not hold.
    write(
        &project,
        "typo.sql",
        "SELECT throwIf(count() = 0) FROM shop.invoise",
    );
    validate(&project, &["--checks"])
        .expect(1)
        .complains("error[CHX430]: `typo` it cannot be asked: ");
    // Nothing is asked where something is no check.
    write(
        &project,
        "typo.sql",
        "SELECT 1;\nTRUNCATE TABLE shop.invoice;\n-- chx:severity bad\nSELECT 1",
    );
    validate(&project, &["--checks"])
        .expect(1)
        .complains("not everything in the folder of the checks is a check")
        .complains("checks/typo.sql:2")
        .complains("`bad` is no severity of a check");
    assert_eq!(project.query("SELECT count() FROM shop.invoice"), "1");
}

#[test]
fn where_there_are_no_checks_that_is_said() {
    let project = Project::new();
    project
        .run(Program::First, &["validate", "--checks"])
        .expect(2)
        .complains("there are no checks");
}
