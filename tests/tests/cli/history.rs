//! Migrations that people touch: edits, drafts, failures half-way.

use crate::project::{Program, Project};

#[test]
fn an_edited_migration_is_refused_where_it_was_edited() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let file = project.migrations().remove(0);
    let name = format!("migrations/{}", file.file_name().unwrap().to_str().unwrap());
    project.edit(&file, "views UInt64", "views UInt32");
    let line = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .position(|line| line.contains("TABLE shop.site_views"));
    let place = format!("{name}:{}", line.unwrap() + 1);
    let files = project.snapshot();
    for command in ["generate", "migrate"] {
        let ran = project
            .run(Program::First, &[command])
            .expect(1)
            .complains("error[CHX309]")
            .complains(&place);
        assert_eq!(
            ran.stderr.matches("error[").count(),
            1,
            "one clear error:\n{}",
            ran.stderr
        );
    }
    assert_eq!(project.snapshot(), files, "nothing changed");
    assert_eq!(
        project.query("SELECT count() FROM system.databases WHERE name IN ('shop', 'chx')"),
        "0"
    );
}

#[test]
fn a_migration_that_ran_cannot_be_changed() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    let file = project.migrations().remove(0);
    project.edit(&file, "-- chx:object", "-- chx:draft\n-- chx:object");
    project.edit(&file, "views UInt64", "views UInt32");
    project.run(Program::First, &["seal"]).expect(0);
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("error[CHX321]");
    project.run(Program::First, &["status"]).expect(1).says("changed");
}

#[test]
fn hand_written_sql_is_sealed_and_runs() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project
        .run(Program::First, &["generate", "--empty", "--name", "first rows"])
        .expect(0)
        .says("chx-migrate seal");
    let draft = project.migrations().remove(1);
    let sql = "-- chx:up\n-- A `;` in a string ends nothing, and neither does a `?`.\n\
               INSERT INTO shop.page_view (id, ts, site) VALUES (1, now64(3), 'what? yes; no');\n\
               ALTER TABLE shop.page_view ADD COLUMN note String;\n";
    project.edit(&draft, "-- chx:up\n", sql);
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("error[CHX314]")
        .complains("seal");
    project.run(Program::First, &["seal"]).expect(0).says("sealed");
    project
        .run(Program::First, &["seal"])
        .expect(0)
        .says("nothing to do");
    project
        .run(Program::First, &["migrate"])
        .expect(0)
        .says("applied 2 migrations");
    assert_eq!(
        project.query("SELECT concat(site, '|', note) FROM shop.page_view"),
        "what? yes; no|"
    );
    project.run(Program::First, &["drift"]).expect(0);
    // The next plan starts from what the SQL did.
    project
        .run(Program::First, &["generate", "--plan"])
        .expect(0)
        .says("drop column note");
}

#[test]
fn a_failed_statement_is_named_and_the_next_run_goes_on_with_it() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.query("CREATE DATABASE shop");
    project.query("CREATE TABLE shop.site_views (x UInt8) ENGINE = MergeTree ORDER BY x");
    // Its name stays taken, and no system table shows it: nobody can know before the server is asked.
    project.query("DETACH TABLE shop.site_views PERMANENTLY");
    let file = project.migrations().remove(0);
    let line = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .position(|line| line.contains("TABLE shop.site_views"));
    let place = format!(
        "migrations/{}:{}",
        file.file_name().unwrap().to_str().unwrap(),
        line.unwrap() + 1
    );
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains(&place)
        .complains("statement 3 of 4")
        .complains("error 57 (TABLE_ALREADY_EXISTS)")
        .complains("run `migrate` again");
    project
        .run(Program::First, &["status"])
        .expect(1)
        .says("failed")
        .says("statement 3: error 57");
    // What ran stays, and nothing after the failure ran.
    assert_eq!(project.query("SELECT groupArray(name) FROM (SELECT name FROM system.tables WHERE database = 'shop' ORDER BY name)"), "['page_view']");

    project.query("ATTACH TABLE shop.site_views");
    project.query("DROP TABLE shop.site_views");
    let ran = project.run(Program::First, &["migrate", "--json"]).expect(0);
    assert_eq!(ran.json()["statements"], 2, "only what was left runs");
    project
        .run(Program::First, &["status"])
        .expect(0)
        .says("1 applied, 0 pending");
    project.run(Program::First, &["drift"]).expect(0);
}
