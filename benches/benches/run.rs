//! What the journal, the lock and the checks of a run cost: 500 migrations of one statement each, against the same
//! statements sent raw through the same HTTP endpoint of the embedded engine.
//!
//! `cargo bench -p chx-benches --bench run`
//!
//! Raw and run take turns; behind the ratios stands the number of requests. `CHX_ROUNDS` says how many rounds [default: 9].
#![expect(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]
#![expect(clippy::print_stdout, reason = "what it measured")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chx_benches::turns::{self, Cost};
use chx_core::history::{History, HistoryFiles, MigrationId, SourceFile, seal};
use chx_core::ident::Ident;
use chx_local::Local;
use chx_runtime::client::Session;
use chx_runtime::runner::{Consent, Run, Settings};
use tokio::runtime::Runtime;

const MIGRATIONS: usize = 500;

/// The kinds of statements that schemas are made of; a table with four changes, again and again.
fn statement(number: usize) -> String {
    let table = number / 5;
    match number % 5 {
        0 => format!(
            "CREATE TABLE bench.t{table} (id UInt64, ts DateTime64(3), site LowCardinality(String), views UInt64) \
             ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (site, ts)"
        ),
        1 => format!("ALTER TABLE bench.t{table} ADD COLUMN agent String DEFAULT 'none'"),
        2 => format!(
            "ALTER TABLE bench.t{table} ADD INDEX by_agent agent TYPE bloom_filter(0.01) GRANULARITY 4"
        ),
        3 => format!("ALTER TABLE bench.t{table} COMMENT COLUMN agent 'what it calls itself'"),
        _ => format!("ALTER TABLE bench.t{table} ADD CONSTRAINT sane CHECK views < 1000000000"),
    }
}

fn history() -> History {
    let mut files = HistoryFiles::default();
    for number in 0..MIGRATIONS {
        let id = MigrationId::new(format!("m{number:04}")).expect("an id");
        let sql = statement(number);
        let text =
            format!("-- chx:migration 1\n-- chx:id {id}\n-- chx:draft\n\n-- chx:up\n{sql};\n\n-- chx:down\n");
        let path = format!("migrations/{id}.sql");
        files.migrations.insert(id, SourceFile { path, text });
    }
    let sealed = seal(&files).expect("a sound history");
    for (id, text) in sealed.migrations {
        if let Some(file) = files.migrations.get_mut(&id) {
            file.text = text;
        }
    }
    files.sum = Some(SourceFile {
        path: "migrations/chx.sum".to_owned(),
        text: sealed.sum,
    });
    chx_runtime::history::load(&files).expect("a sound history").0
}

fn session(runtime: &Runtime, engine: &Local, url: String) -> Session {
    let client = clickhouse::Client::default()
        .with_url(url)
        .with_user(engine.user())
        .with_password(engine.password());
    runtime.block_on(Session::of_client(client)).expect("a server")
}

fn clear(runtime: &Runtime, session: &Session) {
    for sql in [
        "DROP DATABASE IF EXISTS bench SYNC",
        "DROP DATABASE IF EXISTS chx SYNC",
        "CREATE DATABASE bench",
    ] {
        runtime.block_on(session.execute(sql, None)).expect("a statement");
    }
}

fn raw(runtime: &Runtime, session: &Session, history: &History) {
    runtime.block_on(async {
        for step in history
            .entries()
            .iter()
            .flat_map(|entry| &entry.parsed.migration.up)
        {
            session.execute(&step.sql, None).await.expect("a statement");
        }
    });
}

fn run(runtime: &Runtime, session: &Session, history: &History) {
    let run = Run {
        session,
        database: &Ident::new("chx").expect("a name"),
        history,
        root: Path::new(""),
        settings: Settings::default(),
        stop: &|| false,
        events: &mut |_| {},
    };
    let outcome = runtime
        .block_on(run.migrate(None, &Consent::default()))
        .expect("a run");
    assert_eq!(outcome.applied.len(), MIGRATIONS);
}

/// Counts the requests that go through it.
fn counter(upstream: String) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (counted, server) = (Arc::clone(&counted), TcpStream::connect(&upstream));
            std::thread::spawn(move || pass(client, server.expect("the engine"), &counted));
        }
    });
    (url, count)
}

fn pass(mut client: TcpStream, mut server: TcpStream, count: &AtomicUsize) {
    let (mut answers, mut back) = (
        server.try_clone().expect("a socket"),
        client.try_clone().expect("a socket"),
    );
    std::thread::spawn(move || std::io::copy(&mut answers, &mut back));
    let mut buffer = [0; 1 << 13];
    while let Ok(read @ 1..) = client.read(&mut buffer) {
        // The client writes the head of a request in one piece, and bodies hold SQL.
        count.fetch_add(
            buffer[..read]
                .windows(9)
                .filter(|bytes| bytes == b"HTTP/1.1\r")
                .count(),
            Ordering::Relaxed,
        );
        if server.write_all(&buffer[..read]).is_err() {
            return;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio")]
fn main() {
    chx_local::child::serve_if_child();
    // `cargo test` runs benches too.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let runtime = Runtime::new().expect("a runtime");
    let engine = Local::open_temporary().expect("an engine");
    let local = session(&runtime, &engine, engine.url());
    let history = history();
    let side = |work: fn(&Runtime, &Session, &History)| {
        clear(&runtime, &local);
        Cost::of(|| work(&runtime, &local, &history))
    };
    turns::take("run", turns::rounds(), || side(raw), || side(run));
    let (url, count) = counter(engine.url().replace("http://", ""));
    let through = session(&runtime, &engine, url);
    for (name, work) in [("raw", raw as fn(&Runtime, &Session, &History)), ("run", run)] {
        clear(&runtime, &local);
        count.store(0, Ordering::Relaxed);
        work(&runtime, &through, &history);
        let requests = count.load(Ordering::Relaxed);
        println!(
            "{name}: {requests} requests, {:.3} a statement",
            requests as f64 / MIGRATIONS as f64
        );
    }
}
