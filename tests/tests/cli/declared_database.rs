//! A database with an engine and a comment of its own: declared, made, changed by hand, adopted.

use std::path::Path;

use crate::databases::{all, live};
use crate::project::{Program, Project};
use crate::proxy::Served;
use crate::pull::PULLED;

fn only_migration(project: &Project) -> String {
    let [path] = project.migrations().try_into().unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn what_a_struct_says_of_a_database_is_made_and_watched() {
    let project = Project::new();
    // A Memory database goes with its server.
    let served = Served::start(&project);
    let url = served.url();
    let run = |args: &[&str]| project.run(Program::Database, &[args, &["--url", &url]].concat());
    run(&["generate"]).expect(0);
    let migration = only_migration(&project);
    assert!(
        migration.contains("CREATE DATABASE IF NOT EXISTS shop\nENGINE = Memory\nCOMMENT 'What is sold.'"),
        "{migration}"
    );
    run(&["migrate"]).expect(0);
    run(&["validate"]).expect(0);
    run(&["generate"]).expect(0).says("nothing to do");

    served.execute("ALTER DATABASE shop MODIFY COMMENT 'What was sold.'");
    for against in ["registry", "history"] {
        run(&["drift", "--against", against])
            .expect(5)
            .says("comment")
            .says("What was sold.")
            .says("ALTER DATABASE shop MODIFY COMMENT 'What is sold.'");
    }
    run(&["diff", "live", "registry", "--sql"])
        .expect(0)
        .says("ALTER DATABASE shop MODIFY COMMENT 'What is sold.'");
}

#[test]
fn an_engine_that_changes_is_refused() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project
        .run(Program::Database, &["generate"])
        .expect(1)
        .says("the engine changes from the server's own to Memory")
        .says("RENAME TABLE every table of shop into it")
        .complains("nothing was written: `shop` cannot be altered");
}

/// CREATE DATABASE IF NOT EXISTS leaves a database with another engine as it is, and that is never silent.
#[test]
fn a_database_that_is_there_with_another_engine_is_drift() {
    let project = Project::new();
    let served = Served::start(&project);
    let url = served.url();
    let run = |args: &[&str]| project.run(Program::Database, &[args, &["--url", &url]].concat());
    served.execute("CREATE DATABASE shop ENGINE = Atomic COMMENT 'What is sold.'");
    run(&["generate"]).expect(0);
    run(&["migrate"]).expect(0);
    for command in [
        &["drift", "--against", "history"][..],
        &["drift", "--against", "registry"],
        &["validate"],
    ] {
        run(command)
            .expect(5)
            .says("engine (error)\n             expected Memory\n             live     the server's own");
    }
    run(&["drift"]).says("shop cannot be altered back: the engine changes from the server's own to Memory");
    run(&["check"])
        .expect(5)
        .says("error[CHX412]: `shop` this database is not what it should be: engine");
}

/// Settings stand behind the engine, and no ALTER changes them.
#[test]
fn other_settings_are_drift_that_no_alter_mends() {
    let (project, served) = live(&all());
    let url = served.url();
    let run = |args: &[&str]| {
        let more = [args, &["--url", &url, "--include", "unread"]].concat();
        project.run(Program::Pulled, &more)
    };
    run(&["drift", "--against", "registry"]).expect(0);
    for sql in [
        "CREATE DATABASE other ENGINE = Atomic",
        "RENAME DATABASE unread TO gone",
        "RENAME DATABASE other TO unread",
    ] {
        served.execute(sql);
    }
    run(&["drift", "--against", "registry"])
        .expect(5)
        .says("the engine changes from the server's own to Atomic SETTINGS lazy_load_tables = 1");
}

/// What is pulled and what is adopted say the same of each database, and both follow a change by hand.
#[test]
fn what_was_pulled_is_what_was_adopted() {
    let (project, served) = live(&all());
    let url = served.url();
    let run = |args: &[&str]| {
        let more = [args, &["--url", &url]].concat();
        project.run(Program::Pulled, &more)
    };
    served.execute("CREATE DATABASE empty COMMENT 'nothing yet'");
    run(&["baseline"]).expect(0);
    let migration = only_migration(&project);
    assert!(
        migration.contains(
            "CREATE DATABASE IF NOT EXISTS web_export\nENGINE = Memory\nCOMMENT 'read by partners'"
        ),
        "{migration}"
    );
    assert!(migration.contains("empty\nCOMMENT 'nothing yet'"), "{migration}");
    // The compiled code was pulled before there was an empty database.
    run(&["generate", "--plan", "--offline"])
        .expect(0)
        .says("DROP DATABASE empty");
    served.execute("DROP DATABASE empty");

    let name = "tests/src/bin/migrate_pulled/schema/web_export.rs";
    let path = project.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::copy(Path::new(PULLED).join("web_export.rs"), &path).unwrap();
    served.execute("ALTER DATABASE web_export MODIFY COMMENT 'Read by nobody.'");
    run(&["pull", "--out", "schema", "--include", "web_export"]).expect(0);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains(
            "/// Read by nobody.\n#[derive(ChDatabase)]\n#[ch(engine = Memory)]\npub struct WebExport;\n"
        ),
        "{text}"
    );
    // What a database is not asked about is no difference.
    served.execute("ALTER DATABASE logs MODIFY COMMENT 'by the operators'");
    run(&["drift", "--against", "registry", "--include", "logs"]).expect(0);
}
