//! A server that is older than chx supports: what `chx-migrate` says of it.

use std::process::Command;

use crate::server::Server;

/// The error, without the address of this run.
pub(crate) fn refused(server: &Server) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_migrate-nothing"))
        .args(["pull", "--out", "schema", "--url", &server.url])
        .current_dir(server.folder())
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    let finding = said.lines().find(|line| line.starts_with("error[CHX292]"));
    let finding = finding.ok_or_else(|| format!("CHX292 is not said: {said}"))?;
    Ok(finding.replace(&server.url, "http://server:8123"))
}
