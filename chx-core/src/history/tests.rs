//! Whole histories: written from plans, read back, replayed, and tampered with.

use std::collections::BTreeSet;

use super::*;
use crate::ddl::{ParseContext, parse_statement};
use crate::diag::{Code, Diagnostic, code};
use crate::model::Schema;
use crate::pair::Pair;
use crate::plan::{Renames, plan};

fn schema(statements: &[&str]) -> Schema {
    let mut schema = Schema::default();
    for sql in statements {
        schema
            .apply(&parse_statement(sql, &ParseContext::default()).unwrap())
            .unwrap();
    }
    schema
}

const DATABASE: &str = "CREATE DATABASE web";
const HITS: &str = "CREATE TABLE web.hits (id UInt64, site String) ENGINE = MergeTree ORDER BY id";
const HITS_WIDER: &str = "CREATE TABLE web.hits (id UInt64, site String, day Date COMMENT '-- chx:up') ENGINE = MergeTree ORDER BY id";
const USERS: &str = "CREATE TABLE web.`u s` (id UInt64) ENGINE = MergeTree ORDER BY id";

fn id(name: &str) -> MigrationId {
    MigrationId::new(name).unwrap()
}

/// A history in the making, as the files of a folder.
#[derive(Default)]
struct Folder {
    files: HistoryFiles,
    chain: Chain,
    schema: Schema,
}

impl Folder {
    fn add(&mut self, name: &str, after: &[&str]) -> &mut Self {
        let after = schema(after);
        let schemas = Pair {
            before: &self.schema,
            after: &after,
        };
        let planned = plan(schemas, &Renames::default()).unwrap();
        let migration = Migration::of_plan(id(name), schemas, &planned);
        let text = migration.to_sql();
        let parsed = parse_migration("m.sql", &id(name), &text).unwrap();
        assert_eq!(parsed.migration, migration, "what is written is read back");
        self.write(name, &text);
        self.chain.push(id(name), text.as_bytes());
        self.schema = after;
        self.sum(&self.chain.to_string())
    }

    fn write(&mut self, name: &str, text: &str) {
        let file = SourceFile {
            path: format!("migrations/{name}.sql"),
            text: text.to_owned(),
        };
        self.files.migrations.insert(id(name), file);
    }

    fn sum(&mut self, text: &str) -> &mut Self {
        self.files.sum = Some(SourceFile {
            path: "migrations/chx.sum".into(),
            text: text.to_owned(),
        });
        self
    }

    /// Replaces a text in a file.
    fn edit(&mut self, name: &str, from: &str, to: &str) -> &mut Self {
        let text = &mut self.files.migrations.get_mut(&id(name)).unwrap().text;
        assert!(text.contains(from), "{from} is not in\n{text}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// Everything that is wrong, with places.
    fn findings(&self) -> Vec<Diagnostic> {
        History::load(&self.files).err().unwrap_or_default()
    }

    #[track_caller]
    fn expect(&self, expected: &[&str]) {
        let found: Vec<String> = self
            .findings()
            .iter()
            .map(|finding| {
                let place = finding
                    .place
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                format!("{} {} {place}", finding.code, finding.subject)
            })
            .collect();
        assert_eq!(found, expected, "{:#?}", self.findings());
    }
}

fn two() -> Folder {
    let mut folder = Folder::default();
    folder
        .add("1_create", &[DATABASE, HITS])
        .add("2_alter", &[DATABASE, HITS_WIDER, USERS]);
    folder
}

#[test]
fn a_history_leads_to_the_schema_that_it_was_made_from() {
    let folder = two();
    folder.expect(&[]);
    let (history, _) = History::read(&folder.files);
    assert_eq!(history.replay().unwrap(), folder.schema);
    let around = history.around(1, 0).unwrap();
    assert_eq!(around.before, schema(&[DATABASE, HITS]));
    assert_ne!(around.after, around.before);
}

#[test]
fn a_migration_is_readable() {
    let folder = two();
    let text = &folder.files.migrations[&id("1_create")].text;
    let fingerprint = |at: usize| {
        text.lines()
            .nth(at)
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap()
            .to_owned()
    };
    let expected = format!(
        "\
-- chx:migration 1
-- chx:id 1_create
-- chx:object web: none -> database {}
-- chx:object web.hits: none -> table {}

-- chx:up

-- chx:step web, safe, metadata
CREATE DATABASE IF NOT EXISTS web;

-- chx:step web.hits, safe, metadata
CREATE TABLE web.hits
",
        fingerprint(2),
        fingerprint(3)
    );
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.contains("\n-- chx:down\n-- chx:lost "), "{text}");
    // The database may have been there before and may hold more than this.
    assert!(text.ends_with("DROP TABLE web.hits;\n"), "{text}");
}

#[test]
fn an_edit_is_seen_where_it_stands() {
    let mut folder = two();
    folder.edit("1_create", "UInt64", "UInt32");
    folder.expect(&["CHX309 1_create migrations/1_create.sql:12"]);
    // A change that does not reach the schema is one all the same.
    let mut folder = two();
    folder.edit("2_alter", "-- chx:up\n", "-- chx:up\n-- harmless\n");
    folder.expect(&["CHX301 2_alter migrations/2_alter.sql:1"]);
}

#[test]
fn statements_that_cannot_be_are_findings() {
    let mut folder = two();
    folder.edit("2_alter", "ALTER TABLE web.hits", "ALTER TABLE web.hots");
    assert!(
        folder
            .findings()
            .iter()
            .any(|f| f.code == code::IMPOSSIBLE_STATEMENT && f.place.is_some())
    );
    let mut folder = two();
    folder.edit("2_alter", "CREATE TABLE", "CREATE TABEL");
    assert!(
        folder
            .findings()
            .iter()
            .any(|f| f.code == code::UNREADABLE_STATEMENT && f.place.is_some())
    );
}

#[test]
fn headers_are_checked() {
    #[track_caller]
    fn header(from: &str, to: &str, code: Code, expected: &str) {
        let mut folder = two();
        folder.edit("1_create", from, to);
        let findings = folder.findings();
        let first = findings.first().unwrap();
        assert_eq!(first.code, code, "{first}");
        assert!(first.message.contains(expected), "{first}");
    }
    header(
        "chx:migration 1",
        "chx:migration 9",
        code::FORMAT,
        "is written in format 9",
    );
    header(
        "chx:migration 1",
        "chx:migraton 1",
        code::HEADER,
        "did you mean `chx:migration`?",
    );
    header(
        "chx:id 1_create",
        "chx:id 1_other",
        code::NAME,
        "the header says `1_other`",
    );
    header(
        "-- chx:id 1_create\n",
        "",
        code::HEADER,
        "the line `-- chx:id 1_create` is missing",
    );
    header(
        "web.hits: none ->",
        "web.hits: nothing ->",
        code::HEADER,
        "is not an object with its state",
    );
    header("-- chx:up\n", "", code::HEADER, "`chx:step` cannot stand here");
    header(
        "-- chx:up\n",
        "<<<<<<< ours\n-- chx:up\n",
        code::MERGE_CONFLICT,
        "marks of a merge",
    );
    header(
        "safe, metadata",
        "harmless, metadata",
        code::HEADER,
        "is not an object, a risk and a cost",
    );
    header(
        "CREATE DATABASE",
        "'CREATE DATABASE",
        code::HEADER,
        "string is not closed",
    );
}

#[test]
fn header_and_statements_speak_about_the_same_objects() {
    let mut folder = two();
    let text = &folder.files.migrations[&id("2_alter")].text;
    let line = text
        .lines()
        .find(|line| line.contains("u s") && line.contains("chx:object"))
        .unwrap()
        .to_owned();
    folder.edit("2_alter", &format!("{line}\n"), "");
    assert!(
        folder
            .findings()
            .iter()
            .any(|finding| finding.code == code::OBJECTS)
    );
}

#[test]
fn drafts_do_not_run_until_they_are_sealed() {
    let mut folder = two();
    let empty = Migration::empty(id("3_manual")).to_sql();
    folder.write("3_manual", &empty);
    folder.edit(
        "3_manual",
        "-- chx:up\n",
        "-- chx:up\nINSERT INTO web.hits (id) VALUES (1);\nDROP TABLE web.`u s`;\n",
    );
    assert_eq!(folder.findings().first().map(|f| f.code), Some(code::DRAFT));

    let sealed = seal(&folder.files).unwrap();
    let text = &sealed.migrations[&id("3_manual")];
    assert!(text.contains("-- chx:object web.`u s`: table "), "{text}");
    assert!(!text.contains("chx:draft"));
    assert_eq!(
        text.lines().filter(|line| !line.contains("chx:object")).count() + 1,
        folder.files.migrations[&id("3_manual")].text.lines().count()
    );
    folder.write("3_manual", text);
    folder.sum(&sealed.sum);
    folder.expect(&[]);
}

#[test]
fn sealing_covers_nothing_up() {
    let mut folder = two();
    folder.edit("1_create", "UInt64", "UInt32");
    let codes = |folder: &Folder| -> Vec<_> {
        let findings = seal(&folder.files).unwrap_err();
        findings.iter().map(|finding| finding.code).collect()
    };
    assert!(codes(&folder).contains(&code::FINGERPRINT));
    let mut folder = two();
    folder.edit(
        "2_alter",
        "-- chx:up\n",
        "-- chx:up\nINSERT INTO web.hits (id) VALUES (1);\n",
    );
    assert_eq!(
        codes(&folder),
        [code::FILE_CHANGED],
        "a change that does not reach the schema"
    );

    // With the mark of a draft the edit is meant; what comes after it has to fit.
    let mut folder = Folder::default();
    folder.add("1_create", &[DATABASE, HITS]);
    folder.edit("1_create", "UInt64", "UInt32").edit(
        "1_create",
        "-- chx:object",
        "-- chx:draft\n-- chx:object",
    );
    let sealed = seal(&folder.files).unwrap();
    folder.write("1_create", &sealed.migrations[&id("1_create")]);
    folder.sum(&sealed.sum).expect(&[]);

    let mut folder = two();
    folder.files.migrations.remove(&id("1_create"));
    assert!(
        seal(&folder.files)
            .unwrap_err()
            .iter()
            .any(|finding| finding.code == code::FILE_MISSING)
    );
}

#[test]
fn branches_that_touch_different_objects_merge_by_order_alone() {
    let mut base = Folder::default();
    base.add("1_create", &[DATABASE]);
    let (mut ours, mut theirs) = (Folder::default(), Folder::default());
    ours.add("1_create", &[DATABASE]).add("2_ours", &[DATABASE, HITS]);
    theirs
        .add("1_create", &[DATABASE])
        .add("2_theirs", &[DATABASE, USERS]);
    let line = theirs.chain.to_string().lines().last().unwrap().to_owned();
    let mut merged = ours;
    merged.files.migrations.extend(theirs.files.migrations);
    let text = format!("{}{line}\n", merged.chain);
    merged.sum(&text);
    assert_eq!(
        merged.findings().iter().map(|f| f.code).collect::<Vec<_>>(),
        [code::MOVED]
    );
    let sealed = seal(&merged.files).unwrap();
    assert!(sealed.migrations.is_empty(), "no file changes, only the chain");
    merged.sum(&sealed.sum).expect(&[]);
}

#[test]
fn branches_that_touch_one_object_are_told_apart() {
    let (mut ours, mut theirs) = (Folder::default(), Folder::default());
    ours.add("1_create", &[DATABASE, HITS])
        .add("2_ours", &[DATABASE, HITS_WIDER]);
    let renamed =
        "CREATE TABLE web.hits (id UInt64, site String, extra String) ENGINE = MergeTree ORDER BY id";
    theirs
        .add("1_create", &[DATABASE, HITS])
        .add("2_theirs", &[DATABASE, renamed]);
    let line = theirs.chain.to_string().lines().last().unwrap().to_owned();
    let mut merged = ours;
    merged.files.migrations.extend(theirs.files.migrations);
    let text = format!("{}{line}\n", merged.chain);
    merged.sum(&text);
    let findings = seal(&merged.files).unwrap_err();
    assert_eq!(
        findings.iter().map(|f| f.code).collect::<Vec<_>>(),
        [code::OTHER_STATE]
    );
}

#[test]
fn losses_are_asked_of_the_statement() {
    let before = schema(&[DATABASE, HITS]);
    let names = |sql: &str| -> Vec<String> {
        losses(&Effect::of(sql).unwrap(), &before, "m:1", &BTreeSet::new())
            .into_iter()
            .map(|loss| loss.name)
            .collect()
    };
    assert_eq!(names("DROP TABLE web.hits"), ["web.hits"]);
    assert_eq!(
        names("ALTER TABLE web.hits (DROP COLUMN site), (ADD COLUMN x String)"),
        ["web.hits.site"]
    );
    assert_eq!(
        names("ALTER TABLE web.hits (MODIFY COLUMN id UInt8)"),
        ["web.hits.id"]
    );
    assert_eq!(names("TRUNCATE TABLE web.hits"), ["m:1"]);
    let refresh = "CREATE MATERIALIZED VIEW web.mv REFRESH EVERY 1 DAY TO web.hits AS SELECT 1 AS id";
    assert_eq!(names(refresh), ["web.hits"]);
    assert_eq!(names(&refresh.replace(" TO", " APPEND TO")), Vec::<String>::new());
    let hits = parse_statement(HITS, &ParseContext::default()).unwrap();
    let fresh = BTreeSet::from([hits.object()]);
    assert_eq!(losses(&Effect::of(refresh).unwrap(), &before, "m:1", &fresh), []);
    assert_eq!(names("DROP DATABASE web"), ["web"]);
    assert_eq!(names("INSERT INTO web.hits SELECT 1"), Vec::<String>::new());
    assert_eq!(
        names("ALTER TABLE web.hits (ADD COLUMN y String)"),
        Vec::<String>::new()
    );
}

#[test]
fn a_probe_is_a_select_and_belongs_to_the_statement_behind_it() {
    let text = |probe: &str| {
        format!(
            "-- chx:migration 1\n-- chx:id m\n\n-- chx:up\n\n-- chx:probe {probe}\nINSERT INTO web.hits SELECT 1;\n\nSELECT 1;\n\n-- chx:down\n"
        )
    };
    let parse = |probe: &str| parse_migration("m.sql", &id("m"), &text(probe));
    let migration = parse("SELECT count() FROM web.hits").unwrap().migration;
    assert_eq!(
        migration.up[0].probe.as_deref(),
        Some("SELECT count() FROM web.hits")
    );
    assert_eq!(migration.up[1].probe, None);
    assert_eq!(migration.to_sql(), text("SELECT count() FROM web.hits"));
    let findings = parse("DROP TABLE web.hits").unwrap_err();
    assert_eq!(findings[0].place.as_ref().unwrap().line, 6, "{findings:?}");
}
