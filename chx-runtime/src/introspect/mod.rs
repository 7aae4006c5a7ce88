//! The schema of a live database.
//!
//! Decides what belongs to a schema: the objects in scope, without what the server keeps for itself (system databases,
//! inner tables of materialized views, temporary tables), without what lives elsewhere (databases that mirror another
//! server), and without what chx keeps for itself (its journal). The number of queries does not depend on the number
//! of objects. System tables are read by column name, after asking which columns there are: versions differ. The
//! stored statement is read by the parser of chx-core, never by a regular expression. An object that it does not read all of is
//! raw; one that cannot be read at all is reported and left out. Neither stops the rest.

mod access;
mod catalog;
mod inner;
mod pattern;
mod rights;
mod scope;
mod server;

use std::collections::{BTreeMap, BTreeSet};

use chx_core::ddl::{ParseContext, parse_object_or_raw, secrets_of_object};
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::ident::QualifiedName;
use chx_core::model::{EngineFamily, Object, ObjectId, Schema, Secret, ViewColumn, hides_arguments};

use crate::client::{ErrorClass, ServerError, Session};
use catalog::{Catalog, TableRow};
use inner::InnerTables;

pub use pattern::{Pattern, PatternError};
pub use scope::{Scope, Selection};

/// What the server writes where a secret stands.
const HIDDEN: &str = "[HIDDEN]";

/// How often a listing is asked for again when an object went away while the server was writing it.
const LISTINGS: usize = 3;

/// What is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// The objects that chx can read.
    pub schema: Schema,
    /// The objects that are there but cannot be read, and why.
    pub unreadable: BTreeMap<ObjectId, Diagnostic>,
    /// The objects with a secret in their definition, which the server does not show.
    pub secrets: BTreeSet<ObjectId>,
    /// The columns of views, materialized views and aliases of tables, as the server froze them when they were made: they are no part of
    /// the schema, because they follow from the query, or the table behind.
    pub view_columns: BTreeMap<QualifiedName, Vec<ViewColumn>>,
    /// What else is worth knowing about what was looked at.
    pub findings: Vec<Diagnostic>,
}

/// Reads what is in scope: three queries, whatever is there; one more for each kind of what belongs to the server that is looked
/// at, up to three for users, roles and what else says who may do what, one more if objects do not show their definition, and two if the user does not see the columns of the system tables.
pub async fn introspect(session: &Session, scope: &Scope) -> Result<Live, ServerError> {
    let mut live = Live::default();
    if scope.is_nothing() {
        return Ok(live);
    }
    let catalog = Catalog::probe(session).await?;
    server::read(session, scope, &mut live).await?;
    if scope.asks_for_access() {
        access::read(session, scope, &mut live).await?;
    }
    let databases = catalog.databases(scope).await?;
    let mut names = Vec::with_capacity(databases.len());
    let asked = scope
        .databases
        .iter()
        .flatten()
        .filter(|name| scope.reaches(name));
    for name in asked.filter(|name| databases.iter().all(|row| row.name != name.as_str())) {
        let message = "is not on the server, or this user may not see it";
        live.findings
            .push(Diagnostic::new(code::NO_DATABASE, Severity::Note, name, message));
    }
    for row in databases {
        let Some(database) = row.into_database() else {
            continue;
        };
        if database.is_elsewhere() {
            let engine = database.engine.as_ref().map_or("", |engine| &engine.name);
            let message =
                format!("shows the objects of another place (engine `{engine}`), which are left alone");
            live.findings.push(Diagnostic::new(
                code::FOREIGN_DATABASE,
                Severity::Note,
                &database.name,
                message,
            ));
        } else {
            names.push(database.name.as_str().to_owned());
        }
        live.schema.put(database);
    }
    if names.is_empty() {
        return Ok(live);
    }

    let mut silent = Vec::new();
    let mut inner = InnerTables::default();
    for attempt in 1.. {
        let mut reading = Reading {
            scope,
            live: &mut live,
            silent: &mut silent,
            inner: &mut inner,
        };
        match catalog.tables(&names, |row| reading.table(row)).await {
            Ok(()) => break,
            // Dropped while the server was writing its list; the list is made anew.
            Err(error) if error.class() == ErrorClass::Missing && attempt < LISTINGS => {
                silent.clear();
                inner = InnerTables::default();
            }
            Err(error) => return Err(error),
        }
    }
    inner.put(&mut live.schema);
    if !silent.is_empty() {
        // Dropped in between, or not for this user's eyes?
        let there: BTreeSet<QualifiedName> = catalog.still_there(&silent).await?.into_iter().collect();
        for name in silent.into_iter().filter(|name| there.contains(name)) {
            let reason = "the server does not show its definition; has the user the right `SHOW TABLES` on it, and \
                          did the server load it?";
            live.leave_out(ObjectId::Relation(name), reason);
        }
    }
    Ok(live)
}

impl Live {
    /// Says which patterns choose nothing, neither of what was read nor of what is declared: what is misspelt there has no drift.
    pub fn doubt_selection(&mut self, selection: &Selection, declared: &Schema) {
        let read = self.schema.iter().map(|(id, _)| id);
        let known = declared.iter().map(|(id, _)| id);
        let all: Vec<&ObjectId> = read.chain(self.unreadable.keys()).chain(known).collect();
        let idle = selection.idle(&all).into_iter().map(|pattern| {
            let message = "chooses nothing that is there or declared";
            Diagnostic::new(code::IDLE_PATTERN, Severity::Note, pattern, message)
        });
        self.findings.extend(idle.collect::<Vec<_>>());
    }

    fn leave_out(&mut self, id: ObjectId, reason: &str) {
        let message = format!("is there, but its definition cannot be read: {reason}");
        let finding = Diagnostic::new(code::UNREADABLE_OBJECT, Severity::Warning, &id, message);
        self.unreadable
            .insert(id, finding.help("whether it is what it should be is not known"));
    }
}

/// Why a definition cannot be read back, where the server hides more of it than a secret.
fn hides_more(object: &Object) -> Option<String> {
    let query = match object {
        Object::View(view) => &view.query,
        Object::MaterializedView(view) => &view.query,
        Object::Function(function) => &function.body,
        Object::Database(_)
        | Object::Table(_)
        | Object::Dictionary(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_) => return None,
    };
    let function = hides_arguments(query)?;
    Some(format!(
        "the server hides the arguments of `{function}`, and not the key alone"
    ))
}

/// Takes the rows of the list of tables as they come.
struct Reading<'a> {
    scope: &'a Scope,
    live: &'a mut Live,
    /// Objects without a definition.
    silent: &'a mut Vec<QualifiedName>,
    /// The inner tables of materialized views.
    inner: &'a mut InnerTables,
}

impl Reading<'_> {
    fn table(&mut self, row: &TableRow<'_>) {
        let Ok(name) = QualifiedName::new(row.database.as_ref(), row.name.as_ref()) else {
            let shown = format!("{:?}.{:?}", row.database, row.name);
            let message = "has a name that chx cannot write in a statement, and is left alone";
            self.live.findings.push(Diagnostic::new(
                code::UNREADABLE_OBJECT,
                Severity::Warning,
                shown,
                message,
            ));
            return;
        };
        if self.inner.keeps(&name, row) {
            return;
        }
        if !self.scope.takes(&name) {
            return;
        }
        if row.create_table_query.is_empty() {
            self.silent.push(name);
            return;
        }
        let id = ObjectId::Relation(name.clone());
        let context = ParseContext::in_database(&name.database);
        if row.is_broken {
            self.live.leave_out(id, "it has bytes that are no UTF-8 text");
            return;
        }
        match parse_object_or_raw(&row.create_table_query, &context) {
            Ok(mut object) => {
                if let Object::MaterializedView(view) = &object {
                    self.inner.belong_to(view, &row.uuid);
                }
                let columns = match &mut object {
                    Object::View(view) => std::mem::take(&mut view.columns),
                    Object::MaterializedView(view) => std::mem::take(&mut view.columns),
                    Object::Table(table) if table.is_alias() => std::mem::take(&mut table.columns)
                        .into_iter()
                        .map(ViewColumn::from)
                        .collect(),
                    _ => Vec::new(),
                };
                if let Some(reason) = hides_more(&object) {
                    self.live.leave_out(id, &reason);
                    return;
                }
                if !columns.is_empty() {
                    self.live.view_columns.insert(name, columns);
                }
                if row.create_table_query.contains(HIDDEN) || shows_secret(&object) {
                    self.live.secrets.insert(id);
                }
                self.live.schema.put(object);
            }
            Err(error) => self.live.leave_out(id, &error.to_string()),
        }
    }
}

/// Does the object have a secret that this version of the server shows, as 24.8 shows the address of a MongoDB? The parser
/// has hidden it.
fn shows_secret(object: &Object) -> bool {
    let may = match object {
        Object::Dictionary(_) => true,
        Object::Table(table) => table.storage.engine.family() == EngineFamily::Other,
        Object::Database(_)
        | Object::Function(_)
        | Object::NamedCollection(_)
        | Object::Resource(_)
        | Object::Workload(_)
        | Object::Raw(_)
        | Object::Access(_)
        | Object::View(_)
        | Object::MaterializedView(_) => false,
    };
    may && secrets_of_object(object).contains(&Secret::Hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_the_server_shows_is_one_that_it_hides() {
        let uri = |uri: &str| {
            format!(
                "CREATE DICTIONARY d.n (`id` String, `note` String) PRIMARY KEY id SOURCE(MONGODB(URI '{uri}' COLLECTION 'n')) \
                 LIFETIME(MIN 0 MAX 1) LAYOUT(COMPLEX_KEY_HASHED())"
            )
        };
        let mut schemas = Vec::new();
        for sql in [
            uri("mongodb://u:planted@h:1/db"),
            uri("mongodb://u:[HIDDEN]@h:1/db"),
        ] {
            let (mut live, mut silent, mut inner) = (Live::default(), Vec::new(), InnerTables::default());
            let scope = Scope::everything();
            let mut reading = Reading {
                scope: &scope,
                live: &mut live,
                silent: &mut silent,
                inner: &mut inner,
            };
            reading.table(&TableRow {
                database: "d".into(),
                name: "n".into(),
                uuid: "".into(),
                create_table_query: sql.into(),
                is_broken: false,
            });
            assert_eq!(live.secrets.len(), 1, "{live:?}");
            schemas.push(live.schema);
        }
        assert_eq!(schemas[0], schemas[1]);
    }
}
