//! Logs, for whoever looks for what went wrong: off unless `CHX_LOG` says how much, on stderr, without secrets.
//!
//! `CHX_LOG=debug`, or for parts of the program as `chx_runtime=debug,hyper=warn`. A program that has its own subscriber of
//! `tracing` keeps it.

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::failure::Failure;

/// The variable that says how much.
const VARIABLE: &str = "CHX_LOG";

/// Are there logs on stderr?
pub(crate) fn are_on() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Begins to log, if that is asked for.
pub(crate) fn begin() -> Result<(), Failure> {
    if !are_on() {
        return Ok(());
    }
    let wanted = std::env::var(VARIABLE).unwrap_or_default();
    let targets: Targets = wanted.parse().map_err(|error| {
        Failure::usage(format!("`{VARIABLE}={wanted}` says nothing about logs: {error}"))
            .help("write `error`, `warn`, `info`, `debug` or `trace`, or `chx_runtime=debug`")
    })?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_filter(targets);
    // Somebody who has a subscriber already wants that one.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines));
    Ok(())
}
