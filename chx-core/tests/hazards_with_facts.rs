//! Hazards that only a database can tell of.

#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::diag::{Code, Severity, code};
use chx_core::ident::QualifiedName;
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Facts, StuckMutation, TableFacts};
use chx_core::plan::{Renames, plan};

/// What is said about changing a String to a number, if this is how the table is.
fn said(about: TableFacts) -> Vec<(Code, Severity)> {
    let schema = |column: &str| -> Schema {
        let sql = format!("CREATE TABLE web.t (k UInt8, {column}) ENGINE = MergeTree ORDER BY k");
        [parse_object(&sql, &ParseContext::default()).unwrap()]
            .into_iter()
            .collect()
    };
    let (before, after) = (schema("n String"), schema("n UInt32"));
    let schemas = Pair {
        before: &before,
        after: &after,
    };
    let planned = plan(schemas, &Renames::default()).unwrap();
    let mut facts = Facts::default();
    facts
        .tables
        .insert(QualifiedName::new("web", "t").unwrap(), about);
    let hazards = planned.hazards_with(schemas, &facts);
    hazards
        .into_iter()
        .map(|hazard| (hazard.finding.code, hazard.finding.severity))
        .collect()
}

#[test]
fn a_mutation_behind_a_stuck_one_would_wait_for_ever() {
    let stuck = StuckMutation {
        id: "mutation_3.txt".to_owned(),
        command: "MODIFY COLUMN n UInt8".to_owned(),
        reason: "cannot parse".to_owned(),
    };
    let about = TableFacts {
        stuck: vec![stuck],
        ..TableFacts::default()
    };
    assert!(said(about).contains(&(code::STUCK_MUTATION, Severity::Error)));
    assert!(
        !said(TableFacts::default())
            .iter()
            .any(|(code, _)| *code == code::STUCK_MUTATION)
    );
}

#[test]
fn a_mutation_needs_room_for_what_it_rewrites() {
    let about = |free| TableFacts {
        rows: 1000,
        parts: 1,
        bytes: 5000,
        compact_bytes: 5000,
        free_disk: Some(free),
        ..TableFacts::default()
    };
    assert!(said(about(4999)).contains(&(code::DISK_TOO_SMALL, Severity::Error)));
    assert!(
        !said(about(5000))
            .iter()
            .any(|(code, _)| *code == code::DISK_TOO_SMALL)
    );
}
