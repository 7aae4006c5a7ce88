//! What cannot be done is said in one clear error, and nothing is changed.

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project};
use crate::proxy::Served;

#[test]
fn an_empty_registry_is_an_error_and_never_a_plan() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let files = project.snapshot();
    for args in [&["generate"][..], &["generate", "--plan"], &["schema"]] {
        project
            .run(Program::Nothing, args)
            .expect(2)
            .complains("the registry is empty")
            .complains("use my_schema as _;");
    }
    assert_eq!(project.snapshot(), files);
    // What needs no schema works without one.
    project.run(Program::Nothing, &["migrate", "--plan"]).expect(0);
}

#[test]
fn a_finding_is_explained_without_anything_else() {
    let project = Project::new();
    std::fs::write(project.path().join("chx.toml"), "no toml").unwrap();
    project
        .run(Program::Nothing, &["explain", "chx204"])
        .expect(0)
        .says("CHX204: a new TTL deletes what is past due at once")
        .says("Way out");
    project
        .run(Program::Nothing, &["explain"])
        .expect(0)
        .says("CHX412");
    let explained = project
        .run(Program::Nothing, &["explain", "CHX204", "--json"])
        .expect(0)
        .json();
    assert_eq!(explained["rules"][0]["name"], "TTL_DELETES");
    project
        .run(Program::Nothing, &["explain", "CHX024"])
        .expect(2)
        .complains("did you mean CHX204, a new TTL deletes");
}

/// A limit of the size of files fails in the middle of a file, as a full disk does, and needs no disk of its own.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_no_half_file() {
    let project = Project::new();
    let files = project.snapshot();
    project
        .run_limited(Program::First, &["generate", "--no-verify"], "ulimit -f 1")
        .expect(1)
        .complains("cannot be written, so nothing was changed");
    assert_eq!(project.snapshot(), files);
    project
        .run(Program::First, &["generate", "--no-verify"])
        .expect(0);
}

#[test]
fn what_a_killed_generate_left_is_swept_away_by_the_next_one() {
    let project = Project::new();
    let left = project.path().join("migrations/.chx-Abc123.tmp");
    std::fs::write(&left, "-- chx:migration 1").unwrap();
    project.run(Program::First, &["generate", "--plan"]).expect(0);
    assert!(left.exists(), "a plan changes nothing");
    project
        .run(Program::First, &["generate", "--no-verify"])
        .expect(0);
    assert!(!left.exists());
    assert_eq!(project.migrations().len(), 1);
}

#[test]
fn what_the_version_of_a_server_refuses_is_not_written() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.edit(
        "chx.toml",
        "[env.dev]\n",
        "[env.old]\nurl = \"http://127.0.0.1:1\"\nversion = \"23.10\"\n\n[env.dev]\n",
    );
    let files = project.snapshot();
    project
        .run(Program::Second, &["generate"])
        .expect(1)
        .complains("error[CHX292]: `[env.old]` is ClickHouse 23.10, and chx supports 24.8 and later")
        .complains("nothing was written");
    assert_eq!(project.snapshot(), files);
    project.edit("chx.toml", "23.10", "24.8");
    project.run(Program::Second, &["generate", "--plan"]).expect(0);
    project.edit("chx.toml", "24.8", "latest");
    project
        .run(Program::Second, &["generate"])
        .expect(2)
        .complains("chx.toml:")
        .complains("`latest` is no version of ClickHouse, such as `25.8`");
}

#[test]
fn what_the_server_itself_refuses_never_begins() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.run(Program::First, &["migrate"]).expect(0);
    let table = "CREATE TABLE shop.one (n UInt8) ENGINE = MergeTree ORDER BY n";
    let gone = "CREATE TABLE shop.two (n UInt8, INDEX i n > 1 TYPE hypothesis) ENGINE = MergeTree ORDER BY n";
    project.write("20990101T000000_gone", &format!("{table};\n{gone};"), "");
    project
        .run(Program::First, &["migrate"])
        .expect(1)
        .complains("error[CHX165]")
        .complains("20990101T000000_gone.sql:");
    assert_eq!(project.query("EXISTS shop.one"), "0");
}

#[test]
fn a_server_that_is_too_old_is_told_so_and_asked_nothing_more() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    let served = Served::start(&project);
    let url = interpose(&served, |request| {
        assert!(request.contains("version()"), "{request}");
        Action::Replace("26.7.2.1", "24.7.2.1")
    });
    for command in ["migrate", "status", "drift", "pull"] {
        project
            .run(Program::First, &[command, "--url", &url])
            .expect(1)
            .complains("error[CHX292]: `")
            .complains("` is ClickHouse 24.7, and chx supports 24.8 and later");
    }
}

#[test]
fn a_server_that_is_not_there_is_unreachable() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    // Port 1 of the loopback address: nothing listens there.
    for command in ["migrate", "status", "drift"] {
        project
            .run(Program::First, &[command, "--url", "http://127.0.0.1:1"])
            .expect(6)
            .complains("http://127.0.0.1:1");
    }
}

#[test]
fn wrong_words_are_refused_with_the_nearest_right_ones() {
    let project = Project::new();
    project
        .run(Program::First, &["generat"])
        .expect(2)
        .complains("generate");
    project
        .run(Program::First, &["status", "--env", "prod"])
        .expect(2)
        .complains("there is no environment `prod`");
    project
        .run(Program::First, &["generate", "--rename", "nonsense"])
        .expect(2)
        .complains("--rename web.old=web.new");
    project.run(Program::First, &["generate"]).expect(0);
    project
        .run(Program::First, &["migrate", "--to", "nowhere"])
        .expect(1)
        .complains("is not in the history");
    project.edit("chx.toml", "default_env", "defualt_env");
    project
        .run(Program::First, &["status"])
        .expect(2)
        .complains("chx.toml:3")
        .complains("did you mean `default_env`?");
}

#[test]
fn a_missing_folder_is_named() {
    let project = Project::new();
    project
        .run(Program::First, &["generate", "--migrations", "nowhere"])
        .expect(2)
        .complains("chx-migrate init");
    assert!(!project.path().join("nowhere").exists());
}

/// A folder that not even root can write into.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let project = Project::new();
    let files = project.snapshot();
    let ran = project.run(
        Program::First,
        &["generate", "--no-verify", "--migrations", "/sys/class"],
    );
    ran.expect(1)
        .complains("cannot be written, so nothing was changed");
    assert_eq!(project.snapshot(), files);
}

#[test]
fn a_key_that_no_alter_can_change_is_not_written() {
    let project = Project::new();
    project
        .run(Program::First, &["generate", "--empty", "--name", "other key"])
        .expect(0);
    let draft = project.migrations().remove(0);
    let sql = "-- chx:up\nCREATE DATABASE shop;\nCREATE TABLE shop.page_view (id UInt64) ENGINE = MergeTree ORDER BY id;\n";
    project.edit(&draft, "-- chx:up\n", sql);
    project.run(Program::First, &["seal"]).expect(0);
    let files = project.snapshot();
    project
        .run(Program::First, &["generate"])
        .expect(1)
        .says("cannot be altered")
        .complains("nothing was written");
    assert_eq!(project.snapshot(), files);
}

#[test]
fn a_reader_that_goes_away_stops_nothing() {
    let project = Project::new();
    let mut child = project.command(Program::First, &["generate"]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(project.migrations().len(), 1);
}

/// An environment that wants to be confirmed is not changed by a pipe, a default or another name.
#[test]
fn an_environment_that_wants_it_is_confirmed() {
    let project = Project::new();
    project.run(Program::First, &["generate"]).expect(0);
    project.edit(
        "chx.toml",
        "policy.destructive = \"flag\"",
        "policy.destructive = \"flag\"\npolicy.confirm = true",
    );
    for args in [
        &["migrate"][..],
        &["rollback", "--steps", "1"],
        &["unlock"],
        &["repair", "--mark-applied", "x"],
    ] {
        project
            .run(Program::First, args)
            .expect(4)
            .complains("a change of `dev` has to be confirmed; nothing was run")
            .complains("--confirm dev");
    }
    project
        .run(Program::First, &["migrate", "--confirm", "prod"])
        .expect(4)
        .complains("`--confirm prod` is not `dev`");
    project.run(Program::First, &["migrate", "--plan"]).expect(0);
    project
        .run(Program::First, &["status"])
        .expect(0)
        .says("0 applied, 1 pending");
    project
        .run(Program::First, &["migrate", "--confirm", "dev"])
        .expect(0);
}
