//! `docs/reference.md`: every clause of ClickHouse beside the Rust that says it.
//!
//! Each file beside this one is a section of the page. Its structs go through the derives like any others. The comments above
//! them are pairs of a clause and the words that say it; each is held to the struct's own text and to the statement that
//! comes of it, and every statement runs on the engine. What Rust cannot say is a list here, and held to be so too.
//! `cargo xtask reference` writes the page; a page that is another is an error.

#![expect(
    dead_code,
    reason = "the structs are declarations and nothing reads their fields"
)]

mod access;
mod columns;
mod databases;
mod dictionaries;
mod engines;
mod functions;
mod keys;
mod materialized_views;
mod members;
mod of_server;
mod page;
mod section;
mod tables;
mod ttl;
mod types;
mod unsaid;
mod views;

use chx_core::ddl::render_object_line;
use chx_core::model::Object;
use chx_core::sql::quote_string;
use chx_tests::engine::Engine;

use section::Section;

/// The files of the sections, in the order of the page.
const FILES: [(&str, &str); 14] = [
    ("databases.rs", include_str!("databases.rs")),
    ("tables.rs", include_str!("tables.rs")),
    ("engines.rs", include_str!("engines.rs")),
    ("columns.rs", include_str!("columns.rs")),
    ("keys.rs", include_str!("keys.rs")),
    ("members.rs", include_str!("members.rs")),
    ("ttl.rs", include_str!("ttl.rs")),
    ("views.rs", include_str!("views.rs")),
    ("materialized_views.rs", include_str!("materialized_views.rs")),
    ("dictionaries.rs", include_str!("dictionaries.rs")),
    ("functions.rs", include_str!("functions.rs")),
    ("of_server.rs", include_str!("of_server.rs")),
    ("access.rs", include_str!("access.rs")),
    ("types.rs", include_str!("types.rs")),
];

/// What takes more than an engine alone: the table, and what the engine misses.
const NEEDS_MORE: [(&str, &str); 4] = [
    ("archived", "BAD_ARGUMENTS"),
    ("everywhere", "CLUSTER_DOESNT_EXIST"),
    ("reference_app", "NO_ELEMENTS_IN_CONFIG"),
    ("replicated", "NO_ELEMENTS_IN_CONFIG"),
];

fn sections() -> Result<Vec<Section>, String> {
    let objects = section::declared()?;
    let sections = FILES
        .iter()
        .map(|(file, text)| Section::read(file, text, &objects));
    Ok(sections.collect())
}

#[test]
fn each_clause_comes_of_the_words_beside_it() {
    let (mut pairs, mut mistakes) = (0, Vec::new());
    for section in sections().unwrap() {
        assert!(!section.examples.is_empty(), "{}", section.title);
        for example in &section.examples {
            assert!(
                !example.objects.is_empty(),
                "no statement comes of\n{}",
                example.code
            );
            for (clause, words) in &example.pairs {
                mistakes.extend(example.mistake(clause, words));
                pairs += 1;
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    println!("{pairs} clauses with the words that say them");
}

#[test]
fn the_page_says_what_the_structs_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference.md");
    let page = page::page(&sections().unwrap());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let stands = std::fs::read_to_string(path).unwrap_or_default();
    let same = stands
        .lines()
        .zip(page.lines())
        .take_while(|(a, b)| a == b)
        .count();
    assert!(
        stands == page,
        "docs/reference.md is another from line {}: run `cargo xtask reference`",
        same + 1
    );
}

#[test]
fn every_statement_runs() {
    let engine = Engine::start().unwrap();
    engine.run("CREATE DATABASE reference").unwrap();
    let (mut ran, mut needing) = (0, Vec::new());
    for section in sections().unwrap() {
        for object in section.examples.iter().flat_map(|example| &example.objects) {
            if let Object::Access(_) = object {
                // The engine has nowhere to keep it, and reads it.
                for sql in section::statements(object) {
                    let reads = format!("SELECT formatQuerySingleLine({})", quote_string(&sql));
                    engine.run(&reads).unwrap();
                    ran += 1;
                }
                continue;
            }
            let sql = render_object_line(object);
            let name = section::name_of(object);
            match NEEDS_MORE.iter().find(|(table, _)| *table == name) {
                None => engine.run(&sql).unwrap(),
                Some((_, misses)) => {
                    let error = engine.run(&sql).unwrap_err();
                    assert!(error.contains(misses), "{error}");
                    needing.push(name);
                }
            }
            ran += 1;
        }
    }
    needing.sort();
    assert_eq!(needing, NEEDS_MORE.map(|(table, _)| table));
    engine.close().unwrap();
    println!("{ran} statements ran");
}

#[test]
fn what_is_not_said_in_rust_is_so() {
    let mistakes = unsaid::mistakes();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}
