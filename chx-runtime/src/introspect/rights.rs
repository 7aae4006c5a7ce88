//! What a user does not see.
//!
//! `system.tables` and `system.named_collections` leave out what the user may not see, without a word. Decides whether an object that is not listed is
//! missing or may only be hidden. A server that cannot say so, because it is too old for `CHECK GRANT`, is taken to hide
//! nothing.

use std::collections::BTreeSet;

use chx_core::diag::{Diagnostic, Severity, code};
use chx_core::ident::Ident;
use chx_core::model::{Object, ObjectId, Schema};

use super::Live;
use crate::client::{ErrorClass, ServerError, Session};

/// May the user see everything in a database?
async fn sees_all(session: &Session, database: &Ident) -> Result<bool, ServerError> {
    let sql = format!(
        "CHECK GRANT SHOW TABLES, SHOW DICTIONARIES ON {}.*",
        database.sql()
    );
    is_granted(session, &sql).await
}

/// What a CHECK GRANT says.
async fn is_granted(session: &Session, sql: &str) -> Result<bool, ServerError> {
    match session.scalar(sql).await {
        Ok(answer) => Ok(answer != "0"),
        Err(error) if error.class() == ErrorClass::Permanent => Ok(true),
        Err(error) => Err(error),
    }
}

const HELP: &str = "grant the user `SHOW TABLES` and `SHOW DICTIONARIES` on the database, or leave what is hidden out with \
                    `scope.exclude` in chx.toml";

const HELP_COLLECTIONS: &str =
    "grant the user `SHOW NAMED COLLECTIONS ON *`, or leave them out with `scope.exclude` in chx.toml";

impl Live {
    /// Objects that are expected and not listed, in databases of which the user does not see everything, are not known;
    /// neither are named collections, where the user does not see all of them.
    pub(crate) async fn doubt_missing(
        &mut self,
        session: &Session,
        expected: &Schema,
    ) -> Result<(), ServerError> {
        let missing: Vec<&ObjectId> = expected
            .iter()
            .map(|(id, _)| id)
            .filter(|id| !self.schema.contains(id) && !self.unreadable.contains_key(id))
            .collect();
        let databases: BTreeSet<&Ident> = missing.iter().filter_map(|id| id.database()).collect();
        let mut hiding = BTreeSet::new();
        for database in databases {
            if !sees_all(session, database).await? {
                hiding.insert(database);
            }
        }
        let is_collection = |id: &ObjectId| matches!(id, ObjectId::NamedCollection(_));
        let hides_collections = missing.iter().any(|id| is_collection(id))
            && !is_granted(session, "CHECK GRANT SHOW NAMED COLLECTIONS ON *").await?;
        for id in missing {
            let (message, help) = if is_collection(id) && hides_collections {
                let message = "is not listed by the server, and this user may not see all named collections";
                (message, HELP_COLLECTIONS)
            } else if id.database().is_some_and(|database| hiding.contains(database)) {
                let message =
                    "is not listed by the server, and this user may not see everything in its database";
                (message, HELP)
            } else {
                continue;
            };
            let finding = Diagnostic::new(code::HIDDEN_OBJECTS, Severity::Warning, id, message).help(help);
            self.unreadable.insert(id.clone(), finding);
        }
        Ok(())
    }

    /// One warning for each database of which the user does not see everything.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn doubt_whole(&mut self, session: &Session) -> Result<(), ServerError> {
        let databases: Vec<Ident> = self
            .schema
            .objects()
            .filter_map(|object| match object {
                Object::Database(database) if !database.is_elsewhere() => Some(database.name.clone()),
                _ => None,
            })
            .collect();
        for database in databases {
            if !sees_all(session, &database).await? {
                let message = "may hold more than this user sees";
                let finding = Diagnostic::new(code::HIDDEN_OBJECTS, Severity::Warning, &database, message);
                self.findings.push(finding.help(HELP));
            }
        }
        Ok(())
    }
}
