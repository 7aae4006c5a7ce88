//! The access entities of a server, from the statements by which it shows them.
//!
//! One query, SHOW ACCESS, gives all of them with their grants and without their passwords. Where this user may not ask it, each
//! one that was named is left out: it may be there.

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::model::{Object, ObjectId, Schema, Secret};
use serde::Deserialize;

use super::{Live, Scope};
use crate::client::{ErrorClass, ServerError, Session};

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "ACCESS")]
    statement: String,
}

/// Reads those in scope.
pub(super) async fn read(session: &Session, scope: &Scope, live: &mut Live) -> Result<(), ServerError> {
    let named: Vec<&ObjectId> = scope
        .named
        .iter()
        .filter(|id| matches!(id, ObjectId::Access(_)) && scope.takes_of_server(id))
        .collect();
    let rows: Vec<Row> = match session.rows("SHOW ACCESS").await {
        Ok(rows) => rows,
        Err(error) if error.class() == ErrorClass::Access => {
            for id in named {
                let message = format!("may be there: this user may not ask for it: {error}");
                let finding = Diagnostic::new(code::HIDDEN_OBJECTS, Severity::Warning, id, message);
                let finding = finding.help("grant the user `SHOW ACCESS`");
                live.unreadable.insert(id.clone(), finding);
            }
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let statements: Vec<String> = rows.into_iter().map(|row| row.statement).collect();
    take(&statements, &named, live);
    Ok(())
}

/// Takes those that are named out of what the server shows.
fn take(statements: &[String], named: &[&ObjectId], live: &mut Live) {
    let (shown, unread) = Schema::of_shown_access(statements);
    for id in named {
        // What cannot be read may be about any of them whose name stands in it.
        if let Some((_, error)) = unread.iter().find(|(sql, _)| is_about(sql, id)) {
            live.leave_out((*id).clone(), &error.to_string());
        } else if let Some(object) = shown.get(id) {
            if hides(object) {
                live.secrets.insert((*id).clone());
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
    use chx_core::ident::Ident;
    use chx_core::model::access::AccessId;

    use super::*;

    #[test]
    fn what_a_server_shows_is_taken_whole_or_left_out() {
        let statements = [
            "CREATE USER bob IDENTIFIED WITH sha256_password HOST IP '10.0.0.0/8' DEFAULT ROLE reader SETTINGS PROFILE `ro`",
            "CREATE USER eve IDENTIFIED WITH ssh_key BY KEY 'x' TYPE 'ssh-rsa'",
            "CREATE ROLE reader",
            "GRANT reader TO bob",
            "GRANT SELECT, SOMETHING NEW ON web.* TO reader",
            "GRANT SELECT ON *.* TO nobody_else",
        ]
        .map(str::to_owned);
        let id = |name: &str| ObjectId::Access(AccessId::Grantee(Ident::new(name).unwrap()));
        let ids = [id("bob"), id("eve"), id("reader"), id("gone")];
        let mut live = Live::default();
        take(&statements, &ids.iter().collect::<Vec<_>>(), &mut live);
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
}
