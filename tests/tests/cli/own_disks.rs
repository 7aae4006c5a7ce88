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

/// A server takes RESET SETTING storage_policy, and after its next start it no longer finds what lies on other disks.
#[test]
fn a_storage_policy_is_never_reset() {
    let project = Project::new();
    let elsewhere = project.path().join("elsewhere/");
    std::fs::create_dir_all(&elsewhere).unwrap();
    let config = format!(
        "<clickhouse><storage_configuration><disks><other><path>{}/</path></other></disks><policies>\
         <tiers><volumes><hot><disk>default</disk></hot><cold><disk>other</disk></cold></volumes></tiers>\
         </policies></storage_configuration></clickhouse>",
        elsewhere.display()
    );
    std::fs::write(project.path().join("config.xml"), config).unwrap();
    let served = Served::start_with(&project, &["--config-file", "config.xml"]);
    let tiered = format!("{TABLE} SETTINGS storage_policy = 'tiers'");
    served.execute("CREATE DATABASE shop");
    served.execute(&tiered);
    served.execute("INSERT INTO shop.hit VALUES (1)");
    served.execute("ALTER TABLE shop.hit MOVE PARTITION tuple() TO DISK 'other'");
    for (name, table) in [("tiered", tiered.as_str()), ("plain", TABLE)] {
        let sql = format!("CREATE DATABASE shop;\n{table};");
        std::fs::write(project.path().join(format!("{name}.sql")), sql).unwrap();
    }
    let diff = |from: &str, to: &str, code: i32| {
        let args = ["diff", from, to, "--exit-code", "--url", &served.url()];
        let ran = project.run(Program::Nothing, &args).expect(code);
        format!("{}{}", ran.stdout, ran.stderr)
    };
    let away = diff("live", "file:plain.sql", 3);
    for words in [
        "the storage policy is taken away",
        "because the storage policies differ",
    ] {
        assert!(away.contains(words), "`{words}` is not in\n{away}");
    }
    assert!(!away.contains("RESET SETTING"), "{away}");
    let there = diff("file:plain.sql", "file:tiered.sql", 3);
    assert!(
        there.contains("MODIFY SETTING storage_policy = 'tiers'"),
        "{there}"
    );

    let by_hand = "ALTER TABLE shop.hit RESET SETTING storage_policy;";
    project.draft("1_reset", by_hand, "");
    let ran = project.run(Program::Nothing, &["seal"]).expect(1);
    ran.complains("RESET SETTING storage_policy")
        .complains("create another table and copy them");

    // The fact itself.
    served.execute("ALTER TABLE shop.hit RESET SETTING storage_policy");
    assert_eq!(served.query("SELECT count() FROM shop.hit").trim(), "1");
    served.execute("DETACH TABLE shop.hit");
    served.execute("ATTACH TABLE shop.hit");
    assert_eq!(served.query("SELECT count() FROM shop.hit").trim(), "0");
}
