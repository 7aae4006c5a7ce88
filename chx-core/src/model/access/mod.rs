//! Who may do what: users, roles, row policies, quotas and settings profiles.
//!
//! Decides what such an entity is, and how one becomes another: clause by clause, so that nothing else of it is touched. What
//! CREATE does not say is what the server takes for it. An entity is never replaced as a whole, which would lose its grants.

mod change;
mod grants;
mod members;
mod privilege;
mod privileges;
mod quota;
mod rename;
mod row_policy;
mod settings;
mod source;
mod user;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use change::AccessChange;
pub use grants::{GrantChange, Grants, Pattern, RightsOn, Scope};
pub use members::Members;
pub use privilege::{Level, Privilege};
pub use privileges::PRIVILEGES;
pub use quota::{Quota, QuotaInterval, QuotaKey, QuotaLimit};
pub use row_policy::{RowPolicy, RowPolicyName};
pub use settings::{AccessSetting, AccessSettings, Writability};
pub(crate) use source::Source;
pub use user::{Authentication, Host, PasswordMethod, Role, SshKey, User};

use super::{Ident, ObjectId, QualifiedName};

/// An access entity, as ClickHouse calls what its access management keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entity", rename_all = "snake_case")]
pub enum AccessEntity {
    /// A settings profile.
    SettingsProfile(SettingsProfile),
    /// A role.
    Role(Role),
    /// A user.
    User(User),
    /// A quota.
    Quota(Quota),
    /// A row policy.
    RowPolicy(RowPolicy),
}

/// The kinds of access entities. The order is that in which they are created where nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    /// A settings profile.
    SettingsProfile,
    /// A role.
    Role,
    /// A user.
    User,
    /// A quota.
    Quota,
    /// A row policy.
    RowPolicy,
}

/// The identity of an access entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessId {
    /// A settings profile.
    SettingsProfile(Ident),
    /// A user or role: GRANT does not say which.
    Grantee(Ident),
    /// A quota.
    Quota(Ident),
    /// A row policy.
    RowPolicy(Box<RowPolicyName>),
}

/// Settings with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsProfile {
    /// The name.
    pub name: Ident,
    /// The settings, and the profiles that they come from.
    pub settings: AccessSettings,
    /// Who has it without being told so.
    pub to: Members,
}

impl SettingsProfile {
    /// What `CREATE SETTINGS PROFILE name` makes.
    pub fn new(name: Ident) -> Self {
        Self {
            name,
            settings: AccessSettings::default(),
            to: Members::NONE,
        }
    }
}

impl AccessEntity {
    /// The identity.
    pub fn id(&self) -> AccessId {
        match self {
            Self::SettingsProfile(profile) => AccessId::SettingsProfile(profile.name.clone()),
            Self::Role(role) => AccessId::Grantee(role.name.clone()),
            Self::User(user) => AccessId::Grantee(user.name.clone()),
            Self::Quota(quota) => AccessId::Quota(quota.name.clone()),
            Self::RowPolicy(policy) => AccessId::RowPolicy(Box::new(policy.name.clone())),
        }
    }

    /// What it is.
    pub fn kind(&self) -> AccessKind {
        match self {
            Self::SettingsProfile(_) => AccessKind::SettingsProfile,
            Self::Role(_) => AccessKind::Role,
            Self::User(_) => AccessKind::User,
            Self::Quota(_) => AccessKind::Quota,
            Self::RowPolicy(_) => AccessKind::RowPolicy,
        }
    }

    /// Its privileges and roles, if it can have any.
    pub fn grants(&self) -> Option<&Grants> {
        match self {
            Self::Role(Role { grants, .. }) | Self::User(User { grants, .. }) => Some(grants),
            Self::SettingsProfile(_) | Self::Quota(_) | Self::RowPolicy(_) => None,
        }
    }

    /// [`AccessEntity::grants`], to be changed.
    pub fn grants_mut(&mut self) -> Option<&mut Grants> {
        match self {
            Self::Role(Role { grants, .. }) | Self::User(User { grants, .. }) => Some(grants),
            Self::SettingsProfile(_) | Self::Quota(_) | Self::RowPolicy(_) => None,
        }
    }

    /// The users, roles and profiles that it names besides its grants.
    pub fn names(&self) -> BTreeSet<AccessId> {
        let mut found: BTreeSet<AccessId> = BTreeSet::new();
        let mut members = |members: &Members| {
            found.extend(members.names().iter().cloned().map(AccessId::Grantee));
        };
        let settings = match self {
            Self::SettingsProfile(profile) => {
                members(&profile.to);
                Some(&profile.settings)
            }
            Self::Role(role) => Some(&role.settings),
            Self::User(user) => {
                members(&user.default_roles);
                members(&user.grantees);
                Some(&user.settings)
            }
            Self::Quota(quota) => {
                members(&quota.to);
                None
            }
            Self::RowPolicy(policy) => {
                members(&policy.to);
                None
            }
        };
        let profiles = settings.into_iter().flat_map(AccessSettings::profiles);
        found.extend(profiles.map(AccessId::SettingsProfile));
        found
    }

    /// All that it names and cannot do without: the table of a row policy, roles, profiles. They need not exist.
    pub(crate) fn needs(&self) -> BTreeSet<ObjectId> {
        let mut needs: BTreeSet<ObjectId> = self.names().into_iter().map(ObjectId::Access).collect();
        needs.extend(self.id().relation().map(ObjectId::Relation));
        let roles = self.grants().into_iter().flat_map(|grants| grants.roles.keys());
        needs.extend(roles.map(|role| ObjectId::Access(AccessId::Grantee(role.clone()))));
        needs
    }

    /// The same without grants: what CREATE makes.
    #[must_use]
    pub fn without_grants(mut self) -> Self {
        if let Some(grants) = self.grants_mut() {
            *grants = Grants::default();
        }
        self
    }
}

impl AccessKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::SettingsProfile,
        Self::Role,
        Self::User,
        Self::Quota,
        Self::RowPolicy,
    ];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SettingsProfile => "settings profile",
            Self::Role => "role",
            Self::User => "user",
            Self::Quota => "quota",
            Self::RowPolicy => "row policy",
        }
    }
}

impl AccessId {
    /// The name alone.
    pub fn name(&self) -> &Ident {
        match self {
            Self::SettingsProfile(name) | Self::Grantee(name) | Self::Quota(name) => name,
            Self::RowPolicy(policy) => &policy.name,
        }
    }

    /// The table that it belongs to.
    pub fn relation(&self) -> Option<QualifiedName> {
        match self {
            Self::RowPolicy(name) => name.relation(),
            Self::SettingsProfile(_) | Self::Grantee(_) | Self::Quota(_) => None,
        }
    }
}

/// As SQL, with the kind in front: `row policy own ON web.hits`.
impl fmt::Display for AccessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SettingsProfile(name) => write!(f, "settings profile {}", name.sql()),
            Self::Grantee(name) => write!(f, "grantee {}", name.sql()),
            Self::Quota(name) => write!(f, "quota {}", name.sql()),
            Self::RowPolicy(name) => write!(f, "row policy {name}"),
        }
    }
}
