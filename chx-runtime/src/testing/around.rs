//! The statements around a test: making, dropping and setting aside databases.
//!
//! They go past HTTP, on a connection of the engine itself: nothing of the test's runtime is needed any more.

use chx_core::ident::Ident;
use chx_core::model::ObjectId;
use chx_core::sql::write_string;
use chx_local::engine::{Connection, Engine};
use serde::Deserialize;

use super::{TestError, ident};

/// The database that every server has and that cannot be dropped or renamed.
const DEFAULT: &str = "default";

/// A connection for them.
pub(super) struct Around(Connection);

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Around {
    pub(super) fn open(engine: &Engine) -> Result<Self, TestError> {
        let failed = |error: chx_local::engine::Error| TestError::Around(error.to_string());
        let mut around = Self(engine.connect().map_err(failed)?);
        // Objects go all at once, so it does not matter which of them needs which.
        for setting in ["check_table_dependencies", "check_referential_table_dependencies"] {
            around.run(&format!("SET {setting} = 0"))?;
        }
        Ok(around)
    }

    /// Makes a database, unless the schema did.
    pub(super) fn make(&mut self, database: &Ident) -> Result<(), TestError> {
        self.run(&format!("CREATE DATABASE IF NOT EXISTS {}", database.sql()))
    }

    /// Drops a database with all that is in it.
    pub(super) fn drop(&mut self, database: &Ident) -> Result<(), TestError> {
        if database.as_str() != DEFAULT {
            return self.run(&format!("DROP DATABASE IF EXISTS {}", database.sql()));
        }
        for table in self.tables(database)? {
            self.run(&format!("DROP TABLE {}.{}", database.sql(), table.sql()))?;
        }
        Ok(())
    }

    /// Drops what belongs to the server, where it is there. Workloads go first, in any order that works: those that are named by
    /// others are refused.
    pub(super) fn drop_of_server<'a>(
        &mut self,
        ids: impl Iterator<Item = &'a ObjectId>,
    ) -> Result<(), TestError> {
        let mut left: Vec<String> = ids
            .filter_map(|id| id.on_server())
            .map(|(noun, name)| format!("DROP {} IF EXISTS {}", noun.to_uppercase(), name.sql()))
            .collect();
        while !left.is_empty() {
            let before = left.len();
            let mut refused = None;
            left.retain(|sql| match self.run(sql) {
                Ok(()) => false,
                Err(error) => {
                    refused = Some(error);
                    true
                }
            });
            if let Some(error) = refused.filter(|_| left.len() == before) {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Gives a database another name, so that nothing of it meets whoever uses the old one. `false`: there is nothing.
    pub(super) fn set_aside(&mut self, database: &Ident, new: &Ident) -> Result<bool, TestError> {
        let (from, to) = (database.sql(), new.sql());
        if !self.exists(database)? {
            return Ok(false);
        }
        if database.as_str() != DEFAULT {
            // A view that refreshes itself would go on writing into tables of the old name.
            for view in self.refreshing_views(database)? {
                self.run(&format!("SYSTEM STOP VIEW {from}.{}", view.sql()))?;
            }
            self.run(&format!("RENAME DATABASE {from} TO {to}"))?;
            return Ok(true);
        }
        let tables = self.tables(database)?;
        if tables.is_empty() {
            return Ok(false);
        }
        self.make(new)?;
        for table in tables {
            let table = table.sql();
            self.run(&format!("RENAME TABLE {from}.{table} TO {to}.{table}"))?;
        }
        Ok(true)
    }

    fn run(&mut self, sql: &str) -> Result<(), TestError> {
        match self.0.execute(sql) {
            Ok(_) => Ok(()),
            Err(error) => Err(TestError::Around(format!("{error}\n    {sql}"))),
        }
    }

    fn exists(&mut self, database: &Ident) -> Result<bool, TestError> {
        let found = self.names("SELECT name FROM system.databases WHERE name = ", database)?;
        Ok(!found.is_empty())
    }

    fn tables(&mut self, database: &Ident) -> Result<Vec<Ident>, TestError> {
        self.names("SELECT name FROM system.tables WHERE database = ", database)
    }

    fn refreshing_views(&mut self, database: &Ident) -> Result<Vec<Ident>, TestError> {
        self.names(
            "SELECT view AS name FROM system.view_refreshes WHERE database = ",
            database,
        )
    }

    /// The column `name` of a query that ends in a condition on a database.
    fn names(&mut self, sql: &str, database: &Ident) -> Result<Vec<Ident>, TestError> {
        let mut sql = sql.to_owned();
        write_string(&mut sql, database.as_str());
        let failed = |error: String| TestError::Around(format!("{error}\n    {sql}"));
        let output = self
            .0
            .query(&sql, "JSONEachRow", &[])
            .map_err(|error| failed(error.to_string()))?;
        let rows = output
            .bytes()
            .split(|byte| *byte == b'\n')
            .filter(|row| !row.is_empty());
        rows.map(|row| {
            let row: Named = serde_json::from_slice(row).map_err(|error| failed(error.to_string()))?;
            ident(&row.name)
        })
        .collect()
    }
}
