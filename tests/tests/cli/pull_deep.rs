//! Types that are nested deeper than a compiler follows are pulled as Rust that compiles, and the law holds for them.
//!
//! What `pull` writes for them stands in `tests/src/bin/migrate_deep/schema` and is compiled with the tests; `CHX_BLESS=1` writes
//! it anew.

use std::path::Path;

use crate::project::{Program, Project};
use crate::proxy::Served;

const DEEP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin/migrate_deep/schema/deep.rs");

/// `UInt8` in so many others.
fn nested(outer: &str, levels: usize) -> String {
    format!("{}UInt8{}", outer.repeat(levels), ")".repeat(levels))
}

#[test]
fn what_is_nested_deeper_than_a_compiler_follows_is_pulled_as_rust_that_compiles() {
    let project = Project::new();
    let served = Served::start(&project);
    served.execute("CREATE DATABASE deep");
    let table = |name: &str, columns: &[(&str, &str, usize)]| {
        let columns = columns
            .iter()
            .map(|(name, outer, levels)| format!(", {name} {}", nested(outer, *levels)));
        let columns: String = columns.collect();
        served.execute(&format!(
            "CREATE TABLE deep.{name} (id UInt8{columns}) ENGINE = MergeTree ORDER BY id"
        ));
    };
    table(
        "edge",
        &[
            ("lists", "Array(", 23),
            ("tuples", "Tuple(a ", 23),
            ("maps", "Map(String, ", 23),
            ("pairs", "Tuple(", 23),
        ],
    );
    table(
        "beyond",
        &[
            ("lists", "Array(", 24),
            ("tuples", "Tuple(a ", 24),
            ("far", "Array(", 200),
            ("tup", "Tuple(a ", 200),
        ],
    );
    // chx reads types up to 256 levels.
    table("unread", &[("lists", "Array(", 300)]);
    served.execute("CREATE VIEW deep.shown AS SELECT lists FROM deep.beyond");

    let url = served.url();
    let pull = ["pull", "--out", "schema", "--include", "deep", "--url", &url];
    project
        .run(Program::Nothing, &pull)
        .expect(0)
        .complains("note[CHX424]: `deep.unread` is written as raw");
    let written = std::fs::read_to_string(project.path().join("schema/deep.rs")).unwrap();
    if std::env::var_os("CHX_BLESS").is_some() {
        std::fs::write(DEEP, &written).unwrap();
    }
    assert_eq!(written, std::fs::read_to_string(Path::new(DEEP)).unwrap());
    let drift = ["drift", "--against", "registry", "--everything", "--url", &url];
    project.run(Program::Deep, &drift).expect(0);
    project.run(Program::Deep, &pull).expect(0).says("nothing to do");
    project.run(Program::Deep, &["baseline", "--url", &url]).expect(0);
    project.run(Program::Deep, &["drift", "--url", &url]).expect(0);
}
