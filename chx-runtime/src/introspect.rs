//! The schema of a live database.
//!
//! Decides what belongs to a schema: the objects of the databases in scope, without what the server keeps for itself
//! (inner tables of materialized views, temporary tables) and what chx keeps for itself (its journal). System tables
//! are read by column name, after asking which columns there are. An object that chx cannot read is reported and left
//! out; it never stops the rest.

use std::collections::{BTreeMap, BTreeSet};

use chx_core::ddl::{ParseContext, parse_object};
use chx_core::diag::{Code, Diagnostic, Severity};
use chx_core::ident::{Ident, QualifiedName};
use chx_core::model::{Database, Object, ObjectId, Schema};
use chx_core::sql::write_string;
use serde::Deserialize;

use crate::client::{ServerError, Session};

/// An object that is there, but that chx cannot read.
pub const UNREADABLE_OBJECT: Code = Code(401);

/// How the names of tables begin that the server makes for materialized views: the rows of one without a target, and
/// what a refresh is about to put in the place of all rows.
const INNER_TABLES: [&str; 3] = [".inner.", ".inner_id.", ".tmp.inner_id."];

/// What to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The databases.
    pub databases: BTreeSet<Ident>,
    /// Relations that are not part of any schema: the journal.
    pub hidden: BTreeSet<QualifiedName>,
}

impl Scope {
    /// The databases that the objects of a schema live in.
    pub fn of(schema: &Schema) -> Self {
        let databases = schema.iter().map(|(id, _)| id.database().clone()).collect();
        Self {
            databases,
            hidden: BTreeSet::new(),
        }
    }

    /// As [`of`](Self::of), for two schemas.
    pub fn of_both(a: &Schema, b: &Schema) -> Self {
        let mut scope = Self::of(a);
        scope.databases.extend(Self::of(b).databases);
        scope
    }

    /// Leaves out chx's own tables, which live in this database.
    #[must_use]
    pub fn without_journal(mut self, database: &Ident) -> Self {
        self.hidden
            .extend(QualifiedName::new(database.as_str(), "journal"));
        self
    }
}

/// What is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// The objects that chx can read.
    pub schema: Schema,
    /// The objects that are there but cannot be read, and why.
    pub unreadable: BTreeMap<ObjectId, Diagnostic>,
}

#[derive(Debug, Deserialize)]
struct DatabaseRow {
    name: String,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    engine: String,
}

#[derive(Debug, Deserialize)]
struct TableRow {
    database: String,
    name: String,
    create_table_query: String,
}

#[derive(Debug, Deserialize)]
struct ColumnRow {
    table: String,
    name: String,
}

/// Reads the databases in scope: three queries, whatever is in them.
pub async fn introspect(session: &Session, scope: &Scope) -> Result<Live, ServerError> {
    let mut live = Live::default();
    if scope.databases.is_empty() {
        return Ok(live);
    }
    let known: BTreeSet<(String, String)> = session
        .rows::<ColumnRow>(
            "SELECT table, name FROM system.columns WHERE database = 'system' AND table IN ('databases', 'tables')",
        )
        .await?
        .into_iter()
        .map(|row| (row.table, row.name))
        .collect();
    let has = |table: &str, name: &str| known.contains(&(table.to_owned(), name.to_owned()));
    let names = list(scope.databases.iter().map(Ident::as_str));

    let comment = if has("databases", "comment") {
        ", comment"
    } else {
        ""
    };
    let sql = format!("SELECT name, engine{comment} FROM system.databases WHERE name IN ({names})");
    for row in session.rows::<DatabaseRow>(&sql).await? {
        if let Some(database) = database(row) {
            live.schema.put(Object::Database(database));
        }
    }

    let temporary = if has("tables", "is_temporary") {
        " AND NOT is_temporary"
    } else {
        ""
    };
    let sql = format!(
        "SELECT database, name, create_table_query FROM system.tables WHERE database IN ({names}){temporary} \
         ORDER BY database, name"
    );
    for row in session.rows::<TableRow>(&sql).await? {
        if INNER_TABLES.iter().any(|prefix| row.name.starts_with(prefix)) {
            continue;
        }
        let Ok(name) = QualifiedName::new(row.database, row.name) else {
            continue;
        };
        if scope.hidden.contains(&name) {
            continue;
        }
        let context = ParseContext::in_database(&name.database);
        let id = ObjectId::Relation(name.clone());
        let found = if row.create_table_query.is_empty() {
            Err("the server does not show its definition; does the user have the right `SHOW`?".to_owned())
        } else {
            parse_object(&row.create_table_query, &context).map_err(|error| error.to_string())
        };
        match found {
            Ok(object) => {
                live.schema.put(object);
            }
            Err(reason) => {
                let message = format!("is there, but its definition cannot be read: {reason}");
                let finding = Diagnostic::new(UNREADABLE_OBJECT, Severity::Warning, &id, message);
                live.unreadable
                    .insert(id, finding.help("whether it is what it should be is not known"));
            }
        }
    }
    Ok(live)
}

/// The engine of a database is the server's choice unless it is one that was asked for.
fn database(row: DatabaseRow) -> Option<Database> {
    let mut database = Database::new(Ident::new(row.name).ok()?);
    database.comment = row.comment;
    if !matches!(
        row.engine.as_str(),
        "" | "Atomic" | "Ordinary" | "Overlay" | "Shared"
    ) {
        database.engine = chx_core::ddl::parse_engine(&row.engine).ok();
    }
    Some(database)
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
