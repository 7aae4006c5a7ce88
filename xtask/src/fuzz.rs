//! `cargo xtask fuzz [CASES]`: every reader of SQL against texts that nobody would write.
//!
//! Texts are statements of the project's own corpora with pieces deleted, doubled, moved and mixed, bytes without any
//! sense, and a megabyte of each kind of nesting. A reader may refuse a text; it may not panic, overflow the stack or
//! hang. Where there are many cases, the megabytes are timed at three sizes, and the table shows that work grows with the
//! length and not with its square.
//!
//! A case that breaks a reader is made as small as it can be and printed. The same seed gives the same cases.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chx_core::ddl::{self, ParseContext};
use chx_core::history::{Chain, History, HistoryFiles, MigrationId, SourceFile};
use chx_core::ident::Ident;
use chx_core::model::access::AccessKind;
use chx_core::sql::{self, Expr};
use chx_core::types::DataType;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestError, TestRng, TestRunner};

/// As many as CI has time for.
pub(crate) const FEW: u32 = 20_000;
/// More than these are worth a build with optimization.
const WORTH_A_BUILD: u32 = 100_000;
/// A megabyte.
const LARGE: usize = 1 << 20;
/// What is put between the pieces.
const ODD: [&str; 40] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "`",
    "\\",
    "\\'",
    "''",
    "--",
    "/*",
    "*/",
    "#",
    "$$",
    "$a$",
    ";",
    ",",
    ".",
    "::",
    "->",
    "?",
    ":",
    "=",
    "\0",
    "\u{feff}",
    "ß",
    "\u{2019}",
    "0x",
    "1e",
    "1_",
    ".5",
    "NULL",
    "(((((((((",
    " AS ",
    " INTERVAL ",
    "@@",
    "\n",
];

/// Runs the cases; `false` when a reader is broken.
pub(crate) fn run(cases: Option<&str>, seed: Option<&str>) -> bool {
    let (Ok(cases), Ok(seed)) = (cases.map_or(Ok(FEW), str::parse), seed.map_or(Ok(0), str::parse)) else {
        println!("usage: cargo xtask fuzz [CASES [SEED]]");
        return false;
    };
    if cases > WORTH_A_BUILD && std::env::var_os("CHX_FUZZ_OPTIMIZED").is_none() {
        return optimized(cases, seed);
    }
    let corpus = corpus();
    println!("{cases} cases from seed {seed}, made of {} texts", corpus.len());
    if cases > WORTH_A_BUILD {
        growth();
    }
    deep() && fuzz(&corpus, cases, seed)
}

/// This task once more, as fast as it can be and with all checks of a debug build.
fn optimized(cases: u32, seed: u64) -> bool {
    Command::new(env!("CARGO"))
        .current_dir(crate::root())
        .args(["run", "--quiet", "--release", "--package", "xtask", "--", "fuzz"])
        .args([cases.to_string(), seed.to_string()])
        .env("CHX_FUZZ_OPTIMIZED", "1")
        .env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true")
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
        .status()
        .is_ok_and(|status| status.success())
}

/// All statements, types and expressions that the tests are made of.
fn corpus() -> Vec<String> {
    let mut corpus = Vec::new();
    for folder in ["tests/ddl", "tests/scenarios", "chx-core/testdata"] {
        add_texts(&crate::root().join(folder), &mut corpus);
    }
    corpus.sort();
    corpus.dedup();
    corpus
}

fn add_texts(folder: &Path, corpus: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            add_texts(&path, corpus);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            // Statements; in files of types and expressions, lines.
            let pieces = text.split(if text.contains(";\n") { ";\n" } else { "\n" });
            corpus.extend(
                pieces
                    .map(str::trim)
                    .filter(|piece| !piece.is_empty())
                    .map(str::to_owned),
            );
        }
    }
}

/// Gives a text to every reader. What was read is written and read again; that it is the same is a law of valid
/// statements (`ddl::laws`), and of types also here, where expressions hold no sense that could get lost.
fn read(text: &str) -> TestCaseResult {
    let context = ParseContext::default();
    if let Ok(tokens) = sql::lex(text) {
        let _ = sql::check_balanced(&tokens);
    }
    let _ = sql::split_statements(text);
    if let Ok(expr) = Expr::parse(text) {
        let _ = (
            expr.references().count(),
            expr.calls().len(),
            expr.tuple_elements().len(),
        );
        let _ = (sql::output_columns(&expr), expr.without_outer_parens());
        if let Ok(database) = Ident::new("app") {
            let _ = sql::relations(&expr, &database);
            let _ = expr.with_column_renamed("k", &database);
        }
    }
    if let Ok(data_type) = DataType::parse(text) {
        let again = DataType::parse(&data_type.to_string());
        prop_assert_eq!(again.as_ref(), Ok(&data_type), "{}", data_type);
    }
    let _ = ddl::parse_object(text, &context);
    let _ = (
        ddl::parse_engine(text),
        ddl::parse_key(text),
        ddl::parse_ttl(text),
        ddl::parse_settings(text),
        ddl::parse_database_engine(text),
        ddl::parse_stored_database_engine(text),
    );
    if let Ok(statement) = ddl::parse_statement_or_raw(text, &context) {
        let _ = chx_core::canon::portable_statement(statement);
    }
    let _ = (
        ddl::parse_codec(text),
        ddl::parse_index_type(text),
        ddl::parse_projection_body(text),
        ddl::parse_migration_statement(text, &context),
    );
    for kind in AccessKind::ALL {
        for clause in ddl::AccessClause::of(kind) {
            let _ = ddl::parse_access_clause(*clause, text);
        }
    }
    let _ = (
        ddl::parse_grant(text, &context, None),
        ddl::parse_revoke(text, &context, None),
        ddl::parse_shown(text),
    );
    let _ = (
        ddl::parse_collection_entries(text),
        ddl::parse_resource_operations(text),
        ddl::parse_workload_settings(text),
        ddl::parse_lambda(text),
    );
    if let Ok(statement) = ddl::parse_statement(text, &context) {
        for written in [ddl::render(&statement), ddl::render_line(&statement)] {
            let _ = ddl::parse_statement(&written, &context);
        }
    }
    Ok(())
}

/// Gives a text to the readers of a folder of migrations, as its file and as its `chx.sum`.
fn read_as_migration(text: &str) {
    let Ok(id) = MigrationId::new("1_fuzz") else {
        return;
    };
    let path = "migrations/1_fuzz.sql".to_owned();
    let mut files = HistoryFiles::default();
    let up = format!("-- chx:migration 1\n-- chx:id 1_fuzz\n-- chx:draft\n\n-- chx:up\n{text}");
    for text in [text.to_owned(), up] {
        let mut chain = Chain::default();
        chain.push(id.clone(), text.as_bytes());
        files.sum = Some(SourceFile {
            path: "migrations/chx.sum".to_owned(),
            text: chain.to_string(),
        });
        files.migrations.insert(
            id.clone(),
            SourceFile {
                path: path.clone(),
                text,
            },
        );
        let _ = History::load(&files);
    }
    files.sum = Some(SourceFile {
        path: "migrations/chx.sum".to_owned(),
        text: text.to_owned(),
    });
    let _ = History::load(&files);
}

/// One change of a text: what to do, where in it, how much, and with what.
type Change = (u8, u16, u8, u16);

fn changed(mut text: String, changes: &[Change], corpus: &[String]) -> String {
    for (what, at, much, with) in changes {
        let place =
            |share: usize, text: &str| text.floor_char_boundary(share * text.len() / usize::from(u16::MAX));
        let at = place(usize::from(*at), &text);
        let end = text.ceil_char_boundary((at + usize::from(*much)).min(text.len()));
        let odd = ODD[usize::from(*with) % ODD.len()];
        match what % 9 {
            0 => text.replace_range(at..end, ""),
            1 => {
                let piece = text[at..end].to_owned();
                text.insert_str(at, &piece);
            }
            2 => text.insert_str(at, odd),
            3 => text.replace_range(at..end, odd),
            4 => text.truncate(at),
            5 => {
                let other = &corpus[usize::from(*with) % corpus.len()];
                text.replace_range(at.., &other[place(usize::from(*with), other)..]);
            }
            6 => text.insert_str(at, &odd.repeat(usize::from(*much))),
            7 => {
                let piece = text[at..end].repeat(1 + usize::from(*with % 8));
                text.insert_str(end, &piece);
            }
            _ => {
                let piece = text[at..end].to_uppercase();
                text.replace_range(at..end, &piece);
            }
        }
    }
    text
}

fn fuzz(corpus: &[String], cases: u32, seed: u64) -> bool {
    let begin = Instant::now();
    let threads = u32::try_from(std::thread::available_parallelism().map_or(1, usize::from)).unwrap_or(1);
    let passed = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| scope.spawn(move || fuzz_part(corpus, cases.div_ceil(threads), seed, part)))
            .collect();
        parts.into_iter().all(|part| part.join().unwrap_or(false))
    });
    println!("{cases} cases in {:.0} s", begin.elapsed().as_secs_f64());
    passed
}

fn fuzz_part(corpus: &[String], cases: u32, seed: u64, part: u32) -> bool {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&part.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let changes = prop::collection::vec(any::<Change>(), 1..6);
    let text = prop_oneof![
        12 => (any::<prop::sample::Index>(), changes).prop_map(|(at, changes)| changed(at.get(corpus).clone(), &changes, corpus)),
        1 => prop::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        1 => prop::collection::vec(prop::sample::select(&ODD[..]), 0..60).prop_map(|pieces| pieces.concat()),
    ];
    let outcome = runner.run(&text, |text| {
        // The history is read less often: it reads statements once more.
        if text.len() % 8 == 0 {
            read_as_migration(&text);
        }
        read(&text)
    });
    match outcome {
        Ok(()) => true,
        Err(TestError::Fail(reason, text)) => {
            println!("{reason}\n  by {text:?}");
            false
        }
        Err(TestError::Abort(reason)) => {
            println!("{reason}");
            false
        }
    }
}

/// A text of at least this length that goes deep.
type Deep = fn(usize) -> String;

/// What goes deep, and how.
const DEEP: [(&str, Deep); 15] = [
    ("(((", |length| "(".repeat(length)),
    ("((()))", |length| {
        "(".repeat(length / 2) + &")".repeat(length / 2)
    }),
    ("[[[", |length| "[".repeat(length)),
    ("([)]", |length| "([)]".repeat(length / 4)),
    ("/*/*", |length| "/*".repeat(length / 2)),
    ("/**/", |length| "/**/".repeat(length / 4)),
    ("'\\'\\'", |length| format!("'{}", "\\'".repeat(length / 2))),
    ("''''", |length| "''".repeat(length / 2)),
    ("Array(", |length| "Array(".repeat(length / 6)),
    ("a + a", |length| format!("a{}", " + a".repeat(length / 4))),
    ("k -> (", |length| {
        "k -> (".repeat(length / 7) + "k" + &")".repeat(length / 7)
    }),
    ("k AS k", |length| {
        format!("SELECT k{}", ", k AS k".repeat(length / 8))
    }),
    ("(SELECT", |length| {
        "(SELECT k FROM ".repeat(length / 16) + "t" + &")".repeat(length / 16)
    }),
    ("CASE", |length| "CASE WHEN ".repeat(length / 10)),
    ("ORDER BY (((", |length| {
        let depth = length / 2;
        format!(
            "CREATE TABLE t (k UInt8) ENGINE = MergeTree ORDER BY {}k{}",
            "(".repeat(depth),
            ")".repeat(depth)
        )
    }),
];

/// Reads a megabyte of each kind of nesting.
fn deep() -> bool {
    DEEP.iter().all(|(name, deep)| match read(&deep(LARGE)) {
        Ok(()) => true,
        Err(error) => {
            println!("{name}: {error}");
            false
        }
    })
}

/// Prints how the time grows with the length: linear work doubles. Where the list of tokens outgrows what the allocator
/// keeps, the system's pages come on top once.
fn growth() {
    println!(
        "{:<14} {:>10} {:>10} {:>10}   twice as long",
        "", "256 KiB", "512 KiB", "1 MiB"
    );
    for (name, deep) in DEEP {
        let [first, second, third] = [LARGE / 4, LARGE / 2, LARGE].map(|length| {
            let text = deep(length);
            // The machine has other things to do: the quickest of some tries says most.
            let tries = (0..5).map(|_| {
                let begin = Instant::now();
                let _ = read(&text);
                begin.elapsed().as_secs_f64() * 1e3
            });
            tries.fold(f64::INFINITY, f64::min)
        });
        println!(
            "{name:<14} {first:>7.1} ms {second:>7.1} ms {third:>7.1} ms   {:.1}, {:.1}",
            second / first,
            third / second
        );
    }
}
