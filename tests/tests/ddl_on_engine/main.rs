//! What chx makes of CREATE statements, against what the engine makes of them.
//!
//! Each statement of `tests/ddl/*.sql` is read and written by chx, created on the engine, and read back as the
//! engine stores it. The two must mean the same in the canonical form (level 1). Where only the engine can know
//! that, the statement says `level 2` and why, the difference must lie in expressions, and the engine must store
//! the same text for both sides.

#![expect(
    clippy::print_stdout,
    reason = "a test program of its own talks to whoever runs it"
)]

mod skeleton;

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use chx_core::canon::canonical;
use chx_core::ddl::{ParseContext, parse_object, parse_statement, render, render_object, render_object_line};
use chx_core::model::{Object, SettingValue};
use chx_core::sql::{Punct, TokenKind, lex};
use libtest_mimic::{Arguments, Failed, Trial};

use chx_tests::corpus::{Case, SOURCES, cases, create, sides};
use chx_tests::engine::Engine;
use skeleton::skeleton;

/// One engine for all statements; they take turns, because they use the same names.
static ENGINE: Mutex<Option<Engine>> = Mutex::new(None);

/// How many statements there have to be.
const LEAST: usize = 400;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = match trials() {
        Ok(mut trials) => {
            let count = trials.len();
            if !arguments.list {
                println!("{count} statements of `tests/ddl`");
            }
            trials.push(Trial::test("enough_statements", move || {
                let few = format!("{count} statements are fewer than {LEAST}");
                if count < LEAST { Err(few.into()) } else { Ok(()) }
            }));
            trials
        }
        Err(error) => vec![Trial::test("files", || Err(error.into()))],
    };
    let conclusion = libtest_mimic::run(&arguments, trials);
    let engine = ENGINE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Err(error)) = engine.map(Engine::close) {
        println!("the engine did not close: {error}");
    }
    conclusion.exit_code()
}

/// One test for each statement of each file, named by file and line.
fn trials() -> Result<Vec<Trial>, String> {
    let trial = |case: Case| {
        Trial::test(case.name, move || {
            on_engine(|engine| check(engine, &case.sql, case.only_the_engine_knows))
                .map_err(|error| Failed::from(format!("{}\n{error}", case.sql)))
        })
    };
    Ok(cases()?.into_iter().map(trial).collect())
}

fn on_engine(run: impl FnOnce(&Engine) -> Result<(), String>) -> Result<(), String> {
    let mut guard = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
    if guard.is_none() {
        let engine = Engine::start()?;
        SOURCES.into_iter().try_for_each(|sql| engine.run(sql))?;
        *guard = Some(engine);
    }
    run(guard.as_ref().ok_or("the engine did not start")?)
}

fn check(engine: &Engine, sql: &str, only_the_engine_knows: bool) -> Result<(), String> {
    let read =
        |text: &str| parse_object(text, &ParseContext::default()).map_err(|error| format!("{error}\n{text}"));
    let statement = parse_statement(sql, &ParseContext::default()).map_err(|error| error.to_string())?;
    let wanted = read(sql)?;

    // What chx writes is to the engine what the user wrote.
    let stored_text = create(engine, &render(&statement), &wanted, &[])?;
    let as_written = create(engine, sql, &wanted, &[])?;
    same(
        "chx writes something else than the user",
        &words(&as_written)?,
        &words(&stored_text)?,
    )?;

    // What the engine stores is read back without loss.
    let stored = read(&stored_text)?;
    let again = create(engine, &render_object(&stored), &wanted, &[])?;
    same(
        "reading and writing loses something",
        &words(&stored_text)?,
        &words(&again)?,
    )?;

    // The canonical form leaves nothing out that matters.
    let canonical_stored = create(engine, &line(&stored), &wanted, &[])?;
    let canonical_wanted = create(engine, &line(&wanted), &wanted, &[])?;
    same(
        "the canonical forms are stored differently",
        &canonical_stored,
        &canonical_wanted,
    )?;
    same(
        "the canonical form means something else",
        &line(&stored),
        &line(&read(&canonical_stored)?),
    )?;

    // What the statement leaves to the server is no difference.
    let [wanted, stored] = sides(wanted, stored)?;

    match (line(&wanted) == line(&stored), only_the_engine_knows) {
        (true, false) => Ok(()),
        (true, true) => Err("level 1 knows this: take the comment `level 2` away".to_owned()),
        (false, true) => same(
            "the difference is not in expressions",
            &render_object(&skeleton(canonical(stored))),
            &render_object(&skeleton(canonical(wanted))),
        ),
        (false, false) => same(
            "level 1 does not see that these are the same",
            &line(&wanted),
            &line(&stored),
        ),
    }
}

/// The canonical form on one line.
fn line(object: &Object) -> String {
    render_object_line(&canonical(object.clone()))
}

/// The words of a stored text without what only groups them, sorted: nothing may be missing, whatever chx thinks of
/// it. Keys may have other parentheses, settings another order and another spelling of their values.
fn words(text: &str) -> Result<String, String> {
    let text = text.replace("PARTITION BY tuple()", "");
    let tokens = lex(&text).map_err(|error| error.to_string())?;
    let mut words: Vec<String> = tokens
        .iter()
        .filter(|token| !token.is(Punct::LParen) && !token.is(Punct::RParen) && !token.is_word("tuple"))
        .map(|token| match token.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::String => {
                SettingValue::new(token.text.trim_matches('\'')).to_string()
            }
            _ => token.text.to_owned(),
        })
        .collect();
    words.sort_unstable();
    Ok(words.join(" "))
}

fn same(what: &str, expected: &str, actual: &str) -> Result<(), String> {
    if expected == actual {
        Ok(())
    } else {
        Err(format!("{what}\n  {expected}\n  {actual}"))
    }
}
