//! Declared users, roles, row policies, quotas and settings profiles.

use super::{Declaration, Heading};
use crate::ddl::AccessClause;
use crate::ident::Ident;
use crate::model::access::{AccessId, AccessKind, RowPolicyName};

/// A declared access entity.
#[derive(Debug, Clone, Copy)]
pub struct AccessDeclaration {
    /// Its name and origin.
    pub heading: Heading,
    /// What it is.
    pub kind: AccessKind,
    /// The table of a row policy. Nothing else has one.
    pub on: Option<OnDeclaration>,
    /// What it says, clause by clause.
    pub clauses: &'static [ClauseDeclaration],
    /// What is granted to it, and revoked again, in order.
    pub grants: &'static [GrantDeclaration],
}

/// What a row policy is on.
#[derive(Debug, Clone, Copy)]
pub enum OnDeclaration {
    /// A declared table.
    Relation(Declaration),
    /// A table by its name, or all tables of a database.
    Name {
        /// The database, if named.
        database: Option<&'static str>,
        /// The table; none is all.
        table: Option<&'static str>,
    },
}

/// A clause.
#[derive(Debug, Clone, Copy)]
pub struct ClauseDeclaration {
    /// Which.
    pub clause: AccessClause,
    /// What stands behind its words; empty where there is nothing more to say.
    pub text: &'static str,
    /// Where it stands.
    pub line: u32,
}

/// A GRANT or REVOKE without the name of who gets it.
#[derive(Debug, Clone, Copy)]
pub struct GrantDeclaration {
    /// Is it a REVOKE?
    pub revokes: bool,
    /// `SELECT(a), INSERT ON db.t WITH GRANT OPTION`, or `reader, writer`; the privileges alone where `on` names the table.
    pub text: &'static str,
    /// The declared table that the privileges are for.
    pub on: Option<Declaration>,
    /// Where it stands.
    pub line: u32,
}

impl AccessDeclaration {
    /// The identity, if its name can be one.
    pub(super) fn id(&self, default_database: &Ident) -> Option<AccessId> {
        let name = Ident::new(self.heading.name).ok()?;
        Some(match self.kind {
            AccessKind::SettingsProfile => AccessId::SettingsProfile(name),
            AccessKind::Role | AccessKind::User => AccessId::Grantee(name),
            AccessKind::Quota => AccessId::Quota(name),
            AccessKind::RowPolicy => {
                let (database, table) = match self.on? {
                    OnDeclaration::Relation(relation) => {
                        let heading = relation.heading();
                        (heading.database, Some(heading.name))
                    }
                    OnDeclaration::Name { database, table } => (database, table),
                };
                let database = match database {
                    Some(database) => Ident::new(database).ok()?,
                    None => default_database.clone(),
                };
                let table = match table {
                    Some(table) => Some(Ident::new(table).ok()?),
                    None => None,
                };
                AccessId::RowPolicy(Box::new(RowPolicyName {
                    name,
                    database,
                    table,
                }))
            }
        })
    }
}
