//! The proof of plans: what is right passes, and what was tampered with is caught by the engine, with what would remain.
#![expect(
    clippy::unwrap_used,
    clippy::result_large_err,
    clippy::panic,
    reason = "a failed expectation is what tests are for"
)]

use std::sync::{Mutex, PoisonError};

use chx_core::ddl::{AlterCommand, ParseContext, Statement, parse_object};
use chx_core::diag::{Diagnostic, code};
use chx_core::model::Schema;
use chx_core::pair::Pair;
use chx_core::plan::{Plan, Renames, plan};
use chx_runtime::proof::{ProofError, prove};
use chx_runtime::scratch::Scratch;

fn schema(objects: &[&str]) -> Schema {
    let objects = objects
        .iter()
        .map(|sql| parse_object(sql, &ParseContext::default()).unwrap());
    objects.collect()
}

const HITS: &str = "CREATE TABLE web.hits (id UInt64) ENGINE = MergeTree ORDER BY id";
const MORE: &str = "CREATE TABLE web.hits (id UInt64, site String) ENGINE = MergeTree ORDER BY id";
const VIEW: &str = "CREATE VIEW web.sites AS SELECT site FROM web.hits";

/// Proves the plan from one schema to the other; gives what was not tried out.
fn unsure(before: &[&str], after: &[&str]) -> Result<Vec<String>, ProofError> {
    let with_database = |objects: &[&str]| schema(&[&["CREATE DATABASE web"], objects].concat());
    let (before, after) = (with_database(before), with_database(after));
    let schemas = Pair {
        before: &before,
        after: &after,
    };
    let planned = plan(schemas, &Renames::default()).unwrap();
    let notes = proven(schemas, &planned)?;
    assert!(
        notes.iter().all(|note| note.code == code::UNKNOWN_RESULT),
        "{notes:?}"
    );
    Ok(notes.into_iter().map(|note| note.subject).collect())
}

fn proven(schemas: Pair<&Schema>, planned: &Plan) -> Result<Vec<Diagnostic>, ProofError> {
    // One process has one engine.
    static ENGINE: Mutex<()> = Mutex::new(());
    let _turn = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let scratch = Scratch::open().await.unwrap();
        prove(&scratch, schemas, planned).await
    })
}

/// Proves the plan from a table to one with a column and a view over it, once somebody had it in hands.
fn tampered(tamper: impl Fn(&mut Plan)) -> Result<usize, ProofError> {
    let (before, after) = (schema(&[HITS]), schema(&[MORE, VIEW]));
    let schemas = Pair {
        before: &before,
        after: &after,
    };
    let mut planned = plan(schemas, &Renames::default()).unwrap();
    assert_eq!(planned.steps.len(), 2);
    tamper(&mut planned);
    proven(schemas, &planned).map(|notes| notes.len())
}

fn column_of(planned: &mut Plan) -> &mut chx_core::model::Column {
    let Statement::AlterTable(alter) = &mut planned.steps[0].statement else {
        panic!("the first step is the ALTER")
    };
    let AlterCommand::AddColumn { column, .. } = &mut alter.commands[0] else {
        panic!("it adds the column")
    };
    column
}

#[test]
fn a_plan_is_proven_or_says_what_would_remain() {
    assert_eq!(tampered(|_| {}).unwrap(), 0);

    // Another type than was asked for: it runs, and is found out.
    let Err(ProofError::Result(findings)) = tampered(|planned| {
        column_of(planned).data_type = "FixedString(4)".parse().unwrap();
    }) else {
        panic!("the result is another one")
    };
    assert_eq!(findings[0].code, code::OTHER_RESULT);
    let text = findings[0].to_string();
    for words in ["web.hits", "site FixedString(4)", "instead of", "site String"] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }

    // A statement that is missing: the next one fails on it, and is named.
    let error = tampered(|planned| {
        planned.steps.remove(0);
    })
    .expect_err("the view reads a column that is not there");
    let text = error.to_string();
    for words in ["statement 1", "web.sites", "CREATE VIEW web.sites", "47"] {
        assert!(text.contains(words), "`{words}` is not in\n{text}");
    }
}

/// A server that asks another place when it makes an object is the only one that can try it out, and what is built on it.
#[test]
fn what_only_its_own_server_can_make_stops_no_plan() {
    let far = "CREATE VIEW web.far AS SELECT id FROM url('http://127.0.0.1:1/a.csv')";
    let near = "CREATE VIEW web.near AS SELECT id FROM web.far";
    let kept = "CREATE TABLE web.kept (id UInt64) ENGINE = URL(unknown_collection)";
    let not_tried = ["web.far", "web.kept", "web.near"];
    assert_eq!(unsure(&[], &[HITS, far, near, kept]).unwrap(), not_tried);
    // Where it was there before, too, and goes.
    assert_eq!(
        unsure(&[HITS, far, near], &[MORE]).unwrap(),
        ["web.far", "web.near"]
    );
    // Of the rest the proof is as strict as ever.
    let wrong = "CREATE VIEW web.wrong AS SELECT toDat(id) FROM web.hits";
    let error = unsure(&[], &[HITS, far, wrong]).unwrap_err().to_string();
    assert!(error.contains("on `web.wrong`, fails with error 46"), "{error}");
}
