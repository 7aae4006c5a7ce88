//! What a user does not see.
//!
//! `system.tables` leaves out what the user may not see, without a word. Decides whether an object that is not listed is
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
    match session.scalar(&sql).await {
        Ok(answer) => Ok(answer != "0"),
        Err(error) if error.class() == ErrorClass::Permanent => Ok(true),
        Err(error) => Err(error),
    }
}

const HELP: &str = "grant the user `SHOW TABLES` and `SHOW DICTIONARIES` on the database, or leave what is hidden out with \
                    `scope.exclude` in chx.toml";

impl Live {
    /// Objects that are expected and not listed, in databases of which the user does not see everything, are not known.
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
        let is_hidden = |id: &&ObjectId| id.database().is_some_and(|database| hiding.contains(database));
        for id in missing.into_iter().filter(is_hidden) {
            let message = "is not listed by the server, and this user may not see everything in its database";
            let finding = Diagnostic::new(code::HIDDEN_OBJECTS, Severity::Warning, id, message).help(HELP);
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
