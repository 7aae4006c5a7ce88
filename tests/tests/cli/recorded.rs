//! Statements that chx does not understand: what they do is found out on the local engine and written above them.

use std::fs;

use crate::project::{Program, Project};

/// A project with one table.
fn with_table() -> Project {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\nCREATE TABLE app.a (id UInt64, n UInt8) ENGINE = MergeTree ORDER BY id;",
        "",
    );
    project
}

fn text(project: &Project, file: &str) -> String {
    fs::read_to_string(project.path().join("migrations").join(file)).unwrap()
}

/// An ALTER of another name of a table changes the table, so a migration has to name that.
#[test]
fn an_alter_of_an_alias_is_refused_with_the_table_to_name() {
    let project = Project::new();
    let up = |name: &str| {
        format!(
            "CREATE DATABASE app;\nCREATE TABLE app.t (k UInt8) ENGINE = MergeTree ORDER BY k;\n\
             CREATE TABLE app.a ENGINE = Alias('app', 't');\nALTER TABLE app.{name} ADD COLUMN v UInt8;"
        )
    };
    project.draft("1_a", &up("a"), "DROP DATABASE app;");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("error[CHX312]: `1_a` `app.a` is an Alias, and `ADD COLUMN` changes the table behind it: name that one")
        .complains("migrations/1_a.sql:9");
    project.draft("1_a", &up("t"), "DROP DATABASE app;");
    project.run(Program::First, &["seal"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["drift"]).expect(0);
    assert_eq!(project.query("SELECT count(v) FROM app.a"), "0");
}

#[test]
fn what_a_statement_makes_is_written_above_it_and_counts() {
    let project = with_table();
    project.draft(
        "2_b",
        "-- the same columns\nCREATE TABLE app.b AS app.a;\nALTER TABLE app.b ADD COLUMN note String;",
        "DROP TABLE app.b;",
    );
    project
        .run(Program::First, &["seal"])
        .expect(0)
        .says("statement 1 of 2_b changes 1 object")
        .says("sealed 2_b");
    let sealed = text(&project, "2_b.sql");
    assert!(sealed.starts_with("-- chx:migration 2\n"), "{sealed}");
    assert!(
        sealed
            .contains("-- chx:effect CREATE TABLE app.b (id UInt64, n UInt8) ENGINE = MergeTree ORDER BY id"),
        "{sealed}"
    );
    assert!(sealed.contains("-- chx:object app.b: none -> table"), "{sealed}");

    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
    assert_eq!(
        project.query("SELECT groupArray(name) FROM system.columns WHERE database = 'app' AND table = 'b'"),
        "['id','n','note']"
    );
    project
        .run(
            Program::First,
            &["rollback", "--steps", "1", "--allow-destructive", "app.b"],
        )
        .expect(0);
    assert_eq!(project.query("EXISTS TABLE app.b"), "0");
}

/// What `AS` takes over is the server's word: without an engine of its own all but the rows, else columns, constraints and comment.
#[test]
fn a_table_after_another_is_what_the_server_makes_of_it() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\nCREATE TABLE app.a (id UInt64 COMMENT 'x' CODEC(ZSTD), n UInt8 DEFAULT 3, INDEX i n TYPE minmax, \
         CONSTRAINT c CHECK n < 9) ENGINE = MergeTree ORDER BY id TTL toDate(id) + INTERVAL 9 DAY COMMENT 'all';",
        "",
    );
    let columns = "(id UInt64 COMMENT 'x' CODEC(ZSTD(1)), n UInt8 DEFAULT 3";
    let whole = format!(
        "{columns}, INDEX i n TYPE minmax GRANULARITY 1, CONSTRAINT c CHECK n < 9) ENGINE = MergeTree ORDER BY id \
         TTL toDate(id) + toIntervalDay(9) COMMENT 'all'"
    );
    let forms = [
        ("b", "AS app.a", whole.clone()),
        ("c", "CLONE AS app.a", whole),
        (
            "m",
            "AS app.a ENGINE = Memory",
            format!("{columns}, CONSTRAINT c CHECK n < 9) ENGINE = Memory COMMENT 'all'"),
        ),
        (
            "n",
            "AS numbers(10)",
            "(`number` UInt64) AS numbers(10)".to_owned(),
        ),
        (
            "q",
            "ENGINE = MergeTree ORDER BY id AS SELECT id, n FROM app.a",
            "(id UInt64, n UInt8) ENGINE = MergeTree ORDER BY id".to_owned(),
        ),
    ];
    let statements: Vec<String> = forms
        .iter()
        .map(|(name, form, _)| format!("CREATE TABLE app.{name} {form};"))
        .collect();
    project.draft("2_b", &statements.join("\n"), "");
    project.run(Program::First, &["seal"]).expect(0);
    let sealed = text(&project, "2_b.sql");
    for (name, _, effect) in &forms {
        let line = format!("-- chx:effect CREATE TABLE app.{name} {effect}\n");
        assert!(sealed.contains(&line), "{line} is not in\n{sealed}");
    }
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
}

#[test]
fn settings_of_the_statement_are_none_of_the_table() {
    let project = with_table();
    project.draft(
        "2_b",
        "CREATE TABLE app.b (id UInt64, data JSON) ENGINE = MergeTree ORDER BY id\n\
         SETTINGS index_granularity = 1024, allow_experimental_json_type = 1;\n\
         ALTER TABLE app.b ADD COLUMN note String SETTINGS alter_sync = 2;",
        "DROP TABLE app.b SETTINGS max_table_size_to_drop = 0;",
    );
    project.run(Program::First, &["seal"]).expect(0);
    let sealed = text(&project, "2_b.sql");
    assert!(
        sealed.contains(
            "-- chx:effect CREATE TABLE app.b (id UInt64, data JSON) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 1024\n"
        ),
        "{sealed}"
    );
    assert_eq!(sealed.matches("chx:effect").count(), 1, "{sealed}");
    assert!(sealed.contains("allow_experimental_json_type = 1;"), "{sealed}");
    assert!(
        sealed.contains("ADD COLUMN note String SETTINGS alter_sync = 2;"),
        "{sealed}"
    );
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
    project.run(Program::First, &["drift"]).expect(0);
    project
        .run(
            Program::First,
            &["rollback", "--steps", "1", "--allow-destructive", "app.b"],
        )
        .expect(0);
}

#[test]
fn a_statement_that_leaves_the_schema_alone_says_so() {
    let project = with_table();
    project.draft("2_kill", "KILL MUTATION WHERE database = 'nowhere';", "");
    project
        .run(Program::First, &["seal"])
        .expect(0)
        .says("leaves the schema as it is");
    assert!(text(&project, "2_kill.sql").contains("-- chx:effect none\nKILL MUTATION"));
    project.run(Program::First, &["migrate"]).expect(0);
}

#[test]
fn what_the_engine_refuses_is_said_and_can_be_written_by_hand() {
    let project = with_table();
    project.draft(
        "2_role",
        "CREATE MASKING POLICY m ON shop.page_view UPDATE user = 1 TO ALL;",
        "",
    );
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("statement 1 of `2_role`")
        .complains("the local engine refuses it")
        .complains("-- chx:effect none")
        .complains("migrations/2_role.sql:6");
    project.edit(
        "migrations/2_role.sql",
        "CREATE MASKING",
        "-- chx:effect none\nCREATE MASKING",
    );
    project.edit(
        "migrations/2_role.sql",
        "-- chx:migration 1",
        "-- chx:migration 2",
    );
    project
        .run(Program::First, &["seal"])
        .expect(0)
        .says("sealed 2_role");
}

#[test]
fn in_a_folder_it_is_written_into_the_part_that_holds_the_statement() {
    let project = with_table();
    let folder = project.path().join("migrations/2_b");
    fs::create_dir(&folder).unwrap();
    let header = "-- chx:migration 1\n-- chx:id 2_b\n-- chx:draft\n-- chx:up\n";
    fs::write(
        folder.join("up.sql"),
        format!("{header}ALTER TABLE app.b ADD COLUMN note String;\n"),
    )
    .unwrap();
    fs::write(folder.join("pre.sql"), "CREATE TABLE app.b AS app.a;\n").unwrap();
    project
        .run(Program::First, &["seal"])
        .expect(0)
        .says("sealed 2_b");
    assert!(text(&project, "2_b/pre.sql").starts_with("-- chx:effect CREATE TABLE app.b"));
    assert!(text(&project, "2_b/up.sql").starts_with("-- chx:migration 2\n"));
    project.run(Program::First, &["migrate"]).expect(0);
}

#[test]
fn lines_that_cannot_be_are_refused() {
    let project = with_table();
    project.draft("2_b", "-- chx:effect none\nDROP TABLE app.a;", "");
    project.edit("migrations/2_b.sql", "-- chx:migration 1", "-- chx:migration 2");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("chx understands this statement");
    project.edit("migrations/2_b.sql", "DROP TABLE app.a", "KILL MUTATION WHERE 1");
    project.edit("migrations/2_b.sql", "effect none", "effect some");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("`some` is neither `none` nor a statement");
    project.edit("migrations/2_b.sql", "-- chx:effect some\n", "SELECT 1; ");
    project
        .run(Program::First, &["seal"])
        .expect(1)
        .complains("put the statement on a line of its own");
}

#[test]
fn a_database_that_is_renamed_takes_its_tables_along() {
    let project = with_table();
    project.run(Program::First, &["migrate"]).expect(0);
    project.query("INSERT INTO app.a VALUES (1, 2)");
    project.write(
        "2_b",
        "RENAME DATABASE app TO shop;",
        "RENAME DATABASE shop TO app;",
    );
    let sealed = text(&project, "2_b.sql");
    assert!(
        sealed.contains(
            "-- chx:effect CREATE DATABASE shop\n-- chx:effect RENAME TABLE app.a TO shop.a\n-- chx:effect DROP DATABASE app\n"
        ),
        "{sealed}"
    );
    // Nothing is lost, so nobody has to consent.
    project.run(Program::First, &["migrate"]).expect(0);
    project.run(Program::First, &["validate"]).expect(0);
    assert_eq!(project.query("SELECT * FROM shop.a"), "1\t2");
    project
        .run(Program::First, &["rollback", "--steps", "1"])
        .expect(0);
    assert_eq!(project.query("SELECT * FROM app.a"), "1\t2");
}
