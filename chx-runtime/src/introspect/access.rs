//! The access entities of a server, from the statements by which it shows them.
//!
//! One query, SHOW ACCESS, gives all of them with their grants and without their passwords. Where this user may not ask it, each
//! one that was named is left out: it may be there. Of those that nobody names, the ones that a statement made are looked at:
//! what stands in a configuration file or comes from a directory service is nobody's to change, and neither is `default`.

use std::collections::BTreeSet;

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::ident::Ident;
use chx_core::model::access::{AccessId, RowPolicyName};
use chx_core::model::{Object, ObjectId, Schema, Secret};
use serde::Deserialize;

use super::{Live, Scope};
use crate::client::{ErrorClass, ServerError, Session};

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "ACCESS")]
    statement: String,
}

/// An entity that can be changed.
#[derive(Deserialize)]
struct Managed {
    kind: String,
    name: String,
    database: String,
    table: String,
}

/// The tables that list entities, and what they list.
const LISTS: [(&str, &str); 5] = [
    ("users", "grantee"),
    ("roles", "grantee"),
    ("quotas", "quota"),
    ("settings_profiles", "settings profile"),
    ("row_policies", "row policy"),
];

/// Reads those in scope.
pub(super) async fn read(session: &Session, scope: &Scope, live: &mut Live) -> Result<(), ServerError> {
    let named: Vec<&ObjectId> = scope
        .named
        .iter()
        .filter(|id| matches!(id, ObjectId::Access(_)) && scope.takes_of_server(id))
        .collect();
    match ask(session, scope, !named.is_empty()).await {
        Ok((statements, managed)) => {
            let others = managed.iter().filter(|id| !named.contains(id));
            let others = others.filter(|id| scope.takes_of_server(id)).collect();
            take(&statements, &named, others, scope, live);
            Ok(())
        }
        Err(error) if error.class() == ErrorClass::Access => {
            for id in named {
                let message = format!("may be there: this user may not ask for it: {error}");
                let finding = Diagnostic::new(code::HIDDEN_OBJECTS, Severity::Warning, id, message);
                let finding = finding.help("grant the user `SHOW ACCESS`");
                live.unreadable.insert(id.clone(), finding);
            }
            if scope.others && are_kept(session).await? {
                let message = format!("cannot be asked, so nothing of it is looked at: {error}");
                let finding =
                    Diagnostic::new(code::UNREADABLE_OBJECT, Severity::Note, "SHOW ACCESS", message);
                live.findings
                    .push(finding.help("grant the user `SHOW ACCESS`, or leave it at that"));
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The directories whose entities no statement made.
const ELSEWHERE: &str = "type IN ('users_xml', 'users.xml', 'ldap')";

/// Has the server a place where statements keep entities?
async fn are_kept(session: &Session) -> Result<bool, ServerError> {
    #[derive(Deserialize)]
    struct Directory {}
    let sql = format!("SELECT name FROM system.user_directories WHERE NOT {ELSEWHERE} LIMIT 1");
    match session.rows::<Directory>(&sql).await {
        Ok(rows) => Ok(!rows.is_empty()),
        // What cannot be known is asked for.
        Err(error) if error.class() == ErrorClass::Access => Ok(true),
        Err(error) => Err(error),
    }
}

/// What the server shows, and what of it can be changed, where that is looked at.
async fn ask(
    session: &Session,
    scope: &Scope,
    is_named: bool,
) -> Result<(Vec<String>, BTreeSet<ObjectId>), ServerError> {
    let managed: Vec<Managed> = if scope.others {
        session.rows(&list()).await?
    } else {
        Vec::new()
    };
    let rows: Vec<Row> = if is_named || !managed.is_empty() {
        session.rows("SHOW ACCESS").await?
    } else {
        Vec::new()
    };
    Ok((
        rows.into_iter().map(|row| row.statement).collect(),
        managed.iter().filter_map(Managed::id).collect(),
    ))
}

fn list() -> String {
    let lists = LISTS.map(|(table, kind)| {
        let (name, place) = if kind == "row policy" {
            ("short_name", "database, table")
        } else {
            ("name", "'' AS database, '' AS table")
        };
        format!(
            "SELECT '{kind}' AS kind, {name} AS name, {place} FROM system.{table} WHERE storage NOT IN (SELECT name FROM \
             system.user_directories WHERE {ELSEWHERE})"
        )
    });
    lists.join(" UNION ALL ")
}

impl Managed {
    /// Its identity, where it can have one here.
    fn id(&self) -> Option<ObjectId> {
        let name = Ident::new(&self.name).ok()?;
        Some(ObjectId::Access(match self.kind.as_str() {
            "row policy" => AccessId::RowPolicy(Box::new(RowPolicyName {
                name,
                database: Ident::new(&self.database).ok()?,
                table: match self.table.as_str() {
                    "" => None,
                    table => Some(Ident::new(table).ok()?),
                },
            })),
            _ if self.name == "default" => return None,
            "quota" => AccessId::Quota(name),
            "settings profile" => AccessId::SettingsProfile(name),
            _ => AccessId::Grantee(name),
        }))
    }
}

/// Takes those that are named, and others, out of what the server shows.
fn take(statements: &[String], named: &[&ObjectId], others: Vec<&ObjectId>, scope: &Scope, live: &mut Live) {
    let (shown, unread) = Schema::of_shown_access(statements);
    for id in named.iter().copied().chain(others) {
        // What cannot be read may be about any of them whose name stands in it.
        if let Some((_, error)) = unread.iter().find(|(sql, _)| is_about(sql, id)) {
            live.leave_out(id.clone(), &error.to_string());
        } else if let Some(object) = shown.get(id).filter(|object| scope.selection.takes_kind(object)) {
            if hides(object) {
                live.secrets.insert(id.clone());
            }
            live.schema.put(object.clone());
        }
    }
}

/// Does a statement that cannot be read name this entity?
fn is_about(sql: &str, id: &ObjectId) -> bool {
    let ObjectId::Access(id) = id else { return false };
    let shown = id.to_string();
    let name = ["settings profile ", "grantee ", "quota ", "row policy "]
        .iter()
        .find_map(|kind| shown.strip_prefix(kind));
    name.is_some_and(|name| sql.contains(name.trim_matches('`')))
}

fn hides(object: &Object) -> bool {
    chx_core::ddl::secrets_of_object(object).contains(&Secret::Hidden)
}

#[cfg(test)]
mod tests {
    use chx_core::ddl::render_object_line;

    use super::*;

    #[test]
    fn what_a_server_shows_is_taken_whole_or_left_out() {
        let statements = [
            "CREATE USER bob IDENTIFIED WITH sha256_password HOST IP '10.0.0.0/8' DEFAULT ROLE reader SETTINGS PROFILE `ro`",
            "CREATE USER eve IDENTIFIED WITH jwt",
            "CREATE ROLE reader",
            "GRANT reader TO bob",
            "GRANT SELECT, SOMETHING NEW ON web.* TO reader",
            "GRANT SELECT ON *.* TO nobody_else",
        ]
        .map(str::to_owned);
        let id = |name: &str| ObjectId::Access(AccessId::Grantee(Ident::new(name).unwrap()));
        let ids = [id("bob"), id("eve"), id("reader"), id("gone")];
        let mut live = Live::default();
        take(
            &statements,
            &ids.iter().collect::<Vec<_>>(),
            Vec::new(),
            &Scope::default(),
            &mut live,
        );
        let lines: Vec<String> = live.schema.objects().map(render_object_line).collect();
        assert_eq!(
            lines,
            [
                "CREATE USER bob IDENTIFIED WITH sha256_password BY '[HIDDEN]' HOST IP '10.0.0.0/8' DEFAULT ROLE reader SETTINGS \
                 PROFILE 'ro'",
                "CREATE ROLE reader",
            ]
        );
        assert_eq!(live.secrets.into_iter().collect::<Vec<_>>(), [id("bob")]);
        assert_eq!(live.unreadable.into_keys().collect::<Vec<_>>(), [id("eve")]);
    }

    #[test]
    fn of_those_that_nobody_names_the_chosen_ones_are_taken() {
        let statements = [
            "CREATE USER bob IDENTIFIED WITH sha256_password",
            "CREATE ROLE reader",
            "CREATE ROLE writer",
            "CREATE QUOTA hourly",
            "CREATE ROW POLICY own ON web.hits FOR SELECT USING 1 TO bob",
            "CREATE ROLE of_a_file",
        ]
        .map(str::to_owned);
        let managed = |kind: &str, name: &str, database: &str, table: &str| Managed {
            kind: kind.to_owned(),
            name: name.to_owned(),
            database: database.to_owned(),
            table: table.to_owned(),
        };
        let rows = [
            managed("grantee", "bob", "", ""),
            managed("grantee", "default", "", ""),
            managed("grantee", "reader", "", ""),
            managed("grantee", "writer", "", ""),
            managed("quota", "hourly", "", ""),
            managed("row policy", "own", "web", "hits"),
        ];
        let managed: Vec<ObjectId> = rows.iter().filter_map(Managed::id).collect();
        assert_eq!(managed.len(), 5);
        for (include, exclude, expected) in [
            (
                &[] as &[&str],
                &[] as &[&str],
                &[
                    "grantee bob",
                    "grantee reader",
                    "grantee writer",
                    "quota hourly",
                    "row policy own ON web.hits",
                ] as &[&str],
            ),
            (&["role *"], &["role w*"], &["grantee reader"]),
            (&["user *", "quota *"], &[], &["grantee bob", "quota hourly"]),
            (
                &["row policy own", "grantee w*"],
                &[],
                &["grantee writer", "row policy own ON web.hits"],
            ),
            (&["web"], &[], &[]),
        ] {
            let patterns = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
            let scope = Scope::everything().selecting(crate::introspect::Selection {
                include: patterns(include),
                exclude: patterns(exclude),
            });
            let mut live = Live::default();
            let chosen = managed.iter().filter(|id| scope.takes_of_server(id)).collect();
            take(&statements, &[], chosen, &scope, &mut live);
            let ids: Vec<String> = live.schema.iter().map(|(id, _)| id.to_string()).collect();
            assert_eq!(ids, expected, "{include:?}");
        }
    }
}
