//! The server: the one that an address names, or the local engine in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chx_tests::live::write_config;

/// A server with the configuration of `tests/engines`.
pub(crate) struct Server {
    pub(crate) url: String,
    /// What it is, for the page.
    pub(crate) name: String,
    folder: tempfile::TempDir,
    process: Option<Child>,
}

impl Server {
    pub(crate) fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        if let Ok(url) = std::env::var("CHX_TEST_URL") {
            let name = std::env::var("CHX_TEST_ENGINE").unwrap_or_else(|_| "a server".to_owned());
            return Ok(Self {
                url,
                name,
                folder,
                process: None,
            });
        }
        let config = write_config(folder.path()).map_err(|error| error.to_string())?;
        let mut process = Command::new(env!("CARGO_BIN_EXE_migrate-nothing"))
            .args(["engine", "serve", "--port", "0", "--path"])
            .arg(folder.path().join("data"))
            .arg("--config-file")
            .arg(config)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut url = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out)
                .read_line(&mut url)
                .map_err(|error| error.to_string())?;
        }
        Ok(Self {
            url: url.trim_end().to_owned(),
            name: format!("libchdb {}", chx_local::engine::CHDB_VERSION),
            folder,
            process: Some(process),
        })
    }

    /// A folder for a project.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
