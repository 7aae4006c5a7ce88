//! The embedded engine, for tests that run SQL and compare what comes back.
//!
//! Every failure is a text that carries the statement: what a failed test case shows.

/// An engine with a client and a thread to wait on.
pub struct Engine {
    runtime: tokio::runtime::Runtime,
    /// The engine itself, where it is one in this process.
    local: Option<chx_local::Local>,
    client: clickhouse::Client,
}

impl Engine {
    /// Opens a local one on an empty data path of its own. Mutations are waited for: what a statement started is over
    /// when it returns.
    ///
    /// # Errors
    ///
    /// When there is no engine to be had, or it does not start.
    pub fn start() -> Result<Self, String> {
        let local = chx_local::Local::open_temporary().map_err(|error| error.to_string())?;
        let client = clickhouse::Client::default()
            .with_url(local.url())
            .with_user(local.user())
            .with_password(local.password());
        Self::of(client, Some(local))
    }

    /// Talks to one that is served at this address, to a user without a password.
    ///
    /// # Errors
    ///
    /// When there is no thread to wait on.
    pub fn at(url: &str) -> Result<Self, String> {
        Self::of(clickhouse::Client::default().with_url(url), None)
    }

    fn of(client: clickhouse::Client, local: Option<chx_local::Local>) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            runtime,
            local,
            client: client.with_setting("mutations_sync", "2"),
        })
    }

    /// Runs a statement with settings that are on for it alone.
    ///
    /// # Errors
    ///
    /// As [`Engine::run`].
    pub fn run_allowing(&self, sql: &str, settings: &[&str]) -> Result<(), String> {
        let mut query = self.client.query_raw(sql);
        for name in settings {
            query = query.with_setting(*name, "1");
        }
        self.runtime
            .block_on(query.execute())
            .map_err(|error| format!("{error}\n{sql}"))
    }

    /// Waits for what is done with a client of the caller's own.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The client.
    pub fn client(&self) -> &clickhouse::Client {
        &self.client
    }

    /// Runs a statement.
    ///
    /// # Errors
    ///
    /// What the engine says, and the statement.
    pub fn run(&self, sql: &str) -> Result<(), String> {
        self.run_allowing(sql, &[])
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

    /// Closes it, so that the process ends cleanly; one that is served somewhere is left alone.
    ///
    /// # Errors
    ///
    /// What went wrong while it closed.
    pub fn close(self) -> Result<(), String> {
        drop(self.client);
        match self.local {
            Some(local) => local.close().map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }
}
