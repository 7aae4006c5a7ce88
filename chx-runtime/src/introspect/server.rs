//! What belongs to the server and to no database: SQL functions, named collections, resources and workloads.
//!
//! One query for each kind that is asked for. A version of the server without the table has none of the kind. A named
//! collection that stands in a configuration file is nobody's to change, and is left out.

use std::borrow::Cow;

use chx_core::ddl::{ParseContext, parse_object_or_raw};
use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::ident::Ident;
use chx_core::model::{Object, ObjectId};
use chx_core::sql::write_string;
use serde::Deserialize;

use super::{HIDDEN, Live, Scope, hides_more};
use crate::client::{ErrorClass, ServerError, Session};

/// A kind of what belongs to the server, by the table that lists it.
struct Kind {
    table: &'static str,
    /// What is asked of it.
    columns: &'static str,
    condition: &'static str,
    id: fn(Ident) -> ObjectId,
}

const KINDS: [Kind; 4] = [
    Kind {
        table: "functions",
        columns: "name, create_query",
        condition: "origin = 'SQLUserDefined'",
        id: ObjectId::Function,
    },
    Kind {
        table: "named_collections",
        columns: "name, create_query, source",
        condition: "1",
        id: ObjectId::NamedCollection,
    },
    Kind {
        table: "resources",
        columns: "name, create_query",
        condition: "1",
        id: ObjectId::Resource,
    },
    Kind {
        table: "workloads",
        columns: "name, create_query",
        condition: "1",
        id: ObjectId::Workload,
    },
];

/// The source of a named collection that a statement made.
const BY_STATEMENT: &str = "SQL";

/// UNKNOWN_IDENTIFIER and UNKNOWN_TABLE.
const NO_COLUMN: u32 = 47;
const NO_TABLE: u32 = 60;

#[derive(Debug, Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    create_query: Cow<'a, str>,
    #[serde(borrow, default)]
    source: Cow<'a, str>,
}

/// Reads what belongs to the server and is in scope. Where this user may not see a kind, what was named of it is left out.
pub(super) async fn read(session: &Session, scope: &Scope, live: &mut Live) -> Result<(), ServerError> {
    for kind in &KINDS {
        let named: Vec<&ObjectId> = scope.named.iter().filter(|id| is_of(kind, id)).collect();
        if named.is_empty() && !scope.others {
            continue;
        }
        let sql = kind.query((!scope.others).then_some(named.as_slice()));
        let read = session.each_row(&sql, |line| {
            let text = String::from_utf8_lossy(line);
            let row: Row<'_> = serde_json::from_str(&text)?;
            take(kind, &row, matches!(text, Cow::Owned(_)), scope, live);
            Ok(())
        });
        let reason = match read.await {
            Ok(()) => continue,
            Err(error) if error.code() == Some(NO_TABLE) => continue,
            Err(error) if error.code() == Some(NO_COLUMN) => {
                "this version of the server does not show how it was made".to_owned()
            }
            Err(error) if error.class() == ErrorClass::Access => {
                format!("this user may not read `system.{}`: {error}", kind.table)
            }
            Err(error) => return Err(error),
        };
        for id in named.into_iter().filter(|id| scope.takes_of_server(id)) {
            live.leave_out(id.clone(), &reason);
        }
        if scope.others {
            let table = format!("system.{}", kind.table);
            let message = format!("cannot be read, so nothing of it is looked at: {reason}");
            let finding = Diagnostic::new(code::UNREADABLE_OBJECT, Severity::Note, table, message);
            live.findings.push(finding);
        }
    }
    Ok(())
}

fn is_of(kind: &Kind, id: &ObjectId) -> bool {
    id.on_server()
        .is_some_and(|(_, name)| (kind.id)(name.clone()) == *id)
}

impl Kind {
    /// All of them; those of these names only, where names are given.
    fn query(&self, named: Option<&[&ObjectId]>) -> String {
        let Self {
            table,
            columns,
            condition,
            ..
        } = self;
        let mut sql = format!("SELECT {columns} FROM system.{table} WHERE {condition}");
        if let Some(named) = named {
            let names = named.iter().filter_map(|id| id.on_server());
            sql.push_str(" AND name IN (");
            for (at, (_, name)) in names.enumerate() {
                sql.push_str(if at > 0 { ", " } else { "" });
                write_string(&mut sql, name.as_str());
            }
            sql.push(')');
        }
        sql.push_str(" ORDER BY name");
        sql
    }
}

fn take(kind: &Kind, row: &Row<'_>, is_broken: bool, scope: &Scope, live: &mut Live) {
    let Ok(name) = Ident::new(row.name.as_ref()) else {
        return;
    };
    let id = (kind.id)(name);
    if !scope.takes_of_server(&id) {
        return;
    }
    if is_broken {
        live.leave_out(id, "it has bytes that are no UTF-8 text");
        return;
    }
    if !row.source.is_empty() && row.source != BY_STATEMENT {
        // Nobody who did not name it needs to know.
        if scope.named.contains(&id) {
            live.leave_out(
                id,
                "it stands in a configuration file, which no statement changes",
            );
        }
        return;
    }
    match parse_object_or_raw(&row.create_query, &ParseContext::default()) {
        Ok(object) => {
            if let Some(reason) = hides_more(&object) {
                live.leave_out(id, &reason);
                return;
            }
            if row.create_query.contains(HIDDEN) || matches!(object, Object::NamedCollection(_)) {
                live.secrets.insert(id);
            }
            live.schema.put(object);
        }
        Err(error) => live.leave_out(id, &error.to_string()),
    }
}
