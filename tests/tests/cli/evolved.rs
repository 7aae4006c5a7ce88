//! Databases in the style of real products, changed by hand on the server: drift names each change, no more and no less,
//! and what would bring the database back does.
//!
//! The changes stand in `tests/live/evolved`, ten for each database and some that only spell otherwise. Above each stands
//! what drift has to say about it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::databases::{file, live};
use crate::project::Program;

/// The changes of a database, and what drift says of them.
fn changes(name: &str) -> (String, BTreeSet<String>) {
    let text = std::fs::read_to_string(file(&format!("evolved/{name}.sql"))).unwrap();
    let said = text.lines().filter_map(|line| line.strip_prefix("-- "));
    let said = said.filter(|line| *line != "only spelling");
    let said = said.map(str::to_owned).collect();
    (text, said)
}

/// Each difference on a line: `changed web.page: extra column id`, `missing web.page`.
fn told(document: &Value) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for difference in document["differences"].as_array().unwrap() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let object = format!("{} {}", text(&difference["kind"]), text(&difference["object"]));
        let attributes = difference["attributes"].as_array().into_iter().flatten();
        let attributes: Vec<String> = attributes
            .map(|piece| format!("{object}: {} {}", text(&piece["kind"]), text(&piece["attribute"])))
            .collect();
        if attributes.is_empty() {
            let reason = text(&difference["reason"]);
            lines.insert(format!("{object} {reason}").trim_end().to_owned());
        }
        lines.extend(attributes);
    }
    lines
}

#[test]
fn drift_names_what_was_changed_by_hand_and_brings_it_back() {
    let mut names: Vec<String> = std::fs::read_dir(file("evolved"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".sql").to_owned())
        .collect();
    names.sort();
    let (project, served) = live(&names);
    let url = served.url();
    project
        .run(Program::Nothing, &["baseline", "--url", &url])
        .expect(0);
    let drift = || {
        let ran = project.run(Program::Nothing, &["drift", "--url", &url, "--json"]);
        assert!(matches!(ran.code, 0 | 5), "{ran:?}");
        ran.json()
    };

    let mut expected = BTreeSet::new();
    let mut count = 0;
    for name in &names {
        let (text, said) = changes(name);
        count += said.len();
        expected.extend(said);
        for statement in chx_core::sql::split_statements(&text).unwrap().statements {
            served.execute(statement.text);
        }
    }
    assert_eq!(expected.len(), count, "each is said once");
    let document = drift();
    let told = told(&document);
    let more: Vec<&String> = told.difference(&expected).collect();
    let less: Vec<&String> = expected.difference(&told).collect();
    assert!(
        more.is_empty() && less.is_empty(),
        "not expected: {more:#?}\nnot told: {less:#?}"
    );

    for sql in document["repair"].as_array().unwrap() {
        served.execute(sql.as_str().unwrap());
    }
    let left = drift();
    assert_eq!(left["differences"], Value::Array(Vec::new()), "after the repair");
    println!("{} changes of {} databases", count, names.len());
}
