//! `init --from-live`: a project for a database that is there already.

use std::path::{Path, PathBuf};

use crate::databases::{all, live, served};
use crate::interposer::{Action, interpose};
use crate::project::{Program, Project, Ran, finish};
use crate::pull::{PULLED, files};

/// With a password in the variable that `chx.toml` names.
fn with_password(project: &Project, program: Program, args: &[&str]) -> Ran {
    let mut command = project.command(program, args);
    finish(command.env("CLICKHOUSE_PASSWORD", "planted-0").spawn().unwrap())
}

#[test]
fn a_live_database_becomes_a_project_in_one_go() {
    let (_home, served) = live(&all());
    let project = Project::bare();
    let init = |project: &Project, more: &[&str]| {
        let url = served.url().replace("http://", "http://default:planted-0@");
        project.run(
            Program::Nothing,
            &[&["init", "--from-live", "--url", &url][..], more].concat(),
        )
    };
    let ran = init(&project, &[])
        .expect(0)
        .says("created src/schema/billing.rs")
        .says("created src/bin/chx-migrate.rs")
        .says("created chx.toml\nadopted the database: ")
        .says("pub mod schema;")
        .says("features = [\"uuid\"]")
        .says("export CLICKHOUSE_PASSWORD=...")
        .complains("CHX423");
    // The Rust is that of `pull`, which is compiled with the tests.
    assert_eq!(
        files(&project.path().join("src/schema")),
        files(Path::new(PULLED))
    );
    let config = std::fs::read_to_string(project.path().join("chx.toml")).unwrap();
    let live = format!(
        "[env.live]\nurl = \"{}\"\nuser = \"default\"\npassword = \"env:CLICKHOUSE_PASSWORD\"",
        served.url()
    );
    assert!(config.contains(&live), "{config}");
    assert!(config.contains("default_env = \"dev\""), "{config}");
    let program = std::fs::read_to_string(project.path().join("src/bin/chx-migrate.rs")).unwrap();
    assert!(program.contains("use my_shop as _;"), "{program}");
    // No password, neither of the server nor of a dictionary, stands anywhere.
    let everything = files(project.path());
    for (name, text) in &everything {
        assert!(
            !text.contains("planted") && !text.contains("[HIDDEN]"),
            "{}:\n{text}",
            name.display()
        );
    }
    assert!(!format!("{ran:?}").contains("planted"), "{ran:?}");

    // Nothing differs, nothing is pending, nothing is left to generate.
    let run = |args: &[&str]| with_password(&project, Program::Pulled, args);
    run(&["drift", "--env", "live", "--against", "registry", "--everything"]).expect(0);
    run(&["drift", "--env", "live"]).expect(0);
    run(&["status", "--env", "live"])
        .expect(0)
        .says("1 applied, 0 pending");
    run(&["generate"]).expect(0).says("nothing to do");
    assert_eq!(files(project.path()), everything);

    // It is begun once: here, and in the database.
    init(&project, &[])
        .expect(2)
        .complains("chx.toml` is there: chx is set up already");
    std::fs::remove_file(project.path().join("chx.toml")).unwrap();
    init(&project, &[])
        .expect(2)
        .complains("migrations` is there already; nothing was written");
    let other = Project::bare();
    let before = files(other.path());
    init(&other, &[])
        .expect(2)
        .complains("the journal of the database knows migrations already");
    assert_eq!(files(other.path()), before);
}

#[test]
fn what_was_chosen_stays_chosen() {
    let (_home, served) = live(&["traces"]);
    let project = Project::bare();
    let url = served.url();
    let args = [
        "init",
        "--from-live",
        "--url",
        &url,
        "--env",
        "prod",
        "--include",
        "traces",
        "--exclude",
        "traces.*_mv",
        "--files",
        "--json",
    ];
    let document = project.run(Program::Nothing, &args).expect(0).json();
    assert_eq!(document["environment"], "prod");
    assert_eq!(document["proven"], true);
    let config = std::fs::read_to_string(project.path().join("chx.toml")).unwrap();
    assert!(
        config.contains("[scope]\ninclude = [\"traces\"]\nexclude = [\"traces.*_mv\"]\n"),
        "{config}"
    );
    assert!(!config.contains("password ="), "{config}");
    assert!(project.path().join("src/schema/traces/error.rs").is_file());
    project
        .run(Program::Nothing, &["drift", "--env", "prod"])
        .expect(0);
    let url = ["status", "--url", &url];
    project
        .run(Program::Nothing, &url)
        .expect(0)
        .says("1 applied, 0 pending");
}

/// Files and folders below a folder.
fn everything_in(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            all.push(path);
        }
    }
    all.sort();
    all
}

#[test]
fn all_is_written_or_nothing() {
    let home = Project::new();
    let served = served(&home);
    let url = served.url();
    served.execute("CREATE DATABASE shop");
    served.execute("CREATE TABLE shop.a (n UInt8) ENGINE = MergeTree ORDER BY n");
    let project = Project::bare();
    let before = everything_in(project.path());
    let init = |url: &str, more: &[&str]| {
        project.run(
            Program::Nothing,
            &[&["init", "--from-live", "--url", url][..], more].concat(),
        )
    };
    project
        .run(Program::Nothing, &["init", "--from-live"])
        .expect(2)
        .complains("name the live database");
    project
        .run(Program::Nothing, &["init", "--include", "shop"])
        .expect(2)
        .complains("`--include` and `--exclude` go with `--from-live`");
    init("http://127.0.0.1:1", &[]).expect(6);
    init(&url, &["--include", "nowhere"])
        .expect(1)
        .complains("there is nothing to adopt");
    served.execute_bytes(b"CREATE TABLE shop.latin1 (n UInt8) ENGINE = Memory COMMENT 'caf\xe9'");
    init(&url, &[]).expect(1).complains("CHX401");
    assert_eq!(everything_in(project.path()), before);

    // Where one file cannot be written, the others go again, and their folders.
    std::fs::write(project.path().join("src/bin"), "in the way").unwrap();
    let before = everything_in(project.path());
    let chosen = ["--exclude", "shop.latin1"];
    init(&url, &chosen)
        .expect(1)
        .complains("nothing was written, and the database was not touched: `");
    assert_eq!(everything_in(project.path()), before);
    assert_eq!(
        served.query("SELECT count() FROM system.databases WHERE name = 'chx'"),
        "0"
    );
    std::fs::remove_file(project.path().join("src/bin")).unwrap();

    // Where the journal cannot be written, what is left to do is one command.
    let reading = interpose(&served, |_| Action::Setting("readonly=2"));
    let ran = init(&reading, &chosen)
        .expect(1)
        .complains("the files are written, but the journal of the database does not know of them");
    let id = project.migrations()[0]
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let rest = format!("repair --mark-applied {id} --env live --confirm live");
    assert!(ran.stderr.contains(&rest), "{}", ran.stderr);
    let rest: Vec<&str> = rest.split(' ').collect();
    let may_write = ["--url", &url];
    project
        .run(Program::Nothing, &[&rest[..], &may_write].concat())
        .expect(0);
    project
        .run(
            Program::Nothing,
            &[&["status", "--env", "live"][..], &may_write].concat(),
        )
        .expect(0)
        .says("1 applied, 0 pending");
}
