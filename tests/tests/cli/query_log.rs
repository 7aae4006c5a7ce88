//! Statements whose end is not known, on a server that keeps a log of its queries.
//!
//! The embedded engine keeps none, so the table is made here, as a server makes it, and holds what a server would have
//! written. Everything else is real.

use std::sync::{Arc, Mutex};

use crate::interposer::{Action, interpose};
use crate::project::{Program, Project, Ran};
use crate::proxy::Served;

/// Runs a migration whose INSERT has no probe and no answer; `ran`: does it reach the server? Then the log gets these rows
/// about it, and it is run again.
fn again(ran: bool, types: &[i8], code: i32) -> (Ran, String) {
    let project = Project::new();
    project.write(
        "1_a",
        "CREATE DATABASE shop;\nCREATE TABLE shop.a (n UInt64) ENGINE = MergeTree ORDER BY n;\nINSERT INTO shop.a SELECT 1;",
        "",
    );
    let served = Served::start(&project);
    served.query(
        "CREATE TABLE system.query_log (type Enum8('QueryStart' = 1, 'QueryFinish' = 2, 'ExceptionBeforeStart' = 3, \
         'ExceptionWhileProcessing' = 4), event_date Date, event_time DateTime, query_id String) \
         ENGINE = MergeTree PARTITION BY toYYYYMM(event_date) ORDER BY (event_date, event_time)",
    );
    let seen: Arc<Mutex<Option<String>>> = Arc::default();
    let query_id = Arc::clone(&seen);
    let url = interpose(&served, move |request| {
        if !request.contains("INSERT INTO shop.a") || request.contains("chx.") {
            return Action::Pass;
        }
        let id = request.split("query_id=").nth(1).unwrap();
        *query_id.lock().unwrap() = id.split(['&', ' ']).next().map(str::to_owned);
        if ran { Action::Swallow } else { Action::Drop }
    });
    project
        .run(Program::First, &["migrate", "--retries", "0", "--url", &url])
        .expect(6);
    let id = seen.lock().unwrap().clone().unwrap();
    for kind in types {
        served.query(&format!(
            "INSERT INTO system.query_log SELECT {kind}, today(), now(), '{id}'"
        ));
    }
    // Rows about others say nothing.
    served.query("INSERT INTO system.query_log SELECT 2, today(), now(), 'chx-other-1'");
    let again = project
        .run(Program::First, &["migrate", "--url", &served.url()])
        .expect(code);
    let rows = served.query("SELECT count() FROM shop.a");
    (again, rows)
}

#[test]
fn an_insert_that_ended_is_not_sent_again() {
    let (ran, rows) = again(true, &[1, 2], 0);
    ran.complains("the database shows that it ran");
    assert_eq!(rows, "1");
}

#[test]
fn an_insert_that_never_began_is_sent() {
    let (ran, rows) = again(false, &[3], 0);
    ran.complains("the database shows that it did not run");
    assert_eq!(rows, "1");
}

/// It began and has no end, failed in the middle, or is not in the log at all: a part of the rows may be there.
#[test]
fn an_insert_of_which_the_log_says_nothing_certain_is_a_question_to_a_person() {
    for types in [&[1][..], &[1, 4], &[]] {
        let (ran, rows) = again(true, types, 1);
        ran.complains("it changes rows, and rows do not tell");
        assert_eq!(rows, "1", "{types:?}");
    }
}
