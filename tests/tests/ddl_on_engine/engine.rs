//! The engine with what the statements read from and write to.

use chx_core::model::{Object, ObjectId};

pub(crate) struct Engine {
    runtime: tokio::runtime::Runtime,
    local: chx_local::Local,
    client: clickhouse::Client,
}

const SOURCES: [&str; 3] = [
    "CREATE DATABASE app",
    "CREATE TABLE app.src (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
    "CREATE TABLE app.dst (k UInt8, s String) ENGINE = MergeTree ORDER BY k",
];

impl Engine {
    pub(crate) fn start() -> Result<Self, String> {
        let local = chx_local::Local::open_temporary().map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let client = clickhouse::Client::default()
            .with_url(local.url())
            .with_user(local.user())
            .with_password(local.password());
        let engine = Self {
            runtime,
            local,
            client,
        };
        SOURCES.into_iter().try_for_each(|sql| engine.run(sql))?;
        Ok(engine)
    }

    pub(crate) fn close(self) {
        drop(self.client);
        // Whatever went wrong here, the statements have been judged.
        let _ = self.local.close();
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        self.runtime
            .block_on(self.client.query_raw(sql).execute())
            .map_err(|error| format!("{error}\n{sql}"))
    }

    /// Creates an object anew and gives the text that the engine stores.
    pub(crate) fn create(&self, sql: &str, object: &Object) -> Result<String, String> {
        let ObjectId::Relation(name) = object.id() else {
            return Err("not a relation".to_owned());
        };
        self.run(&format!("DROP TABLE IF EXISTS {}", name.sql()))?;
        self.run(sql)?;
        let query = self
            .client
            .query("SELECT create_table_query FROM system.tables WHERE database = ? AND name = ?")
            .bind(name.database.as_str())
            .bind(name.name.as_str());
        self.runtime
            .block_on(query.fetch_one())
            .map_err(|error| error.to_string())
    }
}
