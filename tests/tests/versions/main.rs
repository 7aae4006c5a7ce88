//! chx against a server of some version: what it stores of the statements of `tests/ddl`, of the databases of
//! `tests/live` and of the plans of `tests/scenarios`, and whether chx knows beforehand what it refuses.
//!
//! The server is the one at `CHX_TEST_URL`, which has to be empty and configured as `tests/engines/config.xml` says;
//! without it, the local engine. What came out has to be what `docs/compatibility.md` says of the version;
//! `CHX_BLESS=1` writes it there. `cargo xtask versions` does this for all versions that can be had.
#![expect(clippy::print_stdout, reason = "a test that takes a while says where it is")]

mod corpus;
mod fixtures;
mod old;
mod page;
mod prediction;
mod scenarios;
mod server;

use std::process::ExitCode;

use chx_core::version::OLDEST;
use chx_tests::engine::Engine;

use page::Section;
use server::Server;

fn main() -> ExitCode {
    chx_local::child::serve_if_child();
    if std::env::args().any(|argument| argument == "--list") {
        println!("the_page_says_what_this_version_does: test");
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let server = Server::start()?;
    let engine = Engine::at(&server.url)?;
    let target = prediction::target(&engine)?;
    if target.version < OLDEST {
        println!("ClickHouse {}: is older than {OLDEST}", target.full);
        return page::hold_old(&target, &server.name, &old::refused(&server)?);
    }
    println!("ClickHouse {}: statements", target.full);
    let corpus = corpus::run(&engine, &target)?;
    println!("ClickHouse {}: databases", target.full);
    let fixtures = fixtures::run(&engine, &target, &server)?;
    println!("ClickHouse {}: plans", target.full);
    let scenarios = scenarios::run(&engine, &target)?;
    page::hold(&Section {
        target,
        engine: server.name.clone(),
        corpus,
        fixtures,
        scenarios,
    })
}
