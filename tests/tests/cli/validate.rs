//! Is the database what its applied migrations say?

use crate::project::{Program, Project};

#[test]
fn the_applied_migrations_count_and_not_the_pending_ones() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\nCREATE TABLE app.a (id UInt64) ENGINE = MergeTree ORDER BY id;",
        "",
    );
    project.run(Program::First, &["migrate"]).expect(0);
    project.write(
        "2_b",
        "CREATE TABLE app.b (id UInt64) ENGINE = MergeTree ORDER BY id;",
        "",
    );
    project
        .run(Program::First, &["validate"])
        .expect(0)
        .says("is what its 1 applied migrations say");
    project.run(Program::First, &["migrate"]).expect(0);
    let document = project
        .run(Program::First, &["validate", "--json"])
        .expect(0)
        .json();
    assert_eq!(document["applied"], serde_json::json!(["1_a", "2_b"]));
}

#[test]
fn what_somebody_changed_by_hand_is_named() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\nCREATE TABLE app.a (id UInt64) ENGINE = MergeTree ORDER BY id;",
        "",
    );
    project.run(Program::First, &["migrate"]).expect(0);
    project.query("ALTER TABLE app.a ADD COLUMN note String");
    project
        .run(Program::First, &["validate"])
        .expect(5)
        .says("app.a")
        .says("note")
        .complains("chx-migrate drift");
}

#[test]
fn a_migration_that_has_not_ended_is_no_valid_state() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE app;\nCREATE TABLE app.a (id UInt64) ENGINE = MergeTree ORDER BY id;\n\
         SELECT throwIf(1, 'stop here');",
        "",
    );
    project.run(Program::First, &["migrate"]).expect(1);
    project
        .run(Program::First, &["validate"])
        .expect(5)
        .complains("`1_a` has begun and not ended");
}
