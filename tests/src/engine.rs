//! The embedded engine, for tests that run SQL and compare what comes back.
//!
//! Every failure is a text that carries the statement: what a failed test case shows.

/// A local engine on an empty data path of its own, with a client and a thread to wait on.
pub struct Engine {
    runtime: tokio::runtime::Runtime,
    local: chx_local::Local,
    client: clickhouse::Client,
}

impl Engine {
    /// Opens it. Mutations are waited for: what a statement started is over when it returns.
    ///
    /// # Errors
    ///
    /// When there is no engine to be had, or it does not start.
    pub fn start() -> Result<Self, String> {
        let local = chx_local::Local::open_temporary().map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let client = clickhouse::Client::default()
            .with_url(local.url())
            .with_user(local.user())
            .with_password(local.password())
            .with_setting("mutations_sync", "2");
        Ok(Self {
            runtime,
            local,
            client,
        })
    }

    /// Runs a statement.
    ///
    /// # Errors
    ///
    /// What the engine says, and the statement.
    pub fn run(&self, sql: &str) -> Result<(), String> {
        self.runtime
            .block_on(self.client.query_raw(sql).execute())
            .map_err(|error| format!("{error}\n{sql}"))
    }

    /// Runs statements in order, up to the first that fails.
    ///
    /// # Errors
    ///
    /// As [`Engine::run`].
    pub fn run_all(&self, statements: &[String]) -> Result<(), String> {
        statements.iter().try_for_each(|sql| self.run(sql))
    }

    /// What a query gives, in a format of ClickHouse's.
    ///
    /// # Errors
    ///
    /// As [`Engine::run`]; also when the result is not UTF-8.
    pub fn query(&self, sql: &str, format: &str) -> Result<String, String> {
        let bytes = self
            .runtime
            .block_on(async { self.client.query_raw(sql).fetch_bytes(format)?.collect().await });
        let bytes = bytes.map_err(|error| format!("{error}\n{sql}"))?;
        String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())
    }

    /// Closes it, so that the process ends cleanly.
    ///
    /// # Errors
    ///
    /// What went wrong while it closed.
    pub fn close(self) -> Result<(), String> {
        drop(self.client);
        self.local.close().map_err(|error| error.to_string())
    }
}
