//! The findings that differences become.

#![cfg(feature = "io")]
#![expect(clippy::unwrap_used, reason = "tests may be blunt")]

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::diag::code;
use chx_core::model::Object;
use chx_runtime::drift::{Difference, Drift};

#[test]
fn every_kind_of_difference_has_its_code() {
    let table = |name: &str, column: &str| -> Box<Object> {
        let sql = format!("CREATE TABLE web.{name} ({column}) ENGINE = MergeTree ORDER BY id");
        Box::new(parse_object(&sql, &ParseContext::default()).unwrap())
    };
    let mut drift = Drift::default();
    let (old, new) = (table("b", "id UInt64"), table("b", "id UInt32"));
    let differences = [
        (
            table("a", "id UInt64"),
            Difference::Missing(table("a", "id UInt64")),
            code::OBJECT_MISSING,
        ),
        (
            new.clone(),
            Difference::Changed {
                expected: old,
                live: new,
            },
            code::OBJECT_CHANGED,
        ),
        (
            table("c", "id UInt64"),
            Difference::Extra(table("c", "id UInt64")),
            code::OBJECT_EXTRA,
        ),
        (
            table("d", "id UInt64"),
            Difference::Unknown("a secret".to_owned()),
            code::OBJECT_UNKNOWN,
        ),
    ];
    let expected: Vec<_> = differences.iter().map(|(_, _, code)| *code).collect();
    for (object, difference, _) in differences {
        drift.differences.insert(object.id(), difference);
    }
    let found: Vec<_> = drift.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(found, expected);
}
