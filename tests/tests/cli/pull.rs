//! `pull`, and its law: the Rust that it writes, compiled, is the database that it came from.
//!
//! The databases are those of `tests/live/*.sql`. What `pull` writes for them stands in
//! `tests/src/bin/migrate_pulled/schema` and is compiled with the tests; `CHX_BLESS=1` writes it anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::databases::{all, live};
use crate::project::{Program, Project};
use crate::proxy::Served;

pub(crate) const PULLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin/migrate_pulled/schema");

pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn what_is_pulled_is_the_database() {
    let (project, served) = live(&all());
    let url = served.url();
    project
        .run(Program::Nothing, &["pull", "--url", &url, "--out", "schema"])
        .expect(0);
    let written = files(&project.path().join("schema"));
    if std::env::var_os("CHX_BLESS").is_some() {
        std::fs::remove_dir_all(PULLED).unwrap();
        for (name, text) in &written {
            let path = Path::new(PULLED).join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    for (name, text) in files(Path::new(PULLED)) {
        assert_eq!(written.get(&name), Some(&text), "{}", name.display());
    }

    // As rustfmt leaves it.
    let schema = project.path().join("schema");
    std::fs::write(schema.join("rustfmt.toml"), "").unwrap();
    let formatted = std::process::Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "mod.rs"])
        .current_dir(&schema)
        .output()
        .unwrap();
    assert!(
        formatted.status.success(),
        "{}",
        String::from_utf8_lossy(&formatted.stdout)
    );

    // The law.
    let ran = project.run(
        Program::Pulled,
        &[
            "drift",
            "--url",
            &url,
            "--against",
            "registry",
            "--everything",
            "--json",
        ],
    );
    assert_eq!(ran.code, 0, "{}\n{}", ran.stdout, ran.stderr);
    // And so there is nothing to pull.
    project
        .run(Program::Pulled, &["pull", "--url", &url, "--out", "schema"])
        .expect(0)
        .says("nothing to do");
    // Nor for a program that does not know the code, as long as it is what it would write.
    project
        .run(Program::Nothing, &["pull", "--url", &url, "--out", "schema"])
        .expect(0)
        .says("nothing to do");
}

#[test]
fn a_file_for_each_object_says_the_same() {
    let (project, served) = live(&["traces"]);
    let url = served.url();
    let ran = project.run(
        Program::Nothing,
        &[
            "pull",
            "--url",
            &url,
            "--out",
            "schema",
            "--files",
            "--include",
            "traces",
            "--json",
        ],
    );
    let document = ran.expect(0).json();
    assert_eq!(document["objects"], 8);
    let written = files(&project.path().join("schema"));
    let names: Vec<String> = written.keys().map(|name| name.display().to_string()).collect();
    assert_eq!(names[..3], ["mod.rs", "traces/error.rs", "traces/mod.rs"]);
    let text = &written[Path::new("traces/error.rs")];
    assert!(
        text.starts_with("//! The table `traces.error`.\n\nuse chx::prelude::*;\n"),
        "{text}"
    );
    assert!(written[Path::new("traces/mod.rs")].contains("pub mod error;\n"));
}

#[test]
fn nothing_is_written_over() {
    let project = Project::new();
    let served = Served::start(&project);
    let url = served.url();
    served.execute("CREATE TABLE default.a (n UInt8) ENGINE = Memory");
    let pull = |program, out: &str| {
        project.run(
            program,
            &["pull", "--url", &url, "--include", "default", "--out", out],
        )
    };
    // `init` made `src/schema.rs`.
    pull(Program::Nothing, "src/schema")
        .expect(2)
        .complains("`src/schema.rs` is there");
    pull(Program::Nothing, "code")
        .expect(0)
        .says("created code/default.rs");
    project.edit("code/default.rs", "pub n: u8,", "pub n: u8, // mine");
    let kept = files(&project.path().join("code"));
    pull(Program::Nothing, "code")
        .expect(1)
        .complains("`code/default.rs` has a `A` already");
    assert_eq!(files(&project.path().join("code")), kept);
    // A database that says something has a struct, with or without tables, and none of a table's name.
    served.execute("CREATE DATABASE said ENGINE = Memory COMMENT 'What was said.'");
    served.execute("CREATE VIEW said.said AS SELECT 1 AS n");
    served.execute("CREATE VIEW said.database AS SELECT 1 AS n");
    for (out, more) in [("other", &[][..]), ("each", &["--files"][..])] {
        let args = ["pull", "--url", &url, "--include", "said", "--out", out];
        project
            .run(Program::Nothing, &[&args[..], more].concat())
            .expect(0);
    }
    let one = &files(&project.path().join("other"))[Path::new("said.rs")];
    let expected = "/// What was said.\n#[derive(ChDatabase)]\n#[ch(name = \"said\", engine = Memory)]\npub struct SaidDatabase;\n";
    assert!(one.contains(expected), "{one}");
    let each = files(&project.path().join("each"));
    let list = &each[Path::new("said/mod.rs")];
    assert!(
        list.ends_with("\npub mod database;\npub mod said;\npub mod database_2;\n"),
        "{list}"
    );
    assert!(each[Path::new("said/database_2.rs")].starts_with("//! The database `said`.\n"));
    // Another program knows other tables; this one is new to it, and the file is not its own.
    served.execute("CREATE TABLE default.b (n UInt8) ENGINE = Memory");
    let ran = project.run(
        Program::Nothing,
        &[
            "pull",
            "--url",
            &url,
            "--include",
            "default.b",
            "--out",
            "code",
            "--plan",
        ],
    );
    ran.expect(0).says("would change code/default.rs");
    assert_eq!(files(&project.path().join("code")), kept);
    let ran = project.run(
        Program::Nothing,
        &["pull", "--url", &url, "--include", "default.b", "--out", "code"],
    );
    ran.expect(0).says("changed code/default.rs");
    let text = &files(&project.path().join("code"))[Path::new("default.rs")];
    assert!(
        text.contains("// mine") && text.contains("pub struct B {"),
        "{text}"
    );
}

/// What a person wrote stays; what the database has otherwise is changed where it stands.
#[test]
fn edited_code_keeps_what_was_written_by_hand() {
    let (project, served) = live(&["events"]);
    let url = served.url();
    // The program names its files from the root of the workspace; here is a copy of one.
    let name = "tests/src/bin/migrate_pulled/schema/events.rs";
    let path = project.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::copy(Path::new(PULLED).join("events.rs"), &path).unwrap();
    project.edit(
        name,
        "    pub id: uuid::Uuid,\n    pub created_at",
        "    pub id: uuid::Uuid, // by hand\n    pub created_at",
    );
    for sql in [
        "ALTER TABLE events.person ADD COLUMN `Last Seen` Nullable(DateTime) AFTER created_at",
        "ALTER TABLE events.person DROP COLUMN is_identified",
        "ALTER TABLE events.person MODIFY COLUMN is_deleted UInt8 DEFAULT 1",
        "ALTER TABLE events.person MODIFY COLUMN properties String COMMENT 'As JSON, still.' CODEC(ZSTD(9))",
        "ALTER TABLE events.person MODIFY COMMENT 'Who was seen.'",
        "ALTER TABLE events.person MODIFY SETTING merge_with_ttl_timeout = 60",
        "ALTER TABLE events.event DROP INDEX by_offset, DROP CONSTRAINT known_team, ADD INDEX by_mode person_mode TYPE minmax",
        "ALTER TABLE events.daily_active_mv MODIFY QUERY SELECT team_id, toDate(timestamp) AS day, \
         uniqCombined64State(upper(distinct_id)) AS users FROM events.event GROUP BY team_id, day",
        "DROP TABLE events.sink",
        "ALTER TABLE events.heatmap MODIFY COLUMN y Int16 FIRST",
    ] {
        served.execute(sql);
    }
    let ran = project.run(
        Program::Pulled,
        &["pull", "--url", &url, "--out", "schema", "--include", "events"],
    );
    ran.expect(0)
        .complains("CHX422")
        .complains("its columns are in another order in the database")
        .complains("note[CHX421]: `events.sink` this table is declared, but the database does not have it");
    let text = std::fs::read_to_string(&path).unwrap();
    let before = std::fs::read_to_string(Path::new(PULLED).join("events.rs")).unwrap();
    let expected = [
        "- SELECT team_id, toDate(timestamp) AS day, uniqCombined64State(distinct_id) AS users",
        "+ SELECT team_id, toDate(timestamp) AS day, uniqCombined64State(upper(distinct_id)) AS users",
        "- index(by_offset, expr = _offset, type = \"minmax\", granularity = 3),",
        "- constraint(known_team, check = \"team_id > 0\")",
        "+ index(by_mode, expr = person_mode, type = \"minmax\")",
        "+ /// Who was seen.",
        "- order_by = (team_id, id)",
        "+ order_by = (team_id, id),",
        "+ settings(merge_with_ttl_timeout = 60)",
        "- pub id: uuid::Uuid,",
        "+ pub id: uuid::Uuid, // by hand",
        "+ #[ch(name = \"Last Seen\")]",
        "+ #[serde(rename = \"Last Seen\")]",
        "+ pub last_seen: Option<DateTime>,",
        "- /// As JSON.",
        "+ /// As JSON, still.",
        "+ #[ch(codec = \"ZSTD(9)\")]",
        "- pub is_identified: i8,",
        "- #[ch(default = \"0\")]",
        "- pub is_deleted: i8,",
        "+ #[ch(default = \"1\")]",
        "+ pub is_deleted: u8,",
    ];
    assert_eq!(changed_lines(&before, &text), expected);
}

/// What a server has because its users relaxed a rule is written past the rule, or as raw; names that the derives take for
/// other types are not used.
#[test]
fn what_relaxed_servers_have_is_written_past_the_rules() {
    let (project, served) = live(&["events"]);
    let url = served.url();
    for sql in [
        "CREATE DATABASE relaxed",
        "CREATE TABLE relaxed.codecs (k UInt8, small UInt16 CODEC(Delta(2)), whole Int16 CODEC(Gorilla, LZ4), \
         fine Float32 CODEC(Gorilla, LZ4), value Tuple(a UInt8, b String), duration Enum8('short' = 1, 'long' = 2)) \
         ENGINE = MergeTree ORDER BY k TTL toDate('2000-01-02') DELETE WHERE k > 5 \
         SETTINGS allow_suspicious_codecs = 1, allow_suspicious_ttl_expressions = 1",
        "CREATE TABLE relaxed.old (day Date, k UInt8, v UInt8) ENGINE = ReplacingMergeTree(day, k, 8192, v) \
         SETTINGS allow_deprecated_syntax_for_merge_tree = 1",
    ] {
        served.execute(sql);
    }
    project
        .run(
            Program::Nothing,
            &["pull", "--url", &url, "--include", "relaxed", "--out", "schema"],
        )
        .expect(0)
        .complains("note[CHX424]: `relaxed.old` is written as raw")
        .complains("MergeTree with its keys as arguments");
    let written = files(&project.path().join("schema"));
    let text = &written[Path::new("relaxed.rs")];
    for expected in [
        "codec = raw(\"Delta(2)\")",
        "codec = raw(\"Gorilla(2), LZ4\")",
        "codec = \"Gorilla(4), LZ4\"",
        "ttl = raw(\"toDate('2000-01-02') DELETE WHERE k > 5\")",
        "pub value: CodecsValue,",
        "pub duration: DurationKind,",
        "ENGINE = ReplacingMergeTree(day, k, 8192, v)",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

/// What the server hides is written as a place for it, and what it shows of the rest is repeated nowhere.
#[test]
fn hidden_secrets_get_a_place_of_their_own() {
    let (project, served) = live(&["billing", "reports"]);
    let url = served.url();
    let ran = project.run(
        Program::Nothing,
        &["pull", "--url", &url, "--include", "billing", "--out", "schema"],
    );
    let ran = ran
        .expect(0)
        .complains(
            "note[CHX423]: `billing.accounts` has a secret that the server does not show; it is written as \
             `env:BILLING_ACCOUNTS_PASSWORD`, `env:BILLING_ACCOUNTS_PASSWORD_2`",
        )
        .complains("written as `env:BILLING_NOTES_URI`");
    let written = files(&project.path().join("schema"));
    let text = &written[Path::new("billing.rs")];
    for text in [text, &ran.stdout, &ran.stderr] {
        assert!(!text.contains("planted") && !text.contains("[HIDDEN]"), "{text}");
    }
    // A name that the code gives out already is not given to another object.
    served.execute(
        "CREATE DICTIONARY billing.accounts_ (id UInt64) PRIMARY KEY id \
         SOURCE(MYSQL(HOST 'h' USER 'u' PASSWORD 'planted-8' DB 'd' TABLE 't')) LAYOUT(FLAT()) LIFETIME(1)",
    );
    served.execute(
        "CREATE DICTIONARY billing.`accounts-` (id UInt64) PRIMARY KEY id \
         SOURCE(MYSQL(HOST 'h' USER 'u' PASSWORD 'planted-8' DB 'd' TABLE 't')) LAYOUT(FLAT()) LIFETIME(1)",
    );
    project
        .run(Program::Pulled, &["pull", "--url", &url, "--out", "more"])
        .expect(0)
        .complains("written as `env:BILLING_ACCOUNTS__PASSWORD`\n")
        .complains("written as `env:BILLING_ACCOUNTS__PASSWORD_2`\n");
}

#[test]
fn edited_dictionaries_and_views_keep_what_was_written_by_hand() {
    let (project, served) = live(&["billing", "reports"]);
    let url = served.url();
    let copy = |name: &str| {
        let path = project
            .path()
            .join("tests/src/bin/migrate_pulled/schema")
            .join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(PULLED).join(name), &path).unwrap();
        path
    };
    let (billing, reports) = (copy("billing.rs"), copy("reports.rs"));
    project.edit(
        &billing,
        "    layout = \"CACHE(SIZE_IN_CELLS 1000)\",\n",
        "    layout = \"CACHE(SIZE_IN_CELLS 1000)\", // by hand\n",
    );
    for sql in [
        "CREATE OR REPLACE DICTIONARY billing.customers (id UInt64, `tax id` Nullable(String), name String DEFAULT '-' INJECTIVE) \
         PRIMARY KEY id SOURCE(MYSQL(HOST 'crm-0' PORT 3306 USER 'billing' PASSWORD 'planted-9' DB 'crm' TABLE 'customer' \
         WHERE 'id > 1' REPLICA(HOST 'crm-1' PRIORITY 1))) LIFETIME(400) LAYOUT(CACHE(SIZE_IN_CELLS 1000)) COMMENT 'Who pays.'",
        "CREATE OR REPLACE DICTIONARY billing.named (id UInt64, name String) PRIMARY KEY id \
         SOURCE(CLICKHOUSE(NAME billing_source TABLE 't')) LAYOUT(DIRECT())",
        "ALTER TABLE reports.hourly MODIFY REFRESH EVERY 2 HOUR",
        "ALTER TABLE reports.for_all MODIFY SQL SECURITY DEFINER DEFINER = reporter",
        "ALTER TABLE reports.for_reporter MODIFY SQL SECURITY INVOKER",
        "ALTER TABLE reports.copying MODIFY DEFINER = reporter",
    ] {
        served.execute(sql);
    }
    // A secret that nobody sees does not keep the rest from being seen.
    let against = [
        "drift",
        "--url",
        &url,
        "--against",
        "registry",
        "--include",
        "billing",
    ];
    project
        .run(Program::Pulled, &against)
        .expect(5)
        .says("billing.customers")
        .says("LIFETIME(MIN 0 MAX 400)")
        .complains("note[CHX414]");
    let ran = project.run(Program::Pulled, &["pull", "--url", &url, "--out", "schema"]);
    ran.expect(0);
    let changes = |path: &Path| {
        let name = path.file_name().unwrap();
        let before = std::fs::read_to_string(Path::new(PULLED).join(name)).unwrap();
        changed_lines(&before, &std::fs::read_to_string(path).unwrap())
    };
    let expected = [
        "+ /// Who pays.",
        "- source = \"MYSQL(DB 'crm' HOST 'crm' PASSWORD 'env:BILLING_CUSTOMERS_PASSWORD' PORT 3306 REPLICA(HOST 'crm-1' \
         PRIORITY 1) REPLICA(HOST 'crm-2' PRIORITY 2) TABLE 'customer' USER 'billing' WHERE 'id > 1')\",",
        "- layout = \"CACHE(SIZE_IN_CELLS 1000)\",",
        "- lifetime = (300, 360)",
        "+ source = \"MYSQL(DB 'crm' HOST 'crm-0' PASSWORD 'env:BILLING_CUSTOMERS_PASSWORD' PORT 3306 REPLICA(HOST 'crm-1' \
         PRIORITY 1) TABLE 'customer' USER 'billing' WHERE 'id > 1')\",",
        "+ layout = \"CACHE(SIZE_IN_CELLS 1000)\", // by hand",
        "+ lifetime = 400",
        "- #[ch(default = \"''\")]",
        "+ #[ch(name = \"tax id\")]",
        "+ #[serde(rename = \"tax id\")]",
        "+ pub tax_id: Option<String>,",
        "+ #[ch(default = \"'-'\", injective)]",
        "- layout = \"FLAT()\",",
        "- lifetime = 5,",
        "- settings(max_threads = 2)",
        "+ layout = \"DIRECT()\"",
    ];
    assert_eq!(changes(&billing), expected);
    let expected = [
        "- definer = \"default\",",
        "+ definer = \"reporter\",",
        "- sql_security = none,",
        "- query = \"SELECT count() AS visits FROM reports.visit\"",
        "+ sql_security = definer,",
        "+ query = \"SELECT count() AS visits FROM reports.visit\",",
        "+ definer = \"reporter\"",
        "- sql_security = definer,",
        "- definer = \"reporter\",",
        "- refresh = \"EVERY 1 HOUR\",",
        "+ refresh = \"EVERY 2 HOUR\",",
    ];
    assert_eq!(changes(&reports), expected);
}

/// The lines that are in one text and not in the other, `-` and `+`, in the order of the second.
fn changed_lines(before: &str, after: &str) -> Vec<String> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    // The longest common subsequence, the plain way.
    let mut length = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i][j] = if old[i] == new[j] {
                length[i + 1][j + 1] + 1
            } else {
                length[i + 1][j].max(length[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut changed) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && length[i + 1][j] >= length[i][j + 1]) {
            changed.push(format!("- {}", old[i].trim_start()));
            i += 1;
        } else {
            changed.push(format!("+ {}", new[j].trim_start()));
            j += 1;
        }
    }
    changed
}

/// The structs of tuples follow a change of their shape, and take the place of a plain tuple that a person wrote.
#[test]
fn tuples_of_another_shape_are_found_in_the_code() {
    let (project, served) = live(&["market"]);
    let url = served.url();
    let name = "tests/src/bin/migrate_pulled/schema/market.rs";
    let path = project.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::copy(Path::new(PULLED).join("market.rs"), &path).unwrap();
    project.edit(
        name,
        "    #[ch(materialized = \"((bids[1]).1, (asks[1]).1)\")]\n    pub best: Best,",
        "    #[ch(type = \"Tuple(bid Float64, ask Float64)\", materialized = \"((bids[1]).1, (asks[1]).1)\")]\n    pub best: (f64, f64),",
    );
    project.edit(
        name,
        "#[derive(ChTuple, Serialize, Deserialize, Debug, Clone)]\npub struct Best {\n    pub bid: f64,\n    pub ask: f64,\n}\n\n",
        "",
    );
    served.execute(
        "ALTER TABLE market.book MODIFY COLUMN bids Array(Tuple(price Float64, size Float64, orders UInt32))",
    );
    served.execute(
        "ALTER TABLE market.book MODIFY COLUMN best Tuple(bid Float32, ask Float64) MATERIALIZED (bids[1].1, asks[1].1)",
    );
    let ran = project.run(
        Program::Pulled,
        &["pull", "--url", &url, "--out", "schema", "--include", "market"],
    );
    ran.expect(0)
        .complains("the elements of the tuple `Bid` are others now; they are:")
        .complains("pub orders: u32,");
    let text = std::fs::read_to_string(&path).unwrap();
    for expected in [
        "    pub asks: Vec<Ask>,\n",
        "pub struct Ask {\n    pub price: f64,\n    pub size: f64,\n}\n",
        "    #[ch(materialized = \"((bids[1]).1, (asks[1]).1)\")]\n    pub best: Best,\n",
        "pub struct Best {\n    pub bid: f32,\n    pub ask: f64,\n}\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}
