//! Rows of the guide `when-it-fails.md` that no other test reproduces, and that the guide names tests that there are.

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project};
use crate::proxy::Served;

#[test]
fn an_insert_without_a_probe_is_a_question_to_a_person() {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\nINSERT INTO shop.a SELECT 1;",
        "",
    );
    let served = Served::start(&project);
    let url = interpose(&served, |request| {
        if request.contains("INSERT INTO shop.a") {
            Action::Swallow
        } else {
            Action::Pass
        }
    });
    project
        .run(Program::First, &["migrate", "--retries", "0", "--url", &url])
        .expect(6)
        .complains("whether statement 3 of 3 in `1_a`");
    let direct = served.url();
    project
        .run(Program::First, &["migrate", "--url", &direct])
        .expect(1)
        .complains("it changes rows, and rows do not tell")
        .complains("chx:probe")
        .complains("repair --mark-applied");
    assert_eq!(served.query("SELECT count() FROM shop.a"), "1");
    project
        .run(
            Program::First,
            &["repair", "--mark-applied", "1_a", "--url", &direct],
        )
        .expect(0)
        .complains("your word stands for these: 3");
    project
        .run(Program::First, &["migrate", "--url", &direct])
        .expect(0)
        .says("nothing to do");
    assert_eq!(served.query("SELECT count() FROM shop.a"), "1");
}

/// Every row names a test, and the test is there.
#[test]
fn every_row_of_the_guide_has_its_test() {
    let guide = include_str!("../../../docs/guide/when-it-fails.md");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut rows = 0;
    for row in guide
        .lines()
        .filter(|line| line.starts_with("| `") || line.starts_with("| the same"))
    {
        let name = row.trim_end_matches(" |").rsplit('`').nth(1).unwrap();
        let (module, function) = name
            .split_once("::")
            .unwrap_or_else(|| panic!("no test in {row}"));
        let text = std::fs::read_to_string(folder.join(format!("{module}.rs"))).unwrap();
        assert!(text.contains(&format!("#[test]\nfn {function}()")), "{name}");
        rows += 1;
    }
    assert!(rows >= 20, "{rows}");
}
