//! What pending migrations expect of the database, asked before anything runs.

use crate::project::{Program, Project};

/// A project with a table of three rows.
fn with_users() -> Project {
    let project = Project::new();
    project.write(
        "1_users",
        "CREATE DATABASE app;\nCREATE TABLE app.users (id UInt64, age String) ENGINE = MergeTree ORDER BY id;\n\
         INSERT INTO app.users VALUES (1, '30'), (2, '40'), (3, 'x');",
        "",
    );
    project.run(Program::First, &["migrate"]).expect(0);
    project
}

/// Adds a migration with these lines in its header.
fn expecting(project: &Project, id: &str, expects: &[&str], up: &str) {
    project.draft(id, up, "");
    let lines: Vec<String> = expects
        .iter()
        .map(|line| format!("-- chx:expect {line}"))
        .collect();
    let file = format!("migrations/{id}.sql");
    project.edit(&file, "-- chx:migration 1", "-- chx:migration 2");
    project.edit(
        &file,
        "-- chx:draft\n",
        &format!("-- chx:draft\n{}\n", lines.join("\n")),
    );
    project.run(Program::First, &["seal"]).expect(0);
}

#[test]
fn every_expectation_that_does_not_hold_is_named_with_its_line() {
    let project = with_users();
    expecting(
        &project,
        "2_age",
        &[
            "app.users exists",
            "app.users_old exists",
            "app.users missing",
            "app.users.age Nullable(String)",
            "app.users.nick missing",
            "app.users setting index_granularity = 4096",
            "app.users rows <= 2",
            "app.users rows >= 3",
            "SELECT throwIf(countIf(toUInt8OrNull(age) IS NULL) > 0, 'ages that are no numbers') FROM app.users",
        ],
        "ALTER TABLE app.users MODIFY COLUMN age UInt8;",
    );
    let ran = project
        .run(Program::First, &["verify"])
        .expect(1)
        .complains("expects `app.users_old exists`, but `app.users_old` does not exist")
        .complains("migrations/2_age.sql:5")
        .complains("expects `app.users missing`, but `app.users` is there, a table")
        .complains("but `app.users.age` is String")
        .complains("expects `app.users setting index_granularity = 4096`, but")
        .complains("expects `app.users rows <= 2`, but there are 3")
        .complains("ages that are no numbers");
    assert_eq!(ran.stderr.matches("error[CHX330]").count(), 6, "{}", ran.stderr);
    ran.says("3 expectations hold, 6 do not, 1 statements can run");

    // The same stops `migrate`, with nothing run and nothing written down.
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("6 of what `2_age` expects does not hold here; nothing of it was run")
        .complains("migrations/2_age.sql:5");
    assert_eq!(
        project.query("SELECT type FROM system.columns WHERE table = 'users' AND name = 'age'"),
        "String"
    );
    assert_eq!(
        project.query("SELECT count() FROM chx.journal WHERE migration = '2_age'"),
        "0"
    );
}

#[test]
fn what_holds_lets_the_migration_run() {
    let project = with_users();
    expecting(
        &project,
        "2_age",
        &[
            "app.users.age String",
            "SELECT throwIf(count() > 3) FROM app.users",
        ],
        "ALTER TABLE app.users ADD COLUMN nick String;",
    );
    let ran = project.run(Program::First, &["verify", "--json"]).expect(0);
    let document = ran.json();
    assert_eq!(
        (
            document["met"].as_u64(),
            document["statements"].as_u64(),
            document["open"].as_u64()
        ),
        (Some(2), Some(1), Some(0))
    );
    project.run(Program::First, &["migrate"]).expect(0);
    project
        .run(Program::First, &["verify"])
        .expect(0)
        .says("nothing is pending");
}

#[test]
fn a_later_migration_is_looked_at_as_the_earlier_ones_leave_the_database() {
    let project = with_users();
    expecting(
        &project,
        "2_nick",
        &["app.users.nick missing"],
        "ALTER TABLE app.users ADD COLUMN nick String;\nINSERT INTO app.users (id, nick) VALUES (4, 'd');",
    );
    expecting(
        &project,
        "3_nick",
        &["app.users.nick String", "app.users rows = 4"],
        "ALTER TABLE app.users MODIFY COLUMN nick LowCardinality(String);",
    );
    project
        .run(Program::First, &["verify"])
        .expect(0)
        .says("2 pending, 2 expectations hold, 0 do not")
        .says("1 cannot be asked before their turn");
    // Its turn comes right before the third migration runs.
    project.edit("migrations/3_nick.sql", "rows = 4", "rows = 5");
    project.edit(
        "migrations/3_nick.sql",
        "-- chx:id 3_nick\n",
        "-- chx:id 3_nick\n-- chx:draft\n",
    );
    project.run(Program::First, &["seal"]).expect(0);
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("expects `app.users rows = 5`, but there are 4");
    project.run(Program::First, &["status"]).expect(0).says("3_nick");
    assert_eq!(
        project.query("SELECT type FROM system.columns WHERE name = 'nick' AND table = 'users'"),
        "String"
    );
}

#[test]
fn a_statement_that_cannot_run_on_what_is_there_stops_everything_before_it() {
    let project = with_users();
    project.write(
        "2_two",
        "CREATE TABLE app.more (id UInt64) ENGINE = MergeTree ORDER BY id;\nALTER TABLE app.users DROP COLUMN age;",
        "",
    );
    project.query("ALTER TABLE app.users RENAME COLUMN age TO years");
    project
        .run(
            Program::First,
            &["migrate", "--allow-destructive", "app.users.age"],
        )
        .expect(1)
        .complains("error[CHX331]")
        .complains("statement 2 cannot run here: `app.users` has no column `age`")
        .complains("migrations/2_two.sql:");
    assert_eq!(
        project.query("EXISTS TABLE app.more"),
        "0",
        "the first statement has not run"
    );
}

#[test]
fn a_database_is_not_dropped_with_what_the_history_does_not_know() {
    let project = with_users();
    project.write("2_gone", "DROP TABLE app.users;\nDROP DATABASE app;", "");
    project.query("CREATE TABLE app.not_ours (id UInt64) ENGINE = MergeTree ORDER BY id");
    project
        .run(
            Program::First,
            &[
                "migrate",
                "--allow-destructive",
                "app.users",
                "--allow-destructive",
                "app",
            ],
        )
        .expect(1)
        .complains("it still holds `app.not_ours`");
    assert_eq!(project.query("SELECT count() FROM app.users"), "3");
}

#[test]
fn a_line_that_cannot_be_read_is_refused_where_it_stands() {
    let project = with_users();
    project.draft("2_bad", "ALTER TABLE app.users ADD COLUMN nick String;", "");
    project.edit(
        "migrations/2_bad.sql",
        "-- chx:draft\n",
        "-- chx:draft\n-- chx:expect app.users there\n",
    );
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("`app.users there` says neither `exists`")
        .complains("migrations/2_bad.sql:4");
    project.edit("migrations/2_bad.sql", "app.users there", "app.users exists");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("write `-- chx:migration 2`");
    project.edit(
        "migrations/2_bad.sql",
        "app.users exists",
        "SELECT 1; DROP TABLE app.users",
    );
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("is not a SELECT on one line");
    assert_eq!(project.query("SELECT count() FROM app.users"), "3");
}
