//! The main job, from an empty folder to a change that is applied.

use crate::project::{Program, Project, finish};

#[test]
fn a_schema_becomes_a_migration_and_is_applied_once() {
    let project = Project::new();
    project
        .run(Program::First, &["generate"])
        .expect(0)
        .says("create table shop.page_view")
        .says("wrote migrations/");
    let files = project.snapshot();
    assert_eq!(project.migrations().len(), 1);
    project
        .run(Program::First, &["generate"])
        .expect(0)
        .says("nothing to do");
    assert_eq!(project.snapshot(), files, "a second `generate` writes nothing");

    project
        .run(Program::First, &["migrate", "--plan"])
        .expect(0)
        .says("create table shop.page_view");
    project
        .run(Program::First, &["migrate"])
        .expect(0)
        .says("applied 1 migration");
    let rows = "SELECT count(), max(sequence) FROM chx.journal";
    let journal = project.query(rows);
    project
        .run(Program::First, &["migrate"])
        .expect(0)
        .says("nothing to do");
    assert_eq!(project.query(rows), journal, "a second `migrate` does nothing");

    project
        .run(Program::First, &["status"])
        .expect(0)
        .says("1 applied, 0 pending");
    project.run(Program::First, &["drift"]).expect(0).says("no drift");
    project
        .run(Program::First, &["drift", "--against", "registry"])
        .expect(0)
        .says("no drift");
    // Every statement has a start and an end, and so has the migration.
    assert_eq!(
        project.query("SELECT event, count() FROM chx.journal GROUP BY event ORDER BY event"),
        "finished\t5\nstarted\t5"
    );
}

#[test]
fn a_change_keeps_the_rows() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    project
        .query("INSERT INTO shop.page_view (id, ts, site) SELECT number, now64(3), 'a' FROM numbers(1000)");

    let files = project.snapshot();
    project
        .run(Program::Second, &["generate", "--plan"])
        .expect(0)
        .says("add column duration");
    project
        .run(Program::Second, &["generate", "--plan", "--exit-code"])
        .expect(3);
    assert_eq!(project.snapshot(), files, "`--plan` writes nothing");
    project
        .run(Program::Second, &["generate", "--name", "Add duration"])
        .expect(0);
    assert!(
        project.migrations()[1]
            .to_str()
            .unwrap()
            .ends_with("_add_duration.sql")
    );
    project
        .run(Program::Second, &["status"])
        .expect(0)
        .says("1 applied, 1 pending");
    project.run(Program::Second, &["migrate"]).expect(0);
    assert_eq!(
        project.query("SELECT count(), sum(id), max(duration) FROM shop.page_view"),
        "1000\t499500\t0"
    );
    assert_eq!(project.query("SELECT views FROM shop.site_views FINAL"), "1000");
    project.run(Program::Second, &["drift"]).expect(0);

    // Somebody changes the database by hand.
    project.query("ALTER TABLE shop.page_view ADD COLUMN extra String");
    project
        .run(Program::Second, &["drift"])
        .expect(5)
        .says("changed")
        .says("DROP COLUMN extra");
}

#[test]
fn what_destroys_needs_consent_in_two_places_by_name() {
    let project = Project::new();
    for program in [Program::First, Program::Third] {
        project.run(program, &["generate"]).expect(0);
    }
    let first = project.migrations()[0]
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    project
        .run(Program::Third, &["migrate", "--to", &first])
        .expect(0)
        .says("applied 1 migration");
    let column = ["--allow-destructive", "shop.page_view.usr"];
    let table = ["--allow-destructive", "shop.site_views"];

    project
        .run(Program::Third, &["migrate"])
        .expect(4)
        .complains("shop.page_view.usr");
    let one = project.run(Program::Third, &[["migrate"].as_slice(), &column].concat());
    one.expect(4)
        .complains("1 thing would be destroyed")
        .complains("shop.site_views: all its rows");
    assert_eq!(
        project.query("SELECT count() FROM system.columns WHERE table = 'page_view' AND name = 'usr'"),
        "1"
    );

    // The policy says no, whatever the flags say.
    project.edit(
        "chx.toml",
        "policy.destructive = \"flag\"",
        "policy.destructive = \"refuse\"",
    );
    let both = [["migrate"].as_slice(), &column, &table].concat();
    project
        .run(Program::Third, &both)
        .expect(4)
        .complains("in chx.toml");
    project.edit(
        "chx.toml",
        "policy.destructive = \"refuse\"",
        "policy.destructive = \"flag\"",
    );
    project.run(Program::Third, &both).expect(0);
    assert_eq!(
        project.query("SELECT count() FROM system.tables WHERE database = 'shop'"),
        "1"
    );
    project.run(Program::Third, &["drift"]).expect(0);
}

/// What only the engine can tell to be the same is neither a change nor drift.
#[test]
fn another_spelling_is_no_change() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let file = project.migrations().remove(0);
    project.edit(&file, "-- chx:object", "-- chx:draft\n-- chx:object");
    project.edit(&file, "DEFAULT 'unknown'", "DEFAULT concat('unk', 'nown')");
    project.run(Program::First, &["seal"]).expect(0);
    project
        .run(Program::First, &["generate", "--plan"])
        .expect(0)
        .says("modify column usr");

    project.edit(&file, "-- chx:object", "-- chx:draft\n-- chx:object");
    project.edit(
        &file,
        "DEFAULT concat('unk', 'nown')",
        "DEFAULT CASE WHEN 1 THEN 'unknown' ELSE 'x' END",
    );
    project.edit(
        &file,
        "SELECT site, count() AS views",
        "SELECT site, sum(1) FILTER (WHERE site != '') AS views",
    );
    project.run(Program::First, &["seal"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    let stored = project
        .query("SELECT default_expression FROM system.columns WHERE table = 'page_view' AND name = 'usr'");
    assert!(
        stored.contains("multiIf(1"),
        "the engine spells it in its own way: {stored}"
    );
    project.run(Program::First, &["drift"]).expect(0).says("no drift");
}

#[test]
fn of_two_generates_at_once_one_writes() {
    let project = Project::new();
    let start = || project.command(Program::First, &["generate"]).spawn().unwrap();
    let running: Vec<_> = (0..3).map(|_| start()).collect();
    let said: Vec<String> = running
        .into_iter()
        .map(|child| finish(child).expect(0).stdout)
        .collect();
    assert_eq!(
        said.iter()
            .filter(|said| said.contains("wrote migrations/"))
            .count(),
        1,
        "{said:?}"
    );
    assert_eq!(
        said.iter().filter(|said| said.contains("nothing to do")).count(),
        2,
        "{said:?}"
    );
    assert_eq!(project.migrations().len(), 1);
}

#[test]
fn init_touches_nothing_that_is_there() {
    let project = Project::new();
    project.edit("chx.toml", "migrations = \"migrations\"", "migrations = \"db\"");
    let before = std::fs::read(project.path().join("chx.toml")).unwrap();
    project
        .run(Program::First, &["init"])
        .expect(0)
        .says("kept chx.toml");
    assert_eq!(std::fs::read(project.path().join("chx.toml")).unwrap(), before);
}
