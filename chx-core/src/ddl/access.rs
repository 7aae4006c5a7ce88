//! Statements about access entities. Each is about one entity, so that each is a step that either happened or did not; a text that
//! is about several stands for one each.

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
        /// `IN storage`: where the server keeps it, which is no part of what it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        storage: Option<Ident>,
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
    /// `ALTER USER ... RENAME TO` and so on. Whatever names it, names it by the new name from then on.
    Rename {
        /// Which.
        id: AccessId,
        /// What it is.
        entity: AccessKind,
        /// `IF EXISTS`.
        if_exists: bool,
        /// The new name.
        to: Ident,
    },
    /// `DROP USER` and so on.
    Drop {
        /// Which.
        id: AccessId,
        /// What it is.
        entity: AccessKind,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `FROM storage`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        storage: Option<Ident>,
    },
    /// GRANT or REVOKE.
    Grants {
        /// The user or role.
        grantee: Ident,
        /// What it gets or loses.
        change: GrantChange,
    },
}

/// A clause by the key of its attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are ClickHouse's")]
pub enum AccessClause {
    Identified,
    ValidUntil,
    Host,
    DefaultDatabase,
    DefaultRole,
    Grantees,
    Settings,
    Restrictive,
    Using,
    KeyedBy,
    Interval,
    To,
}

impl AccessClause {
    /// The key in Rust.
    pub fn key(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::ValidUntil => "valid_until",
            Self::Host => "host",
            Self::DefaultDatabase => "default_database",
            Self::DefaultRole => "default_role",
            Self::Grantees => "grantees",
            Self::Settings => "settings",
            Self::Restrictive => "restrictive",
            Self::Using => "using",
            Self::KeyedBy => "keyed_by",
            Self::Interval => "interval",
            Self::To => "to",
        }
    }

    /// What an entity of a kind can say, in the order of a statement.
    pub fn of(kind: AccessKind) -> &'static [Self] {
        match kind {
            AccessKind::SettingsProfile => &[Self::Settings, Self::To],
            AccessKind::Role => &[Self::Settings],
            AccessKind::User => &[
                Self::Identified,
                Self::ValidUntil,
                Self::Host,
                Self::DefaultDatabase,
                Self::DefaultRole,
                Self::Grantees,
                Self::Settings,
            ],
            AccessKind::Quota => &[Self::KeyedBy, Self::Interval, Self::To],
            AccessKind::RowPolicy => &[Self::Restrictive, Self::Using, Self::To],
        }
    }

    /// The clause of this key.
    pub fn find(kind: AccessKind, key: &str) -> Option<Self> {
        Self::of(kind).iter().copied().find(|clause| clause.key() == key)
    }
}

impl AccessStatement {
    /// What it is about.
    pub fn id(&self) -> AccessId {
        match self {
            Self::Create { entity, .. } => entity.id(),
            Self::Alter { id, .. } | Self::Rename { id, .. } | Self::Drop { id, .. } => id.clone(),
            Self::Grants { grantee, .. } => AccessId::Grantee(grantee.clone()),
        }
    }
}
