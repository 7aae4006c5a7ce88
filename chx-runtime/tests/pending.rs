//! What is left to run, and what forbids running anything: a history against what a journal says.

#![cfg(feature = "io")]
#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use std::collections::BTreeMap;

use chx_core::ddl::{ParseContext, parse_statement};
use chx_core::diag::code;
use chx_core::history::{Chain, History, HistoryFiles, Migration, MigrationId, SourceFile};
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Renames, plan};
use chx_runtime::journal::{JournalState, MigrationRecord, Phase};
use chx_runtime::runner::Pending;

fn id(name: &str) -> MigrationId {
    MigrationId::new(name).unwrap()
}

/// A history of one migration for each list of statements, which make the whole schema after it.
fn history(migrations: &[(&str, &[&str])]) -> History {
    let (mut files, mut chain, mut before) = (HistoryFiles::default(), Chain::default(), Schema::default());
    for (name, statements) in migrations {
        let mut after = Schema::default();
        for sql in *statements {
            after
                .apply(&parse_statement(sql, &ParseContext::default()).unwrap())
                .unwrap();
        }
        let schemas = Pair {
            before: &before,
            after: &after,
        };
        let planned = plan(schemas, &Renames::default()).unwrap();
        let text = Migration::of_plan(id(name), schemas, &planned).to_sql();
        chain.push(id(name), text.as_bytes());
        let path = format!("migrations/{name}.sql");
        files.migrations.insert(id(name), SourceFile { path, text });
        before = after;
    }
    files.sum = Some(SourceFile {
        path: "migrations/chx.sum".to_owned(),
        text: chain.to_string(),
    });
    History::load(&files).unwrap().0
}

/// A journal in which these migrations of a history ran; one that the history lacks ran as well.
fn journal(history: &History, applied: &[&str]) -> JournalState {
    let record = |name: &str| MigrationRecord {
        phase: Phase::Applied,
        checksum: history
            .entries()
            .iter()
            .find(|entry| entry.id().as_str() == name)
            .map_or_else(String::new, |entry| entry.checksum.to_string()),
        started_at: String::new(),
        last_at: String::new(),
        host: String::new(),
        user: String::new(),
        version: String::new(),
        last: 1,
        statements: BTreeMap::new(),
        down: BTreeMap::new(),
    };
    JournalState {
        migrations: applied.iter().map(|name| (id(name), record(name))).collect(),
        ..JournalState::default()
    }
}

const HITS: &str = "CREATE TABLE web.hits (id UInt64) ENGINE = MergeTree ORDER BY id";
const WIDER: &str = "CREATE TABLE web.hits (id UInt64, site String) ENGINE = MergeTree ORDER BY id";
const USERS: &str = "CREATE TABLE web.users (id UInt64) ENGINE = MergeTree ORDER BY id";

#[test]
fn a_migration_that_only_the_database_knows_is_an_error() {
    let history = history(&[("1_hits", &[HITS])]);
    let findings = Pending::find(&history, &journal(&history, &["1_hits", "2_gone"]), None).unwrap_err();
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].code, findings[0].subject.as_str()),
        (code::APPLIED_UNKNOWN, "2_gone")
    );
}

#[test]
fn a_late_migration_is_harmless_only_where_it_touches_other_objects() {
    let other = history(&[("1_hits", &[HITS]), ("2_users", &[HITS, USERS])]);
    let pending = Pending::find(&other, &journal(&other, &["2_users"]), None).unwrap();
    let codes: Vec<_> = pending.warnings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [code::OUT_OF_ORDER]);

    let same = history(&[("1_hits", &[HITS]), ("2_wider", &[WIDER])]);
    let findings = Pending::find(&same, &journal(&same, &["2_wider"]), None).unwrap_err();
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [code::OUT_OF_ORDER]);
}
