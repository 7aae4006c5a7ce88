//! `drift --watch`: looks again and again, and speaks up when something changes.
//!
//! A look that fails is an event like drift: it is told once, and the next look comes all the same.

use std::time::{Duration, Instant};

use chx_runtime::drift::Report;
use serde::Serialize;

use super::alert::Alerts;
use super::{Look, exit};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{JSON_VERSION, Output};

/// What changed since the last look: what people, commands and webhooks are told.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    version: u32,
    command: &'static str,
    /// `drift`: there is drift, or other drift than before. `resolved`: there is none any more. `clean`: the first look
    /// found none. `failed`: the database could not be looked at.
    pub(super) event: &'static str,
    environment: &'a str,
    /// When, in UTC.
    at: String,
    #[serde(flatten)]
    report: Option<&'a Report>,
    /// Why the database could not be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// Looks until interrupted; ends as the last look did.
pub(super) fn run(look: &Look<'_>, seconds: u32) -> Result<Exit, Failure> {
    let alerts = Alerts::new(look.args, look.context)?;
    look.context
        .block_on(watch(look, &alerts, Duration::from_secs(seconds.into())))
}

async fn watch(look: &Look<'_>, alerts: &Alerts, pause: Duration) -> Result<Exit, Failure> {
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let mut session = None;
    let mut before: Option<Result<Report, String>> = None;
    loop {
        let started = Instant::now();
        let looking = async {
            if session.is_none() {
                session = Some(look.context.session().await?);
            }
            match &session {
                Some(session) => look.at(session).await,
                None => Err(Failure::failed("there is no connection")),
            }
        };
        let looked = tokio::select! {
            looked = looking => looked,
            _ = &mut interrupted => break,
        };
        look.write_metrics(looked.as_ref().ok(), started)?;
        if looked.is_err() {
            // A server that went away may come back as another one.
            session = None;
        }
        let now = looked.map_err(|failure| failure.message);
        if !is_same(before.as_ref(), &now) {
            let environment = look.environment();
            let event = event(before.as_ref(), &now, &environment);
            tell(look, &event, &now);
            if event.event != "clean" {
                // Nobody who wants to end it waits for a hook that is slow.
                let ends = tokio::select! {
                    () = alerts.send(&event) => false,
                    _ = &mut interrupted => true,
                };
                if ends {
                    before = Some(now);
                    break;
                }
            }
        }
        before = Some(now);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = &mut interrupted => break,
        }
    }
    Ok(match before {
        Some(Ok(report)) => exit(&report),
        Some(Err(_)) => Exit::Failed,
        None => Exit::Interrupted,
    })
}

fn is_same(before: Option<&Result<Report, String>>, now: &Result<Report, String>) -> bool {
    match (before, now) {
        (Some(Ok(before)), Ok(now)) => before.differences == now.differences,
        (Some(Err(before)), Err(now)) => before == now,
        _ => false,
    }
}

fn event<'a>(
    before: Option<&Result<Report, String>>,
    now: &'a Result<Report, String>,
    environment: &'a str,
) -> Event<'a> {
    let word = match (before, now) {
        (_, Err(_)) => "failed",
        (_, Ok(report)) if !report.differences.is_empty() => "drift",
        (None, Ok(_)) => "clean",
        (Some(_), Ok(_)) => "resolved",
    };
    Event {
        version: JSON_VERSION,
        command: "drift",
        event: word,
        environment,
        at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        report: now.as_ref().ok(),
        reason: now.as_ref().err().map(String::as_str),
    }
}

/// For people the whole report, for scripts one line of JSON an event.
fn tell(look: &Look<'_>, event: &Event<'_>, now: &Result<Report, String>) {
    let output = look.context.output;
    if output.json {
        Output::json_line(event);
        return;
    }
    output.line(format_args!("{} {}", event.at, event.event));
    match now {
        Ok(report) => look.print(report),
        Err(reason) => Output::say(format_args!("the database cannot be looked at: {reason}")),
    }
}
