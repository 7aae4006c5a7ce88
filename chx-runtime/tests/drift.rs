//! The findings that differences become.

#![cfg(feature = "io")]
#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::diag::code;
use chx_core::model::{Object, Schema};
use chx_runtime::drift::{Difference, Drift, compare};
use chx_runtime::introspect::Live;

fn table(column: &str) -> Box<Object> {
    let sql = format!("CREATE TABLE web.a ({column}) ENGINE = MergeTree ORDER BY id");
    Box::new(parse_object(&sql, &ParseContext::default()).unwrap())
}

#[test]
fn every_kind_of_difference_has_its_code() {
    let (old, new) = (table("id UInt64"), table("id UInt32"));
    let id = old.id();
    let changed = Difference::Changed {
        expected: old.clone(),
        live: new,
        attributes: Vec::new(),
    };
    for (difference, code) in [
        (Difference::Missing(old.clone()), code::OBJECT_MISSING),
        (changed, code::OBJECT_CHANGED),
        (Difference::Extra(old), code::OBJECT_EXTRA),
        (Difference::Unknown("a secret".to_owned()), code::OBJECT_UNKNOWN),
    ] {
        assert_eq!(difference.finding(&id).code, code);
    }
}

/// Compares two sides that leave no question to an engine.
fn drift(live: Live, expected: Schema) -> Drift {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(compare(live, expected)).unwrap()
}

#[test]
fn a_secret_that_is_not_shown_is_a_note_and_no_difference() {
    let object = *table("id UInt64");
    let mut live = Live::default();
    live.secrets.insert(object.id());
    live.schema.put(object.clone());
    let drift = drift(live, [object].into_iter().collect());
    assert!(drift.is_empty());
    let codes: Vec<_> = drift.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [code::OBJECT_SECRET]);
}

#[test]
fn differences_without_a_way_out_are_told_all_the_same() {
    let view = |name: &str, reads: &str| {
        let sql = format!("CREATE VIEW web.{name} AS SELECT * FROM web.{reads}");
        parse_object(&sql, &ParseContext::default()).unwrap()
    };
    let drift = drift(
        Live::default(),
        [view("a", "b"), view("b", "a")].into_iter().collect(),
    );
    assert_eq!(drift.differences.len(), 2);
    let codes: Vec<_> = drift.findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&code::NO_PLAN), "{codes:?}");
}
