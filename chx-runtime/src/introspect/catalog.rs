//! The system tables, read by the columns that this version of the server has.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chx_core::ddl::parse_stored_database_engine;
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::Database;
use chx_core::sql::write_string;
use serde::Deserialize;

use super::Scope;
use crate::client::{ServerError, Session};

/// Knows which columns the system tables of a server have.
pub(super) struct Catalog<'a> {
    session: &'a Session,
    known: BTreeSet<(String, String)>,
}

#[derive(Debug, Deserialize)]
struct ColumnRow {
    table: String,
    name: String,
}

/// A row of `system.databases`.
#[derive(Debug, Deserialize)]
pub(super) struct DatabaseRow {
    pub(super) name: String,
    #[serde(default)]
    pub(super) engine: String,
    #[serde(default)]
    engine_full: String,
    #[serde(default)]
    comment: String,
}

/// A row of `system.tables`.
#[derive(Debug, Deserialize)]
pub(super) struct TableRow<'a> {
    #[serde(borrow)]
    pub(super) database: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    /// What the name of an inner table is made of.
    #[serde(borrow, default)]
    pub(super) uuid: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) create_table_query: Cow<'a, str>,
    /// Were there bytes that are no text? They are replaced here.
    #[serde(skip)]
    pub(super) is_broken: bool,
}

impl<'a> Catalog<'a> {
    /// Asks the server which columns its system tables have.
    pub(super) async fn probe(session: &'a Session) -> Result<Self, ServerError> {
        const SQL: &str = "SELECT table, name FROM system.columns \
                           WHERE database = 'system' AND table IN ('databases', 'tables')";
        let rows = session.rows::<ColumnRow>(SQL).await?;
        let mut known: BTreeSet<(String, String)> =
            rows.into_iter().map(|row| (row.table, row.name)).collect();
        // A user who may read the tables need not see their columns there.
        for table in ["databases", "tables"] {
            if !known.iter().any(|(of, _)| of == table) {
                let names = session
                    .column_names(&format!("SELECT * FROM system.{table} LIMIT 0"))
                    .await?;
                known.extend(names.into_iter().map(|name| (table.to_owned(), name)));
            }
        }
        Ok(Self { session, known })
    }

    /// Those of the columns that there are, with commas between.
    fn columns(&self, table: &str, wanted: &[&str]) -> String {
        let there = wanted.iter().filter(|name| self.has(table, name));
        there.copied().collect::<Vec<_>>().join(", ")
    }

    fn has(&self, table: &str, name: &str) -> bool {
        self.known.contains(&(table.to_owned(), name.to_owned()))
    }

    /// The databases in scope.
    pub(super) async fn databases(&self, scope: &Scope) -> Result<Vec<DatabaseRow>, ServerError> {
        let columns = self.columns("databases", &["name", "engine", "engine_full", "comment"]);
        let named = match &scope.databases {
            Some(names) => format!(" WHERE name IN ({})", list(names.iter().map(Ident::as_str))),
            None => String::new(),
        };
        let sql = format!("SELECT {columns} FROM system.databases{named} ORDER BY name");
        let mut rows = self.session.rows::<DatabaseRow>(&sql).await?;
        rows.retain(|row| Ident::new(row.name.as_str()).is_ok_and(|name| scope.reaches(&name)));
        Ok(rows)
    }

    /// The tables, views and dictionaries of these databases, one after the other as they come.
    pub(super) async fn tables(
        &self,
        databases: &[String],
        mut each: impl FnMut(&TableRow<'_>),
    ) -> Result<(), ServerError> {
        let columns = self.columns("tables", &["database", "name", "uuid", "create_table_query"]);
        let temporary = if self.has("tables", "is_temporary") {
            " AND NOT is_temporary"
        } else {
            ""
        };
        let names = list(databases.iter().map(String::as_str));
        let sql = format!("SELECT {columns} FROM system.tables WHERE database IN ({names}){temporary}");
        self.session
            .each_row(&sql, |line| read_row(line, &mut each))
            .await
    }

    /// Those of these objects that are still there.
    pub(super) async fn still_there(
        &self,
        names: &[QualifiedName],
    ) -> Result<Vec<QualifiedName>, ServerError> {
        let mut pairs = String::new();
        for name in names {
            pairs.push_str(if pairs.is_empty() { "(" } else { ", (" });
            write_string(&mut pairs, name.database.as_str());
            pairs.push_str(", ");
            write_string(&mut pairs, name.name.as_str());
            pairs.push(')');
        }
        // By the database alone, too: the server asks no other one then, and some stand for a place that does not answer.
        let databases: BTreeSet<&str> = names.iter().map(|name| name.database.as_str()).collect();
        let sql = format!(
            "SELECT database, name FROM system.tables WHERE database IN ({}) AND (database, name) IN ({pairs})",
            list(databases.into_iter())
        );
        let mut there = Vec::new();
        let mut keep =
            |row: &TableRow<'_>| there.extend(QualifiedName::new(row.database.as_ref(), row.name.as_ref()));
        self.session
            .each_row(&sql, |line| read_row(line, &mut keep))
            .await?;
        Ok(there)
    }
}

/// Reads a row. ClickHouse keeps names and texts as bytes; where they are no UTF-8, the row says so.
fn read_row(line: &[u8], each: &mut impl FnMut(&TableRow<'_>)) -> Result<(), serde_json::Error> {
    match std::str::from_utf8(line) {
        Ok(text) => each(&serde_json::from_str(text)?),
        Err(_) => {
            let text = String::from_utf8_lossy(line);
            let row: TableRow<'_> = serde_json::from_str(&text)?;
            each(&TableRow {
                is_broken: true,
                ..row
            });
        }
    }
    Ok(())
}

impl DatabaseRow {
    /// The database; its engine is the server's choice unless it is one that was asked for.
    pub(super) fn into_database(self) -> Option<Database> {
        let mut database = Database::new(Ident::new(self.name).ok()?);
        database.comment = Some(self.comment);
        if !matches!(self.engine.as_str(), "" | "Ordinary" | "Overlay" | "Shared") {
            let full = Some(self.engine_full.as_str()).filter(|text| !text.is_empty());
            let read = |text: &str| parse_stored_database_engine(text).ok();
            if let Some((engine, settings)) = full.and_then(read).or_else(|| read(&self.engine)) {
                database.engine = Some(engine);
                database.settings = settings;
            }
        }
        Some(database)
    }
}

/// Texts as a list of SQL literals.
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
