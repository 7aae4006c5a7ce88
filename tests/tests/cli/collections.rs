//! Named collections, workloads and resources: created, changed, compared as far as a server shows them, pulled.

use serde_json::Value;

use crate::project::{Program, Project, Ran, finish};
use crate::proxy::Served;

const PASSWORD: &str = "COUNTRIES_PASSWORD";

/// Runs with the password in the environment; nothing may show it.
fn with_password(project: &Project, program: Program, arguments: &[&str]) -> Ran {
    let mut command = project.command(program, arguments);
    command.env(PASSWORD, "hunter2");
    let ran = finish(command.spawn().unwrap());
    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    ran
}

#[test]
fn what_structs_say_is_made_changed_and_taken_back() {
    let project = Project::new();
    project.run(Program::Collections, &["generate"]).expect(0);
    let first = std::fs::read_to_string(project.migrations().pop().unwrap()).unwrap();
    for part in [
        "-- chx:step named collection countries, safe, metadata",
        "password = 'env:COUNTRIES_PASSWORD'",
        "CREATE RESOURCE disks (READ ANY DISK, WRITE ANY DISK);",
        "CREATE WORKLOAD reports IN `all` SETTINGS max_io_requests = 100 FOR disks, weight = 1;",
    ] {
        assert!(first.contains(part), "`{part}` is not in\n{first}");
    }
    let at = |text: &str| first.find(text).unwrap_or(usize::MAX);
    assert!(at("CREATE NAMED COLLECTION") < at("CREATE DICTIONARY"), "{first}");

    // The embedded engine forgets workloads when its process ends, so one process serves all of this.
    let served = Served::start(&project);
    let url = served.url();
    with_password(&project, Program::Collections, &["migrate", "--url", &url]).expect(0);
    with_password(&project, Program::Collections, &["validate", "--url", &url]).expect(0);
    project
        .run(Program::Collections, &["generate"])
        .expect(0)
        .says("nothing to do");
    let drift = project
        .run(
            Program::Collections,
            &["drift", "--against", "registry", "--url", &url],
        )
        .expect(0);

    assert!(
        format!("{drift:?}").contains("named collection countries"),
        "{drift:?}"
    );

    // The server shows no value: that one changed is known from the history alone.
    project.run(Program::CollectionsChanged, &["generate"]).expect(0);
    let second = std::fs::read_to_string(project.migrations().pop().unwrap()).unwrap();
    for part in [
        "ALTER NAMED COLLECTION countries\nSET\n    secure = 0,\n    user = 'reader';",
        "CREATE OR REPLACE WORKLOAD reports IN `all` SETTINGS max_io_requests = 100 FOR disks, weight = 5;",
        "DELETE secure",
    ] {
        assert!(second.contains(part), "`{part}` is not in\n{second}");
    }
    with_password(&project, Program::CollectionsChanged, &["migrate", "--url", &url]).expect(0);
    with_password(
        &project,
        Program::CollectionsChanged,
        &["validate", "--url", &url],
    )
    .expect(0);
    with_password(
        &project,
        Program::CollectionsChanged,
        &["rollback", "--steps", "1", "--url", &url],
    )
    .expect(0);
    with_password(&project, Program::Collections, &["validate", "--url", &url]).expect(0);

    let gone = project.run(Program::First, &["generate", "--plan", "--offline"]);
    let at = |text: &str| gone.stdout.find(text).unwrap_or(usize::MAX);
    assert!(
        at("DROP DICTIONARY shop.country") < at("DROP NAMED COLLECTION countries"),
        "{gone:?}"
    );
    assert!(
        at("DROP WORKLOAD reports") < at("DROP WORKLOAD `all`"),
        "{gone:?}"
    );
    assert!(at("DROP WORKLOAD `all`") < at("DROP RESOURCE disks"), "{gone:?}");
}

/// What drift says, by object.
fn differences(ran: &Ran) -> Vec<String> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let told = report["differences"].as_array().unwrap();
    told.iter()
        .map(|one| one["object"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn keys_marks_and_workloads_that_others_changed_are_drift() {
    let project = Project::new();
    project.run(Program::Collections, &["generate"]).expect(0);
    let served = Served::start(&project);
    let url = served.url();
    with_password(&project, Program::Collections, &["migrate", "--url", &url]).expect(0);
    let drift = || project.run(Program::Collections, &["drift", "--json", "--url", &url]);
    assert_eq!(differences(&drift().expect(0)), Vec::<String>::new());
    // A value is not shown, so it is not known to be another.
    served.execute("ALTER NAMED COLLECTION countries SET user = 'somebody'");
    assert_eq!(differences(&drift().expect(0)), Vec::<String>::new());

    served.execute("ALTER NAMED COLLECTION countries SET db = 'shop' NOT OVERRIDABLE, extra = 1 DELETE user");
    served.execute("CREATE OR REPLACE WORKLOAD reports IN all SETTINGS weight = 9");
    let drifted = drift();
    assert_eq!(
        differences(&drifted),
        ["named collection countries", "workload reports"],
        "{drifted:?}"
    );
    let report: Value = serde_json::from_str(&drifted.stdout).unwrap();
    let repair = report["repair"].to_string();
    assert!(repair.contains("CREATE OR REPLACE WORKLOAD reports"), "{repair}");
    assert!(repair.contains("ALTER NAMED COLLECTION countries"), "{repair}");

    served.execute("CREATE RESOURCE threads (MASTER THREAD)");
    let lines = project.run(Program::Collections, &["drift", "--everything", "--url", &url]);
    let shown: Vec<&str> = lines
        .stdout
        .lines()
        .filter(|line| ["changed", "extra"].iter().any(|word| line.starts_with(word)))
        .collect();
    assert_eq!(
        shown,
        [
            "changed  named collection countries",
            "extra    resource threads",
            "changed  workload reports"
        ],
        "{lines:?}"
    );
}

#[test]
fn what_a_server_has_is_pulled_and_is_the_same_again() {
    let project = Project::new();
    let served = Served::start(&project);
    let url = served.url();
    for sql in [
        "CREATE NAMED COLLECTION files AS url = 'http://h/', token = 'hunter2' NOT OVERRIDABLE",
        "CREATE RESOURCE cpu (MASTER THREAD, WORKER THREAD)",
        "CREATE WORKLOAD all",
        "CREATE WORKLOAD nightly IN all SETTINGS weight = 3, max_concurrent_threads = 8 FOR cpu",
    ] {
        served.execute(sql);
    }
    let ran = project
        .run(Program::Nothing, &["pull", "--out", "schema", "--url", &url])
        .expect(0);

    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    let read = |name: &str| std::fs::read_to_string(project.path().join(name)).unwrap();
    assert_eq!(
        read("schema/named_collections.rs"),
        "//! The named collections of the server.\n\nuse chx::prelude::*;\n\n#[derive(ChNamedCollection)]\n\
         #[ch(entries = \"token = 'env:FILES_TOKEN' NOT OVERRIDABLE, url = 'env:FILES_URL'\")]\npub struct Files;\n"
    );
    assert_eq!(
        read("schema/workloads.rs"),
        "//! The workloads of the server and their resources.\n\nuse chx::prelude::*;\n\n#[derive(ChResource)]\n\
         #[ch(operations = \"MASTER THREAD, WORKER THREAD\")]\npub struct Cpu;\n\n#[derive(ChWorkload)]\npub struct All;\n\n\
         #[derive(ChWorkload)]\n#[ch(\n    parent = \"all\",\n    settings = \"max_concurrent_threads = 8 FOR cpu, weight = 3\"\n)]\n\
         pub struct Nightly;\n"
    );
    assert!(read("schema/mod.rs").contains("pub mod named_collections;\npub mod workloads;"));
}
