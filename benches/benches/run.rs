//! What the journal, the lock and the checks of a run cost: 500 migrations of one statement each, against the same
//! statements sent raw through the same HTTP endpoint of the embedded engine.
//!
//! `cargo bench -p chx-benches --bench run`
//!
//! Raw and run take turns at being first, so that whatever else the machine does meets both. What is printed of each round
//! is the time, and the processor time of this process, which is engine and runner both and depends less on what else
//! runs. Behind the rounds stand the median of their ratios, the ratio of the best of each side, and the number of requests.
//! `CHX_ROUNDS` says how many rounds [default: 9].
#![expect(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]
#![expect(clippy::print_stdout, reason = "what it measured")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

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

struct Cost {
    time: Duration,
    processor: Duration,
}

fn measured(work: impl FnOnce()) -> Cost {
    let (began, before) = (Instant::now(), processor());
    work();
    Cost {
        time: began.elapsed(),
        processor: processor().saturating_sub(before),
    }
}

/// The time that this process has had of the processors; zero where the system does not tell.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

fn ratio(alone: Duration, ours: Duration) -> f64 {
    ours.as_secs_f64() / alone.as_secs_f64()
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
    let rounds = std::env::var("CHX_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(9);
    let runtime = Runtime::new().expect("a runtime");
    let engine = Local::open_temporary().expect("an engine");
    let local = session(&runtime, &engine, engine.url());
    let history = history();
    let (mut raws, mut runs) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        let alone = || {
            clear(&runtime, &local);
            measured(|| raw(&runtime, &local, &history))
        };
        let ours = || {
            clear(&runtime, &local);
            measured(|| run(&runtime, &local, &history))
        };
        let (alone, ours) = if round % 2 == 0 {
            let ours = ours();
            (alone(), ours)
        } else {
            (alone(), ours())
        };
        println!(
            "round {round}: raw {:?} (processor {:?}), run {:?} (processor {:?}), ratio {:.3} (processor {:.3})",
            alone.time,
            alone.processor,
            ours.time,
            ours.processor,
            ratio(alone.time, ours.time),
            ratio(alone.processor, ours.processor),
        );
        raws.push(alone);
        runs.push(ours);
    }
    for (name, of) in [
        ("time", (|cost| cost.time) as fn(&Cost) -> Duration),
        ("processor", |cost| cost.processor),
    ] {
        let best = |costs: &[Cost]| costs.iter().map(of).min().unwrap_or_default();
        let mut ratios: Vec<f64> = (raws.iter().zip(&runs))
            .map(|(alone, ours)| ratio(of(alone), of(ours)))
            .collect();
        ratios.sort_by(f64::total_cmp);
        println!(
            "{name}: median ratio of {rounds} {:.3}, ratio of the best {:.3}",
            ratios.get(rounds / 2).copied().unwrap_or_default(),
            ratio(best(&raws), best(&runs)),
        );
    }
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
