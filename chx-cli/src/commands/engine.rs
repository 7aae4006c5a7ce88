//! `engine`: the local ClickHouse, also on its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chx_local::engine::Engine as Local;
use chx_local::library::{self, Printer};
use chx_local::server::{Options, Server};
use chx_runtime::client::causes;
use serde::Serialize;

use crate::args::{Engine, Query, Serve};
use crate::context::runtime;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct Document<'a> {
    path: &'a Path,
}

#[derive(Serialize)]
struct Serving {
    url: String,
}

/// Runs the command.
pub(crate) fn run(engine: &Engine, output: Output) -> Result<Exit, Failure> {
    match engine {
        Engine::Install => {
            let path = install()?;
            output.line(path.display());
            output.document(|| Document { path: &path });
            Ok(Exit::Done)
        }
        Engine::Path => {
            let path = library::find().map_err(|error| {
                Failure::failed(causes(&error)).help("`chx-migrate engine install` fetches it")
            })?;
            output.line(path.display());
            output.document(|| Document { path: &path });
            Ok(Exit::Done)
        }
        Engine::Serve(args) => serve(args, output),
        Engine::Query(args) => query(args, output),
    }
}

/// Where the library is; fetches it first where that is needed.
fn install() -> Result<PathBuf, Failure> {
    let mut printer = Printer::stderr();
    library::find_or_fetch(&mut |progress| printer.show(progress))
        .map_err(|error| Failure::failed(causes(&error)))
}

/// A folder for data: the one that was named, or one that goes away.
struct Data {
    path: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

fn data(path: Option<&PathBuf>) -> Result<Data, Failure> {
    let failed =
        |error: std::io::Error| Failure::failed(format!("no folder for the data can be made: {error}"));
    match path {
        Some(path) => {
            std::fs::create_dir_all(path).map_err(failed)?;
            Ok(Data {
                path: path.clone(),
                _temporary: None,
            })
        }
        None => {
            let folder = tempfile::Builder::new()
                .prefix("chx-")
                .tempdir()
                .map_err(failed)?;
            Ok(Data {
                path: folder.path().to_owned(),
                _temporary: Some(folder),
            })
        }
    }
}

fn open(path: &Path, config: Option<&Path>) -> Result<Local, Failure> {
    if let Some(file) = config.filter(|file| !file.is_file()) {
        // The engine goes on without a file that it does not find.
        return Err(Failure::usage(format!("`{}` is no file", file.display())));
    }
    Local::open_with(&install()?, path, config).map_err(|error| Failure::failed(causes(&error)))
}

fn serve(args: &Serve, output: Output) -> Result<Exit, Failure> {
    let data = data(args.path.as_ref())?;
    let engine = open(&data.path, args.config_file.as_deref())?;
    let server = Server::start(engine.clone(), Options::new().port(args.port))
        .map_err(|error| Failure::failed(causes(&error)))?;
    let what = if args.path.is_some() {
        ""
    } else {
        " with no data, which goes away when it ends"
    };
    Output::say(format_args!("ClickHouse{what}; Ctrl-C ends it"));
    output.line(server.url());
    output.document(|| Serving { url: server.url() });
    runtime()?.block_on(async {
        until_asked_to_end()
            .await
            .map_err(|error| Failure::failed(format!("no signal can be waited for: {error}")))
    })?;
    server.stop();
    drop(engine);
    drop(data);
    Ok(Exit::Done)
}

/// Ctrl-C, or what a service manager sends.
#[cfg(unix)]
async fn until_asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let interrupt = tokio::signal::ctrl_c();
    tokio::pin!(interrupt);
    std::future::poll_fn(|context| {
        if terminate.poll_recv(context).is_ready() {
            return std::task::Poll::Ready(Ok(()));
        }
        interrupt.as_mut().poll(context)
    })
    .await
}

#[cfg(not(unix))]
async fn until_asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn query(args: &Query, output: Output) -> Result<Exit, Failure> {
    let data = data(args.path.as_ref())?;
    let engine = open(&data.path, None)?;
    let mut connection = engine
        .connect()
        .map_err(|error| Failure::failed(causes(&error)))?;
    let format = if output.json { "JSON" } else { &args.format };
    let result = connection
        .query(&args.sql, format, &[])
        .map_err(|exception| Failure::failed(exception.to_string()))?;
    // The bytes of the format itself: nothing is added and nothing is taken away.
    let _ = std::io::stdout().lock().write_all(result.bytes());
    Ok(Exit::Done)
}
