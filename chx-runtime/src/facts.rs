//! What a plan wants to know of a database, asked in a bounded number of queries.
//!
//! Sizes, mutations, disks and the server's own history come from system tables, one query for all tables of the plan;
//! rows that would fail are counted with one query a table, and only for so long. System tables are read by column
//! name, after asking which there are. What cannot be found out (no such system table, no right to read it, a count
//! that takes too long) is reported as unknown and stops nothing. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Database, Schema};
use chx_core::plan::{ColumnFacts, Count, Facts, Questions, RowPolicy, Speed, StuckMutation, TableFacts};
use chx_core::sql::write_string;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::client::{ServerError, Session};

/// How long the rows of one table may be counted, in seconds.
const SECONDS_TO_COUNT: u32 = 10;

/// What was found out, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The answers.
    pub facts: Facts,
    /// What is not known, and why: one sentence each.
    pub unknown: Vec<String>,
}

/// Asks a server what a plan wants to know. `known` is the schema that the plan starts from: readers outside of it
/// are looked for.
///
/// # Errors
/// Only a server that does not answer at all.
pub async fn gather(
    session: &Session,
    questions: &Questions,
    known: &Schema,
) -> Result<Gathered, ServerError> {
    let mut gathered = Gathered::default();
    if questions.tables.is_empty() {
        return Ok(gathered);
    }
    let rows = session.rows::<SystemColumn>(SYSTEM_COLUMNS).await?;
    let mut asking = Asking {
        session,
        system: rows.into_iter().map(|row| (row.table, row.name)).collect(),
        names: names(&questions.tables),
        databases: databases(&questions.tables),
        gathered: &mut gathered,
    };
    asking.sizes().await?;
    asking.columns().await?;
    asking.disks().await?;
    asking.mutations().await?;
    asking.policies().await?;
    asking.speed().await?;
    asking.elsewhere(&questions.tables, known).await?;
    asking.counts(&questions.counts).await?;
    Ok(gathered)
}

const SYSTEM_COLUMNS: &str = "SELECT table, name FROM system.columns WHERE database = 'system' AND table IN \
     ('disks', 'mutations', 'part_log', 'parts', 'parts_columns', 'row_policies', 'storage_policies', 'tables')";

#[derive(Debug, Deserialize)]
struct SystemColumn {
    table: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Total {
    database: String,
    name: String,
    rows: Option<u64>,
    bytes: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Parts {
    database: String,
    table: String,
    parts: u64,
    rows: u64,
    bytes: u64,
    compact: u64,
}

#[derive(Debug, Deserialize)]
struct PartsOfColumn {
    database: String,
    table: String,
    column: String,
    bytes: u64,
    parts: u64,
}

#[derive(Debug, Deserialize)]
struct FreeDisk {
    database: String,
    name: String,
    free: u64,
}

#[derive(Debug, Deserialize)]
struct Mutation {
    database: String,
    table: String,
    mutation_id: String,
    command: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Policy {
    name: String,
    database: String,
    table: String,
    filter: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Written {
    bytes: u64,
    milliseconds: u64,
    samples: u64,
}

#[derive(Debug, Deserialize)]
struct Definition {
    database: String,
    name: String,
    create_table_query: String,
}

/// One round of questions.
struct Asking<'a> {
    session: &'a Session,
    /// The columns of the system tables.
    system: BTreeSet<(String, String)>,
    /// The tables of the plan, as a list of tuples for IN.
    names: String,
    /// Their databases, as a list for IN: asked for by tuples alone, a server lists the tables of all databases, also of those that
    /// stand for a place that does not answer.
    databases: String,
    gathered: &'a mut Gathered,
}

impl Asking<'_> {
    fn has(&self, table: &str, column: &str) -> bool {
        self.system.contains(&(table.to_owned(), column.to_owned()))
    }

    /// Rows of a system table. What the server refuses to show is unknown.
    async fn ask<T: DeserializeOwned>(&mut self, what: &str, sql: &str) -> Result<Vec<T>, ServerError> {
        match self.session.rows::<T>(sql).await {
            Ok(rows) => Ok(rows),
            Err(error @ ServerError::Network(_)) => Err(error),
            Err(error) => {
                self.unknown(format!("{what}: {error}"));
                Ok(Vec::new())
            }
        }
    }

    fn unknown(&mut self, what: String) {
        self.gathered.unknown.push(what);
    }

    fn table(&mut self, database: String, name: String) -> Option<&mut TableFacts> {
        let name = QualifiedName::new(database, name).ok()?;
        Some(self.gathered.facts.tables.entry(name).or_default())
    }

    async fn sizes(&mut self) -> Result<(), ServerError> {
        if self.has("tables", "total_rows") {
            let sql = format!(
                "SELECT database, name, total_rows AS rows, total_bytes AS bytes FROM system.tables \
                 WHERE database IN ({}) AND (database, name) IN ({})",
                self.databases, self.names
            );
            for row in self.ask::<Total>("how large the tables are", &sql).await? {
                if let Some(rows) = row.rows
                    && let Some(table) = self.table(row.database, row.name)
                {
                    table.rows = rows;
                    table.bytes = row.bytes.unwrap_or(0);
                }
            }
        }
        let compact = if self.has("parts", "part_type") {
            "sumIf(bytes_on_disk, part_type = 'Compact')"
        } else {
            "0"
        };
        let sql = format!(
            "SELECT database, table, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, \
             {compact} AS compact FROM system.parts WHERE active AND (database, table) IN ({}) GROUP BY database, table",
            self.names
        );
        for row in self.ask::<Parts>("how many parts there are", &sql).await? {
            if let Some(table) = self.table(row.database, row.table) {
                table.rows = row.rows;
                table.bytes = row.bytes;
                table.parts = row.parts;
                table.compact_bytes = row.compact;
            }
        }
        Ok(())
    }

    async fn columns(&mut self) -> Result<(), ServerError> {
        if !self.has("parts_columns", "column_bytes_on_disk") {
            return Ok(());
        }
        let wide = if self.has("parts_columns", "part_type") {
            "sumIf(column_bytes_on_disk, part_type = 'Wide')"
        } else {
            "sum(column_bytes_on_disk)"
        };
        let sql = format!(
            "SELECT database, table, column, {wide} AS bytes, count() AS parts FROM system.parts_columns \
             WHERE active AND (database, table) IN ({}) GROUP BY database, table, column",
            self.names
        );
        for row in self
            .ask::<PartsOfColumn>("how large the columns are", &sql)
            .await?
        {
            let facts = ColumnFacts {
                bytes: row.bytes,
                parts: row.parts,
            };
            if let Some(table) = self.table(row.database, row.table) {
                table.columns.insert(row.column, facts);
            }
        }
        Ok(())
    }

    async fn disks(&mut self) -> Result<(), ServerError> {
        let known = self.has("tables", "storage_policy")
            && self.has("storage_policies", "disks")
            && self.has("disks", "free_space");
        if !known {
            return Ok(());
        }
        let sql = format!(
            "SELECT t.database AS database, t.name AS name, sum(d.free_space) AS free FROM system.tables AS t \
             INNER JOIN (SELECT policy_name, arrayJoin(disks) AS disk FROM system.storage_policies) AS p \
             ON t.storage_policy = p.policy_name INNER JOIN system.disks AS d ON p.disk = d.name \
             WHERE t.database IN ({}) AND (t.database, t.name) IN ({}) GROUP BY t.database, t.name",
            self.databases, self.names
        );
        for row in self.ask::<FreeDisk>("how much disk is free", &sql).await? {
            if let Some(table) = self.table(row.database, row.name) {
                table.free_disk = Some(row.free);
            }
        }
        Ok(())
    }

    async fn mutations(&mut self) -> Result<(), ServerError> {
        if !self.has("mutations", "latest_fail_reason") {
            return Ok(());
        }
        let sql = format!(
            "SELECT database, table, mutation_id, command, latest_fail_reason AS reason FROM system.mutations \
             WHERE NOT is_done AND latest_fail_reason != '' AND (database, table) IN ({}) \
             ORDER BY database, table, mutation_id",
            self.names
        );
        for row in self.ask::<Mutation>("whether mutations are stuck", &sql).await? {
            let stuck = StuckMutation {
                id: row.mutation_id,
                command: row.command,
                reason: row.reason,
            };
            if let Some(table) = self.table(row.database, row.table) {
                table.stuck.push(stuck);
            }
        }
        Ok(())
    }

    async fn policies(&mut self) -> Result<(), ServerError> {
        if !self.has("row_policies", "select_filter") {
            return Ok(());
        }
        let sql =
            "SELECT name, database, table, select_filter AS filter FROM system.row_policies ORDER BY name";
        for row in self.ask::<Policy>("which row policies there are", sql).await? {
            let (Ok(database), Some(filter)) = (Ident::new(row.database), row.filter) else {
                continue;
            };
            self.gathered.facts.policies.push(RowPolicy {
                name: row.name,
                database,
                table: Ident::new(row.table).ok(),
                filter,
            });
        }
        Ok(())
    }

    /// How fast parts were rewritten in the last month.
    async fn speed(&mut self) -> Result<(), ServerError> {
        if !self.has("part_log", "duration_ms") {
            self.unknown("how long it will take: this server keeps no `system.part_log`".to_owned());
            return Ok(());
        }
        let sql = "SELECT sum(size_in_bytes) AS bytes, sum(duration_ms) AS milliseconds, count() AS samples \
                   FROM system.part_log WHERE event_type = 'MutatePart' AND error = 0 AND event_date >= today() - 30";
        let written = self.ask::<Written>("how long it will take", sql).await?;
        match written.into_iter().next() {
            Some(Written {
                bytes,
                milliseconds,
                samples,
            }) if bytes > 0 && milliseconds > 0 => {
                let per_second = u128::from(bytes) * 1000 / u128::from(milliseconds);
                self.gathered.facts.speed = Some(Speed {
                    bytes_per_second: u64::try_from(per_second).unwrap_or(u64::MAX).max(1),
                    samples,
                });
            }
            _ => self
                .unknown("how long it will take: this server rewrote no part in the last 30 days".to_owned()),
        }
        Ok(())
    }

    /// Objects outside of the schema that name one of the tables.
    async fn elsewhere(
        &mut self,
        tables: &BTreeSet<QualifiedName>,
        known: &Schema,
    ) -> Result<(), ServerError> {
        // A place elsewhere that does not answer fails the list of all tables.
        let places = list(Database::ELSEWHERE.into_iter());
        let words = list(tables.iter().map(|table| table.name.as_str()));
        let sql = format!(
            "SELECT database, name, create_table_query FROM system.tables WHERE engine IN ('View', \
             'MaterializedView', 'Dictionary', 'Distributed', 'Buffer', 'Merge') AND database NOT IN ('system', \
             'INFORMATION_SCHEMA', 'information_schema') AND database IN (SELECT name FROM system.databases WHERE engine \
             NOT IN ({places})) AND multiSearchAny(create_table_query, [{words}]) \
             ORDER BY database, name"
        );
        for row in self.ask::<Definition>("what else reads the tables", &sql).await? {
            let Ok(name) = QualifiedName::new(row.database, row.name) else {
                continue;
            };
            if known.relation(&name).is_some() {
                continue;
            }
            // What cannot be read is not known to read anything.
            match parse_object(
                &row.create_table_query,
                &ParseContext::in_database(&name.database),
            ) {
                Ok(object) => {
                    self.gathered.facts.elsewhere.put(object);
                }
                Err(error) => self.unknown(format!("whether `{name}` reads the tables: {error}")),
            }
        }
        Ok(())
    }

    async fn counts(&mut self, counts: &BTreeSet<Count>) -> Result<(), ServerError> {
        let mut by_table: BTreeMap<&QualifiedName, Vec<&Count>> = BTreeMap::new();
        for count in counts {
            by_table.entry(&count.table).or_default().push(count);
        }
        for (table, counts) in by_table {
            if self.count(table, &counts).await?.is_ok() {
                continue;
            }
            // One condition that the server refuses must not hide the others.
            for count in counts {
                if let Err(error) = self.count(table, &[count]).await? {
                    self.unknown(format!("how many rows of `{table}` it concerns: {error}"));
                }
            }
        }
        Ok(())
    }

    async fn count(
        &mut self,
        table: &QualifiedName,
        counts: &[&Count],
    ) -> Result<Result<(), ServerError>, ServerError> {
        let conditions: Vec<String> = counts
            .iter()
            .map(|count| format!("countIf({})", count.condition))
            .collect();
        let sql = format!(
            "SELECT [{}] AS counts FROM {} SETTINGS max_execution_time = {SECONDS_TO_COUNT}, \
             timeout_overflow_mode = 'throw'",
            conditions.join(", "),
            table.sql()
        );
        match self.session.rows::<Counted>(&sql).await {
            Ok(rows) => {
                let answers = rows.into_iter().next().map(|row| row.counts).unwrap_or_default();
                let pairs = counts.iter().map(|count| (*count).clone()).zip(answers);
                self.gathered.facts.counts.extend(pairs);
                Ok(Ok(()))
            }
            Err(error @ ServerError::Network(_)) => Err(error),
            Err(error) => Ok(Err(error)),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Counted {
    counts: Vec<u64>,
}

/// Tables as tuples of SQL literals: `('web', 'hits'), ('web', 'users')`.
fn names(tables: &BTreeSet<QualifiedName>) -> String {
    let tuples: Vec<String> = tables
        .iter()
        .map(|name| {
            format!(
                "({})",
                list([name.database.as_str(), name.name.as_str()].into_iter())
            )
        })
        .collect();
    tuples.join(", ")
}

/// The databases of tables, as SQL literals.
fn databases(tables: &BTreeSet<QualifiedName>) -> String {
    let databases: BTreeSet<&str> = tables.iter().map(|name| name.database.as_str()).collect();
    list(databases.into_iter())
}

/// Texts as SQL literals.
fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push_str(", ");
        }
        write_string(&mut out, text);
    }
    out
}
