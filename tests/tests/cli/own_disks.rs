//! Tables that bring their disk along: what it says comes from the environment, is sent, and stands nowhere; a server hides it.

use crate::project::{Program, Project};
use crate::proxy::Served;

const TABLE: &str = "CREATE TABLE shop.hit (n UInt64) ENGINE = MergeTree ORDER BY n";

fn served(project: &Project) -> (Served, String) {
    let disks = format!("{}/disks/", project.path().display());
    let config = format!(
        "<clickhouse><custom_local_disks_base_directory>{disks}</custom_local_disks_base_directory></clickhouse>"
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    (
        Served::start_with(project, &["--config-file", "config.xml"]),
        disks,
    )
}

#[test]
fn a_disk_of_its_own_is_sent_hidden_pulled_and_never_moved() {
    let project = Project::new();
    let (served, disks) = served(&project);
    let url = served.url();
    let path = format!("{disks}of-hunter2/");
    let up = format!(
        "CREATE DATABASE shop;\n{TABLE} SETTINGS disk = disk(type = local, path = 'env:HIT_PATH', keep_free_space_bytes = 0);"
    );
    project.write("1_a", &up, "");
    let run = |args: &[&str], code: i32| {
        let args = [args, &["--url", &url]].concat();
        let mut command = project.command(Program::Nothing, &args);
        command.env("HIT_PATH", &path).env("CHX_LOG", "trace");
        let ran = crate::project::finish(command.spawn().unwrap()).expect(code);
        assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
        ran
    };
    run(&["migrate"], 0);
    served.execute("INSERT INTO shop.hit VALUES (1)");
    let places = served.query("SELECT path FROM system.parts WHERE table = 'hit'");
    assert!(places.contains("of-hunter2/"), "{places}");
    let journal = served.query("SELECT * FROM chx.journal FORMAT JSONEachRow");
    assert!(
        journal.contains("1_a") && !journal.contains("hunter2"),
        "{journal}"
    );

    // The server hides all of it but the type and the keys: what it says there is not known, and no more is.
    run(&["drift"], 0).complains("CHX414");
    run(&["pull", "--out", "schema"], 0);
    let text = std::fs::read_to_string(project.path().join("schema/shop.rs")).unwrap();
    for words in ["disk(\n", "type = \"local\",", "path = \"env:SHOP_HIT_PATH\""] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }

    for (name, settings) in [
        (
            "same",
            "disk = disk(keep_free_space_bytes = '0', path = 'env:HIT_PATH', type = 'local')",
        ),
        (
            "moved",
            "disk = disk(type = local, path = 'env:OTHER_PATH', keep_free_space_bytes = 0)",
        ),
        ("gone", "index_granularity = 8192"),
    ] {
        let sql = format!("CREATE DATABASE shop;\n{TABLE} SETTINGS {settings};");
        std::fs::write(project.path().join(format!("{name}.sql")), sql).unwrap();
    }
    let diff = |to: &str, code: i32| {
        project
            .run(
                Program::Nothing,
                &["diff", "history", &format!("file:{to}.sql"), "--exit-code"],
            )
            .expect(code)
    };
    diff("same", 0).says("no difference");
    for to in ["moved", "gone"] {
        let ran = diff(to, 3);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(
            said.contains("the disk changes, and a table stays on the one"),
            "{said}"
        );
        assert!(
            said.contains("INSERT SELECT copies every row, because the disks differ"),
            "{said}"
        );
        assert!(!said.contains("RESET SETTING"), "{said}");
    }
}

#[test]
fn a_key_that_is_written_out_stops_before_the_server() {
    let project = Project::new();
    let up = format!(
        "CREATE DATABASE shop;\n{TABLE} SETTINGS disk = disk(type = s3, secret_access_key = 'hunter2');"
    );
    project.draft("1_a", &up, "");
    let ran = project.run(Program::Nothing, &["seal"]).expect(1);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(
        said.contains("`secret_access_key of disk(...)` is written out"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}
