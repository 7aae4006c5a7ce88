//! Whom `drift --watch` tells: a command, a webhook. A hook that fails is said on stderr and never ends the watch.

use std::process::Stdio;
use std::time::Duration;

use chx_runtime::config::Password;
use chx_runtime::webhook::Webhook;
use tokio::io::AsyncWriteExt as _;

use super::watch::Event;
use crate::args::Drift;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Output;

/// How long a hook may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The hooks.
pub(super) struct Alerts {
    command: Option<String>,
    webhook: Option<Webhook>,
}

impl Alerts {
    pub(super) fn new(args: &Drift, context: &Context) -> Result<Self, Failure> {
        let webhook = match &args.webhook {
            None => None,
            Some(text) => {
                let address = Password::parse(text, &context.directory).resolve();
                let address = address.map_err(|error| Failure::usage(format!("--webhook: {error}")))?;
                let webhook = Webhook::new(&address);
                Some(webhook.map_err(|error| Failure::usage(format!("--webhook: {error}")))?)
            }
        };
        Ok(Self {
            command: args.alert.clone(),
            webhook,
        })
    }

    pub(super) async fn send(&self, event: &Event<'_>) {
        let Ok(body) = serde_json::to_vec(event) else {
            return;
        };
        if let Some(command) = &self.command {
            match tokio::time::timeout(PATIENCE, run(command, event.event, &body)).await {
                Ok(Ok(())) => {}
                Ok(Err(reason)) => Output::say(format_args!("the alert command failed: {reason}")),
                Err(_) => Output::say("the alert command was ended: it took longer than 30 seconds"),
            }
        }
        if let Some(webhook) = &self.webhook {
            match tokio::time::timeout(PATIENCE, webhook.post(body)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => Output::say(format_args!("the webhook failed: {error}")),
                Err(_) => Output::say("the webhook did not answer within 30 seconds"),
            }
        }
    }
}

/// Runs the command in the user's shell, with the event on its input and its name in `CHX_EVENT`.
async fn run(command: &str, event: &str, body: &[u8]) -> Result<(), String> {
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut child = tokio::process::Command::new(shell)
        .args([flag, command])
        .env("CHX_EVENT", event)
        .stdin(Stdio::piped())
        // What it says is talk; stdout is for results.
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that does not read its input is a command all the same.
        let _ = stdin.write_all(body).await;
    }
    let status = child.wait().await.map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err(status.to_string())
    }
}
