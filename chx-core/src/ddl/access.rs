//! Statements about access entities. Each is about one entity, so that each is a step that either happened or did not.

use serde::{Deserialize, Serialize};

use super::OnExisting;
use crate::model::Ident;
use crate::model::access::{AccessChange, AccessEntity, AccessId, AccessKind, GrantChange};

/// CREATE, ALTER and DROP of an access entity; GRANT and REVOKE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "access", rename_all = "snake_case")]
pub enum AccessStatement {
    /// `CREATE USER`, `CREATE ROLE`, `CREATE ROW POLICY`, `CREATE QUOTA`, `CREATE SETTINGS PROFILE`.
    Create {
        /// The entity, without grants.
        entity: Box<AccessEntity>,
        /// What to do where the name is taken. A user or role is never replaced: that would lose its grants.
        on_existing: OnExisting,
    },
    /// `ALTER USER` and so on.
    Alter {
        /// Which.
        id: AccessId,
        /// What it is.
        entity: AccessKind,
        /// `IF EXISTS`.
        if_exists: bool,
        /// The clauses.
        changes: Vec<AccessChange>,
    },
    /// `DROP USER` and so on.
    Drop {
        /// Which.
        id: AccessId,
        /// What it is.
        entity: AccessKind,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// GRANT or REVOKE.
    Grants {
        /// The user or role.
        grantee: Ident,
        /// What it gets or loses.
        change: GrantChange,
    },
}

impl AccessStatement {
    /// What it is about.
    pub fn id(&self) -> AccessId {
        match self {
            Self::Create { entity, .. } => entity.id(),
            Self::Alter { id, .. } | Self::Drop { id, .. } => id.clone(),
            Self::Grants { grantee, .. } => AccessId::Grantee(grantee.clone()),
        }
    }
}
